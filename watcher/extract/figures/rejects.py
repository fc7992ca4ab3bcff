"""Why a number is not a key figure: one rule a reason, from the extraction contract's list of what does not count.

The reasons are shown to users as they stand (`extract --explain`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from watcher.extract.figures.amounts import Amount
from watcher.extract.figures.zones import ZoneKind, Zones
from watcher.model import FigureKind

# Words for the parts of the text itself, of its programme or of its argument: numbers before them count headings, not things.
_RHETORICAL = (
    "措施|举措|政策措施|方面|制度|机制|步骤|行动|任务|要求|原则|阶段|层面|维度|抓手|条件|情形之一|条款|部分|章节|重点|目标|体系|关键|"
    "问题导向|领域|板块|关系|转变|统筹|坚持|确保|到位|结合|清单|专项|战略|攻坚战|提升|保障|优势|强化|工作|"
    "承诺|意见|内容|程序|渠道|途径|维护|意识|自信|确立|务必|先行|示范|模式|方式|特点|亮点"
)
_MEASURES = re.compile(r"(?:[^，。；：、,;\s《》“”]{0,8})?(?:措施|举措|硬招|实招|新政|干货)")
_RHETORICAL_HEAD = re.compile(
    rf"(?:的)?(?:[\u4e00-\u9fff]{{0,4}})?(?:{_RHETORICAL})(?=[，。；：、,;:!！?？）)”\"\s]|$|的|来|入手|发力|着手|着力|全面|同|要|进行|予以)"
)
_GENERIC = frozenset(("个", "项", "条", "种", "大类", "类", "张", "本", "道", "步"))
# A document divides itself into a few parts; sixty is more than the longest list of measures in the sources that were read.
_MOST_PARTS = Decimal(60)

_PLAN = re.compile(r"(?:[期内]?(?:行动|计划|规划|攻坚|方案|倍增|提升|整治|滚动|大变样|期[^满间内]?))")
_DAY_CHANGE = re.compile(r"[^，。；、\n0-9]{0,4}(?:缩短|压缩|压减|缩减|减少|减至|缩至|降|提速|→)")
_DAY_CUE = re.compile(
    r"(?:[缩压减降]\w{0,6}[到至为]|为期?|不超过|不少于|提前|满|期限|时限|公示|延长|连续|累计|最[长多快短]|超过|达|[到至])[ ]?(?:为|约)?[ ]?$"
)
_PERIOD_CUE = re.compile(r"(?:为|期|满|长|短|至|到|超过|超|不足|不到|达|延|签订|[缩减]|提前|免|连续|每)[ ]?$")
_EVERY = re.compile(r"每(?:隔|满)?(?:逢)?[ ]?$")
_FREQUENCY = re.compile(
    r"每(?:个)?(?:[一两二三四五六七八九十半]|[0-9]{1,2})?(?:个)?(?:年度?|季度?|月|周|星期|日|天|旬|学期|半年|家|户|企)[^，。；,;\n0-9]{0,14}$"
)
_RANK = re.compile(
    r"(?:排名?|排在|排到|位[居列]|[居列]|名列|跃[居升]|跻身|升至|升到|保持|稳居|蝉联|[省市国区县]内?|同类城市|稳定在|前移至)[^，。；,;、\n0-9]{0,10}$"
)
_OF_RANK = re.compile(r"[ ]?(?:名|位)?(?=[，。；、,;:：!！)）”\s]|$|的|前|，)")


_PROPORTION = re.compile(r"(?:比例|比|按|按照|达到|达)[为是]?[ ]?$")
# These name nothing else than a part of the text, whatever follows; the wider list needs the phrase to end there.
_PARTS = re.compile(r"(?:方面|步骤|层面|维度|角度|原则|特点|亮点|环节入手|字)|(?:大|实|要)?(?:件)?(?:事|事情|实事)(?![务项业宜故])")


class Context:
    """One text, with its zones; what every rule may ask."""

    def __init__(self, text: str, zones: Zones) -> None:
        self.text, self.zones = text, zones

    def before(self, amount: Amount, count: int = 1) -> str:
        return self.text[max(0, amount.start - count) : amount.start]

    def after(self, amount: Amount, count: int = 1) -> str:
        return self.text[amount.end : amount.end + count]


Rule = Callable[[Context, Amount], str | None]


def _in_title(context: Context, amount: Amount) -> str | None:
    zone = context.zones.at(amount.start)
    if zone is None:
        return None
    if zone.kind is ZoneKind.TITLE:
        return "文件标题中的数字"
    return "网址中的数字" if zone.kind is ZoneKind.ADDRESS else None


def _in_quotation(context: Context, amount: Amount) -> str | None:
    """Money and physical quantities count even in names; everything else between quotation marks is a name or a slogan."""
    zone = context.zones.at(amount.start)
    if zone is None or zone.kind is not ZoneKind.QUOTE:
        return None
    strong = amount.unit is not None and amount.unit.kind in (FigureKind.MONEY, FigureKind.QUANTITY, FigureKind.PERCENT)
    return None if strong else "引号内的名称或口号"


def _ordinal(context: Context, amount: Amount) -> str | None:
    return "序数（第……）" if context.before(amount) == "第" else None


def is_marker(context: Context, amount: Amount) -> bool:
    """Whether the number opens an item: 一、 (一) 1. at a line's start, 二、 after a full stop."""
    before, following = context.before(amount, 2), context.text[amount.end : amount.end + 2]
    opens = (
        not before
        or before[-1] in "\n。；;:："
        or before in ("\n ", "\n　")
        or before[-1] in "(（"
        and following[:1] in ("）", ")")
    )
    return opens and amount.unit is None and following[:1] in ("、", ".", "．", ")", "）")


