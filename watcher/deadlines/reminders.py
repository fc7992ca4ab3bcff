"""Who is reminded of which deadline, and when; and what a reminder that waited still says. Pure.

Of the spans of a subscription (14 and 3 days before) the nearest that still holds counts: after a pause one reminder is
sent, not each that was missed. Who reads a digest is reminded with one that comes before the day is over: the last of
these takes along what a nearer span would ask for when it is gone, and where none is left the reminder comes by itself.
Nobody is reminded who was told of the announcement since the span began: the alert
named the deadline, and a second message on the same day would say nothing. Nothing is told of a day that is over, nor
of a document that is (废止, 失效).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from watcher.deadlines.due import due_on
from watcher.deadlines.hours import digests
from watcher.events import deadline_event
from watcher.lifecycle.lifespan import lifecycle_of
from watcher.match import matches, stored_candidate
from watcher.news import EventKind
from watcher.periods import INSTANT
from watcher.records.announcements import AnnouncementRecord
from watcher.records.deliveries import Outgoing, Recipient
from watcher.records.reminders import Coming, Reminder
from watcher.settings import Subscription


def reminders(coming: Coming, audience: Sequence[Subscription], at: datetime, timezone: str) -> Iterator[Reminder]:
    """The reminders of one day's deadlines that are to be sent at `at`, one a span."""
    zone = ZoneInfo(timezone)
    today = at.astimezone(zone).date()
    if (stands := lifecycle_of(coming.announcement, today)) and stands.over_by(coming.day):
        return
    candidate = stored_candidate(EventKind.DEADLINE, coming.announcement, coming.region)
    by_span: dict[int, list[Recipient]] = defaultdict(list)
    for one in audience:
        turn = _turn(one, coming.day, at, timezone)
        if turn is None or _reminded(coming, one, turn) or _knows(coming, one, turn, zone):
            continue
        if (reason := matches(one, candidate)) is not None:
            by_span[turn.span].append(Recipient(one.id, reason, turn.at, turn.digest))
    record = coming.announcement
    for span, recipients in sorted(by_span.items()):
        event = deadline_event(record, due_on(record.extraction, coming.day), (coming.day - today).days)
        outgoing = Outgoing(EventKind.DEADLINE, event, tuple(recipients))
        yield Reminder(record.id, record.revision, record.source, coming.day, span, outgoing)


@dataclass(frozen=True, slots=True)
class _Turn:
    """How a reader is reminded of a day; `since`: who was told when so many days were left, or fewer, knows of it."""

    span: int
    at: datetime
    digest: bool
    since: int


def _turn(one: Subscription, day: date, at: datetime, timezone: str) -> _Turn | None:
    today = at.astimezone(ZoneInfo(timezone)).date()
    if not one.remind or day < today:
        return None
    span = min((span for span in one.remind if span >= (day - today).days), default=None)
    if one.deliver != INSTANT:
        (moment, next_day), (_, after) = digests(one.deliver, at, timezone)
        if next_day <= day < after:  # the last one before the day is over
            return _Turn(min(one.remind), moment, digest=True, since=max(min(one.remind), (day - next_day).days))
        if next_day <= day:
            return None if span is None else _Turn(span, moment, digest=True, since=span)
    return None if span is None else _Turn(span, at, digest=False, since=span)


def _reminded(coming: Coming, one: Subscription, turn: _Turn) -> bool:
    """Whether a reader was reminded under this span, or under a nearer one with the last digest before the day."""
    return any(name == one.id and span <= turn.span for name, span in coming.reminded)


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


def _knows(coming: Coming, subscription: Subscription, turn: _Turn, zone: ZoneInfo) -> bool:
    """Whether a reader was told of the announcement when less than the span was left already, or will be in time."""
    told = coming.told.get(subscription.id)
    return told is not None and 0 <= (coming.day - told.astimezone(zone).date()).days <= turn.since
