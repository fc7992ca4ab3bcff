"""Sources that cannot be read, as far as that is settled and was told to those who ask for it."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, func, select

from watcher.news import EventKind
from watcher.records.sources import Unreadable
from watcher.store.engine import Database
from watcher.store.tables import DeliveryRow, EventRow, SourceRow


class Silences:
    """Each method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def now(self) -> tuple[Unreadable, ...]:
        """The configured sources that cannot be read, by id."""
        failing = (col(SourceRow.configured), col(SourceRow.enabled), col(SourceRow.told), SourceRow.failures > 0)
        with self._database.read() as session:
            rows = session.exec(select(SourceRow).where(*failing).order_by(col(SourceRow.id))).all()
            told = [(row, _told_at(session, row.id)) for row in rows]
        return tuple(Unreadable(row.id, row.name, row.url, row.region, row.since, at) for row, at in told if at)

    def last_sent(self, subscription_id: str) -> datetime | None:
        """When a subscription was last sent anything."""
        newest = select(func.max(DeliveryRow.sent_at)).where(DeliveryRow.subscription_id == subscription_id)
        with self._database.read() as session:
            return session.exec(newest).one()


def _told_at(session: Session, source_id: str) -> datetime | None:
    """When its trouble was an event, by the key, which has an index."""
    begins = f"{EventKind.SOURCE_TROUBLE}:{source_id}:"
    keys = (EventRow.key >= begins, EventRow.key < f"{begins};")
    return session.exec(select(func.max(EventRow.created_at)).where(*keys)).one()
