"""Changes with both ends: 由25个工作日压减到15个工作日 is one figure that knows its earlier value."""

from __future__ import annotations

import re
from dataclasses import replace

from watcher.extract.figures.directions import WAYS, WORD, with_direction
from watcher.extract.figures.drafts import Draft, side_by_side
from watcher.model import Direction, Value

# 由财政按年收入300万元 tells who pays.
_FROM = re.compile(r"[由从自](?=[^由从自按，,。；;、\n]{0,14}$)")
_TO = re.compile(
    r"(?:[^，,。；;：\n]{0,6}[，,])?[^，,。；;：\n]{0,14}?(?:至|到|为|成|→|->|——>)[^，,。；;：:、\n]{0,10}"
)
# 在法定60个、30个工作日的基础上，分别压缩到15个、7个工作日: the start is told as what is built upon.
_ON_BASE = re.compile(r"在[^由从自在，,。；;、\n]{0,8}$")
_BASED = re.compile(r"的?基础上")
_ARROW = re.compile(r"[ ]?(?:→|->|⟶|➜|=>)[ ]?")
# 由5%调整为3%: the amounts alone tell the way. A bare 到 tells a story (从第一笔50万元到如今的200万元).
_PLAIN = re.compile(r"[^，,。；;：:、\n]{0,4}?(?:调整[为到至]|变[为成]|改为|优化为)[^，,。；;：:、\n]{0,8}")
# What `_TO`, `_ARROW` and `_PLAIN` need at least; most figures are refused by it at a glance.
_TURN = re.compile(r"[至到为成改→⟶➜>]")
_SPAN = 30  # characters that may lie between the two ends


def join_changes(text: str, drafts: list[Draft]) -> list[Draft]:
    """The drafts with 由25个工作日压减到15个工作日 made one, and the way of every change set."""
    joined: list[Draft] = []
    index = 0
    while index < len(drafts):
        pairs = _lists(text, joined, drafts, index)
        if pairs:
            del joined[-len(pairs) :]
            joined += pairs
            index += len(pairs)
            continue
        both = _both_ends(text, joined, drafts[index]) if joined else None
        if both is not None:
            joined[-1] = both
        else:
            joined.append(with_direction(text, joined[-1] if joined else None, drafts[index]))
        index += 1
    return joined


def _lists(text: str, before: list[Draft], drafts: list[Draft], index: int) -> list[Draft]:
    """分别由60日、30日压缩至15个、7个工作日: each end with its start, nothing where it is no such pair."""
    if not index or not _TURN.search(text, drafts[index - 1].bound.end, drafts[index].bound.start):
        return []
    size = side_by_side(text, drafts, index)
    starts, ends = drafts[max(0, index - size) : index], drafts[index : index + size]
    if size == 1 or len(starts) < size or side_by_side(text, starts, 0) != size or starts[-1].kind is not ends[0].kind:
        return []
    first = starts[0].bound.start
    led = _from(text, 0, first) or _based(text, 0, first, starts[-1].bound.end)
    if [one.bound for one in before[-size:]] != [one.bound for one in starts] or not led:
        return []
    way = _way(text[starts[-1].bound.end : ends[0].bound.start], True, starts[-1], ends[0])
    pairs = zip(starts, ends, strict=True)
    return [replace(end, change=way, previous=start.value) for start, end in pairs] if way else []


def _from(text: str, lower: int, place: int) -> re.Match[str] | None:
    return _FROM.search(text, max(lower, place - 15), place)


def _based(text: str, lower: int, place: int, end: int) -> re.Match[str] | None:
    """The 在 of 在…基础上 around the amount at `place`; an amount of change (在压减50%基础上) is no start."""
    lead = _ON_BASE.search(text, max(lower, place - 10), place) if _BASED.match(text, end) else None
    return None if lead is None or WORD.search(lead[0]) else lead


def _both_ends(text: str, before: list[Draft], draft: Draft) -> Draft | None:
    start = before[-1]
    if start.kind is not draft.kind or start.previous is not None or draft.bound.start - start.bound.end > _SPAN:
        return None
    between = text[start.bound.end : draft.bound.start]
    lower = before[-2].bound.end if len(before) > 1 else 0
    lead = _from(text, lower, start.bound.start) or _based(text, lower, start.bound.start, start.bound.end)
    way = _way(between, lead is not None, start, draft)
    if way is None:
        return None
    opening = lead.start() if lead else start.bound.start
    end = draft.bound.end + (between.startswith("”") and text.startswith("”", draft.bound.end))
    return replace(draft, bound=replace(draft.bound, start=opening, end=end), change=way, previous=start.value)


def _way(between: str, led: bool, start: Draft, end: Draft) -> Direction | None:
    """The way from one amount to the other, None where the words between them make no change of the two."""
    word = WORD.search(between) if _TO.fullmatch(between) else None
    # Without 由, the word stands right behind the first amount: 30天缩短到10天, not 30个项目投资提高到.
    if word is not None and (led or (word.start() <= 4 and between[0] not in "、，,")):
        return WAYS[word[0]]
    if _ARROW.fullmatch(between) or (led and _PLAIN.fullmatch(between)):
        return _compare(start.value, end.value)
    return None


def _compare(one: Value, other: Value) -> Direction | None:
    if one.unit != other.unit or one.low == other.low:
        return None
    return Direction.INCREASE if other.low > one.low else Direction.DECREASE
