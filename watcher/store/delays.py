"""How long readers waited: from the first sight of what is told to the acceptance of the message that tells it."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import col, select

from watcher.store.engine import Database
from watcher.store.tables import DeliveryRow, EventRow


class Delays:
    """Of messages that are sent at once; a digest waits for its hour."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def since(self, moment: datetime) -> tuple[float, ...]:
        """Seconds of each delivery accepted since then, the shortest first."""
        seen_at, sent_at = col(EventRow.seen_at), col(DeliveryRow.sent_at)
        at_once = (DeliveryRow.status == "sent", ~col(DeliveryRow.digest), sent_at >= moment, seen_at.is_not(None))
        wanted = select(EventRow.seen_at, DeliveryRow.sent_at).join(DeliveryRow).where(*at_once)
        with self._database.read() as session:
            return tuple(sorted((sent - seen).total_seconds() for seen, sent in session.exec(wanted) if seen and sent))
