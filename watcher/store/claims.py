"""Claims: one process at a time works on a source or sends to a subscription.

A claim is held for a lease and renewed while the work goes on. It is free again when it is released, when its lease has
ended, or at once when its owner is a dead process of this host.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import ColumnElement, delete, update
from sqlmodel import Field, Session, col, select

from watcher.clocks import APART
from watcher.errors import ClaimLost
from watcher.records.passes import Claim
from watcher.store import postgres
from watcher.store.owner import is_dead, this_process
from watcher.store.tables import Stored

LEASE: Final = timedelta(seconds=30)
# A claim held for longer was taken by a clock that was ahead, and has ended: its holder, if he lives, renews it by the
# clock as it is now.
LONGEST: Final = LEASE + APART


class ClaimRow(Stored, table=True):
    """Who works on a source or sends to a subscription."""

    __tablename__ = "claims"

    key: str = Field(primary_key=True)
    owner: str
    token: str
    until: datetime


def take(session: Session, keys: Collection[str], now: datetime) -> dict[str, Claim]:
    """Claim each key that nobody holds, by key."""
    there = select(ClaimRow).where(col(ClaimRow.key).in_(keys)).order_by(col(ClaimRow.key)).with_for_update()
    rows = {row.key: row for row in session.exec(there)}
    taken = {key: Claim(key, uuid4().hex) for key in sorted(keys) if key not in rows or _is_free(rows[key], now)}
    if ended := rows.keys() & taken.keys():
        session.execute(delete(ClaimRow).where(col(ClaimRow.key).in_(ended)))
    made = [
        {"key": one.key, "owner": this_process(), "token": one.token, "until": now + LEASE} for one in taken.values()
    ]
    won = _insert(session, made) if made else frozenset()
    return {key: claim for key, claim in taken.items() if claim.token in won}


def _insert(session: Session, made: Sequence[dict[str, Any]]) -> frozenset[str]:
    """Write the claims that nobody wrote since they were looked for, as on PostgreSQL others may; their tokens."""
    unless_there = postgres.insert_or(session.connection(), ClaimRow).on_conflict_do_nothing()
    return frozenset(session.execute(unless_there.returning(col(ClaimRow.token)), made).scalars())


def _is_free(row: ClaimRow, now: datetime) -> bool:
    return not now < row.until <= now + LONGEST or is_dead(row.owner)


def under_way(session: Session, prefix: str, now: datetime) -> frozenset[str]:
    """The keys with this beginning that somebody holds."""
    live = select(ClaimRow).where(
        col(ClaimRow.key).startswith(prefix, autoescape=True), ClaimRow.until > now, ClaimRow.until <= now + LONGEST
    )
    return frozenset(row.key for row in session.exec(live) if not is_dead(row.owner))


def held(session: Session, claims: Sequence[Claim]) -> frozenset[str]:
    """The tokens of those that no other has taken over. One that ran out and that nobody took is still held.

    Nobody takes them over before the transaction ends. They are locked in the order of their keys, as everywhere: two
    who lock the same ones in two orders would wait for each other.
    """
    mine = select(ClaimRow.token).where(_is_one_of(claims)).order_by(col(ClaimRow.key)).with_for_update()
    return frozenset(session.exec(mine))


def check(session: Session, claim: Claim) -> None:
    """Raise ClaimLost where another has taken it over."""
    if not held(session, [claim]):
        raise ClaimLost(claim.key)


def renew(session: Session, claims: Sequence[Claim], now: datetime) -> frozenset[str]:
    """Hold each for another lease; returns the tokens of those that are still held."""
    mine = held(session, claims)
    session.execute(update(ClaimRow).where(_is_one_of(claims)).values(until=now + LEASE))
    return mine


def release(session: Session, claims: Sequence[Claim]) -> None:
    held(session, claims)
    session.execute(delete(ClaimRow).where(_is_one_of(claims)))


def drop(session: Session, keys: Collection[str]) -> None:
    """Take claims from whoever holds them."""
    these = col(ClaimRow.key).in_(keys)
    session.exec(select(ClaimRow.key).where(these).order_by(col(ClaimRow.key)).with_for_update()).all()
    session.execute(delete(ClaimRow).where(these))


def _is_one_of(claims: Sequence[Claim]) -> ColumnElement[bool]:
    keys, tokens = [one.key for one in claims], [one.token for one in claims]
    return col(ClaimRow.key).in_(keys) & col(ClaimRow.token).in_(tokens)
