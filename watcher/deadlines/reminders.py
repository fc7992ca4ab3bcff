"""Who is reminded of which deadline, and when; and what a reminder that waited still says. Pure.

Of the spans of a subscription (14 and 3 days before) the nearest that still holds counts: after a pause one reminder is
sent, not each that was missed. Nobody is reminded who was told of the announcement since the span began: the alert
named the deadline, and a second message on the same day would say nothing. Nothing is told of a day that is over, nor
of a document that is (废止, 失效).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from watcher.deadlines.due import due_on
from watcher.events import deadline_event
from watcher.lifecycle.lifespan import lifecycle_of
from watcher.match import matches, stored_candidate
from watcher.news import EventKind
from watcher.periods import INSTANT, due_at
from watcher.records import AnnouncementRecord, Coming, Outgoing, Recipient, Reminder
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
    spans = [span for subscription in audience for span in subscription.remind]
    today = at.astimezone(ZoneInfo(timezone)).date()
    return (today, today + timedelta(days=max(spans))) if spans else None


def reminders(coming: Coming, audience: Sequence[Subscription], at: datetime, timezone: str) -> Iterator[Reminder]:
    """The reminders of one day's deadlines that are to be sent at `at`, one a span."""
    zone = ZoneInfo(timezone)
    today = at.astimezone(zone).date()
    left = (coming.day - today).days
    if (stands := lifecycle_of(coming.announcement, today)) and stands.over_by(coming.day):
        return
    candidate = stored_candidate(EventKind.DEADLINE, coming.announcement, coming.region)
    by_span: dict[int, list[Recipient]] = defaultdict(list)
    for one in audience:
        span = min((span for span in one.remind if span >= left >= 0), default=None)
        if span is None or (one.id, span) in coming.reminded or _knows(coming, one, span, zone):
            continue
        if (reason := matches(one, candidate)) is not None:
            moment = at if one.deliver == INSTANT else due_at(one.deliver, at - timedelta.resolution, timezone)
            by_span[span].append(Recipient(one.id, reason, moment, one.deliver != INSTANT))
    record = coming.announcement
    for span, recipients in sorted(by_span.items()):
        event = deadline_event(record, due_on(record.extraction, coming.day), left)
        outgoing = Outgoing(EventKind.DEADLINE, event, tuple(recipients))
        yield Reminder(record.id, record.revision, record.source, coming.day, span, outgoing)


def as_told(written: Mapping[str, object], record: AnnouncementRecord | None, today: date) -> dict[str, object] | None:
    """A reminder that waited, as it is told on the day on which it is sent; None where nothing is left of it.

    Args:
        written: the event as it was stored.
        record: its announcement with its current text; None where that was withdrawn.
    """
    deadline = written["deadline"]
    assert isinstance(deadline, Mapping)
    day = date.fromisoformat(str(deadline["date"]))
    if record is None or not record.extraction.verdict.announcement or day < today:
        return None
    if all(one.date != day for one in record.extraction.deadlines):  # it moved, or was dropped
        return None
    if (stands := lifecycle_of(record, today)) and stands.over_by(day):
        return None
    event = deadline_event(record, due_on(record.extraction, day), (day - today).days)
    return {**event, "id": record.id, "revision": record.revision}


def _knows(coming: Coming, subscription: Subscription, span: int, zone: ZoneInfo) -> bool:
    """Whether a reader was told of the announcement when less than the span was left already."""
    told = coming.told.get(subscription.id)
    return told is not None and (coming.day - told.astimezone(zone).date()).days <= span
