"""Subscriptions that cannot be reached, of which others were told: `trouble_since` from then until they are reached."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, select

from watcher.records.deliveries import Outgoing
from watcher.settings import Subscription
from watcher.store import events, subscriptions
from watcher.store.engine import Database
from watcher.store.tables import SubscriptionRow


class Outages:
    """Each method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, ids: Collection[str], told: Outgoing, now: datetime) -> None:
        """Tell of those of which nobody was told since they were reached last."""
        with self._database.write() as session:
            named = select(SubscriptionRow).where(col(SubscriptionRow.id).in_(ids))
            rows = session.exec(named.where(col(SubscriptionRow.trouble_since).is_(None))).all()
            for row in rows:
                row.trouble_since = now
            if rows:
                _tell(session, told, rows[0].id, now)

    def tell(self, told: Outgoing, key: str, now: datetime) -> None:
        """Tell once of the message `key`, while its channel is reached."""
        with self._database.write() as session:
            events.add(session, told, events.Subject(None), now, key=f"{told.kind}:message:{key}")

    def of(self, since: datetime) -> tuple[Subscription, ...]:
        """The subscriptions of which was told at a moment, and which were not reached since."""
        wanted = select(SubscriptionRow).where(SubscriptionRow.trouble_since == since)
        with self._database.read() as session:
            return tuple(map(subscriptions.subscription, session.exec(wanted.order_by(SubscriptionRow.id))))

    def end(self, ids: Collection[str], told: Outgoing, now: datetime) -> None:
        """Tell that these are reached again, unless that was told."""
        with self._database.write() as session:
            named = select(SubscriptionRow).where(col(SubscriptionRow.id).in_(ids))
            rows = session.exec(named.where(col(SubscriptionRow.trouble_since).is_not(None))).all()
            for row in rows:
                row.trouble_since = None
            if rows:
                _tell(session, told, rows[0].id, now)


def _tell(session: Session, told: Outgoing, subscription: str, now: datetime) -> None:
    key = f"{told.kind}:{subscription}:{now.isoformat()}"
    events.add(session, told, events.Subject(None), now, key=key)
