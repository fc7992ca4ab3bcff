"""Many subscriptions at once: what was accepted is marked, and what comes next is taken, in one transaction for all.

Of what comes next the plain case only, which most of a long queue is: an announcement that is new and stands as it was
found, told at once and for the first time, to a reader who asked for no pace. `outbox` sees to all others, and would
say the same of this one; a test holds the two against each other.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final, cast

from sqlalchemy import Connection, Row, bindparam, func, insert, update
from sqlalchemy import select as sql_select
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, col, or_, select
from sqlmodel.sql.sqltypes import UTCDateTime

from watcher.news import EventKind
from watcher.records.deliveries import Batch, Plain
from watcher.store import deliveries, heads, postgres, subscriptions, suppressions
from watcher.store.attempts import AttemptRow
from watcher.store.engine import Database
from watcher.store.missing import ACTIVE
from watcher.store.standings import StandingRow
from watcher.store.tables import AnnouncementRow, DeliveryRow, EventRow, SubscriptionRow

# Events in memory that are being told to one reader after the other.
KEPT: Final = 64

# The statements are made once: to make one takes longer than to run it for a few subscriptions.
NAMES: Final[Any] = bindparam("names", expanding=True)
ROWS: Final[Any] = bindparam("rows", expanding=True)
MARKED: Final = col(DeliveryRow.id).in_(ROWS)
WAITING: Final = (MARKED, col(DeliveryRow.status) == "waiting")
SENT: Final = (
    update(DeliveryRow)
    .where(*WAITING)
    .values(status="sent", last_error=None, attempts=1, unsure=False, sent_at=bindparam("at"))
)
REVISION: Final = sql_select(col(EventRow.revision)).where(col(EventRow.id) == DeliveryRow.event_id).scalar_subquery()
BEGUN: Final = update(DeliveryRow).where(*WAITING).values(unsure=True, known=0, told=REVISION)
TRIED: Final = insert(AttemptRow).from_select(
    ["key", "at"], sql_select(col(DeliveryRow.key), bindparam("at", type_=UTCDateTime())).where(MARKED)
)
FREED: Final = (
    update(SubscriptionRow)
    .where(
        col(SubscriptionRow.id).in_(NAMES),
        or_(col(SubscriptionRow.blocked_until).is_not(None), col(SubscriptionRow.failing_since).is_not(None)),
    )
    .values(blocked_until=None, failing_since=None)
)


HEAD: Final = aliased(DeliveryRow)
TOLD: Final = aliased(EventRow)
OTHER: Final = aliased(DeliveryRow)
ALSO: Final = aliased(EventRow)


def _first() -> Any:
    """The delivery that a subscription's queue begins with."""
    queue = sql_select(col(DeliveryRow.id)).join(EventRow, col(EventRow.id) == DeliveryRow.event_id)
    return heads.head(queue, heads.BOUND, SubscriptionRow.id).correlate(SubscriptionRow).scalar_subquery()


def _plain() -> tuple[ColumnElement[bool], ...]:
    return (
        col(SubscriptionRow.quiet).is_(None),
        col(SubscriptionRow.max_per_hour).is_(None),
        ~col(HEAD.digest),
        ~col(HEAD.unsure),
        col(HEAD.attempts) == 0,
        col(HEAD.known).is_(None),
        col(HEAD.key).is_not(None),
        col(TOLD.kind) == EventKind.NEW.value,
        col(TOLD.edit).is_(None),
        col(AnnouncementRow.revision) == TOLD.revision,
        col(AnnouncementRow.status) == ACTIVE,
        ~_beside().exists(),
    )


def _beside() -> Any:
    """What else waits for a subscription of the announcement that it is to be told of, and belongs into one item."""
    return (
        sql_select(col(OTHER.id))
        .join(ALSO, col(ALSO.id) == OTHER.event_id)
        .where(
            col(ALSO.announcement_id) == TOLD.announcement_id,
            col(ALSO.id) != TOLD.id,
            col(OTHER.subscription_id) == HEAD.subscription_id,
            col(OTHER.status) == "waiting",
        )
        .correlate(HEAD, TOLD)
    )


