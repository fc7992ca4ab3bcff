"""What stands at the head of a subscription's queue, in the one form that all who look at queues share."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import bindparam
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import col, or_, select

from watcher.store import claims
from watcher.store.claims import ClaimRow
from watcher.store.tables import DeliveryRow, EventRow, SubscriptionRow

# Nothing is ever due, or put off, further ahead: what is was written while the clock was wrong, and is due.
FURTHEST: Final = timedelta(days=9)


@dataclass(frozen=True, slots=True)
class Moment:
    """Now, and beyond which moments a clock was wrong, of deliveries and of claims: as they are, or as parameters."""

    now: Any
    furthest: Any
    held: Any

    @classmethod
    def of(cls, now: datetime) -> Moment:
        return cls(now, now + FURTHEST, now + claims.LONGEST)


# Of a statement that is made once; `values` are what it is run with.
BOUND: Final = Moment(bindparam("now"), bindparam("furthest"), bindparam("held"))


def values(now: datetime) -> dict[str, datetime]:
    return asdict(Moment.of(now))


def due(at: Moment) -> ColumnElement[bool]:
    return or_(col(DeliveryRow.due_at) <= at.now, col(DeliveryRow.due_at) > at.furthest)


def ready(at: Moment) -> tuple[ColumnElement[bool], ...]:
    """What may be sent: of deliveries joined to their events and subscriptions.

    The same edit on many pages is one alert, so it waits for the end of the pass that finds it.
    """
    blocked_until = col(SubscriptionRow.blocked_until)
    passing = select(ClaimRow.key).where(
        col(ClaimRow.key) == "source:" + col(EventRow.source_id),
        col(ClaimRow.until) > at.now,
        col(ClaimRow.until) <= at.held,
    )
    return (
        col(DeliveryRow.status) == "waiting",
        due(at),
        col(SubscriptionRow.status) == "active",
        or_(blocked_until.is_(None), blocked_until <= at.now, blocked_until > at.furthest),
        or_(col(EventRow.edit).is_(None), col(DeliveryRow.digest), col(DeliveryRow.attempts) > 0, ~passing.exists()),
    )


def head(query: Any, at: Moment, subscription_id: Any) -> Any:
    """Of a query of deliveries joined as `ready` asks the first, with which a subscription's queue begins."""
    of_it = col(DeliveryRow.subscription_id) == subscription_id
    return query.where(of_it, *ready(at)).order_by(col(DeliveryRow.due_at), col(DeliveryRow.id)).limit(1)
