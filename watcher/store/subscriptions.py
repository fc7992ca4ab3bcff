"""Subscriptions: those declared in the file follow the file, those from the command line are kept until removed.

`hold` remembers who paused one: the file (it left it), the channel or the address (they refused for good: `held`) or a
user; coming back to the file lifts only the file's own hold, a new address only the channel's. One that its reader
ended stays ended, though the file goes on declaring it, until somebody resumes it or it gets another address.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlmodel import Session, col, or_, select, update

from watcher import codec
from watcher.errors import UsageError
from watcher.records.deliveries import SubscriptionRecord
from watcher.settings import Language, Subscription
from watcher.store import held, suppressions
from watcher.store.tables import DeliveryRow, SubscriptionRow

LEFT_THE_FILE: Final = "no longer in the configuration"
READER: Final = "reader"
# Who holds one because of its address.
MOVES: Final = held.HOLDS | {READER}


def sync(session: Session, declared: Sequence[Subscription], now: datetime) -> None:
    rows = {row.id: row for row in session.exec(select(SubscriptionRow))}
    for subscription in declared:
        row = rows.pop(subscription.id, None)
        if row is None:
            row = _new(subscription, "file", now)
            session.add(row)
        else:
            _update(session, row, subscription)
        suppressions.check(session, row)
    for row in rows.values():
        if row.origin == "file" and (row.status == "active" or held.is_held(row)):
            row.status, row.hold, row.reason = "paused", "file", LEFT_THE_FILE


def _new(subscription: Subscription, origin: str, now: datetime) -> SubscriptionRow:
    return SubscriptionRow(
        id=subscription.id,
        to=subscription.to,
        on=[str(kind) for kind in subscription.on],
        where=codec.encode_where(subscription.where),
        deliver=subscription.deliver,
        remind=list(subscription.remind),
        quiet=subscription.quiet,
        max_per_hour=subscription.max_per_hour,
        language=subscription.language,
        origin=origin,
        created_at=now,
        token=new_token(),
    )


def new_token() -> str:
    """256 bits of chance: nobody guesses one, so that it needs no end."""
    return secrets.token_urlsafe(32)


def _update(session: Session, row: SubscriptionRow, subscription: Subscription) -> None:
    moved = row.to != subscription.to
    if row.hold == "file" or (row.hold in MOVES and moved) or (row.status == "ended" and not row.hold):
        _activate(session, row)
    if moved or (row.quiet, row.max_per_hour) != (subscription.quiet, subscription.max_per_hour):
        row.blocked_until = None
    if moved:
        row.failing_since, row.token = None, new_token()  # the old token stands in another's mails
    row.to, row.deliver, row.origin = subscription.to, subscription.deliver, "file"
    row.on, row.where = [str(kind) for kind in subscription.on], codec.encode_where(subscription.where)
    row.remind, row.language = list(subscription.remind), subscription.language
    row.quiet, row.max_per_hour = subscription.quiet, subscription.max_per_hour


def _activate(session: Session, row: SubscriptionRow) -> None:
    held.put_back(session, row)
    row.status, row.hold, row.reason, row.ended_at = "active", None, None, None
    row.blocked_until = row.failing_since = None


def all_of(session: Session) -> tuple[SubscriptionRecord, ...]:
    """Those that were not removed; those that their readers ended, too, until they are removed."""
    shown = or_(col(SubscriptionRow.status) != "ended", col(SubscriptionRow.hold) == READER)
    return tuple(map(record, session.exec(select(SubscriptionRow).where(shown).order_by(SubscriptionRow.id))))


def record(row: SubscriptionRow) -> SubscriptionRecord:
    return SubscriptionRecord(
        subscription=subscription(row),
        origin=row.origin,
        status=row.status,
        reason=row.reason,
        created_at=row.created_at,
        ended_at=row.ended_at,
        token=row.token,
        held=held.is_held(row),
    )


def audience(session: Session) -> tuple[Subscription, ...]:
    query = select(SubscriptionRow).where(held.collecting()).order_by(SubscriptionRow.id)
    return tuple(subscription(row) for row in session.exec(query))


def subscription(row: SubscriptionRow) -> Subscription:
    made = codec.decode_subscription(row.id, row.to, row.on, row.where, row.deliver)
    language: Language = "en" if row.language == "en" else "zh"
    return replace(made, remind=tuple(row.remind), quiet=row.quiet, max_per_hour=row.max_per_hour, language=language)


def add(session: Session, added: Subscription, now: datetime) -> None:
    row = session.get(SubscriptionRow, added.id)
    if row is None:
        row = _new(added, "cli", now)
        session.add(row)
    elif row.status == "ended":
        _activate(session, row)
        _update(session, row, added)
        row.origin = "cli"
    else:
        raise UsageError(f"there is a subscription {added.id} already: remove it first, or choose another id")
    suppressions.check(session, row)


def pause(session: Session, subscription_id: str, reason: str) -> None:
    row = _get(session, subscription_id)
    if row.status == "ended":
        raise UsageError(f"subscription {subscription_id} was ended: {row.reason}")
    row.status, row.hold, row.reason = "paused", "user", reason


def hold(session: Session, subscription_id: str, reason: str) -> None:
    """Pause one whose channel refuses for good; one that is paused or was removed keeps its own reason."""
    row = session.get(SubscriptionRow, subscription_id)
    if row is not None and row.status == "active":
        row.status, row.hold, row.reason = "paused", held.CHANNEL, reason


def resume(session: Session, subscription_id: str) -> tuple[str, ...]:
    """Also those of the same mail address, where nothing was sent to it any more; returns the ids of all.

    What a channel or an address that held them refused waits again, before what was collected since.
    """
    row = _get(session, subscription_id)
    if row.hold == "file":
        raise UsageError(f"subscription {subscription_id} is {LEFT_THE_FILE}: put it back there")
    resumed = {one.id: one for one in (row, *suppressions.lift(session, row.to))}
    for one in resumed.values():
        _activate(session, one)
    return tuple(resumed)


def remove(session: Session, subscription_id: str, reason: str, now: datetime) -> None:
    row = _get(session, subscription_id)
    if row.origin == "file" and row.hold != "file":
        raise UsageError(f"subscription {subscription_id} is declared in the configuration: remove it there")
    end(session, row, None, reason, now)


def end(session: Session, row: SubscriptionRow, hold: str | None, reason: str, now: datetime) -> None:
    """What was sent stays on record; what waits is given up."""
    row.status, row.hold, row.reason, row.ended_at = "ended", hold, reason, now
    waiting = (col(DeliveryRow.subscription_id) == row.id) & (col(DeliveryRow.status) == "waiting")
    session.exec(update(DeliveryRow).where(waiting).values(status="failed", last_error="the subscription was ended"))


def _get(session: Session, subscription_id: str) -> SubscriptionRow:
    row = session.get(SubscriptionRow, subscription_id)
    if row is None or (row.status == "ended" and row.hold != READER):
        raise UsageError(f"there is no subscription {subscription_id}: see watcher subscriptions list")
    return row
