"""What waits for a moment that a clock named which was ahead, once that clock is set back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from watcher.periods import due_at
from watcher.store.engine import Database
from watcher.store.tables import DeliveryRow, SubscriptionRow


class Ahead:
    """Each method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def forget(self, now: datetime, timezone: str) -> int:
        """Let nothing wait for longer than it can have been meant to; returns how many deliveries that concerns.

        A retry comes now, a digest with its next period. One that was put together keeps its rows and its key: it may
        have arrived. Quiet hours and caps are decided anew when it is a message's turn.
        """
        with self._database.write() as session:
            ahead = col(SubscriptionRow.blocked_until) > now
            session.connection().execute(update(SubscriptionRow).where(ahead).values(blocked_until=None))
            return sum(_bring_forward(session, *one, now, timezone) for one in _waiting(session, now))


def _waiting(session: Session, now: datetime) -> list[tuple[str, str, bool]]:
    """Which subscriptions have something that is due later: id, `deliver`, and whether it is a digest."""
    query = (
        select(SubscriptionRow.id, SubscriptionRow.deliver, DeliveryRow.digest)
        .join(DeliveryRow, col(DeliveryRow.subscription_id) == SubscriptionRow.id)
        .where(DeliveryRow.status == "waiting", DeliveryRow.due_at > now)
        .distinct()
    )
    return list(session.exec(query).all())


def _bring_forward(
    session: Session, subscription_id: str, deliver: str, digest: bool, now: datetime, timezone: str
) -> int:
    """At most until the end of the present period; what is told at once is due now."""
    due = due_at(deliver, now, timezone) if digest else now
    late = (
        col(DeliveryRow.subscription_id) == subscription_id,
        col(DeliveryRow.status) == "waiting",
        col(DeliveryRow.digest) == digest,
        col(DeliveryRow.due_at) > due,
    )
    return session.connection().execute(update(DeliveryRow).where(*late).values(due_at=due)).rowcount
