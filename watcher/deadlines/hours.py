"""When reminders are sent, and of which days. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from watcher.periods import INSTANT, due_at
from watcher.settings import Subscription

# A reminder is no emergency: it comes by day.
FROM: Final = time(8, 30)
UNTIL: Final = time(20, 0)


def next_hour(now: datetime, timezone: str) -> datetime:
    """The first moment from `now` on at which reminders are sent."""
    local = now.astimezone(ZoneInfo(timezone))
    if FROM <= local.time() < UNTIL:
        return now
    day = local.date() + timedelta(days=local.time() >= UNTIL)
    return datetime.combine(day, FROM, tzinfo=local.tzinfo).astimezone(now.tzinfo)


def days(audience: Iterable[Subscription], at: datetime, timezone: str) -> tuple[date, date] | None:
    """The days whose deadlines somebody may be reminded of at `at`, first and last; None where nobody asked."""
    today = at.astimezone(ZoneInfo(timezone)).date()
    last = [_last_day(one, today, at, timezone) for one in audience if one.remind]
    return (today, max(last)) if last else None


def _last_day(one: Subscription, today: date, at: datetime, timezone: str) -> date:
    reached = today + timedelta(days=max(one.remind))
    if one.deliver == INSTANT:
        return reached
    _, (_, after) = digests(one.deliver, at, timezone)
    return max(reached, after - timedelta(days=1))


@lru_cache(maxsize=256)
def digests(deliver: str, at: datetime, timezone: str) -> tuple[tuple[datetime, date], tuple[datetime, date]]:
    """The next digest from `at` on and the one after it, each with its local day."""
    first = due_at(deliver, at - timedelta.resolution, timezone)
    second = due_at(deliver, first, timezone)
    zone = ZoneInfo(timezone)
    return (first, first.astimezone(zone).date()), (second, second.astimezone(zone).date())
