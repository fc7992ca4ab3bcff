"""Numbers that tell when or how often: dates, clock times, periods spoken of, plans by their years, frequencies,
visits."""

from __future__ import annotations

import re
from decimal import Decimal

from watcher.extract.figures.amounts import Amount
from watcher.extract.figures.context import Context
from watcher.model import FigureKind

_PER_KINDS = (FigureKind.COUNT, FigureKind.DURATION)
_FIRST_YEAR, _LAST_YEAR = Decimal(1900), Decimal(2100)
_LAST_DAY = Decimal(31)
# N日 is a date unless something makes it a length of time: a bound, a term, a change that begins or ends with it.
_TERM_BEFORE = re.compile(
    r"(?:[缩压减降]\w{0,6}[到至为]|缩短|压缩|压减|减少|为期?|不超过|不少于|提前|满|期限|时限|公示|停产|停业|整治|整改|拘留|暂扣|延长|连续|累计|最[长多快短]|超过|达|"
    r"[到至])"
    r"[ ]?(?:为|约)?[ ]?$"
)
_TERM_AFTER = re.compile(
    r"内|办结|办理|完成|审结|答复|反馈|以内|之内|以上|以下|[^，。；、\n0-9]{0,4}(?:缩短|压缩|压减|缩减|减少|减至|"
    r"缩至|降|提速|→)"
)
_PLAN = re.compile(r"[期内]?(?:行动|计划|规划|攻坚|方案|倍增|提升|整治|滚动|大变样|期(?![满间内]))")
_SPOKEN_BEFORE = re.compile(r"(?:(?<![将最])近|今明|明后|这|头|过去|最近|前几)[ ]?$")
# 由过去近3个月缩短到20天: the start of a change, not a period spoken of.
_FROM_PAST = re.compile(r"[由从](?:过去|原来|以往|原先|之前)?的?近$")
_SHORTENS = re.compile(r"[^，。；]{0,3}(?:[缩压减降]|延长|提速)")
_PAST = re.compile(r"(?<!提)前$|后$")
_SPOKEN_AFTER = re.compile(r"来|以来|多来|前的")
_JUBILEE = re.compile("之际|总结|纪念|庆|大会|活动|献礼")
_EVERY = re.compile(r"每(?:隔|满)?[ ]?$")
# 每招用1人, 每增加1家, 每连续参保1年: one of what is counted by, in Arabic or Chinese.
_PER_ONE = re.compile(r"每[\u4e00-\u9fff]{1,4}[ ]?$")
_LIMIT = re.compile(r"(?:不超过|不得超过|不多于|最多|至多)[ ]?$")
_FREQUENT = ("次", "轮", "回", "场", "期", "批次", "列", "班")
_OFTEN = 10
_FREQUENCY = re.compile(
    r"每个?(?:[一两二三四五六七八九十半]|[0-9]{1,2})?个?(?:年度?|季度?|月|周|星期|日|天|旬|学期|半年|家|户|企)"
    r"[^，。；,;\n0-9]{0,14}$"
)
_PROPORTION = re.compile(r"(?:比例|比|按|按照|达到|达)[为是]?[ ]?$")
_PROPORTION_AFTER = re.compile(r"[ ]?的?(?:比例|配|标准)")
_VIEWS = re.compile(r"(?:浏览|阅读|点击|访问)(?:次数|人次|量|数|率)?[ ]?[:：][ ]?$")
_SERVICE = re.compile(r"(?:全天候|不打烊|滑动|自助|在线|服务|热线|值[班守]|营业|不间断|线上)")


def date(context: Context, amount: Amount) -> str | None:
    if amount.low is None:
        return None
    if amount.words == "年" and _FIRST_YEAR <= amount.low <= _LAST_YEAR:
        return "年份"
    if amount.words == "年" and amount.low == Decimal("0.5") and context.before(amount) in ("上", "下", "前", "后"):
        return "日期"
    return "日期" if amount.words == "日" and amount.low <= _LAST_DAY and not _is_term(context, amount) else None


def _is_term(context: Context, amount: Amount) -> bool:
    """Whether N日 is a length of time: 30日内, 缩短至3日, 由20日压缩, not 12日."""
    if context.before(amount) in ("月", "日"):
        return False
    ahead = _TERM_AFTER.match(context.text, amount.end, amount.end + 10)
    return ahead is not None or _TERM_BEFORE.search(context.before(amount, 12)) is not None


def period(context: Context, amount: Amount) -> str | None:
    """近三年来, 前八个月: a period that is spoken of; 三年行动: the name of a plan."""
    name = amount.unit.name if amount.unit is not None else ""
    if amount.words == "周年" and _JUBILEE.match(context.text, amount.end):
        return "泛指的时段"
    begins = _FROM_PAST.search(context.before(amount, 8)) and _SHORTENS.match(context.after(amount, 6))
    if name in ("year", "month", "week") and _SPOKEN_BEFORE.search(context.before(amount, 4)) and not begins:
        return "泛指的时段"
    if name == "month" and _PAST.search(context.before(amount, 2)) and context.after(amount) != "内":
        return "泛指的时段"  # 前八个月, not 投产后12个月内
    if _SPOKEN_AFTER.match(context.text, amount.end):
        return "泛指的时段"
    if name == "year" and _PLAN.match(context.text, amount.end):
        return "计划或规划的名称"
    return None


def frequency(context: Context, amount: Amount) -> str | None:
    """每月走访2次, 每3年复核: how often. Money a year is an amount."""
    if _LIMIT.search(context.before(amount, 5)):
        return None  # 每年检查不超过2次 sets a limit
    if _EVERY.search(context.before(amount, 4)):
        return "频次或计数基数（每……）"
    if amount.low is not None and amount.low <= 1 and _PER_ONE.search(context.before(amount, 7)):
        return "频次或计数基数（每……）" if amount.unit is not None and amount.unit.kind in _PER_KINDS else None
    if amount.low is not None and amount.low >= _OFTEN:
        return None  # 每年组织招聘会50场 is a target
    return "频次（每……）" if amount.words in _FREQUENT and _FREQUENCY.search(context.before(amount, 22)) else None


def score(context: Context, amount: Amount) -> str | None:
    """10时30分, 十分: 分 is a score only behind digits that no hour precedes."""
    clocked = amount.words == "分" and (amount.chinese or context.before(amount) in ("时", "点"))
    return "时刻或固定说法" if clocked else None


def clock(context: Context, amount: Amount) -> str | None:
    """09:26; 1:1 is a ratio only beside a word that says so."""
    if not any(colon in context.number(amount) for colon in ":：∶"):
        return None
    told = _PROPORTION.search(context.before(amount, 6)) or _PROPORTION_AFTER.match(context.text, amount.end)
    return None if told else "时刻或比分"


def page_views(context: Context, amount: Amount) -> str | None:
    """浏览次数：1543 次: what the page says of itself."""
    return "网页的访问量" if _VIEWS.search(context.before(amount, 9)) else None


def service_hours(context: Context, amount: Amount) -> str | None:
    """24小时自助服务: the name of a service that never closes."""
    named = amount.words in ("小时", "天") and _SERVICE.match(context.text, amount.end)
    return "名称中的数字" if named else None
