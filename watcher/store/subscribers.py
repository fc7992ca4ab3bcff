"""What readers do with their subscriptions by mailed links alone, begin, look at and end; and what concerned each."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, func, select

from watcher.records.deliveries import SubscriptionRecord
from watcher.settings import Subscription
from watcher.store import subscriptions
from watcher.store.engine import Database
from watcher.store.tables import DeliveryRow, SubscriptionRow


class Subscribers:
    """Each method is one transaction. A token that nobody has gives None, whatever it looks like."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def confirm(self, wanted: Subscription, asked_at: datetime, now: datetime) -> SubscriptionRecord:
        """Begin what a reader asked for at `asked_at`, and return how it stands.

        One that was ended begins again only where he asked after its end: an older link was for what ended. One that
        is paused stays so.
        """
        with self._database.write() as session:
            row = session.get(SubscriptionRow, wanted.id)
            ended_before = row is not None and row.ended_at is not None and row.ended_at < asked_at
            if row is None or ended_before:
                subscriptions.add(session, wanted, now)
                session.flush()
                row = session.get_one(SubscriptionRow, wanted.id)
            return subscriptions.record(row)

    def by_token(self, token: str) -> SubscriptionRecord | None:
        """The subscription that a token is of; an ended one too, since its mails stay in mailboxes."""
        with self._database.read() as session:
            row = _of(session, token)
            return None if row is None else subscriptions.record(row)

    def end_by_token(self, token: str, now: datetime, reason: str) -> SubscriptionRecord | None:
        """End the subscription of a token: nothing more is sent. A second time changes nothing, and says the same."""
        with self._database.write() as session:
            row = _of(session, token)
            if row is None:
                return None
            if row.status != "ended":
                subscriptions.end(session, row, subscriptions.READER, reason, now)
            return subscriptions.record(row)

    def last_concerned(self) -> dict[str, datetime]:
        """When something last concerned each subscription, by id; those that nothing ever did are left out."""
        query = select(DeliveryRow.subscription_id, func.max(DeliveryRow.created_at))
        with self._database.read() as session:
            found = session.exec(query.group_by(DeliveryRow.subscription_id)).all()
        return {name: moment for name, moment in found if moment is not None}


def _of(session: Session, token: str) -> SubscriptionRow | None:
    return session.exec(select(SubscriptionRow).where(SubscriptionRow.token == token)).one_or_none()