# Rows, not objects: making these would take most of the time that a hundred subscriptions wait.
HEADS: Final[Any] = (
    sql_select(
        SubscriptionRow.__table__,  # type: ignore[attr-defined]  # SQLModel's classes have it
        col(HEAD.id).label("delivery"),
        col(HEAD.key),
        col(HEAD.reason).label("why"),
        col(HEAD.due_at),
        func.coalesce(TOLD.seen_at, HEAD.created_at).label("seen_at"),
        col(TOLD.id).label("event"),
        col(TOLD.announcement_id),
        col(TOLD.revision),
    )
    .select_from(SubscriptionRow)
    .join(HEAD, col(HEAD.id) == _first())
    .join(TOLD, col(TOLD.id) == HEAD.event_id)
    .join(AnnouncementRow, col(AnnouncementRow.id) == TOLD.announcement_id)
    .where(col(SubscriptionRow.id).in_(NAMES), *_plain())
)


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks for his next message; `sent` is the one before it, if it was accepted just now."""

    subscription: str
    now: datetime
    sent: Batch | None = None


class Crowd:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._events: OrderedDict[int, dict[str, Any]] = OrderedDict()

    def exchange(self, asked: Sequence[Asker]) -> list[Batch | None]:
        """The next message of each, in their order; None where it is not a plain one, or there is none."""
        with self._database.write() as session:
            _mark(session, [(one.sent, one.now) for one in asked if one.sent is not None])
            found = self._heads(session, [one.subscription for one in asked], min(one.now for one in asked))
            _begin(session, found.values())
        return [found.get(one.subscription) for one in asked]

    def _heads(self, session: Session, names: Sequence[str], now: datetime) -> dict[str, Batch]:
        rows = session.connection().execute(HEADS, {"names": names, **heads.values(now)}).all()
        bodies = self._bodies(session, {row.event for row in rows})
        return {row.id: _batch(row, bodies[row.event]) for row in rows}

    def _bodies(self, session: Session, wanted: Collection[int]) -> dict[int, dict[str, Any]]:
        """What these events say; many readers are told one after the other, and to read it takes its time."""
        if missing := [one for one in wanted if one not in self._events]:
            query = select(EventRow.id, EventRow.body).where(col(EventRow.id).in_(missing))
            self._events.update({number: dict(body) for number, body in session.exec(query) if number is not None})
        found = {one: self._events[one] for one in wanted}
        while len(self._events) > max(KEPT, len(wanted)):
            self._events.popitem(last=False)
        return found


def _batch(row: Row[Any], body: dict[str, Any]) -> Batch:
    return Batch(
        key=row.key,
        subscription=subscriptions.subscription(cast(SubscriptionRow, row)),
        event={**body, "why": row.why},
        reason=row.why,
        attempts=0,
        since=row.due_at,
        seen_at=row.seen_at,
        failing_since=row.failing_since,
        trouble_since=row.trouble_since,
        token=row.token,
        plain=Plain(row.delivery, row.announcement_id, row.revision),
    )


@cache
def _known(*, is_postgres: bool) -> Any:
    """What the readers of these deliveries know from now on."""
    told = (
        sql_select(col(EventRow.announcement_id), col(DeliveryRow.subscription_id), col(EventRow.revision))
        .join_from(DeliveryRow, EventRow, col(EventRow.id) == DeliveryRow.event_id)
        .where(MARKED)
    )
    known = postgres.insert_in(StandingRow, is_postgres=is_postgres)
    known = known.from_select(["announcement_id", "subscription_id", "revision"], told)
    return known.on_conflict_do_update(
        index_elements=["announcement_id", "subscription_id"], set_={"revision": known.excluded.revision}
    )


def _begin(session: Session, batches: Collection[Batch]) -> None:
    """Written before anything is sent: what each tells, and that it may have arrived."""
    if rows := [one.plain.delivery for one in batches if one.plain is not None]:
        session.connection().execute(BEGUN, {"rows": rows})


def _mark(session: Session, sent: Sequence[tuple[Batch, datetime]]) -> None:
    """Those of one exchange were accepted within milliseconds, and have one moment: the last."""
    plain = []
    for one, now in sent:
        if one.plain is None:
            deliveries.mark_sent(session, one, now)
        else:
            suppressions.accepted(session, one.subscription.to)
            plain.append((one.plain.delivery, one.subscription.id, now))
    if plain:
        rows, names, moments = zip(*plain, strict=True)
        _mark_plain(session.connection(), rows, names, max(moments))


def _mark_plain(connection: Connection, rows: Sequence[int], names: Sequence[str], now: datetime) -> None:
    connection.execute(SENT, {"rows": rows, "at": now})
    connection.execute(_known(is_postgres=postgres.is_postgres(connection)), {"rows": rows})
    connection.execute(TRIED, {"rows": rows, "at": now})
    connection.execute(FREED, {"names": names})
