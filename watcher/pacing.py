"""When a reader may be sent his next message, and whether what waits goes out as one: quiet hours, a cap an hour.

    quiet hours now                            nothing, until they end
    some waited over quiet hours               these and whatever else waits, in one digest
    cap used up                                nothing, until the oldest message of the hour is an hour old
    one message left, more than one waits      one digest of all that waits
    else                                       the next message

Decided when it is a message's turn, by what was sent until then: pauses, retries and restarts change nothing. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from watcher.periods import HOUR
from watcher.settings import Subscription


@dataclass(frozen=True, slots=True)
class Pace:
    """`until`: nothing is sent before; `together`: what waits goes out as one digest."""

    until: datetime | None = None
    together: bool = False


FREE: Final = Pace()


def paces(subscription: Subscription) -> bool:
    """Whether its reader asked for any of this."""
    return subscription.quiet is not None or subscription.max_per_hour is not None


def pace(
    subscription: Subscription, now: datetime, timezone: str, waiting: Sequence[datetime], sent: Sequence[datetime]
) -> Pace:
    """What may be sent at `now`.

    Args:
        waiting: since when each message waits that was not tried yet and is told at once.
        sent: when each message of the last hour was accepted.
    """
    if subscription.quiet and (end := quiet_end(subscription.quiet, now, timezone)):
        return Pace(until=end)
    several = len(waiting) > 1
    if subscription.max_per_hour is not None:
        lately = sorted(moment for moment in sent if now - HOUR < moment <= now)
        left = subscription.max_per_hour - len(lately)
        if left <= 0:
            return Pace(until=lately[-subscription.max_per_hour] + HOUR)
        if left == 1 and several:
            return Pace(together=True)
    overnight = subscription.quiet and any(quiet_end(subscription.quiet, one, timezone) for one in waiting)
    return Pace(together=True) if overnight and several else FREE


def quiet_end(quiet: str, now: datetime, timezone: str) -> datetime | None:
    """When the quiet hours end (UTC) that `now` lies in, such as "22:00-07:30"; None where it lies in none."""
    start, end = map(time.fromisoformat, quiet.split("-"))
    zone = ZoneInfo(timezone)
    clock = now.astimezone(zone).time()
    over_midnight = start > end
    inside = clock >= start or clock < end if over_midnight else start <= clock < end
    if not inside:
        return None
    today = now.astimezone(zone).date()
    ends = (
        datetime.combine(today + timedelta(days=ahead), end.replace(fold=fold), tzinfo=zone).astimezone(UTC)
        for ahead in range(3)
        for fold in (0, 1)  # where clocks are set back, that time comes twice
    )
    return next(moment for moment in ends if moment > now)
