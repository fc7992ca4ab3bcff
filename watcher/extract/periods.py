"""Last days of months, quarters and five-year plans, and the year that a document speaks in."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Final

from watcher.extract.lines import Line
from watcher.read.dates import beside_date, find_date

# 一五 ended in 1957, but since 三五 every plan ends in a year divisible by five: 十四五 in 2025.
_PLAN_BEFORE_FIRST: Final = 1955
_YEAR: Final = re.compile(r"(?<![\d—–~～-])(20\d\d)\s?年(?![—–~～-])")
_SEASON_OF_PLANS: Final = 11
_SIGNER: Final = re.compile(r"[\u4e00-\u9fff（）()、 ]{2,60}(?:[局厅委办院署部会]|政府|办公室|中心|小组)")
_LONGEST_SIGNATURE: Final = 80
_LAST_LINES: Final = 3
_FIRST_LINES: Final = 5
_HELD: Final = re.compile(r"(?:发布会?|会议)?时\s?间\s?[:：]")


def month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def plan_end(number: int) -> date:
    """The last day of a five-year plan: the 14th ends with 2025."""
    return date(_PLAN_BEFORE_FIRST + 5 * number, 12, 31)


def signed_on(lines: Sequence[Line]) -> date | None:
    """The day of the signature, as documents close: below or behind a body's name, or alone at the end.

    Else that of the event which the first lines state: 时间：2024年5月20日上午.
    """
    for place in range(len(lines) - 1, -1, -1):
        content = lines[place].content
        day = find_date(content) if len(content) <= _LONGEST_SIGNATURE else None
        if day is None:
            continue
        signer = beside_date(content).strip(" ,，(（)）")
        above = lines[place - 1].content if place else ""
        if _SIGNER.fullmatch(signer or above) or (not signer and place >= len(lines) - _LAST_LINES):
            return day
    stated = (find_date(line.content) for line in lines[:_FIRST_LINES] if _HELD.match(line.content))
    return next(stated, None)


def base_year(title: str | None, lines: Sequence[Line], published: date | None) -> int | None:
    """The year meant where the words name none.

    The one in the title where the page came out in it or late in the year before, else the year of publication, else
    the one that the text names most.
    """
    named = _YEAR.search(title or "")
    if named and (published is None or published.year == int(named[1]) or _comes_before(published, int(named[1]))):
        return int(named[1])
    if published:
        return published.year
    years = Counter(int(year) for line in lines for year in _YEAR.findall(line.content))
    return max(years, key=lambda year: (years[year], year), default=None)


def _comes_before(published: date, year: int) -> bool:
    return published.year == year - 1 and published.month >= _SEASON_OF_PLANS
