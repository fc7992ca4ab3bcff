"""What a message says beside its event, and which message it follows; read when it goes out."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from watcher.records.deliveries import Beside
from watcher.store import lifecycles
from watcher.store.engine import Database, chunks
from watcher.store.items import places_of
from watcher.store.tables import AnnouncementRow, DeliveryRow, EventRow


class Mailings:
    """Each method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def beside(self, ids: Sequence[int]) -> dict[int, Beside]:
        """What is known of these announcements now, by id."""
        row = AnnouncementRow
        columns = select(row.id, row.first_seen, row.last_changed, row.status)
        with self._database.read() as session:
            places, said = places_of(session, ids), lifecycles.of(session, ids)
            rows = [one for part in chunks(ids) for one in session.exec(columns.where(col(row.id).in_(part)))]
            return {
                number: Beside(first, changed, status, tuple(places.get(number, ())), said.get(number, ()))
                for number, first, changed, status in rows
                if number is not None
            }

    def first(self, subscription_id: str, announcement_id: int) -> str | None:
        """The key of the first message that told a subscription of this announcement alone; None before there is one.

        One of several (a digest, the same edit on many pages) is no message of its own.
        """
        other = aliased(DeliveryRow)
        together = select(func.count()).where(col(other.key) == DeliveryRow.key).correlate(DeliveryRow)
        query = (
            select(DeliveryRow.key)
            .join(EventRow, col(EventRow.id) == DeliveryRow.event_id)
            .where(
                EventRow.announcement_id == announcement_id,
                DeliveryRow.subscription_id == subscription_id,
                DeliveryRow.status == "sent",
                ~col(DeliveryRow.digest),
                together.scalar_subquery() == 1,
            )
            .order_by(col(DeliveryRow.sent_at), col(DeliveryRow.id))
            .limit(1)
        )
        with self._database.read() as session:
            return session.exec(query).first()
