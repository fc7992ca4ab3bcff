"""Moments as software writes them, zone and all: 2026-06-17T16:00:00Z. Read as the day that it then is in China."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Final

from watcher.clocks import china_day
from watcher.listing.western import MONTH, WEEKDAY, month_of

YEARS: Final = range(1990, 2100)  # of what is published
# Seconds, or milliseconds, since 1970; .NET writes /Date(1781712000000+0800)/, whose zone is for show.
_EPOCH: Final = re.compile(r"(?:/Date\()?([0-9]{9,10}|[0-9]{12,13})(?:\.[0-9]+)?(?:[+-][0-9]{4})?(?:\)/)?")
# ISO 8601 by its letter, and as Go prints it: 2026-06-17 16:00:00 +0000 UTC.
_ZONED: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-2][0-9]:[0-5][0-9](?::[0-5][0-9])?)(?:[.,][0-9]{1,9})?"
    r"\s?(?:Z|UTC|([+-][0-9]{2}):?([0-9]{2})(?:\s[A-Z]{3,4})?)"
)
# As Java prints it: Wed Jun 17 16:00:00 GMT 2026; where its language is Chinese, 星期三, 17 六月 2026 16:00:00 GMT.
_MONTHS: Final = {name: number for number, name in enumerate((*"一二三四五六七八九十", "十一", "十二"), 1)}
_WEEKDAY: Final = rf"(?:(?:星期|周)[一二三四五六日天][,，]?\s|{WEEKDAY})"
_MONTH: Final = rf"(?:(?P<month>1?[0-9]|0[0-9]|{'|'.join(reversed(_MONTHS))})月|(?P<english>{MONTH}))"
_DAY: Final = r"(?P<day>[0-3]?[0-9])"
_YEAR: Final = r"(?P<year>(?:19|20)[0-9]{2})"
_CLOCK: Final = (
    r"(?P<hour>[0-2]?[0-9]):(?P<minute>[0-5][0-9])(?::[0-5][0-9])?"
    r"(?:\s(?P<zone>CST|Z|(?:GMT|UTC?)?(?P<offset>[+-][0-9]{2}:?[0-9]{2})?))?"
)
_JAVA: Final = (
    re.compile(rf"{_WEEKDAY}{_DAY}\s{_MONTH}\s{_YEAR}(?:\s{_CLOCK})?", re.IGNORECASE),
    re.compile(rf"{_WEEKDAY}{_MONTH}\s{_DAY}\s{_CLOCK}\s{_YEAR}", re.IGNORECASE),
)


def read_epoch(value: str) -> date | None:
    """Return the day in China of seconds or milliseconds since 1970; None of other numbers, and of far years."""
    match = _EPOCH.fullmatch(value)
    if match is None:
        return None
    seconds = int(match[1]) / (1_000 if len(match[1]) > 10 else 1)
    return _in_china(datetime.fromtimestamp(seconds, UTC))


def read_moment(value: str) -> date | None:
    """Return the day in China of a moment that `value` is and nothing else, in words and zones of software."""
    return read_zoned(value) or read_java(value)


def read_zoned(value: str) -> date | None:
    """Return the day in China of a date and a clock with their zone; None of others, and of days that cannot be."""
    match = _ZONED.fullmatch(value)
    if match is None:
        return None
    zone = f"{match[3]}:{match[4]}" if match[3] else "+00:00"
    with suppress(ValueError, OverflowError):
        return _in_china(datetime.fromisoformat(f"{match[1]}T{match[2]}{zone}"))
    return None


def read_java(value: str) -> date | None:
    """Return the day in China of a date whose month is a word, or Chinese, its parts in the order of other languages.

    CST is China's time, and so is that of no zone.
    """
    match = next((found for pattern in _JAVA if (found := pattern.fullmatch(value))), None)
    if match is None:
        return None
    month = month_of(match["english"]) if match["english"] else _MONTHS.get(match["month"]) or int(match["month"])
    zone = match["offset"] or ("+0800" if (match["zone"] or "CST").upper() == "CST" else "+0000")
    with suppress(ValueError, OverflowError):
        clock = f"{int(match['hour'] or 0):02}:{match['minute'] or '00'}"
        return _in_china(datetime.fromisoformat(f"{match['year']}-{month:02}-{int(match['day']):02}T{clock}{zone}"))
    return None


def _in_china(moment: datetime) -> date | None:
    day = china_day(moment)
    return day if day.year in YEARS else None
