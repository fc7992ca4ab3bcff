"""Sets an item's number apart from a number that its text begins with: 4.2025年底前 -> 4. 2025年底前.

Without the blank it reads as a decimal, and both the item and the figure are lost.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

_NUMBER = re.compile(r"(\d{1,3})[.．、]")
# 三、12个行业: no list mixes the two kinds of numerals, so the first is the item's.
_CHINESE = re.compile(r"[一二三四五六七八九十]{1,3}、(?=\d)")
_YEAR = re.compile(r"(?:19|20)\d\d\s?[年—–~～-]")
_WORDS = re.compile(r"[\u4e00-\u9fff].{6}")  # a row of numbers is no item


class _Mark(NamedTuple):
    """A line's leading number; `run_on`: a digit follows its mark, `sure`: it cannot be a decimal all the same."""

    place: int
    end: int
    number: int
    run_on: bool
    sure: bool


def set_apart(lines: list[str]) -> list[str]:
    """Return `lines` with a blank behind each item's number that runs into another.

    A year is no fraction. Other digits belong to the text only where the number continues a list (4. after 3.) and no
    further line claims it: 2.5亿元 between the items 1. and 2. stays a decimal.
    """
    out = list(lines)
    last = 0
    marks = [mark for place, line in enumerate(lines) if (mark := _mark(place, line))]
    for mark, following in pairwise([*marks, None]):
        if mark is None or (mark.run_on and not mark.sure and not _continues(mark, last, following, lines)):
            continue
        last = mark.number
        if mark.run_on:
            out[mark.place] = _with_blank(out[mark.place], mark.end)
    return [_with_blank(line, match.end()) if (match := _CHINESE.match(line)) else line for line in out]


def _mark(place: int, line: str) -> _Mark | None:
    match = _NUMBER.match(line)
    if match is None:
        return None
    run_on = line[match.end() : match.end() + 1].isdigit()
    sure = not run_on or _YEAR.match(line, match.end()) is not None
    return _Mark(place, match.end(), int(match[1]), run_on, sure)


def _continues(mark: _Mark, last: int, following: _Mark | None, lines: list[str]) -> bool:
    """Whether a number that could be a decimal is the next of the list; the first of one needs a sure second."""
    if mark.number != last + 1 or not _WORDS.search(lines[mark.place], mark.end):
        return False
    if mark.number == 1:
        return following is not None and following.number == 2 and following.sure
    return following is None or following.number != mark.number


def _with_blank(line: str, at: int) -> str:
    return f"{line[:at]} {line[at:]}"