def _marker(context: Context, amount: Amount) -> str | None:
    if is_marker(context, amount):
        return "条款或列表的序号"
    return "列举的序号" if amount.unit is None and amount.chinese and context.after(amount) in ("是", "要") else None


def _no_number(_: Context, amount: Amount) -> str | None:
    return None if amount.numeric else "连用的数字不成数目"


def _no_unit(context: Context, amount: Amount) -> str | None:
    """A number that no unit or classifier follows; says what it is where that shows."""
    if amount.unit is not None:
        return None
    before, following = context.before(amount), context.after(amount)
    if following in ("年", "月", "时", "点", "季") or context.after(amount, 2) == "季度":
        return "日期或时间"
    if following == "号":
        return "编号"
    if (before.isascii() and before.isalpha()) or (following.isascii() and following.isalpha()):
        return "字母与数字组成的名称或代号"
    if amount.number_end - amount.start >= 7 and not amount.chinese:
        return "电话、邮编等号码"
    return "成语或固定说法" if amount.chinese else "数字后没有单位或量词"


def _date(context: Context, amount: Amount) -> str | None:
    if amount.unit is None or amount.unit.kind is not FigureKind.DURATION or amount.low is None:
        return None
    if amount.words == "年" and Decimal(1900) <= amount.low <= Decimal(2100):
        return "年份"
    if amount.words == "日" and amount.low <= 31 and not _is_term(context, amount):
        return "日期"
    if amount.words == "年" and amount.low == Decimal("0.5") and context.before(amount) in ("上", "下", "前", "后"):
        return "日期"
    return None


def _is_term(context: Context, amount: Amount) -> bool:
    """Whether N日 is a length of time: 30日内, 缩短至3日, not 12日."""
    if context.before(amount) in ("月", "日"):
        return False
    if _DAY_CHANGE.match(context.text, amount.end, amount.end + 10):
        return True
    following = context.after(amount, 2)
    return (
        following[:1] == "内"
        or following in ("以内", "之内", "以上", "以下")
        or _DAY_CUE.search(context.before(amount, 12)) is not None
    )


def _period(context: Context, amount: Amount) -> str | None:
    """近三年来, 三年行动: a period that is spoken of, or the name of a plan."""
    if amount.unit is None or amount.unit.kind is not FigureKind.DURATION:
        return None
    before, following = context.before(amount, 2), context.after(amount, 4)
    if amount.unit.name in ("year", "month") and (
        before[-1:] in ("近", "这", "头") and before != "将近" or before in ("过去", "最近")
    ):
        return "泛指的时段"
    if amount.unit.name == "month" and before[-1:] in ("前", "后"):
        return "泛指的时段"
    if following[:1] == "来" or following[:2] in ("以来", "多来", "前的"):
        return "泛指的时段"
    if amount.unit.name == "year" and _PLAN.match(following):
        return "计划或规划的名称"
    return None


def _every(context: Context, amount: Amount) -> str | None:
    """每月走访一次, 每3年复核: how often. Money per year is an amount."""
    if _EVERY.search(context.before(amount, 4)):
        return "频次或计数基数（每……）"
    counted = (
        amount.unit is not None
        and amount.unit.kind is FigureKind.COUNT
        and amount.words in ("次", "轮", "回", "场", "期", "批次")
    )
    return "频次（每……）" if counted and _FREQUENCY.search(context.before(amount, 22)) else None


def _one(context: Context, amount: Amount) -> str | None:
    """一个科室, 一批项目: 一 is an article; as a length of time it counts only with a bound or a word of duration."""
    if not amount.chinese or amount.unit is None or context.text[amount.start : amount.number_end] != "一":
        return None
    if amount.unit.kind is FigureKind.COUNT:
        return "泛指的“一”"
    if amount.low != 1 or amount.unit.kind is not FigureKind.DURATION or amount.words in ("个工作日", "个月", "小时", "个小时"):
        return None
    bounded = context.after(amount) in ("内", "半") or context.after(amount, 2) in ("以内", "之内", "以上", "左右")
    return None if bounded or _PERIOD_CUE.search(context.before(amount, 6)) else "泛指的“一”"


