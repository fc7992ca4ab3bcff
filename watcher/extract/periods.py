"""Last days of months, quarters and five-year plans, and the year that a document speaks in."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Final

from watcher.extract.lines import Line

# 一五 ended in 1957, but since 三五 every plan ends in a year divisible by five: 十四五 in 2025.
_PLAN_BEFORE_FIRST: Final = 1955
_YEAR: Final = re.compile(r"(?<![\d—–~～-])(20\d\d)\s?年(?![—–~～-])")
_SIGNED: Final = re.compile(r"(20\d\d)\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日")
_SEASON_OF_PLANS: Final = 11


def month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def plan_end(number: int) -> date:
    """The last day of a five-year plan: the 14th ends with 2025."""
    return date(_PLAN_BEFORE_FIRST + 5 * number, 12, 31)


def base_year(title: str | None, lines: Sequence[Line], published: date | None) -> int | None:
    """The year meant where the words name none.

    The one in the title where the page came out in it or late in the year before, else the year of publication, else
    that of the signature, else the one that the text names most.
    """
    named = _YEAR.search(title or "")
    if named and (published is None or published.year == int(named[1]) or _comes_before(published, int(named[1]))):
        return int(named[1])
    if published:
        return published.year
    for line in reversed(lines):
        if signed := _SIGNED.fullmatch(line.content):
            return int(signed[1])
    years = Counter(int(year) for line in lines for year in _YEAR.findall(line.content))
    return max(years, key=lambda year: (years[year], year), default=None)


def _comes_before(published: date, year: int) -> bool:
    return published.year == year - 1 and published.month >= _SEASON_OF_PLANS
