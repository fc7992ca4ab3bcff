"""What is due on which day: the deadlines of an announcement as a reader's calendar has them. Pure.

Deadlines of one day are one entry, so that its identity is the announcement and the day: it survives newer rules that
quote more or fewer words, and a calendar shows one line where six measures end with the quarter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from watcher.model import Deadline, Extraction, Figure
from watcher.rows import cell_around

_ENDS: Final = re.compile(r"[。；;！!？?\n]")
_REACH: Final = 120  # characters to each side within which a sentence begins and ends
_NUMBER: Final = re.compile(r"^[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）.、．]\s*")
# What only leads to the date: 申报截止时间为…, 各县区须于….
_LEAD: Final = re.compile(r"(?:[（(]|[须需应]?[于在]|[至到为是：:，,、]|\s)+$")
_SET_OFF: Final = re.compile(r"[，,（(]\s*(?:[须需应]?[于在]?)\s*$")
# Verbs that only say that it is to be done: 完成, 全部完成, 落实到位.
_DONE: Final = re.compile(r"(?:全部|基本|全面|按时|予以|分别)?(?:完成|办结|落实|到位|结束|完毕){1,2}")
_MARKS: Final = '，,、：: ）)”"　'
LONGEST: Final = 40
_SHORTEST: Final = 6  # characters of a clause that says by itself what is to be done


@dataclass(frozen=True, slots=True)
class Due:
    """All that an announcement wants done by one day: what, in short, and the sentences that say so."""

    day: date
    tasks: tuple[str, ...]
    sentences: tuple[str, ...]
    figures: tuple[Figure, ...] = ()  # of these sentences


def dues(found: Extraction) -> tuple[Due, ...]:
    """What is due, by day; deadlines of the same words count once."""
    days = sorted({deadline.date for deadline in found.deadlines})
    return tuple(due_on(found, day) for day in days)


def due_on(found: Extraction, day: date) -> Due:
    """What of an announcement is due on `day`."""
    on_day = [deadline for deadline in found.deadlines if deadline.date == day]
    tasks = dict.fromkeys(task(found.text, deadline) for deadline in on_day)
    sentences = dict.fromkeys(sentence(found.text, deadline) for deadline in on_day)
    places = [_bounds(found.text, deadline) for deadline in on_day]
    figures = tuple(one for one in found.figures if any(start <= one.start < end for start, end in places))
    return Due(day, tuple(tasks), tuple(sentences), figures)


def sentence(text: str, deadline: Deadline) -> str:
    """The sentence that a deadline stands in, in one line."""
    start, end = _bounds(text, deadline)
    return " ".join(text[start:end].split())


def task(text: str, deadline: Deadline) -> str:
    """What is to be done, in a few words: 2026年6月底前，组织银企对接，力争…… is 组织银企对接."""
    start, end = _bounds(text, deadline)
    cell = cell_around(text, deadline.start, deadline.end)
    if cell is not None:
        start, end = max(start, cell.start), min(end, cell.end)
    behind = text[deadline.end : end].lstrip(_MARKS)
    if len(behind) < _SHORTEST:  # 各县区于2026年6月底前完成: the words before the date belong to it
        lead = _NUMBER.sub("", text[start : deadline.start].strip())
        before = _LEAD.sub("", lead).strip(_MARKS)
        if len(before) >= _SHORTEST and _SET_OFF.search(lead):
            return _with_clause(before, behind)
        behind = before + behind
    if cell is not None and len(behind) < _SHORTEST:  # 2026年6月底前 alone in its cell: the row tells what is due
        behind = max(cell.name, behind, key=len)
    return _shortened(" ".join(behind.split())) or " ".join(deadline.quote.split())


def _with_clause(before: str, behind: str) -> str:
    """A clause that says by itself what is to be done, before a mark and a date, and the few words behind these.

    开展帮扶，6月底前完成 is 开展帮扶, no 开展帮扶完成; 制定方案（6月底前印发） is 制定方案，印发.
    """
    said, more = _shortened(" ".join(before.split())), " ".join(behind.split()).strip(_MARKS)
    if not more or _DONE.fullmatch(more) or len(said + more) >= LONGEST:
        return said
    return f"{said}，{more}"


def _bounds(text: str, deadline: Deadline) -> tuple[int, int]:
    before, behind = text[: deadline.start], text[deadline.end : deadline.end + _REACH]
    begins = [found.end() for found in _ENDS.finditer(before, max(deadline.start - _REACH, 0))]
    ends = _ENDS.search(behind)
    start = begins[-1] if begins else max(deadline.start - _REACH, 0)
    return start, deadline.end + (ends.start() if ends else len(behind))


def _shortened(words: str) -> str:
    """The first clauses that say something, and no more than fits on a line."""
    said = ""
    for clause in re.split(r"(?<=[，,])", words):
        if len(said) >= _SHORTEST or len(said + clause) > LONGEST:
            break
        said += clause
    said = said.strip(_MARKS)
    return said if said else words[: LONGEST - 1].rstrip(_MARKS) + "…" if len(words) > LONGEST else words.strip(_MARKS)
