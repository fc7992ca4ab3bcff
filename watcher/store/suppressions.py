"""Mail addresses that refused what was sent to them, whichever subscriptions are for them.

One that refused for good (no such mailbox) is suppressed at once: nothing more is sent there until somebody resumes one
of its subscriptions, since servers judge a sender by how often he writes to nobody. One that refuses for now (a full
mailbox, a grey list) is asked again after growing waits, and suppressed when it has refused for days. An accepted mail
ends that.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field, Session, col, select

from watcher.recipients import mailbox
from watcher.records.deliveries import Suppression
from watcher.store.engine import Database
from watcher.store.tables import Stored, SubscriptionRow

HOLD = "address"


class SuppressionRow(Stored, table=True):
    """`since`: when it refused first; `suppressed_at` None: it is still asked."""

    __tablename__ = "suppressions"

    address: str = Field(primary_key=True)
    since: datetime
    refusals: int = 0
    error: str = Field(sa_type=Text)
    suppressed_at: datetime | None = None


class Suppressions:
    """Each method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def refused(self, address: str, error: str, now: datetime) -> Suppression:
        """Count a refusal that may pass."""
        with self._database.write() as session:
            row = _row(session, address, error, now)
            row.refusals, row.error = row.refusals + 1, error
            return _record(row)

    def wait(self, address: str, until: datetime) -> None:
        """Send nothing to an address before then."""
        with self._database.write() as session:
            for row in _subscribers(session, address):
                row.blocked_until = max(until, row.blocked_until or until)

    def suppress(self, address: str, error: str, now: datetime) -> tuple[str, ...]:
        """Send nothing more to an address; returns the subscriptions that are paused for it."""
        with self._database.write() as session:
            row = _row(session, address, error, now)
            row.error, row.suppressed_at = error, row.suppressed_at or now
            paused = [one for one in _subscribers(session, address) if one.status == "active"]
            for one in paused:
                hold(one, row)
            return tuple(one.id for one in paused)

    def all(self) -> tuple[Suppression, ...]:
        """The suppressed addresses, in the order in which they were."""
        wanted = select(SuppressionRow).where(col(SuppressionRow.suppressed_at).is_not(None))
        with self._database.read() as session:
            return tuple(map(_record, session.exec(wanted.order_by(col(SuppressionRow.suppressed_at)))))


def accepted(session: Session, to: str) -> None:
    """A mail was accepted: what its address refused before is over."""
    address = mailbox(to)
    row = session.get(SuppressionRow, address) if address else None
    if row is not None and row.suppressed_at is None:
        session.delete(row)


def lift(session: Session, to: str) -> list[SubscriptionRow]:
    """Send to an address again; returns the subscriptions that were paused for it."""
    address = mailbox(to)
    row = session.get(SuppressionRow, address) if address else None
    if address is None or row is None:
        return []
    session.delete(row)
    return [one for one in _subscribers(session, address) if one.hold == HOLD]


def check(session: Session, row: SubscriptionRow) -> None:
    """Pause a subscription that is made for an address which is suppressed."""
    address = mailbox(row.to)
    found = session.get(SuppressionRow, address) if address else None
    if found is not None and found.suppressed_at is not None and row.status == "active":
        hold(row, found)


def hold(row: SubscriptionRow, suppression: SuppressionRow) -> None:
    row.status, row.hold, row.reason = "paused", HOLD, f"nothing is sent to its address: {suppression.error}"


def _row(session: Session, address: str, error: str, now: datetime) -> SuppressionRow:
    row = session.get(SuppressionRow, address)
    if row is None:
        row = SuppressionRow(address=address, since=now, error=error)
        session.add(row)
    return row


def _subscribers(session: Session, address: str) -> list[SubscriptionRow]:
    mails = select(SubscriptionRow).where(col(SubscriptionRow.to).ilike("mailto%"))
    return [row for row in session.exec(mails.order_by(col(SubscriptionRow.id))) if mailbox(row.to) == address]


def _record(row: SuppressionRow) -> Suppression:
    return Suppression(row.address, row.since, row.refusals, row.error, row.suppressed_at)
