"""What readers write to choose announcements or deliveries, read: an age, a region's code, types, words. Pure.

The command line and the web page ask alike; each says in its own way what was wrong. Every function raises ValueError
with what was expected.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from watcher.model import AnnouncementType
from watcher.query import Query, parse_query

_AGE: Final = re.compile(r"([0-9]{1,5})([hdwy])")
_UNITS: Final = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1), "y": timedelta(days=365)}
MOST_REGIONS: Final = 40  # more than there are provinces
_REGION: Final = re.compile(r"[0-9]{2}|[0-9]{4}|[0-9]{6}")
# `settled`: nothing was left to tell.
DELIVERY_STATUSES: Final = ("waiting", "sent", "failed", "settled")
TYPES: Final = tuple(one.value for one in AnnouncementType if one is not AnnouncementType.OTHER)


def age(text: str) -> timedelta:
    """A whole number of hours, days, weeks or years of 365 days."""
    match = _AGE.fullmatch(text)
    if match is None:
        raise ValueError("expected an age such as 12h, 7d, 2w, 5y")
    return int(match[1]) * _UNITS[match[2]]


def since(text: str, now: datetime) -> datetime:
    """An age before now, or a date `2026-03-01` (its first moment, UTC+8 being the users' day)."""
    try:
        if _AGE.fullmatch(text):
            return now - age(text)
        return datetime.fromisoformat(f"{text}T00:00:00+08:00").astimezone(UTC)
    except (ValueError, OverflowError):  # OverflowError: before the first day of the calendar
        raise ValueError("expected an age such as 12h, 7d, 2w, or a date such as 2026-03-01") from None


def region(code: str) -> str:
    """The code of a province, city or county, or the first digits of one."""
    if _REGION.fullmatch(code) is None:
        raise ValueError("expected a code of GB/T 2260 such as 370000 or 370700")
    return code


def regions(codes: Sequence[str]) -> tuple[str, ...]:
    if len(codes) > MOST_REGIONS:
        raise ValueError(f"expected at most {MOST_REGIONS} codes")
    return tuple(map(region, codes))


def types(names: Sequence[str]) -> tuple[str, ...]:
    if any(name not in TYPES for name in names):
        raise ValueError(f"expected one of {', '.join(TYPES)}")
    return tuple(names)


def delivery_status(name: str) -> str:
    if name not in DELIVERY_STATUSES:
        raise ValueError(f"expected one of {', '.join(DELIVERY_STATUSES)}")
    return name


def words(text: str) -> Query:
    return parse_query(text)
