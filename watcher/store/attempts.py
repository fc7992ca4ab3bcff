"""Each attempt to hand a message to its channel: when, and what became of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field, Session, col, select

from watcher.records.deliveries import Batch
from watcher.records.stories import Attempt
from watcher.store.engine import chunks
from watcher.store.tables import Stored


class AttemptRow(Stored, table=True):
    """`key` is the message's, as in `deliveries`: a digest is one attempt. `error` None: the channel accepted it."""

    __tablename__ = "attempts"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(index=True)
    at: datetime
    error: str | None = Field(default=None, sa_type=Text)


def add(session: Session, batch: Batch, error: str | None, now: datetime) -> None:
    """Written with what it changes. Errors of channels name no address, and so no secret."""
    session.add(AttemptRow(key=batch.key, at=now, error=error))


def of_messages(session: Session, keys: Collection[str]) -> dict[str, tuple[Attempt, ...]]:
    """The attempts of each message that was tried, oldest first."""
    found: dict[str, tuple[Attempt, ...]] = {}
    for part in chunks(keys):
        for row in session.exec(select(AttemptRow).where(col(AttemptRow.key).in_(part)).order_by(col(AttemptRow.id))):
            found[row.key] = (*found.get(row.key, ()), Attempt(row.at, row.error))
    return found
