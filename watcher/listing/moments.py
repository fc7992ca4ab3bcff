"""Moments as software writes them, zone and all: 2026-06-17T16:00:00Z. Read as the day that it then is in China."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Final

from watcher.clocks import CHINA

_YEARS: Final = range(1990, 2100)
# Seconds, or milliseconds, since 1970; .NET writes /Date(1781712000000+0800)/, whose zone is for show.
_EPOCH: Final = re.compile(r"(?:/Date\()?([0-9]{9,10}|[0-9]{12,13})(?:\.[0-9]+)?(?:[+-][0-9]{4})?(?:\)/)?")
# ISO 8601 by its letter, and as Go prints it: 2026-06-17 16:00:00 +0000 UTC.
_ZONED: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-2][0-9]:[0-5][0-9](?::[0-5][0-9])?)(?:[.,][0-9]{1,9})?"
    r"\s?(?:Z|UTC|([+-][0-9]{2}):?([0-9]{2})(?:\s[A-Z]{3,4})?)"
)


def read_epoch(value: str) -> date | None:
    """Return the day in China of seconds or milliseconds since 1970; None of other numbers, and of far years."""
    match = _EPOCH.fullmatch(value)
    if match is None:
        return None
    seconds = int(match[1]) / (1_000 if len(match[1]) > 10 else 1)
    return _in_china(datetime.fromtimestamp(seconds, UTC))


def read_zoned(value: str) -> date | None:
    """Return the day in China of a date and a clock with their zone; None of others, and of days that cannot be."""
    match = _ZONED.fullmatch(value)
    if match is None:
        return None
    zone = f"{match[3]}:{match[4]}" if match[3] else "+00:00"
    with suppress(ValueError, OverflowError):
        return _in_china(datetime.fromisoformat(f"{match[1]}T{match[2]}{zone}"))
    return None


def _in_china(moment: datetime) -> date | None:
    day = (moment.astimezone(UTC) + CHINA).date()
    return day if day.year in _YEARS else None
