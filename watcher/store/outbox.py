"""The next message of a subscription: what is due is gathered, `watcher.telling` decides, and that is written.

Written before it is sent: what each delivery tells, and that it may have arrived. So a crash, or a channel that hung
up, leaves a message that is sent once more as it was, and only then what came after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import false, update
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, and_, col, or_, select

from watcher import codec
from watcher.deadlines.reminders import as_told
from watcher.news import TELLS, EventKind
from watcher.pacing import FREE, Pace
from watcher.periods import INSTANT
from watcher.records.deliveries import Batch, Letter, Queued, Step, Written
from watcher.settings import DEFAULTS
from watcher.store import lists, missing, runs, standings, subscriptions, turns
from watcher.store.engine import Database
from watcher.store.heads import Moment, due
from watcher.store.heads import head as head_of
from watcher.store.revisions import RevisionRow
from watcher.store.tables import AnnouncementRow, DeliveryRow, EventRow, SubscriptionRow
from watcher.summing import OF_ONE
from watcher.telling import letter, needed

_OF_ONE: Final = [kind.value for kind in sorted(OF_ONE)]
Rows = Sequence[tuple[DeliveryRow, EventRow]]


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is due to a subscription. `due`: of a digest to be put together when it was, and the period it may have."""

    head: DeliveryRow
    subscriber: SubscriptionRow
    queued: list[Queued]
    texts: dict[tuple[int, int], Written]
    pace: Pace = FREE
    due: datetime | None = None
    period: datetime | None = None


