"""Whether the next message of a subscription may go out now: what `pacing` needs is gathered, what it says applied."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from sqlalchemy import update
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, col, func, select

from watcher.pacing import FREE, Pace, pace, paces
from watcher.periods import HOUR
from watcher.store import subscriptions
from watcher.store.tables import DeliveryRow, SubscriptionRow

# What was tried, or may have arrived, goes out as it was.
UNTRIED: Final = (
    col(DeliveryRow.status) == "waiting",
    col(DeliveryRow.attempts) == 0,
    ~col(DeliveryRow.unsure),
)


def look(session: Session, subscriber: SubscriptionRow, due: ColumnElement[bool], now: datetime, timezone: str) -> Pace:
    """What its reader may be sent; nothing is asked of the database where he asked for no pace."""
    subscription = subscriptions.subscription(subscriber)
    if not paces(subscription):
        return FREE
    of_it = (col(DeliveryRow.subscription_id) == subscriber.id, *UNTRIED, due)
    at_once = session.exec(select(DeliveryRow.due_at).where(*of_it, ~col(DeliveryRow.digest))).all()
    gathered = (col(DeliveryRow.digest), col(DeliveryRow.key).is_(None))
    as_digest = session.exec(select(func.min(DeliveryRow.due_at)).where(*of_it, *gathered)).one()
    waiting = [*at_once, *([as_digest] if as_digest else [])]
    return pace(subscription, now, timezone, waiting, _sent(session, subscriber.id, now))


def _sent(session: Session, subscription_id: str, now: datetime) -> list[datetime]:
    query = (
        select(func.max(DeliveryRow.sent_at))
        .where(DeliveryRow.subscription_id == subscription_id, col(DeliveryRow.sent_at) > now - HOUR)
        .group_by(col(DeliveryRow.key))
    )
    return [moment for moment in session.exec(query) if moment is not None]


def apply(session: Session, subscriber_id: str, due: ColumnElement[bool], decided: Pace) -> None:
    if decided.until is not None:
        session.get_one(SubscriptionRow, subscriber_id).blocked_until = decided.until
    if decided.together:
        at_once = (col(DeliveryRow.subscription_id) == subscriber_id, *UNTRIED, ~col(DeliveryRow.digest), due)
        _set(session, at_once, digest=True, key=None)


def put_into(session: Session, deliveries: Collection[int], period: datetime) -> None:
    """Put what waits for a digest into that of another period."""
    _set(session, (col(DeliveryRow.id).in_(deliveries), col(DeliveryRow.status) == "waiting"), due_at=period)


def _set(session: Session, where: tuple[ColumnElement[bool], ...], **values: Any) -> None:
    session.connection().execute(update(DeliveryRow).where(*where).values(**values))
