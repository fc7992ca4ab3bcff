"""What a grant is named by: whom or what it is for, what it is counted per, and the gift: 取得注册证的医疗器械奖励.

Unlike other subjects it is put together of pieces of the text, since the gift mostly stands behind the amount:
对…改造的水泥企业，按投资额的15%给予补助.
"""

from __future__ import annotations

import re

from watcher.extract.figures import phrases, wording
from watcher.extract.figures.clause import Clause
from watcher.extract.figures.drafts import Draft
from watcher.extract.figures.recipients import named, recipient
from watcher.model import FigureKind, Qualifier

_PAID = (FigureKind.MONEY, FigureKind.PERCENT, FigureKind.RATIO)
_GIFTS = "奖励|奖补|补贴|补助|资助|贴息|补偿"
ONLY_GIVING = re.compile(
    "(?:奖补|奖励|补贴|补助|资助|支持|贴息|资金|优惠|经费|配套|补偿|一次性|[省市区县]级|给予|予以|标准|执行|返还|的|"
    "抵扣)*"
)
_GIVING = re.compile(r"给予|予以|奖励|补助|补贴|资助|奖补|贴息|封顶|配套|补偿|抵扣|罚款|处$")
_PAYS_OUT = re.compile(rf"{_GIVING.pattern}|发放|返还")
# Characters from which a gift has a name of its own: 岗位补贴; one of general words only needs more: 省级资金奖励.
_NAMED_GIFT, _LONG_GIFT = 4, 6
# 按投资额的10%: what the amount is reckoned by; a bare 增量 or 投资额 says too little.
_RECKONED = re.compile(r"[ ]?(?:再|则|分别|财政)?按照?(?!时|期|揭)([^，。]{2,}?)(?:的|给予|每[^，。]{0,5})?[ ]?$")
_SPECIFIC = 4
_BY_AMOUNT = re.compile(r"[ ]?(?:再|则|分别)?按(?!时|期|揭)")
_WHOM = re.compile(r"对(?!外)|[给凡的]|支持")
_TO_GIFT = re.compile(r"^的?(?:标准)?(?:给予|予以|发放)?(?:每[年月])?(?=[^，。]{4})")
# The gift behind the amount (20万元的一次性奖励), before it (再奖励5万元), or in the clause that it limits.
_GIFT_AFTER = re.compile(
    r"[ ]?的?(?:标准)?(?:给予|予以|发放)?的?(?:一次性|[省市区县]级|[省市区县]?财政|专项|资金|配套|现金|相应)*的?"
    rf"((?:(?!企业|用于|[给对按，。、的])[\u4e00-\u9fff]){{0,6}}?(?:{_GIFTS}|经费|消费券))"
)
_GIFT_BEFORE = re.compile(rf"({_GIFTS})(?:标准|资金|金额|总额|比例|额度|上限|累计|一般|最高|不?超过?|为|按)*[ ]?$")
_GIFT = re.compile(f"({_GIFTS})(?!政策|资金池|办法)")
_NAMES_GIFT = re.compile(
    rf"(?:(?:{_GIFTS})(?:标准|总额|上限|额度|比例)?|奖|支持|返还|资金|经费|配套|基金|罚款|贷|券|金|费|额)$"
)
_TIMES = "[年月日天次季批]"
_UNITS = "平方米|立方米|公里|千瓦时|千瓦|标箱|人次|吨公里"
_HEADS = "[人户家个项台辆亩吨件套间床班列箱头只架艘场篇株棵座所条处村名期瓶车柜位]"
# What the amount is counted per, right before it: 每人每月, 每台（套）.
_PER = re.compile(
    rf"(?:^|[，、按对 ]|照)((?:每(?:{_UNITS}|{_TIMES}|{_HEADS}{{1,2}}(?:[（(][^（()）]{{1,4}}[)）])?))+)"
    rf"(?:{_GIFTS}|给予|予以|发放|再|可|最[高多]|一次性|累计|总额|合计|按|的|不|年度)*[ ]?$"
)
# 每招用1名就业困难人员，给予…: counted per a thing that is done, which the amount is for.
_EACH = re.compile(rf"(?<![，。；、])(?:每(?!{_TIMES})[^，。；：、0-9每]{{1,8}}?[1一]{_HEADS}(?!百分点)[^，。；、]*)$")
_PER_HEAD = re.compile(r"每[^，]{0,4}(?:奖励|奖补|补贴|补助|资助)$|每个(?:项目|企业)$")
# 每提高1个百分点奖励50万元, 达到5亿元奖励30万元: the first amount is what has to be reached.
_REACHED = re.compile(r"(?:提高|增长|增加|新增|新招用|超出|达到|突破|降低|下降|减少)了?[ ]?$")
# Given to those that were just told of: 每吸纳一名残疾人就业，给予用人单位5000元.
_ANYONE = re.compile(r"(?:给予|奖励|补助|补贴)(?:用人单位|用工单位|企业|单位|其|本人)$")
# 单个企业, 每个项目: whose yearly or total limit is told.
_DIGIT = re.compile("[0-9]")
_ONE_OF = re.compile("单|每|同一")


