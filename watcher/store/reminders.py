"""Deadlines that come near, and the reminders of them in the outbox."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Final

from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, case, col, func, select

from watcher.model import AnnouncementType
from watcher.news import EventKind
from watcher.records.reminders import Coming, Reminder
from watcher.store import events, lists
from watcher.store.engine import Database
from watcher.store.revisions import DeadlineRow, RevisionRow
from watcher.store.tables import AnnouncementRow, DeliveryRow, EventRow, SourceRow

# What tells a reader of a deadline too.
_TELLS: Final = (EventKind.NEW.value, EventKind.CHANGED.value)


class Reminders:
    """Each method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def days(self, first: date, last: date) -> tuple[tuple[int, date], ...]:
        """(announcement, day) of every deadline from `first` to `last` that an announcement now has."""
        wanted = (
            select(col(AnnouncementRow.id), col(DeadlineRow.date))
            .join(RevisionRow, col(RevisionRow.announcement_id) == AnnouncementRow.id)
            .join(DeadlineRow, col(DeadlineRow.revision_id) == RevisionRow.id)
            .where(col(DeadlineRow.date).between(first, last), *_current())
            .distinct()
            .order_by(col(AnnouncementRow.id), col(DeadlineRow.date))
        )
        with self._database.read() as session:
            return tuple((entry, day) for entry, day in session.exec(wanted) if entry is not None)

    def coming(self, days: Sequence[tuple[int, date]]) -> tuple[Coming, ...]:
        """What is known of these deadlines and of who was told of them; those that are no more are left out."""
        ids = {entry for entry, _ in days}
        with self._database.read() as session:
            records = {one.id: one for one in lists.active(session, ids)}
            regions = dict(session.exec(select(SourceRow.id, SourceRow.region)).all())
            told, reminded = _told(session, ids), _reminded(session, ids)
            return tuple(
                Coming(
                    announcement=records[entry],
                    day=day,
                    region=regions.get(records[entry].source),
                    told=told.get(entry, {}),
                    reminded=frozenset(reminded.get((entry, day), ())),
                )
                for entry, day in days
                if entry in records and any(one.date == day for one in records[entry].extraction.deadlines)
            )

    def add(self, reminders: Sequence[Reminder], now: datetime) -> int:
        """Write events and deliveries; returns how many deliveries. What is written already is not written again.

        A reminder of an announcement that moved on, or was withdrawn, since it was read is left out.
        """
        with self._database.write() as session:
            return sum(_add(session, reminder, now) for reminder in reminders if _holds(session, reminder))


def _current() -> tuple[ColumnElement[bool], ...]:
    return (
        col(RevisionRow.number) == AnnouncementRow.revision,
        col(AnnouncementRow.status) == "active",
        col(AnnouncementRow.type) != AnnouncementType.OTHER.value,
    )


def _told(session: Session, ids: Collection[int]) -> dict[int, dict[str, datetime]]:
    created, due = col(DeliveryRow.created_at), col(DeliveryRow.due_at)
    # What waits for a digest tells nothing before that.
    moment = func.max(case((due > created, due), else_=created))
    wanted = (
        select(EventRow.announcement_id, DeliveryRow.subscription_id, moment)
        .join(EventRow, col(EventRow.id) == DeliveryRow.event_id)
        .where(col(EventRow.announcement_id).in_(ids), col(EventRow.kind).in_(_TELLS), DeliveryRow.status != "settled")
        .group_by(col(EventRow.announcement_id), col(DeliveryRow.subscription_id))
    )
    told: dict[int, dict[str, datetime]] = {}
    for entry, subscription, at in session.exec(wanted):
        if entry is not None:
            told.setdefault(entry, {})[subscription] = at
    return told


def _reminded(session: Session, ids: Collection[int]) -> dict[tuple[int, date], list[tuple[str, int]]]:
    wanted = (
        select(EventRow.key, DeliveryRow.subscription_id)
        .join(EventRow, col(EventRow.id) == DeliveryRow.event_id)
        .where(col(EventRow.announcement_id).in_(ids), EventRow.kind == EventKind.DEADLINE.value)
    )
    found: dict[tuple[int, date], list[tuple[str, int]]] = {}
    for key, subscription in session.exec(wanted):
        _, entry, day, span = key.split(":")
        found.setdefault((int(entry), date.fromisoformat(day)), []).append((subscription, int(span)))
    return found


def _holds(session: Session, reminder: Reminder) -> bool:
    row = session.get(AnnouncementRow, reminder.announcement)
    return row is not None and (row.status, row.revision) == ("active", reminder.revision)


def _add(session: Session, reminder: Reminder, now: datetime) -> int:
    key = f"{EventKind.DEADLINE}:{reminder.announcement}:{reminder.day.isoformat()}:{reminder.span}"
    event = session.exec(select(EventRow).where(EventRow.key == key)).one_or_none()
    subject = events.Subject(reminder.source, reminder.announcement, reminder.revision)
    if event is None:
        events.add(session, reminder.outgoing, subject, now, key=key)
        return len(reminder.outgoing.recipients)
    done = set(session.exec(select(DeliveryRow.subscription_id).where(DeliveryRow.event_id == event.id)))
    left = [one for one in reminder.outgoing.recipients if one.subscription not in done]
    events.deliver(session, event, left, now)
    return len(left)
