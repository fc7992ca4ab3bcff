"""Numbers that belong together: ranges (3—5家, 300万至500万元) and lists that share a unit (5个、3个、1个工作日)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from watcher.extract.figures.amounts import Amount
from watcher.extract.figures.unit_tables import ONE
from watcher.extract.figures.units import UNITS

_RANGE = re.compile(r"[ ]?(?:[(（]不?含[)）])?[ ]?(?:[—–―─‐\-－~～〜]{1,2}|至|到)[ ]?")
_LIST = re.compile(r"[ ]?(?:[、/]|和|或者?|及|与)[ ]?")
# 由30个到20个 and 从3家至5家 are changes, which have their own rule.
_FROM = re.compile(r"[由从自][^按，。；、,;\n0-9]{0,10}$")


_CHANGES = re.compile(
    r"(?![年月日号时点季])[^，,。；;：:、\n0-9]{0,8}(?:[缩压减降升增短长高少]|调整|扩大)[至到为][^，,。；;：:、\n0-9]{0,6}"
)


def join_ranges(text: str, amounts: list[Amount], alone: Callable[[Amount], bool]) -> list[Amount]:
    """The amounts with each written range made one; `alone` tells list markers and ordinals, which join nothing."""
    joined: list[Amount] = []
    for amount in amounts:
        both = _range(text, joined[-1], amount) if joined else None
        if both is not None and not alone(joined[-1]):
            joined[-1] = both
        else:
            joined.append(amount)
    return joined


def _range(text: str, one: Amount, other: Amount) -> Amount | None:
    if other.unit is None or not _RANGE.fullmatch(text, one.end, other.start):
        return None
    if text[other.start - 1] in "至到" and _FROM.search(text, max(0, one.start - 11), one.start):
        return None
    lent = _lend(one, other)
    if lent is None or lent.low is None or other.high is None or _differ(one, other):
        return None
    if lent.low >= other.high and one.unit is None:
        lent = replace(lent, low=one.low)  # 5000至1万元: the scale is not shared
    if lent.low is None or lent.low >= other.high or one.low != one.high:
        return None
    return replace(other, start=one.start, low=lent.low, chinese=one.chinese and other.chinese, bare=False)


def share_with_ends(text: str, amounts: list[Amount], alone: Callable[[Amount], bool]) -> list[Amount]:
    """The amounts with the unit of a change's end handed back to its start: 由35降至28微克/立方米."""
    shared = list(amounts)
    for index, (one, other) in enumerate(pairwise(amounts)):
        if one.unit is not None or other.unit is None or alone(one):
            continue
        if _CHANGES.fullmatch(text, one.end, other.start) and _FROM.search(text, max(0, one.start - 11), one.start):
            shared[index] = _lend(one, other) or one
    return shared


def _differ(one: Amount, other: Amount) -> bool:
    """Whether a difference stands beside a share: 提高0.5个百分点至36.2% is no range."""
    return bool(one.words) and ("百分点" in one.words) != ("百分点" in other.words)


def share_units(text: str, amounts: list[Amount], alone: Callable[[Amount], bool]) -> list[Amount]:
    """The amounts with units handed back along lists: 5、3、1个工作日, 100、50万元."""
    shared = list(amounts)
    for index in range(len(shared) - 2, -1, -1):
        one, other = shared[index], shared[index + 1]
        lent = _lend(one, other) if _LIST.fullmatch(text, one.end, other.start) else None
        if lent is not None and not alone(one) and not alone(other):
            shared[index] = lent
    return shared


def _lend(one: Amount, other: Amount) -> Amount | None:
    """`one` in the unit of `other`, where it has none of its own or only the 个 that begins it; None where they
    differ."""
    if one.low is None or one.high is None or other.unit is None or one.inner is not None:
        return None
    if one.unit is not None and one.unit.name == other.unit.name and one.unit.kind is other.unit.kind:
        return one
    if one.unit is not None:
        begins = one.words == "个" and other.words.startswith("个")
        return replace(one, unit=other.unit, words=other.words) if begins else None
    if one.whole or other.whole:
        return None
    factor, scale = UNITS[other.words].factor, ONE
    if one.scale == ONE and other.high is not None and one.low * other.scale <= 100 * other.high:
        scale = other.scale
    low, high = one.low * factor * scale, one.high * factor * scale
    return replace(one, low=low, high=high, unit=other.unit, words=other.words, scale=scale)