def is_grant(clause: Clause, draft: Draft) -> bool:
    """Whether the amount is a gift: a verb or noun of giving beside it, or a limit of the gift just told."""
    if draft.kind not in _PAID or _REACHED.search(clause.before):
        return False
    if _GIVING.search(clause.before) or _GIVING.match(clause.after.lstrip("的 ")) or _GIVING.search(clause.quote):
        return True
    if (clause.row or clause.head) and draft.kind is FigureKind.MONEY and any(map(_GIVING.search, clause.earlier)):
        return True  # 20万元 in a cell beside 对新获评的企业给予奖励, or under 奖励标准
    if _BY_AMOUNT.match(clause.before) and _PAYS_OUT.search(clause.after[:14]):
        return True  # 按每人1500元标准发放一次性扩岗补助
    if draft.bound.qualifier is not Qualifier.AT_MOST or not any(map(_GIVING.search, clause.earlier[:2])):
        return False
    lead = phrases.before(clause.before)
    if lead:
        return _ONE_OF.match(lead) is not None and not clause.quote[0].isdigit()
    return any(map(_GIVING.search, clause.earlier[: min(2, clause.near)]))


def grant(clause: Clause, draft: Draft, name: str) -> str:
    """The grant to `name`, whom or what it is for, as a reader would call it: 技改项目 -> 技改项目补助."""
    if draft.kind is not FigureKind.MONEY and _RECKONED.search(clause.before):
        return name  # 按投资额的8%: a share of what it is named by
    return _with_gift(_with_head(name, clause), _gift(clause))


def _gift(clause: Clause) -> str:
    """The noun of the gift: beside the amount, over its column, else in the clauses that it limits; empty for a bare
    给予."""
    near = _GIFT_AFTER.match(clause.after) or _GIFT_BEFORE.search(clause.before)
    near = near or _GIFT.search(clause.quote) or _GIFT.search(clause.before)
    if near is not None:
        return near[1]
    if _GIFT.search(clause.head) and not wording.SAYS_LITTLE.fullmatch(clause.head):
        return clause.head  # 购房补贴 over 20万元
    return next((found[-1] for words in clause.earlier[:2] if (found := _GIFT.findall(words))), "")


def _with_gift(what: str, noun: str) -> str:
    """`what` with the gift behind it, where it does not say so itself and a line has room for both."""
    if not noun or noun in what or _NAMES_GIFT.search(what) or len(what) + len(noun) > phrases.LONGEST:
        return what
    return what + noun


def _with_head(name: str, clause: Clause) -> str:
    """`name` with what the amount is counted per: 入网仪器每台每年."""
    per = _PER.search(clause.before)
    fits = per is not None and per[1] not in name and len(name) + len(per[1]) <= phrases.LONGEST
    return name + per[1] if per and fits and not _NAMES_GIFT.search(name) else name


def recipient_of(clause: Clause, draft: Draft) -> str:
    """Whom or what the amount is for, or what a share is taken of."""
    if clause.label and draft.kind is FigureKind.MONEY and "安排" not in clause.before:
        return clause.label
    each = _each(clause.whole) if draft.kind is FigureKind.MONEY else ""
    if each:
        return each
    lead, given = phrases.before(clause.before), _each(*clause.earlier[:1]) or recipient(clause.earlier)
    given = given or (named(clause.row[0]) if clause.row else "")
    noun = phrases.after(_TO_GIFT.sub("", clause.after), clause.before)
    base = _RECKONED.search(clause.before)
    if base is not None and draft.kind is not FigureKind.MONEY:
        ahead = phrases.before(clause.before[: base.start()])
        named_base = phrases.before(base[1]) if len(base[1]) >= _SPECIFIC else ""
        return ahead or named_base or given or clause.last or noun
    if (
        lead
        and not (_ANYONE.search(lead) and given)
        and not _BY_AMOUNT.match(clause.before)
        and not _PER_HEAD.match(lead)
    ):
        return named(clause.before) if _WHOM.search(clause.before) else lead
    own = len(noun) >= (_NAMED_GIFT if not ONLY_GIVING.fullmatch(noun) else _LONG_GIFT)
    if own:
        return noun
    told = noun if len(noun) >= _NAMED_GIFT else ""
    return given or told or _of_item(clause) or clause.last or lead or noun or clause.ahead()


def _of_item(clause: Clause) -> str:
    """Whom an item of a list names that says no more than whom and how much: （2）省级绿色工厂，奖励20万元."""
    head = clause.earlier[0] if clause.near == 1 and len(clause.earlier) > 1 else ""
    return "" if _DIGIT.search(head[2:]) else phrases.before(head)


def _each(*clauses: str) -> str:
    """每招用1名就业困难人员: the thing done for each of which is paid; figures do not cut it."""
    for words in clauses:
        found = _EACH.search(phrases.without_tail(words.rstrip("的")))
        if found is not None and len(found[0]) <= phrases.LONGEST:
            return found[0].replace("给予", "").replace("予以", "")
    return ""
