"""What is forgotten with time: the logs of what watcher did, and never what it found, told of it, or must know again.

    attempts     each try to hand a message to its channel
    digest runs  which period had its digest
    returns      pages that were gone and are back
    robots       what the robots.txt of sites said that nobody asked since
    events of sources in trouble and out of it, with their deliveries

What still waits to be sent keeps its log, whatever its age; but what waits for a subscription that its channel holds is
given up when it is older.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, update
from sqlmodel import Session, col, select, tuple_

from watcher.store import held
from watcher.store.attempts import AttemptRow
from watcher.store.engine import Database
from watcher.store.missing import ReturnRow
from watcher.store.robots import RobotsRow
from watcher.store.runs import DigestRunRow
from watcher.store.tables import DeliveryRow, EventRow, SubscriptionRow

_PART: Final = 1000  # rows a transaction, so that nobody waits for long
_WAITING: Final = select(DeliveryRow.id).where(col(DeliveryRow.status) == "waiting")


class Retention:
    def __init__(self, database: Database) -> None:
        self._database = database

    def forget(self, before: datetime) -> int:
        """Remove, or give up, what is older than that; returns how many rows. A second time there is none."""
        return sum(
            self._in_parts(part, before) for part in (_held, _attempts, _digest_runs, _returns, _robots, _troubles)
        )

    def _in_parts(self, part: Any, before: datetime) -> int:
        removed = 0
        while True:
            with self._database.write() as session:
                count = part(session, before)
            if not count:
                return removed
            removed += count


def _held(session: Session, before: datetime) -> int:
    subscribers = select(SubscriptionRow.id).where(held.is_holding())
    old = _WAITING.where(DeliveryRow.created_at < before, col(DeliveryRow.subscription_id).in_(subscribers))
    ids = session.exec(old.limit(_PART)).all()
    values = {"status": "failed", "last_error": "its channel refused for longer than it is kept (settings.keep)"}
    if ids:
        session.execute(update(DeliveryRow).where(col(DeliveryRow.id).in_(ids)).values(**values))
    return len(ids)


def _attempts(session: Session, before: datetime) -> int:
    awaited = _WAITING.where(DeliveryRow.key == AttemptRow.key).exists()
    old = select(AttemptRow.id).where(AttemptRow.at < before, ~awaited).limit(_PART)
    return _remove(session, AttemptRow, session.exec(old).all())


def _digest_runs(session: Session, before: datetime) -> int:
    awaited = _WAITING.where(DeliveryRow.key == DigestRunRow.key).exists()
    old = select(DigestRunRow.subscription_id, DigestRunRow.period).where(DigestRunRow.period < before, ~awaited)
    return _remove_by_key(session, DigestRunRow, session.exec(old.limit(_PART)).all())


def _returns(session: Session, before: datetime) -> int:
    old = select(ReturnRow.key, ReturnRow.since).where(ReturnRow.back_at < before).limit(_PART)
    return _remove_by_key(session, ReturnRow, session.exec(old).all())


def _robots(session: Session, before: datetime) -> int:
    old = select(RobotsRow.site).where(RobotsRow.until < before).limit(_PART)
    return _remove_by_key(session, RobotsRow, [(site,) for site in session.exec(old)])


def _troubles(session: Session, before: datetime) -> int:
    awaited = _WAITING.where(DeliveryRow.event_id == EventRow.id).exists()
    of_source = col(EventRow.announcement_id).is_(None)
    old = select(EventRow.id).where(of_source, EventRow.created_at < before, ~awaited).order_by(col(EventRow.id))
    ids = session.exec(old.limit(_PART)).all()
    if ids:
        session.execute(delete(DeliveryRow).where(col(DeliveryRow.event_id).in_(ids)))
    return _remove(session, EventRow, ids)


def _remove(session: Session, table: Any, ids: Sequence[int | None]) -> int:
    if ids:
        session.execute(delete(table).where(col(table.id).in_(ids)))
    return len(ids)


def _remove_by_key(session: Session, table: Any, keys: Sequence[tuple[Any, ...]]) -> int:
    names = [col(getattr(table, one.name)) for one in table.__table__.primary_key]
    if keys:
        session.execute(delete(table).where(tuple_(*names).in_(keys)))
    return len(keys)
