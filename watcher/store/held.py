"""Subscriptions that their channel or address holds, having refused for good: they go on collecting, and send nothing.

What concerns one meanwhile waits for the mending, as does what was refused. One that its reader or its operator paused,
and one that left the file, collects nothing: somebody wanted that.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, col, func, or_, select, update

from watcher.records.deliveries import Batch
from watcher.store import suppressions
from watcher.store.attempts import AttemptRow
from watcher.store.tables import DeliveryRow, SubscriptionRow

CHANNEL: Final = "channel"
HOLDS: Final = frozenset({CHANNEL, suppressions.HOLD})


def is_held(row: SubscriptionRow) -> bool:
    return row.status == "paused" and row.hold in HOLDS


def is_holding() -> ColumnElement[bool]:
    """As `is_held`, in a query."""
    return (col(SubscriptionRow.status) == "paused") & col(SubscriptionRow.hold).in_(HOLDS)


def collecting() -> ColumnElement[bool]:
    """Of subscriptions: those for which what concerns them is written into the outbox."""
    return or_(col(SubscriptionRow.status) == "active", is_holding())


def put_back(session: Session, row: SubscriptionRow) -> None:
    """Let what was refused since the channel of a held subscription began to refuse wait again, in its old place."""
    if not is_held(row) or row.failing_since is None:
        return
    refused = select(AttemptRow.key).where(AttemptRow.at >= row.failing_since)
    of_it = (
        col(DeliveryRow.subscription_id) == row.id,
        col(DeliveryRow.status) == "failed",
        col(DeliveryRow.key).in_(refused),
    )
    session.exec(update(DeliveryRow).where(*of_it).values(status="waiting", attempts=0))


def refused_in_a_row(session: Session, batch: Batch) -> int:
    """How many messages were given up since the channel accepted one last, this one included.

    0 where this one was given up before, and was put back: that says nothing new of the channel.
    """
    since = batch.failing_since
    tried = select(AttemptRow.id).where(AttemptRow.key == batch.key)
    before = tried if since is None else tried.where(AttemptRow.at < since)
    if session.exec(before.limit(1)).first() is not None:
        return 0
    if since is None:
        return 1
    others = (
        select(AttemptRow.key)
        .join(DeliveryRow, col(DeliveryRow.key) == AttemptRow.key)
        .where(DeliveryRow.subscription_id == batch.subscription.id, DeliveryRow.status == "failed")
        .group_by(AttemptRow.key)
        .having(func.min(AttemptRow.at) >= since)
    )
    return len(session.exec(others).all()) + 1
