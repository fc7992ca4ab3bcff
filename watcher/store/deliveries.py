"""The outbox: what waits for each subscription, in order, and what became of it.

A subscription's queue is served strictly in order, so that waiting for a retry is a property of the subscription
(`blocked_until`), not of the delivery. A row is one event; a message is one row, all of a digest's rows that were due
when it was first put together, or those of one edit: from then on they share a key (`outbox`).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select as sql_select
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, case, col, func, select, update

from watcher.errors import UsageError
from watcher.news import EventKind
from watcher.records.deliveries import Batch, DeliveryRecord, Queue
from watcher.store import attempts, runs, standings, suppressions
from watcher.store.heads import Moment, ready
from watcher.store.tables import DeliveryRow, EventRow, SubscriptionRow


def due_subscriptions(session: Session, now: datetime) -> tuple[str, ...]:
    query = (
        select(DeliveryRow.subscription_id)
        .join(SubscriptionRow, col(SubscriptionRow.id) == DeliveryRow.subscription_id)
        .join(EventRow, col(EventRow.id) == DeliveryRow.event_id)
        .where(*ready(Moment.of(now)))
        .group_by(DeliveryRow.subscription_id)
        .order_by(func.min(DeliveryRow.due_at))
    )
    return tuple(session.exec(query))


def mark_sent(session: Session, batch: Batch, now: datetime) -> None:
    """What it told is what its reader knows from now on."""
    told = (
        select(EventRow.announcement_id, DeliveryRow.told)
        .join(EventRow, col(EventRow.id) == DeliveryRow.event_id)
        .where(*_of(batch), col(DeliveryRow.told).is_not(None))
    )
    for entry, revision in session.exec(told).all():
        if entry is not None and revision is not None:
            standings.note(session, entry, batch.subscription.id, revision)
    _set(session, batch, status="sent", sent_at=now, last_error=None, attempts=batch.attempts + 1, unsure=False)
    attempts.add(session, batch, None, now)
    runs.complete(session, batch.key, now)
    suppressions.accepted(session, batch.subscription.to)
    subscriber = session.get_one(SubscriptionRow, batch.subscription.id)
    subscriber.blocked_until = subscriber.failing_since = None


def put_off(session: Session, batch: Batch, error: str, next_at: datetime, now: datetime, *, unsure: bool) -> None:
    _set(session, batch, last_error=error, attempts=batch.attempts + 1, unsure=unsure)
    attempts.add(session, batch, error, now)
    _refused(session, batch, now).blocked_until = next_at


def mark_failed(session: Session, batch: Batch, error: str, now: datetime, *, unsure: bool) -> None:
    _set(session, batch, status="failed", last_error=error, attempts=batch.attempts + 1, unsure=unsure)
    attempts.add(session, batch, error, now)
    _refused(session, batch, now)


def _refused(session: Session, batch: Batch, now: datetime) -> SubscriptionRow:
    subscriber = session.get_one(SubscriptionRow, batch.subscription.id)
    subscriber.failing_since = subscriber.failing_since or now
    return subscriber


def _of(batch: Batch) -> tuple[ColumnElement[bool], ...]:
    return (
        col(DeliveryRow.key) == batch.key,
        col(DeliveryRow.subscription_id) == batch.subscription.id,
        col(DeliveryRow.status) == "waiting",
    )


def _set(session: Session, batch: Batch, **values: object) -> None:
    session.exec(update(DeliveryRow).where(*_of(batch)).values(**values))


def listed(
    session: Session, status: str | None, limit: int | None, before: int | None = None
) -> tuple[DeliveryRecord, ...]:
    query = select(DeliveryRow, EventRow).join(EventRow).order_by(col(DeliveryRow.id).desc()).limit(limit)
    if status is not None:
        query = query.where(DeliveryRow.status == status)
    if before is not None:
        query = query.where(col(DeliveryRow.id) < before)
    return tuple(record(row, event) for row, event in session.exec(query))


def queues(session: Session, failed_since: datetime) -> tuple[Queue, ...]:
    waiting = col(DeliveryRow.status) == "waiting"
    put_off = waiting & (col(DeliveryRow.attempts) > 0)
    failed = (col(DeliveryRow.status) == "failed") & (col(DeliveryRow.due_at) >= failed_since)
    query = (
        sql_select(
            col(DeliveryRow.subscription_id),
            *(func.sum(case((counted, 1), else_=0)) for counted in (waiting, put_off, failed)),
            func.max(case((put_off | failed, col(DeliveryRow.last_error)))),
        )
        .join(SubscriptionRow)
        .where(col(SubscriptionRow.status) != "ended", waiting | failed)
        .group_by(col(DeliveryRow.subscription_id))
        .order_by(col(DeliveryRow.subscription_id))
    )
    return tuple(Queue(*row) for row in session.connection().execute(query))


def retry(session: Session, delivery_id: int, now: datetime) -> str:
    """Make it due; the id of its subscription.

    Raises:
        UsageError: there is no such delivery, it was sent, or its subscription was ended.
    """
    row = session.get(DeliveryRow, delivery_id)
    if row is None:
        raise UsageError(f"there is no delivery {delivery_id}: see watcher deliveries")
    if row.status == "settled":
        raise UsageError(
            f"delivery {delivery_id} has nothing left to tell: what had changed is told, taken back or withdrawn"
        )
    if row.status == "sent":
        raise UsageError(f"delivery {delivery_id} was sent: nothing to retry")
    subscriber = session.get_one(SubscriptionRow, row.subscription_id)
    if subscriber.status == "ended":
        raise UsageError(f"delivery {delivery_id} was for {subscriber.id}, which was removed: nobody is there to tell")
    if row.status == "failed":
        same = col(DeliveryRow.key) == row.key if row.key else col(DeliveryRow.id) == row.id
        values = {"status": "waiting", "attempts": 0, "due_at": now}
        session.exec(update(DeliveryRow).where(same, col(DeliveryRow.status) == "failed").values(**values))
    else:
        row.due_at = min(row.due_at, now)
    subscriber.blocked_until = None
    return subscriber.id


def record(row: DeliveryRow, event: EventRow) -> DeliveryRecord:
    assert row.id is not None
    return DeliveryRecord(
        id=row.id,
        subscription=row.subscription_id,
        kind=EventKind(event.kind),
        announcement=event.announcement_id,
        revision=event.revision,
        title=event.body.get("title"),
        status=row.status,
        attempts=row.attempts,
        created_at=row.created_at,
        seen_at=event.seen_at or event.created_at,
        due_at=row.due_at,
        sent_at=row.sent_at,
        last_error=row.last_error,
        reason=row.reason,
        key=row.key,
    )
