"""Money that is written without 元: ￥500万, US$2000万, and 授信120亿 or 50万奖励 beside a word that only money has.

Anything else that ends in a bare 万 or 亿 stays without a unit: 惠及10万 may be people, households or visits.
"""

from __future__ import annotations

import re
from dataclasses import replace

from watcher.extract.figures.amounts import Amount
from watcher.extract.figures.unit_tables import CURRENCIES, CURRENCY_SIGNS
from watcher.extract.figures.units import UNITS

_SIGN = re.compile("(?:" + "|".join(map(re.escape, sorted(CURRENCY_SIGNS, key=len, reverse=True))) + ")[ ]?$")
# What is measured in money alone, in the accounts of budgets, banks and firms (企业会计准则, 政府收支分类科目).
_MONEY = (
    "投资|融资|授信|贷款|奖励|奖补|补贴|补助|资助|贴息|资金|经费|产值|营业收入|营收|收入|支出|税收|税费|退税|减税|降费|利润|"
    "债券|租金|房租|罚款|保证金|注册资本|成本|费用|让利|投入|销售额|成交额|交易额|出口额|进出口|额度|金额|余额|总额|消费券"
)
_LINK = (
    "总额|规模|金额|额度|余额|上限|限额|标准|[达增加提高升扩缩短压减少降下浮长]|[由从至到为超近约逾共了是再达各每户]|不?超过|突破|"
    "不?低于|不?少于|不?高于|最高|最多|给予|累计|合计|分别|一次性|人民币|[、 —~～至\\-]"
)
_BEFORE = re.compile(rf"(?:{_MONEY})(?:{_LINK}|[0-9][0-9.,]{{0,8}}(?:万亿|[万亿])?元?){{0,12}}$")
_REACH = 24
# The limit of a gift or loan just told: 给予5%的奖励，单户不超过500万; 单笔最高可贷1000万.
_LIMIT = re.compile(
    r"(?:(?:奖励|奖补|补贴|补助|资助|贴息|贷款|授信|配套)[^。；;\n0-9]{0,6}[，,]"
    r"(?:单[户家个笔项](?:企业|项目)?|每[户家个人年](?:企业|项目)?|同一(?:企业|项目)|年度|总额|累计)*"
    r"(?:不得?超过|最[高多]|封顶|上限为?)(?:可?贷|给予|奖励|补贴|补助)?|最[高多]可?贷)$"
)
_AFTER = re.compile(
    rf"[余多]?(?:以上|以下|左右|以内)?的?(?:一次性|财政|[省市区县]级|专项|信用|银行|流动|研发){{0,2}}(?:{_MONEY})(?![户客人企项笔对者率])"
)
# What may follow where the money word stands before: a noun would be what is counted (资金惠及10万农户).
_ENDS = re.compile(
    r"[余多]?(?:以上|以下|以内|左右|封顶|上下)?(?:[ ，,。；;、）)：:！!？?\n—~～\-至到和及或]|的|用于|提高|增|降|$)"
)


def with_money(text: str, amount: Amount) -> Amount:
    """The amount as money where a sign or a word beside it says so; any other as it is."""
    if amount.unit is not None or amount.low is None or amount.whole:
        return amount
    sign = _SIGN.search(text, max(0, amount.start - 4), amount.start)
    if sign is not None:
        code = CURRENCY_SIGNS[sign[0].strip()]
        words = next(words for words, name in CURRENCIES.items() if name == code)
        return replace(amount, start=sign.start(), unit=UNITS[words], words=words)
    written = text[amount.start : amount.number_end]
    if not any(scale in written for scale in "万亿") or amount.bare:
        return amount
    told = _ENDS.match(text, amount.end) and (
        _BEFORE.search(text, max(0, amount.start - _REACH), amount.start)
        or _LIMIT.search(text, max(0, amount.start - 2 * _REACH), amount.start)
    )
    if told or _AFTER.match(text, amount.end, amount.end + 16):
        return replace(amount, unit=UNITS["元"], words="元")
    return amount
