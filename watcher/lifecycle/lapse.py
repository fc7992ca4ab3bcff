"""That a document's validity is over: whether that is news, and what is told of it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from watcher.decide import outgoing
from watcher.events import announcement_event
from watcher.lifecycle.lifespan import SAID, expiry, lifecycle_of
from watcher.match import Candidate
from watcher.news import EventKind, FieldChange
from watcher.records.announcements import AnnouncementRecord
from watcher.records.deliveries import Outgoing
from watcher.settings import Options, Subscription


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
