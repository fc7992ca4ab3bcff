"""What a subscription would have sent in the last 90 days: what is new, changed, gone, due. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from watcher.deadlines.due import dues
from watcher.deadlines.hours import FROM
from watcher.decide import kind_of
from watcher.match import matches, stored_candidate
from watcher.news import CHANGES, EventKind
from watcher.periods import INSTANT, due_at, most_a_week
from watcher.records.announcements import AnnouncementRecord, History
from watcher.settings import Subscription

WINDOW: Final = timedelta(days=90)
WEEK: Final = timedelta(days=7)
# What is told of an announcement, or of its day; the rest depends on what becomes of sources, channels and other pages.
FORETOLD: Final = CHANGES | {EventKind.NEW, EventKind.WITHDRAWN, EventKind.DEADLINE}


@dataclass(frozen=True, slots=True)
class Would:
    """One alert that would have been sent, and why."""

    at: datetime
    kind: EventKind
    announcement: int
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class Preview:
    """`alerts`, the newest first; `messages`: in how many they would have come; `days`: over how many there is news.

    `most_a_week`: of what comes by the hour, day or week.
    """

    alerts: tuple[Would, ...]
    messages: int
    days: int
    most_a_week: int | None = None

    @property
    def a_week(self) -> float:
        """How many messages a week to expect: few days may hold the ends of more periods than a week has."""
        expected = self.messages * WEEK.days / self.days
        return expected if self.most_a_week is None else min(expected, self.most_a_week)


def not_foretold(subscription: Subscription) -> tuple[EventKind, ...]:
    """What of `on` no preview counts."""
    return tuple(kind for kind in subscription.on if kind not in FORETOLD)


def preview(
    subscription: Subscription,
    histories: Sequence[History],
    regions: Mapping[str, str | None],
    now: datetime,
    timezone: str,
) -> Preview:
    """Hold what is stored to the filters of `subscription`.

    An announcement counts on the day of its publication, where that was before it was first seen: what a first pass
    found was news once. Its deadlines are those of its current text.

    Args:
        regions: of each source.
    """
    first = now - WINDOW
    moments = [_published(one.announcement) for one in histories]
    alerts = [
        alert
        for one, at in zip(histories, moments, strict=True)
        for alert in _alerts(subscription, one, at, regions, ZoneInfo(timezone))
        if first <= alert.at <= now
    ]
    alerts.sort(key=lambda alert: (alert.at, alert.announcement), reverse=True)
    oldest = min((at for at in moments if at >= first), default=now)
    days = max((now - oldest).days, WEEK.days)
    return Preview(tuple(alerts), _messages(subscription, alerts, timezone), days, most_a_week(subscription.deliver))


def _alerts(
    subscription: Subscription, history: History, at: datetime, regions: Mapping[str, str | None], zone: ZoneInfo
) -> Iterable[Would]:
    record = history.announcement
    region = regions.get(record.source)
    told = [(at, EventKind.NEW), *((turn.at, turn.kind) for turn in history.turns)]
    told += [(moment, EventKind.DEADLINE) for moment in _reminders(subscription, record, at, region, zone)]
    for revision in history.revisions[1:]:
        kind = kind_of(revision.changes)
        figures = any(change.field.startswith("figure:") for change in revision.changes)
        if kind in CHANGES and kind is not None and (figures or subscription.where.changes == "any"):
            told.append((revision.seen_at, kind))
    for moment, kind in told:
        reason = matches(subscription, stored_candidate(kind, record, region))
        if reason is not None:
            yield Would(moment, kind, record.id, record.extraction.title or record.url, reason)


def _reminders(
    subscription: Subscription, record: AnnouncementRecord, at: datetime, region: str | None, zone: ZoneInfo
) -> Iterable[datetime]:
    """When its days would have been named, as `deadlines.reminders` names them.

    Spans that had begun when it was known give one reminder, or none to who was told of it as new.
    """
    known = at.astimezone(zone).date()
    is_told = matches(subscription, stored_candidate(EventKind.NEW, record, region)) is not None
    for due in dues(record.extraction):
        days = {max(due.day - timedelta(days=span), known) for span in subscription.remind}
        for day in days - ({known} if is_told else set()):
            if day <= due.day:
                yield max(at, datetime.combine(day, FROM, zone))


def _messages(subscription: Subscription, alerts: Sequence[Would], timezone: str) -> int:
    if subscription.deliver == INSTANT:
        return len(alerts)
    return len({due_at(subscription.deliver, alert.at, timezone) for alert in alerts})


def _published(record: AnnouncementRecord) -> datetime:
    day: date | None = record.extraction.published
    return record.first_seen if day is None else min(record.first_seen, datetime.combine(day, time(), UTC))
