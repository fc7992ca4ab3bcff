"""Numbers that name instead of counting: titles, slogans, ordinals, codes, set phrases, the article 一."""

from __future__ import annotations

import re

from watcher.extract.figures.amounts import Amount
from watcher.extract.figures.context import Context
from watcher.extract.figures.zones import Zone, ZoneKind
from watcher.model import FigureKind

# Money and physical quantities count even in a name (10GW高效电池项目), and so does a share.
_STRONG = (FigureKind.MONEY, FigureKind.QUANTITY, FigureKind.PERCENT)
_PERIOD_CUE = re.compile(r"(?:为|期|满|长|短|至|到|超过|超|不足|不到|达|延|签订|[缩减]|提前|免|连续|每)[ ]?$")
_CHANGE_END = re.compile(r"[缩压减降精简调整]{1,2}[至到为成][ ]?$")
_CHANGE_START = re.compile(r"[由从](?:原来的?|原|过去的?)?[ ]?$")
_CHANGES = re.compile(r"[缩压减降延调提增放]")
_ALONE = re.compile(r"(?:以内|以上|以下|内)?")
_END = re.compile(r"(?:[由从]|[缩压减降升增短长高少变整][至到为成])$")
_REACHES = re.compile(
    r"(?:涉及|覆盖|涵盖|惠及|辐射|遍及|遍布|横跨|分布在|落户|选取|选定|确定)(?:了|[0-9一二两三四五六七八九十百]{1,4}个?[市县区州乡镇村、和]{1,2}){0,3}$"
)
_ATTACHED = re.compile(r"[^，。\n]{0,16}\.(?:pdf|docx?|xlsx?|wps|zip)\b")
_CLASSES = re.compile(r"二类")
_ORDINAL_PHASE = ("，", "。", "、", "；", ",", ";", "", "\n", " ", "（", "(")
_BEYOND = ("近", "超", "约", "逾", "达", "破")
_BOUNDED = ("以上", "左右", "以内", "以下")


def in_title(context: Context, amount: Amount) -> str | None:
    zone = context.zones.at(amount.start)
    if _ATTACHED.match(context.text, amount.end, amount.end + 24):  # 企业清单（1364家）.pdf
        return "文件标题中的数字"
    if zone is None or zone.kind is ZoneKind.QUOTE:
        return None
    return "文件标题中的数字" if zone.kind is ZoneKind.TITLE else "网址中的数字"


def in_quotation(context: Context, amount: Amount) -> str | None:
    """Between quotation marks stand names and slogans; money and physical quantities count even there."""
    zone = context.zones.at(amount.start)
    if zone is None or zone.kind is not ZoneKind.QUOTE or _quoted_end(context, amount, zone):
        return None
    strong = amount.unit is not None and amount.unit.kind in _STRONG
    return None if strong else "引号内的名称或口号"


def _quoted_end(context: Context, amount: Amount, zone: Zone) -> bool:
    """由“30天”缩短为“5天”: an amount that stands alone between the marks, at an end of a change."""
    alone = amount.start == zone.start + 1 and _ALONE.fullmatch(context.text, amount.end, zone.end - 1) is not None
    return alone and _END.search(context.text[max(0, zone.start - 3) : zone.start]) is not None


def slogan(context: Context, amount: Amount) -> str | None:
    """六个百分之百: shares that are counted themselves."""
    return "引号内的名称或口号" if context.before(amount) == "个" else None


def ordinal(context: Context, amount: Amount) -> str | None:
    return "序数（第……）" if context.before(amount) == "第" else None


def item(context: Context, amount: Amount) -> str | None:
    """一、 (二) 3. open an item, 一是 names one in the run of the text."""
    if context.opens_item(amount):
        return "条款或列表的序号"
    named = amount.unit is None and amount.chinese and context.after(amount) in ("是", "要")
    return "列举的序号" if named else None


def no_number(context: Context, amount: Amount) -> str | None:
    written = context.number(amount)
    if written[:1] == "0" and written[1:2].isdigit():
        return "编号"
    if amount.low is None and any(colon in written for colon in ":：∶"):
        return "时刻或多方之比"
    return None if amount.low is not None else "连用的数字不成数目"


def no_unit(context: Context, amount: Amount) -> str | None:
    """A number that no unit or classifier follows; says what it is where that shows."""
    if amount.unit is not None:
        return None
    before, following = context.before(amount), context.after(amount)
    if following in ("年", "月", "时", "点", "季") or context.after(amount, 2) == "季度":
        return "日期或时间"
    if (
        following == "号"
        or _FILE_CODE.search(context.before(amount, 12))
        or (before in _OPENING and following in _CLOSING)
    ):
        return "编号"
    if _latin(before) or _latin(following):
        return "字母与数字组成的名称或代号"
    if following == "大" and amount.chinese and context.before(amount, 2).endswith(("党的", "共")):
        return "会议的名称"
    if context.after(amount, 2) in ("部分", "方面"):
        return "文章自身的方面、步骤或任务"
    if any(scale in context.number(amount)[1:] for scale in "万亿"):
        return "单位不明（只有万或亿）"
    if amount.number_end - amount.start >= 7 and not amount.chinese:
        return "电话、邮编等号码"
    return "成语或固定说法" if amount.chinese else "单位不明"