def _ordinal_two(context: Context, amount: Amount) -> str | None:
    """二 before a classifier is an ordinal (二期, 二类, 二次), counting says 两."""
    if amount.unit is None or amount.unit.kind is not FigureKind.COUNT or not amount.chinese:
        return None
    written = context.text[amount.start : amount.number_end]
    if (
        written in ("二", "一、二")
        or amount.words == "期"
        and context.after(amount) not in ("，", "。", "、", "；", ",", "")
    ):
        return "序数"
    return None


def _code(context: Context, amount: Amount) -> str | None:
    """PM2.5年均, G20峰会: digits right behind a letter belong to its name; an amount of money may stand behind one (GDP1.2万亿元)."""
    before = context.before(amount)
    named = before.isascii() and before.isalpha() and amount.unit is not None
    return "字母与数字组成的名称或代号" if named and amount.unit.kind in (FigureKind.COUNT, FigureKind.DURATION) else None


def _clock(context: Context, amount: Amount) -> str | None:
    """09:26, 10时30分; 1:1 is a ratio only beside a word that says so."""
    text = context.text
    if amount.words == "分" and (amount.chinese or context.before(amount) in ("时", "点")):
        return "时刻或固定说法"
    if not amount.whole or not any(colon in text[amount.start : amount.end] for colon in ":：∶"):
        return None
    told = _PROPORTION.search(context.before(amount, 6)) or re.match(r"[ ]?的?(?:比例|配|标准)", context.after(amount, 5))
    return None if told else "时刻或比分"


def _places(context: Context, amount: Amount) -> str | None:
    """排名前三位的城市, 后十名: how far down a list is spoken of."""
    return "名次范围" if amount.words in ("名", "位") and context.before(amount) in ("前", "后") else None


def _zero(_: Context, amount: Amount) -> str | None:
    return "“零”的固定说法" if amount.chinese and amount.low == 0 else None


def _sitting(context: Context, amount: Amount) -> str | None:
    """十七届三中全会: 届 numbers sittings; only 连续3届 counts them."""
    if amount.words != "届" or context.before(amount, 2) == "连续":
        return None
    return "序数"


def _set_phrase(context: Context, amount: Amount) -> str | None:
    """四个一, 一对一, 两手抓: words that fixed phrases are made of."""
    if not amount.chinese or amount.unit is None or amount.unit.kind is not FigureKind.COUNT:
        return None
    if context.after(amount) in ("一", "不"):
        return "固定说法"
    return None


def _rhetorical(context: Context, amount: Amount) -> str | None:
    if (
        amount.unit is None
        or amount.unit.kind is not FigureKind.COUNT
        or amount.high is None
        or amount.high > _MOST_PARTS
    ):
        return None
    text, end = context.text, amount.end
    if amount.words in ("条", "项") and _MEASURES.match(text, end, end + 14):
        return "文件自身的措施条数"
    if amount.words in ("条", "项") and re.search(r"(?:措施|举措|政策)[ ]?$", context.before(amount, 6)):
        return "文件自身的措施条数"
    if amount.words in (*_GENERIC, "件", "句", "点") and _PARTS.match(text, end, end + 6):
        return "文章自身的方面、步骤或任务"
    if amount.words in _GENERIC and _RHETORICAL_HEAD.match(text, end, end + 12):
        return "文章自身的方面、步骤或任务"
    return None


def _bare_scale(context: Context, amount: Amount) -> str | None:
    """百家, 万人, 千亿级: a round word without a digit tells no number unless a bound stands beside it."""
    if not amount.bare or amount.unit is None:
        return None
    before, following = context.before(amount, 2), context.after(amount, 2)
    bounded = before[-1:] in ("近", "超", "过", "约", "逾", "达", "破") or following in ("以上", "左右", "以内", "以下")
    return None if bounded else "概数或名称"


def _name(context: Context, amount: Amount) -> str | None:
    """24小时自助, 7×24小时, 3年期: numbers in the names of services and rates."""
    if context.before(amount)[-1:] in ("×", "x", "X", "*", "+"):
        return "名称中的数字"
    if amount.words in ("小时", "天") and re.match(
        r"(?:全天候|不打烊|自助|在线|服务|热线|值[班守]|营业|不间断|线上)", context.after(amount, 4)
    ):
        return "名称中的数字"
    return None


RULES: tuple[Rule, ...] = (
    _in_title,
    _ordinal,
    _marker,
    _no_number,
    _no_unit,
    _in_quotation,
    _date,
    _period,
    _every,
    _one,
    _ordinal_two,
    _set_phrase,
    _code,
    _clock,
    _places,
    _zero,
    _sitting,
    _rhetorical,
    _bare_scale,
    _name,
)


def in_name(context: Context, amount: Amount) -> str | None:
    """Why a rank is not one: it stands in a title or in a quoted name."""
    return _in_title(context, amount) or _in_quotation(context, amount)


def stands_alone(context: Context, amount: Amount) -> bool:
    """Whether the number joins no range or list: list markers and ordinals."""
    return is_marker(context, amount) or context.before(amount) == "第"


def reason(context: Context, amount: Amount) -> str | None:
    """The first reason why `amount` is not a figure, None where it is one."""
    return next((found for rule in RULES if (found := rule(context, amount)) is not None), None)
