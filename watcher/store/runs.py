"""Digest runs: each scheduled digest of a subscription is a row, so that one period has one digest, whatever clocks do.

A run begins when its digest is put together, and is completed when the channel has accepted it. A period of which
nothing was to be told has none. What comes too late for a period's digest goes into the next one.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Field, Session, col

from watcher.periods import due_at
from watcher.store.tables import Stored


class DigestRunRow(Stored, table=True):
    """`period` is its end, the moment that `deliver` names; `key` the message's."""

    __tablename__ = "digest_runs"

    subscription_id: str = Field(primary_key=True, foreign_key="subscriptions.id")
    period: datetime = Field(primary_key=True)
    key: str = Field(index=True)
    started_at: datetime
    completed_at: datetime | None = None


def free_period(session: Session, subscription_id: str, deliver: str, period: datetime, timezone: str) -> datetime:
    """`period`, or the first after it that has no digest yet."""
    while session.get(DigestRunRow, (subscription_id, period)) is not None:
        period = due_at(deliver, period, timezone)
    return period


def begin(session: Session, subscription_id: str, period: datetime, key: str, now: datetime) -> None:
    session.add(DigestRunRow(subscription_id=subscription_id, period=period, key=key, started_at=now))


def rename(session: Session, before: str, key: str) -> None:
    """The digest says something else by now, and so has another key."""
    session.connection().execute(update(DigestRunRow).where(col(DigestRunRow.key) == before).values(key=key))


def complete(session: Session, key: str, now: datetime) -> None:
    session.connection().execute(update(DigestRunRow).where(col(DigestRunRow.key) == key).values(completed_at=now))
