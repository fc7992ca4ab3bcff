"""The job of validity: documents that are over since yesterday are told as lapsed, once, a part of them at a time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from watcher.deadlines.hours import next_hour
from watcher.news import EventKind
from watcher.settings import Options
from watcher.store import Store

# Days for which a service that did not run makes up; what is over for longer is no news.
LATE: Final = 7
# Announcements in memory at a time: at the end of a year thousands lapse.
PART: Final = 100


def expire(store: Store, now: datetime, options: Options) -> int:
    """Write what lapsed into the outbox; returns how many deliveries. A second run adds nothing.

    Raises StoreError.
    """
    audience = [one for one in store.audience() if EventKind.CHANGED in one.on]
    at = next_hour(now, options.timezone)
    today = at.astimezone(ZoneInfo(options.timezone)).date()
    found = store.lifecycles.ended(today - timedelta(days=LATE), today - timedelta(days=1)) if audience else ()
    if not found:
        return 0
    from watcher.lifecycle.lapse import is_news, told  # with all that words news

    written = 0
    for start in range(0, len(found), PART):
        for record in store.lists.active(found[start : start + PART]):
            until = record.extraction.valid_until
            if until is not None and is_news(record, until, ZoneInfo(options.timezone)):
                written += store.lifecycles.expire(record, until, told(record, until, audience, at, options), now)
    return written