class Outbox:
    """The messages that are due."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def next_batch(self, subscription_id: str, now: datetime, timezone: str = DEFAULTS.timezone) -> Batch | None:
        """The next message that is due for a subscription; what has nothing left to tell is settled on the way.

        None also where the one before it waits for a retry, or its reader is sent nothing now (`watcher.pacing`).
        """
        while True:
            with self._database.read() as session:
                found = _gathered(session, subscription_id, now, timezone)
            if found is None:
                return None
            if found.pace != FREE or found.period != found.due:
                with self._database.write() as session:
                    _put_off(session, found, now)
                continue
            head, subscriber, queued = found.head, found.subscriber, found.queued
            decided = letter(queued, found.texts)
            key = decided.key or uuid4().hex
            with self._database.write() as session:
                _settle(session, subscriber.id, queued, decided)
                _begin(session, decided, key)
                _run(session, found, decided, key, now)
            if decided.event is not None:
                told = {one.id for one in decided.told}
                return Batch(
                    key=key,
                    subscription=subscriptions.subscription(subscriber),
                    event=decided.event,
                    reason=decided.reason,
                    attempts=head.attempts,
                    since=head.due_at,
                    seen_at=min(one.seen_at or head.created_at for one in queued if one.id in told),
                    failing_since=subscriber.failing_since,
                    trouble_since=subscriber.trouble_since,
                    token=subscriber.token,
                )


def _gathered(session: Session, subscription_id: str, now: datetime, timezone: str) -> Gathered | None:
    query = (
        select(DeliveryRow, EventRow, SubscriptionRow)
        .join(EventRow, col(EventRow.id) == DeliveryRow.event_id)
        .join(SubscriptionRow, col(SubscriptionRow.id) == DeliveryRow.subscription_id)
    )
    found = session.exec(head_of(query, Moment.of(now), subscription_id)).first()
    if found is None:
        return None
    head, event, subscriber = found
    if (turn := turns.look(session, subscriber, due(Moment.of(now)), now, timezone)) != FREE:
        return Gathered(head, subscriber, [], {}, turn)
    rows = _with(session, head, event, now)
    today = now.astimezone(ZoneInfo(timezone)).date()
    queued = [_of_today(session, _queued(session, row, event, subscriber), today) for row, event in rows]
    last = max(row.due_at for row, _ in rows) if head.digest and head.key is None else None
    if last is None or subscriber.deliver == INSTANT:
        return Gathered(head, subscriber, queued, _texts(session, needed(queued)))
    period = runs.free_period(session, subscriber.id, subscriber.deliver, last, timezone)
    return Gathered(head, subscriber, queued, _texts(session, needed(queued)), due=last, period=period)


def _put_off(session: Session, found: Gathered, now: datetime) -> None:
    """Not now, or in another way: as one digest, or in that of the next period."""
    turns.apply(session, found.subscriber.id, due(Moment.of(now)), found.pace)
    if found.period is not None:
        turns.put_into(session, [one.id for one in found.queued], found.period)


def _run(session: Session, found: Gathered, decided: Letter, key: str, now: datetime) -> None:
    """Note that a period has its digest; one of which nothing is told has none."""
    if decided.event is not None and found.period is not None:
        runs.begin(session, found.subscriber.id, found.period, key, now)
    if found.head.digest and found.head.key not in (None, key):
        runs.rename(session, found.head.key, key)


def _with(session: Session, head: DeliveryRow, event: EventRow, now: datetime) -> Rows:
    """The head of the queue, and what may go out with it.

    Of a digest the rows of its key, or all that one not yet put together takes; of what is told at once those of its
    key and, unless the message may have arrived, those of its announcement and of the same edit. What a key was given
    to stays together: by a clock that was set back since, some of it may not be due.
    """
    at = due(Moment.of(now))
    same = col(DeliveryRow.key) == head.key if head.key else col(DeliveryRow.key).is_(None) & at
    if not head.digest and not head.unsure:
        same = or_(same, and_(_joining(event), ~col(DeliveryRow.digest), ~col(DeliveryRow.unsure), at))
    query = (
        select(DeliveryRow, EventRow)
        .join(EventRow)
        .where(
            DeliveryRow.subscription_id == head.subscription_id,
            DeliveryRow.status == "waiting",
            same,
        )
        .order_by(col(DeliveryRow.id))
    )
    rows = session.exec(query).all()
    return [(head, event), *((row, told) for row, told in rows if row.id != head.id)]


def _joining(event: EventRow) -> ColumnElement[bool]:
    """What is told with an event that is told at once: what else became of its announcement, and the same edit."""
    of_it = and_(col(EventRow.announcement_id) == event.announcement_id, col(EventRow.kind).in_(_OF_ONE))
    if event.edit is None:
        return of_it if event.kind in _OF_ONE else false()
    return or_(of_it, col(EventRow.edit) == event.edit)


def _queued(session: Session, row: DeliveryRow, event: EventRow, subscriber: SubscriptionRow) -> Queued:
    assert row.id is not None
    kind, entry = EventKind(event.kind), event.announcement_id
    announcement = session.get(AnnouncementRow, entry) if entry is not None else None
    current = announcement.revision if announcement else 0
    known = standings.known(session, entry, subscriber, kind) if entry is not None and kind in TELLS else None
    unheard = entry is not None and kind in OF_ONE and standings.is_unheard(session, entry, subscriber.id)
    return Queued(
        id=row.id,
        kind=kind,
        event=event.body,
        reason=row.reason,
        on=tuple(EventKind(one) for one in subscriber.on),
        figures_only=subscriber.where.get("changes") == "figures",
        announcement=entry or 0,
        revision=event.revision or 0,
        known=0 if unheard else current if known is None else known,
        current=current,
        gone=announcement is not None and announcement.status == missing.WITHDRAWN,
        known_gone=kind in standings.TURNS and entry is not None and standings.knows_gone(session, entry, subscriber),
        key=row.key,
        digest=row.digest,
        edit=event.edit,
        said=None if row.known is None or row.told is None else Step(row.known, row.told),
        unsure=row.unsure,
        seen_at=event.seen_at,
    )


def _of_today(session: Session, queued: Queued, today: date) -> Queued:
    """A reminder may have waited for days, until its digest or for its channel."""
    if queued.kind is not EventKind.DEADLINE:
        return queued
    records = lists.active(session, [queued.announcement])
    event = as_told(queued.event, records[0] if records else None, today)
    return replace(queued, over=True) if event is None else replace(queued, event=event)


def _texts(session: Session, wanted: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Written]:
    found = {}
    for entry, number in wanted:
        url = session.get_one(AnnouncementRow, entry).url
        of_it = select(RevisionRow).where(RevisionRow.announcement_id == entry, RevisionRow.number == number)
        row = session.exec(of_it).one()
        document = codec.decode_document(row.document, row.text)
        found[entry, number] = Written(number, url, document, codec.decode_extraction(row.extraction, row.text))
    return found


def _settle(session: Session, subscription_id: str, queued: Sequence[Queued], decided: Letter) -> None:
    announcements = {one.id: one.announcement for one in queued}
    for one in decided.settled:
        _set(session, one.id, status="settled", unsure=False)
        if one.step is not None:
            standings.note(session, announcements[one.id], subscription_id, one.step.told)


def _begin(session: Session, decided: Letter, key: str) -> None:
    for one in decided.told:
        step = {} if one.step is None else {"known": one.step.known, "told": one.step.told}
        _set(session, one.id, key=key, unsure=True, **step)


def _set(session: Session, delivery_id: int, **values: Any) -> None:
    waiting = (col(DeliveryRow.id) == delivery_id) & (col(DeliveryRow.status) == "waiting")
    session.connection().execute(update(DeliveryRow).where(waiting).values(**values))
