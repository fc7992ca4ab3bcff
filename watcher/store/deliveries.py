"""The outbox: what waits for each subscription, in order, and what became of it.

A subscription's queue is served strictly in order, so that waiting for a retry is a property of the subscription
(`blocked_until`), not of the delivery. A row is one event; a message is one row, or all of a digest's rows that were
due when it was first put together: from then on they share a key, so that each retry is the same message.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import select as sql_select
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, case, col, func, or_, select, update

from watcher.errors import UsageError
from watcher.events import digest
from watcher.model import EventKind
from watcher.records import Batch, DeliveryRecord, Queue
from watcher.store import attempts, subscriptions
from watcher.store.tables import DeliveryRow, EventRow, SubscriptionRow


def _unblocked(now: datetime) -> ColumnElement[bool]:
    blocked_until = col(SubscriptionRow.blocked_until)
    return (col(SubscriptionRow.status) == "active") & or_(blocked_until.is_(None), blocked_until <= now)


def due_subscriptions(session: Session, now: datetime) -> tuple[str, ...]:
    query = (
        select(DeliveryRow.subscription_id)
        .join(SubscriptionRow)
        .where(DeliveryRow.status == "waiting", DeliveryRow.due_at <= now, _unblocked(now))
        .group_by(DeliveryRow.subscription_id)
        .order_by(func.min(DeliveryRow.due_at))
    )
    return tuple(session.exec(query))


def next_batch(session: Session, subscription_id: str, now: datetime) -> Batch | None:
    query = (
        select(DeliveryRow, SubscriptionRow)
        .join(SubscriptionRow)
        .where(*_due(subscription_id, now), _unblocked(now))
        .order_by(col(DeliveryRow.due_at), col(DeliveryRow.id))
        .limit(1)
    )
    found = session.exec(query).first()
    if found is None:
        return None
    head, subscriber = found
    rows = _one_message(session, head, now)
    key = head.key or uuid4().hex
    for row, _ in rows:
        row.key = key
    items = [{**event.body, "why": row.reason} for row, event in rows]
    return Batch(
        key=key,
        subscription=subscriptions.subscription(subscriber),
        event=digest(items) if head.digest else items[0],
        reason=None if head.digest else head.reason,
        attempts=head.attempts,
        since=head.due_at,
    )


def _due(subscription_id: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        col(DeliveryRow.subscription_id) == subscription_id,
        col(DeliveryRow.status) == "waiting",
        col(DeliveryRow.due_at) <= now,
    )


def _one_message(session: Session, head: DeliveryRow, now: datetime) -> Sequence[tuple[DeliveryRow, EventRow]]:
    """The rows that go out together with `head`: those of its key, or all that a digest not yet put together takes."""
    same = col(DeliveryRow.key) == head.key if head.key else col(DeliveryRow.key).is_(None)
    query = (
        select(DeliveryRow, EventRow)
        .join(EventRow)
        .where(*_due(head.subscription_id, now), same)
        .order_by(col(DeliveryRow.id))
    )
    return session.exec(query).all()


def mark_sent(session: Session, batch: Batch, now: datetime) -> None:
    _set(session, batch, status="sent", sent_at=now, last_error=None, attempts=batch.attempts + 1)
    attempts.add(session, batch, None, now)
    session.get_one(SubscriptionRow, batch.subscription.id).blocked_until = None


def put_off(session: Session, batch: Batch, error: str, next_at: datetime, now: datetime) -> None:
    _set(session, batch, last_error=error, attempts=batch.attempts + 1)
    attempts.add(session, batch, error, now)
    session.get_one(SubscriptionRow, batch.subscription.id).blocked_until = next_at


def mark_failed(session: Session, batch: Batch, error: str, now: datetime) -> None:
    _set(session, batch, status="failed", last_error=error, attempts=batch.attempts + 1)
    attempts.add(session, batch, error, now)


def _set(session: Session, batch: Batch, **values: object) -> None:
    session.exec(
        update(DeliveryRow)
        .where(col(DeliveryRow.key) == batch.key, col(DeliveryRow.status) == "waiting")
        .values(**values)
    )


def listed(session: Session, status: str | None, limit: int | None) -> tuple[DeliveryRecord, ...]:
    query = select(DeliveryRow, EventRow).join(EventRow).order_by(col(DeliveryRow.id).desc()).limit(limit)
    if status is not None:
        query = query.where(DeliveryRow.status == status)
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
        UsageError: there is no such delivery, it was sent, or its subscription was removed.
    """
    row = session.get(DeliveryRow, delivery_id)
    if row is None:
        raise UsageError(f"there is no delivery {delivery_id}: see watcher deliveries")
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
        due_at=row.due_at,
        sent_at=row.sent_at,
        last_error=row.last_error,
        reason=row.reason,
        key=row.key,
    )
