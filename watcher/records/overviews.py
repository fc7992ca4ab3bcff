"""What is told of many announcements and sources at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DueDay:
    """A day by which an announcement wants something done; `quote`: the words that say the day."""

    announcement: int
    title: str | None
    issuer: str | None
    region_code: str | None
    day: date
    quote: str


@dataclass(frozen=True, slots=True)
class MonthCount:
    """How many announcements were found in a month (its first day), of a province (two digits; None: of none)."""

    month: date
    province: str | None
    count: int
