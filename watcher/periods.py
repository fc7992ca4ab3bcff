"""When a delivery is due: at once, or at the end of the digest's period in the configured time zone. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
INSTANT: Final = "instant"
HOUR: Final = timedelta(hours=1)
_PERIODS_A_WEEK: Final = {"hourly": 7 * 24, "daily": 7, "weekly": 1}


def due_at(deliver: str, now: datetime, timezone: str) -> datetime:
    """The first moment after `now` (UTC) that `deliver` names: instant | hourly | daily HH:MM | weekly DAY HH:MM.

    A local time that daylight saving skips is taken an hour later, one that comes twice the first time.
    """
    mode, *rest = deliver.split()
    if mode == INSTANT:
        return now
    local = now.astimezone(ZoneInfo(timezone))
    if mode == "hourly":
        return now + HOUR - timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
    at = time.fromisoformat(rest[-1])
    weekday = DAYS.index(rest[0].lower()) if mode == "weekly" else None
    # Eight days: today's time may have passed already.
    days = (local.date() + timedelta(days=ahead) for ahead in range(9))
    moments = (
        datetime.combine(day, at, tzinfo=local.tzinfo).astimezone(UTC)
        for day in days
        if weekday is None or day.weekday() == weekday
    )
    return next(moment for moment in moments if moment > now)


def most_a_week(deliver: str) -> int | None:
    """How many digests a week has at most; None where each alert is sent by itself."""
    return _PERIODS_A_WEEK.get(deliver.split()[0])
