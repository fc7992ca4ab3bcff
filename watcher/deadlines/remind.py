"""The job of the reminders: deadlines that come near are written into the outbox, a part of them at a time."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from watcher.deadlines.hours import days, next_hour
from watcher.store import Store

# Announcements in memory at a time: at the end of a quarter thousands have a deadline.
PART: Final = 100


def remind(store: Store, now: datetime, timezone: str) -> int:
    """Write the reminders that are to be sent from `now` on; returns how many deliveries. A second run adds nothing.

    Raises StoreError.
    """
    audience = [subscription for subscription in store.audience() if subscription.remind]
    at = next_hour(now, timezone)
    window = days(audience, at, timezone)
    if window is None:
        return 0
    found, written = store.reminders.days(*window), 0
    if not found:
        return 0
    from watcher.deadlines.reminders import reminders  # with all that words news

    for start in range(0, len(found), PART):
        coming = store.reminders.coming(found[start : start + PART])
        made = [reminder for one in coming for reminder in reminders(one, audience, at, timezone)]
        written += store.reminders.add(made, now) if made else 0
    return written