# 索引号：003-2023-14, GB 3095-2012, HJ 2.1, and the brackets around the year of a document number: 〔2023〕.
_FILE_CODE = re.compile(
    r"(?:索引号|文号|编号|序号|代码|标准号)[:：]?[ ]?[A-Za-z0-9./\-—]{0,10}$|"
    r"[A-Z]{2}(?:/T)?[ ]?[0-9.]{0,6}[\-—]?$|[0-9][\-—]$"
)
_OPENING, _CLOSING = ("〔", "[", "［"), ("〕", "]", "］")


def _latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


def code(context: Context, amount: Amount) -> str | None:
    """PM2.5年均, G20峰会: digits right behind a letter are part of its name; GDP1.2万亿元 stays an amount."""
    return "字母与数字组成的名称或代号" if _latin(context.before(amount)) else None


def article(context: Context, amount: Amount) -> str | None:
    """一个科室, 一批项目: 一 is an article; it counts at the end of a change, and as a time that is bounded or called
    a term."""
    if not amount.chinese or amount.unit is None or context.number(amount) != "一" or amount.low != 1:
        return None
    if _CHANGE_END.search(context.before(amount, 5)):
        return None
    if _CHANGE_START.search(context.before(amount, 5)) and _CHANGES.match(context.after(amount)):
        return None
    if amount.unit.kind in (FigureKind.COUNT, FigureKind.QUANTITY):
        return "泛指的“一”"
    if amount.words in ("个工作日", "个月", "小时", "个小时"):
        return None
    bounded = context.after(amount) == "内" or context.after(amount, 2) in ("以内", "之内", "以上", "左右")
    return None if bounded or _PERIOD_CUE.search(context.before(amount, 6)) else "泛指的“一”"


def ordinal_two(context: Context, amount: Amount) -> str | None:
    """二 before a classifier is an ordinal (二期, 二类, 二次), counting says 两; 三期工程 is one too."""
    if not amount.chinese:
        return None
    phase = amount.words == "期" and context.after(amount) not in _ORDINAL_PHASE
    return "序数" if phase or context.number(amount) == "二" else None


def sitting(context: Context, amount: Amount) -> str | None:
    """十七届三中全会, 六次全会: 届 and 次 number sittings; only 连续3届 counts them."""
    if amount.words == "次" and context.after(amount, 2) in ("全会", "全体"):
        return "序数"
    return "序数" if amount.words == "届" and context.before(amount, 2) != "连续" else None


def set_phrase(context: Context, amount: Amount) -> str | None:
    """四个一, 三个不停: a classifier that no noun follows makes a phrase."""
    return "固定说法" if amount.chinese and context.after(amount) in ("一", "不") else None


def zero(_: Context, amount: Amount) -> str | None:
    return "“零”的固定说法" if amount.chinese and amount.low == 0 else None


def places(context: Context, amount: Amount) -> str | None:
    """排名前三位的城市, 后十名: how far down a list is spoken of."""
    return "名次范围" if amount.words in ("名", "位") and context.before(amount) in ("前", "后") else None


def bare_scale(context: Context, amount: Amount) -> str | None:
    """百家, 万人, 千亿级: a round word without a digit tells no number unless a bound stands beside it."""
    if not amount.bare:
        return None
    beyond = context.before(amount) in _BEYOND or context.before(amount, 2) == "超过"
    bounded = beyond or context.after(amount, 2) in _BOUNDED
    return None if bounded else "概数或名称"


def restated(context: Context, amount: Amount) -> str | None:
    """60%以上(含60%): the bound said once more."""
    return "括号内对界限的重复" if context.before(amount, 2) in ("(含", "（含") else None


def district(context: Context, amount: Amount) -> str | None:
    """全省16市 is a standing name; 涉及7市32县 counts how far something reaches."""
    if amount.words not in ("市", "县", "区", "乡镇", "镇", "乡", "村", "街道", "社区"):
        return None
    return None if _REACHES.search(context.before(amount, 14)) else "地区的固定称呼"


def class_name(context: Context, amount: Amount) -> str | None:
    """1类新药, 一类门诊, 二类企业 and then 三类企业: a class by its number."""
    if amount.words != "类":
        return None
    numbered = amount.chinese and _CLASSES.search(context.text, max(0, amount.start - 80), amount.start)
    return "类别的名称" if amount.low == 1 or numbered else None


def address(context: Context, amount: Amount) -> str | None:
    """河东村3组: a group of a village is a place."""
    placed = amount.words == "组" and context.before(amount) in ("村", "屯", "寨", "社")
    return "地址中的数字" if placed else None


def formula(context: Context, amount: Amount) -> str | None:
    """7×24小时, 1+3项: a number that a sign of arithmetic ties to another is part of a formula or a name."""
    return "名称中的数字" if context.before(amount) in ("×", "x", "X", "*", "+", "＋") else None
