"""Every number of a text with the unit behind it: the one compiled scan that all later decisions start from.

Decides nothing about whether a number is a figure; a number without a unit is kept as an `Amount` without one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from watcher.extract import numerals
from watcher.extract.figures.unit_tables import ONE
from watcher.extract.figures.units import UNITS, Unit, after_blanks, unit_at
from watcher.model import FigureKind, Qualifier

RATIO = Unit(FigureKind.RATIO, "1")
PERCENT = UNITS["%"]


@dataclass(frozen=True, slots=True)
class Amount:
    """A number and its unit: `text[start:end]`, the number alone `text[start:number_end]`.

    `low` and `high` are in `unit`, None where the characters make no number; `inner` is the qualifier inside the
    number (余, 多, 上千).
    """

    start: int
    number_end: int
    end: int
    low: Decimal | None = None
    high: Decimal | None = None
    unit: Unit | None = None
    words: str = ""  # the unit as written
    scale: Decimal = ONE  # 万 and 亿 behind Arabic digits, which a list or range may share
    inner: Qualifier | None = None
    chinese: bool = False
    bare: bool = False  # 百, 千, 万 or 亿 without a digit before it
    whole: bool = False  # complete without a unit: a fraction, 百分之三十, 一半, 翻一番


_SOME = {
    "余": Qualifier.MORE_THAN,
    "多": Qualifier.MORE_THAN,
    "几": Qualifier.MORE_THAN,
    "数": Qualifier.MORE_THAN,
    "来": Qualifier.ABOUT,
    "上": Qualifier.AT_LEAST,
}
_CN = numerals.CHARACTERS
_DIGIT = "".join(numerals.DIGITS)
# 1 250 亿元: thousands set apart by a blank, only between a word and money or a measure (表1 250家 is two numbers).
_SPACED = (
    r"(?<=[\u4e00-\u9fff，：:])(?<![表件图例第栏])[1-9][0-9]{0,2}(?:[ ][0-9]{3})+(?:\.[0-9]+)?"
    r"(?=[ ]?(?:[万亿千百]{0,2}[元吨亩]|[万亿]))"
)
# 12.2024年底前: a list number and a year, not a decimal.
_AR = (
    r"[0-9]{1,2}(?=\.(?:19|20)[0-9]{2}年)|"
    + _SPACED
    + r"|[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
)
# 1亿5千万元, 3万5: steps of falling scale; a last single digit stands for the next place, as it is spoken.
_STEPS = (
    r"[0-9]{1,4}(?:(?:亿[0-9]{1,4}(?:千万|百万|万)|万(?=[0-9]千))(?:[0-9]千(?![瓦克米伏卡帕赫焦]))?|"
    r"[万亿][0-9](?=元|[，,。；;、）)\s]|$))"
)
# 千 and 百 are no scale where they begin a unit: 5千瓦, 3千克, 10千伏安, 2百分点.
_SCALE = r"万亿|[百千十]?[万亿]|千(?![瓦克米伏卡帕赫焦])|百(?!分)"
NUMBER = re.compile(
    # Most places are refused at a glance.
    rf"(?=[0-9{_CN}半翻数几上])(?:"
    rf"(?P<den>[{_CN}]{{1,4}}|[0-9]{{1,3}})分之(?P<num>[{_CN}]{{1,9}}(?:点[{_DIGIT}]{{1,4}})?|"
    rf"[0-9]{{1,4}}(?:\.[0-9]{{1,4}})?)"
    r"|(?P<slash>(?<![0-9/.])[1-9]/[1-9][0-9]?(?=[ ]?(?:以上|以下|左右|的))|"
    r"(?<=[的至到近约超占少低短])[1-9]/[1-9][0-9]?(?![0-9/.年月日页号]))"
    r"|(?P<many>[0-9]{1,3}(?:[:：∶][0-9]{1,3}){2,5}(?![0-9:：∶]))"
    r"|(?P<to>[0-9]{1,3}(?:\.[0-9]{1,2})?[:：∶][0-9]{1,3}(?:\.[0-9]{1,2})?(?![0-9:：∶]))"
    rf"|(?P<steps>{_STEPS})"
    rf"|(?P<arabic>{_AR})(?:[ ]?(?P<mid>[余多来几])?[ ]?(?P<scale>{_SCALE}))?(?:[ ]?(?P<post>[余多来]))?"
    r"|(?P<half>一半|半(?=年|天|个|小时|数|日|月))"
    r"|(?P<doubled>翻了?[一两二三四]番)"
    rf"|(?P<chinese>(?:[数几上](?=[十百千万亿]))?[{_CN}]+(?:点[{_DIGIT}]+)?)(?:(?P<some>[余多来几])(?P<myriad>万亿|"
    rf"[万亿])?)?)"
)
# Words in which 一 is no number; listing each as a number left out would only hide the others.
_BEFORE_WORD, _AFTER_WORD = "统唯单同进万专划归合逐之", "般定些直旦致切样起律并体流带向再味"
_PER = re.compile(
    r"(?:[/／]|每)(?=(?P<unit>标准煤|床日|[年月日天人户亩台次吨家个件辆瓦度]|千瓦时|平方米|立方米|公里|小时|公顷|"
    r"千瓦|千克|克|升|(?:kWh|kg|min|[adhmstL])(?![A-Za-z])))"
)


# Twice what 5 MB of measures hold (some 13 numbers a KB; a statistical bulletin up to 30): it bounds time and memory.
MOST = 120_000


def scan(text: str) -> list[Amount]:
    """The numbers of `text`, in order, at most `MOST`; lexical 一 (统一, 一般) is passed over."""
    found: list[Amount] = []
    for match in NUMBER.finditer(text):
        # A unit may hold number characters of its own: 千瓦, mg/m3.
        if not found or match.start() >= found[-1].end:
            amount = _read(match, text)
            if amount is not None:
                found.append(amount)
                if len(found) == MOST:
                    break
    return found


def _read(match: re.Match[str], text: str) -> Amount | None:
    kind = match.lastgroup
    if match["arabic"] is not None:
        return _arabic(match, text)
    if match["chinese"] is not None:
        return None if _only_a_word(match, text) else _chinese(match, text)
    if kind == "num":
        return _fraction(match, text)
    if kind == "half":
        return _half(match, text)
    if kind == "many":  # 5:3:2 shares among three: no one number
        return Amount(match.start(), match.end(), match.end())
    if kind == "steps":
        return _steps(match, text)
    return _other(match)


def _only_a_word(match: re.Match[str], text: str) -> bool:
    start, end = match.span("chinese")
    if match["chinese"] == "千" and text[end : end + 1] in tuple("瓦克米伏卡帕赫焦"):
        return True  # 每千瓦时
    if match["chinese"] != "一":
        return False
    return (text[start - 1 : start] in _BEFORE_WORD and start > 0) or (
        text[end : end + 1] in _AFTER_WORD and end < len(text)
    )


def _arabic(match: re.Match[str], text: str) -> Amount:
    value = numerals.arabic(match["arabic"])
    scale = Decimal(numerals.SCALES[match["scale"]]) if match["scale"] else ONE
    inner = _SOME.get(match["mid"] or match["post"] or "")
    end = match.end() if match["post"] is None else match.end("post")
    low = None if value is None else value * scale
    return _with_unit(Amount(match.start(), end, end, low, low, scale=scale, inner=inner), text)


def _steps(match: re.Match[str], text: str) -> Amount:
    value = numerals.steps(match[0])
    return _with_unit(Amount(match.start(), match.end(), match.end(), value, value), text)


def _chinese(match: re.Match[str], text: str) -> Amount:
    written = match["chinese"]
    prefix = written[0] if written[0] in "数几上" else ""
    number = written[1:] if prefix else written
    pair = numerals.chinese(number)
    if pair is None and text[match.end() : match.end() + 1] == "折" and (value := numerals.digits(number)) is not None:
        pair = (value, value)
    low, high = pair or (None, None)
    if low is not None and high is not None and match["myriad"]:
        myriad = numerals.SCALES[match["myriad"]]
        low, high = low * myriad, high * myriad
    bare = number[0] in "百千万亿" and len(number.strip("百千万亿")) == 0
    inner = _SOME.get(prefix or match["some"] or "")
    tail = match["myriad"] or ("万亿" if number.endswith("万亿") else number[-1])
    scale = Decimal(numerals.SCALES[tail]) if tail in ("万", "亿", "万亿") and not bare else ONE
    return _with_unit(
        Amount(match.start(), match.end(), match.end(), low, high, None, "", scale, inner, True, bare and not inner),
        text,
    )


def _fraction(match: re.Match[str], text: str) -> Amount:
    """三分之二 as a ratio to six decimals, 百分之三十 as 30 per cent."""
    den, num = _either(match["den"]), _either(match["num"])
    span = Amount(match.start(), match.end(), match.end(), chinese=True)
    if den is None or num is None or not den:
        return span
    if den == 100:
        unit = unit_at(text, match.end())
        if unit is not None and unit[0].kind is FigureKind.PERCENT:
            return span
        return Amount(match.start(), match.end(), match.end(), num, num, PERCENT, "%", chinese=True, whole=True)
    return _ratio(match, num / den)


def _either(written: str) -> Decimal | None:
    if written[0].isascii():
        return numerals.arabic(written)
    pair = numerals.chinese(written)
    return pair[0] if pair is not None and pair[0] == pair[1] else None


def _ratio(match: re.Match[str], value: Decimal) -> Amount:
    value = value.quantize(Decimal("0.000001")).normalize()
    return Amount(match.start(), match.end(), match.end(), value, value, RATIO, "1", chinese=True, whole=True)


def _half(match: re.Match[str], text: str) -> Amount:
    """半年, 半个月, 一半, 过半数."""
    half, end = Decimal("0.5"), match.end()
    if match["half"] == "一半" or text[end : end + 1] == "数":
        return _ratio(match, half)
    return _with_unit(Amount(match.start(), end, end, half, half, chinese=True), text)


def _other(match: re.Match[str]) -> Amount:
    """1/3, 1:2 and 翻两番 (to four times)."""
    if match["doubled"]:
        return _ratio(match, Decimal(2) ** int(numerals.DIGITS[match["doubled"][-2]]))
    one, other = re.split("[/:：∶]", match[0])
    return (
        Amount(match.start(), match.end(), match.end())
        if not Decimal(other)
        else _ratio(match, Decimal(one) / Decimal(other))
    )


def _with_unit(amount: Amount, text: str) -> Amount:
    """The amount with the unit written behind it; 三年半 adds its half, 元/吨 keeps what it is counted per."""
    found = _split_unit(text, amount.number_end) or unit_at(text, amount.number_end)
    if found is None:
        return amount
    unit, words, end = found
    low, high, inner, name = amount.low, amount.high, amount.inner, unit.name
    if text.startswith("多", end - len(words)):  # 个多月
        inner = Qualifier.MORE_THAN
    rest, end = _rest(text, end, words, unit)
    if low is not None and high is not None:
        factor = ONE if words == "折" and low >= 10 else unit.factor
        low, high = (low + rest) * factor, (high + rest) * factor
    if unit.kind in (FigureKind.MONEY, FigureKind.QUANTITY):
        end = _per_end(text, end)
        name = text[after_blanks(text, amount.number_end) : end] if unit.kind is FigureKind.QUANTITY else name
    if (
        inner is None
        and unit.kind is not FigureKind.PERCENT
        and text[end : end + 1] in ("余", "多")
        and _closes(text, end + 1)
    ):
        inner, end = Qualifier.MORE_THAN, end + 1
    return Amount(
        amount.start,
        amount.number_end,
        end,
        low,
        high,
        _unit(unit.kind, name),
        words,
        amount.scale,
        inner,
        amount.chinese,
        amount.bare,
    )


@lru_cache(maxsize=1024)
def _unit(kind: FigureKind, name: str) -> Unit:
    """One object a unit, however often it is written."""
    return Unit(kind, name)


_SPLIT = re.compile(r"个[多半](月|小时|钟头|工作日|星期|季度|百分点)")
_TENTHS = re.compile(r"([一二三四五六七八九])(?=[，,。；;、）)的以左]|\s|$)")


def _split_unit(text: str, place: int) -> tuple[Unit, str, int] | None:
    """个多月, 个半工作日: the unit with 多 or 半 inside it."""
    match = _SPLIT.match(text, place)
    return (UNITS[f"个{match[1]}"], f"个{match[1]}", match.end()) if match else None


def _rest(text: str, end: int, words: str, unit: Unit) -> tuple[Decimal, int]:
    """What a unit is followed by, in that unit, and where it ends: 三年半, 两个【半】月, 三成半, 四成五."""
    if text.startswith("半", end - len(words)):
        return Decimal("0.5"), end
    if text.startswith("半", end) and (unit.kind is FigureKind.DURATION or words in ("成", "倍")):
        return Decimal("0.5"), end + 1
    tenths = _TENTHS.match(text, end) if words == "成" else None
    return (Decimal(numerals.DIGITS[tenths[1]]) / 10, end + 1) if tenths else (Decimal(0), end)


_PER_SECOND = re.compile("[·/・](?:[年月天日次人户亩]|平方公里|平方米)")


def _per_end(text: str, end: int) -> int:
    """The end of what an amount is counted per: 元/平方米·月, 吨/日, 元每亩."""
    match = _PER.match(text, end)
    if match is None:
        return end
    end = match.end() + len(match["unit"])
    second = _PER_SECOND.match(text, end)
    return second.end() if second else end


def _closes(text: str, place: int) -> bool:
    """Whether a phrase may end at `place`: 3年多 and 5万元余, not 3家多层厂房."""
    return place >= len(text) or text[place] in "，,。；;、：:）)的时间以内前后来 \n"
