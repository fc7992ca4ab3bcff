"""The job of validity: documents that are over since yesterday are told as lapsed, once, a part of them at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from watcher.deadlines.reminders import next_hour
from watcher.decide import outgoing
from watcher.events import announcement_event
from watcher.lifecycle.lifespan import SAID, expiry, lifecycle_of
from watcher.match import Candidate
from watcher.news import EventKind, FieldChange
from watcher.records.announcements import AnnouncementRecord
from watcher.records.deliveries import Outgoing
from watcher.settings import Options, Subscription
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
    written = 0
    for start in range(0, len(found), PART):
        for record in store.lists.active(found[start : start + PART]):
            until = record.extraction.valid_until
            if until is not None and is_news(record, until, ZoneInfo(options.timezone)):
                written += store.lifecycles.expire(record, until, told(record, until, audience, at, options), now)
    return written


def is_news(record: AnnouncementRecord, until: date, zone: ZoneInfo) -> bool:
    """Whether a document was known while it was valid, and nothing else ended it before."""
    before = lifecycle_of(record, until)
    return record.first_seen.astimezone(zone).date() <= until and not (before and before.ended)


def told(
    record: AnnouncementRecord, until: date, audience: Sequence[Subscription], at: datetime, options: Options
) -> Outgoing:
    """That a document's validity ended with this day."""
    found, lapsed = record.extraction, expiry(record.extraction, until)
    change = FieldChange("lifecycle", None, SAID[lapsed.state], lapsed.quote)
    event = {**announcement_event(EventKind.CHANGED, record.url, record.source, found, (change,)), "said_by": None}
    places = tuple(dict.fromkeys(place.source for place in record.places if place.source != record.source))
    candidate = Candidate(
        EventKind.CHANGED, record.source, found.title or "", found.text, record.region_code, found, places
    )
    # A digest of that hour takes it along.
    return outgoing(event, candidate, audience, options, at - timedelta.resolution)
