"""Claims: one process at a time works on a source or sends to a subscription.

A claim is held for a lease and renewed while the work goes on. It is free again when it is released, when its lease has
ended, or at once when its owner is a dead process of this host.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from sqlmodel import Session

from watcher.errors import ClaimLost
from watcher.records import Claim
from watcher.store.owner import is_dead, this_process
from watcher.store.tables import ClaimRow

LEASE: Final = timedelta(seconds=30)


def take(session: Session, key: str, now: datetime) -> Claim | None:
    row = session.get(ClaimRow, key)
    if row is not None and row.until > now and not is_dead(row.owner):
        return None
    claim = Claim(key, uuid4().hex)
    session.merge(ClaimRow(key=key, owner=this_process(), token=claim.token, until=now + LEASE))
    return claim


def renew(session: Session, claim: Claim, now: datetime) -> bool:
    row = _held(session, claim)
    if row is not None:
        row.until = now + LEASE
    return row is not None


def check(session: Session, claim: Claim) -> None:
    """Raise ClaimLost where another has taken it over. One that ran out and that nobody took is still held."""
    if _held(session, claim) is None:
        raise ClaimLost(claim.key)


def release(session: Session, claim: Claim) -> None:
    row = _held(session, claim)
    if row is not None:
        session.delete(row)


def drop(session: Session, key: str) -> None:
    """Take a claim from whoever holds it."""
    row = session.get(ClaimRow, key)
    if row is not None:
        session.delete(row)


def _held(session: Session, claim: Claim) -> ClaimRow | None:
    row = session.get(ClaimRow, claim.key)
    return row if row is not None and row.token == claim.token else None
