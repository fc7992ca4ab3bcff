"""Dates as software from elsewhere prints them: Jun 2, 2026; 2 June 2026; 6/2/2026; Tue Jun 02 15:30:00 CST 2026.

The last one is Java's, whose CST is China's time on servers in China, and not that of the middle of America.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import Final, NamedTuple


class Order(Enum):
    """Which of two numbers before a year is the month."""

    MONTH_FIRST = "month first"  # 6/18/2026
    DAY_FIRST = "day first"  # 18/6/2026
    EITHER = "either"  # 6/2/2026: another date of the page may tell


class Western(NamedTuple):
    """The numbers of a date, `year` being None where it has none, `order` where its month is a word."""

    year: str | None
    month: str
    day: str
    order: Order | None = None


_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH: Final = rf"({'|'.join(_MONTHS)})[a-z]{{0,6}}\.?"
WEEKDAY: Final = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s)?"
_CLOCK: Final = r"\s[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?"
_ZONE: Final = r"(?:\s(?:CST|(?:GMT|UTC)?\+0?8(?::?00)?))?"  # China's: a day of another is not the one here
_NAMED: Final = re.compile(
    rf"[\[(]?{WEEKDAY}"
    rf"(?:{MONTH}\s?([0-3]?[0-9])(?:st|nd|rd|th)?|([0-3]?[0-9])(?:st|nd|rd|th)?[\s-]{{0,2}}{MONTH})"
    rf"(?:{_CLOCK}{_ZONE}(?=\s[0-9]{{4}}))?(?:[,\s-]{{1,2}}((?:19|20)[0-9]{{2}}))?(?:{_CLOCK}{_ZONE})?[\])]?",
    re.IGNORECASE,
)
_NUMBERED: Final = re.compile(
    rf"[\[(]?([0-3]?[0-9])([-/.])([0-3]?[0-9])\2((?:19|20)[0-9]{{2}})(?:{_CLOCK}(\s?[AP]M)?{_ZONE})?[\])]?",
    re.IGNORECASE,
)
# What a line says before its date; any other words there may be those of an end (Deadline: June 30, 2026).
_SAID: Final = re.compile(
    r"(?:(?:(?:date\s)?(?:published|posted|released|issued)|(?:publication|release|issue)\sdate|date)"
    r"|((?:last\s)?(?:updated?|modified|revised)))(?:\s(?:on|at))?\s?[:：]?\s",
    re.IGNORECASE,
)
_DIVIDED: Final = re.compile(r"\s?[|｜]\s?")


class Said(Enum):
    """What a line says of a date that is only a part of it."""

    PUBLICATION = "publication"  # Published: June 2, 2026
    ANOTHER = "another"  # Last updated June 2, 2026
    NOTHING = "nothing"  # A Daily | June 2, 2026


def read_line(text: str) -> tuple[Western, Said] | None:
    """Return the date, year included, behind a label or set off by a bar in `text`, its blanks single ones."""
    for part in _DIVIDED.split(text):
        said = _SAID.match(part)
        found = read_western(part[said.end() if said else 0 :])
        if found and found.year:
            return found, Said.NOTHING if said is None else Said.ANOTHER if said[1] else Said.PUBLICATION
    return None


def read_western(text: str) -> Western | None:
    """Return the date that `text`, its blanks single ones, is and nothing else; its numbers may be no day at all."""
    if match := _NAMED.fullmatch(text):
        return Western(match[5], str(month_of(match[1] or match[4])), match[2] or match[3])
    match = _NUMBERED.fullmatch(text)
    if match is None:
        return None
    first, second, year = match[1], match[3], match[4]
    if int(first) > 12:
        return Western(year, second, first, Order.DAY_FIRST)
    # Only the American form has a clock of twelve hours: .NET's on a server that nobody has told where it stands.
    is_sure = int(second) > 12 or match[5] is not None or first == second
    return Western(year, first, second, Order.MONTH_FIRST if is_sure else Order.EITHER)


def month_of(name: str) -> int:
    """The number of an English month, by its first three letters."""
    return _MONTHS.index(name[:3].lower()) + 1
