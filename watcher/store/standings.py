"""What each reader knows of an announcement: the revision that he was told last, or that was found to tell him nothing.

Who was told nothing yet knows it as it was before the first change that was found since he subscribed.
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Final

from sqlalchemy import update
from sqlmodel import Field, Session, col, or_, select

from watcher.news import CHANGES, TELLS, EventKind
from watcher.store import held
from watcher.store.tables import DeliveryRow, EventRow, Stored, SubscriptionRow

TURNS: Final = frozenset({EventKind.WITHDRAWN, EventKind.RESTORED})
_TURNS: Final = [kind.value for kind in sorted(TURNS)]
_STANDS: Final = [kind.value for kind in sorted(TELLS | TURNS)]
_CHANGES: Final = [kind.value for kind in sorted(CHANGES)]
# What became of a document (`lifecycles`) is no edit of its page.
_OF_PAGES: Final = col(EventRow.key).not_like("lifecycle:%")


class StandingRow(Stored, table=True):
    __tablename__ = "standings"
    __table_args__: ClassVar = {"sqlite_with_rowid": False}

    announcement_id: int = Field(primary_key=True, foreign_key="announcements.id")
    subscription_id: str = Field(primary_key=True, foreign_key="subscriptions.id")
    revision: int


def note(session: Session, announcement_id: int, subscription_id: str, revision: int) -> None:
    """From now on the reader knows this revision."""
    session.merge(StandingRow(announcement_id=announcement_id, subscription_id=subscription_id, revision=revision))


def follow(session: Session, announcement_id: int, revision: int) -> None:
    """Who knew the revision before this one knows this one: it is no change to anybody."""
    up_to_date = (col(StandingRow.announcement_id) == announcement_id) & (col(StandingRow.revision) == revision - 1)
    session.connection().execute(update(StandingRow).where(up_to_date).values(revision=revision))


def known(session: Session, announcement_id: int, reader: SubscriptionRow, kind: EventKind) -> int | None:
    """The revision that a reader knows who is to be told of `kind`; None where nothing changed since he subscribed.

    To who asks for wording alone other changes count as known, or he would never again hear of wording.
    """
    standing = session.get(StandingRow, (announcement_id, reader.id))
    revision = standing.revision if standing else _untold(session, announcement_id, reader)
    if kind in CHANGES and EventKind.CHANGED.value not in reader.on and revision is not None:
        changed = _newest_change(session, announcement_id)
        return max(revision, changed[0] if changed else 0)
    return revision


def is_unheard(session: Session, announcement_id: int, subscription_id: str) -> bool:
    """Whether a reader is still to be told that an announcement is new: it waits, or was gone when it was due."""
    if session.get(StandingRow, (announcement_id, subscription_id)) is not None:
        return False
    query = select(DeliveryRow.status).join(EventRow, col(EventRow.id) == DeliveryRow.event_id)
    of_it = EventRow.announcement_id == announcement_id, DeliveryRow.subscription_id == subscription_id
    found = set(session.exec(query.where(*of_it, EventRow.kind == EventKind.NEW.value)))
    return bool(found & {"waiting", "settled"}) and "sent" not in found


def knows_gone(session: Session, announcement_id: int, reader: SubscriptionRow) -> bool:
    """Whether a reader was told last that an announcement is withdrawn; told nothing, whether it was before he came."""
    told = (
        select(EventRow.kind)
        .join(DeliveryRow, col(DeliveryRow.event_id) == EventRow.id)
        .where(
            EventRow.announcement_id == announcement_id,
            DeliveryRow.subscription_id == reader.id,
            DeliveryRow.status == "sent",
            col(EventRow.kind).in_(_STANDS),
            _OF_PAGES,
        )
        .order_by(col(DeliveryRow.sent_at).desc(), col(DeliveryRow.id).desc())
        .limit(1)
    )
    before = (
        select(EventRow.kind)
        .where(EventRow.announcement_id == announcement_id, col(EventRow.kind).in_(_TURNS))
        .where(EventRow.created_at < reader.created_at)
        .order_by(col(EventRow.id).desc())
        .limit(1)
    )
    last = session.exec(told).first() or session.exec(before).first()
    return last == EventKind.WITHDRAWN.value


def _untold(session: Session, announcement_id: int, reader: SubscriptionRow) -> int | None:
    first = (
        select(EventRow.revision)
        .where(
            EventRow.announcement_id == announcement_id,
            col(EventRow.kind).in_(_CHANGES),
            EventRow.created_at > reader.created_at,
            _OF_PAGES,
        )
        .order_by(col(EventRow.revision))
        .limit(1)
    )
    revision = session.exec(first).first()
    return None if revision is None else revision - 1


def _newest_change(session: Session, announcement_id: int) -> tuple[int, datetime] | None:
    """The revision and the moment of the newest change that was more than one of wording."""
    newest = (
        select(EventRow.revision, EventRow.created_at)
        .where(EventRow.announcement_id == announcement_id, EventRow.kind == EventKind.CHANGED.value, _OF_PAGES)
        .order_by(col(EventRow.revision).desc())
        .limit(1)
    )
    found = session.exec(newest).first()
    return None if found is None or found[0] is None else (found[0], found[1])


def behind(session: Session, announcement_id: int) -> frozenset[str]:
    """Those who were not told of a change yet, to whom the next edit may be news though it is none by itself.

    It waits for them; or they were paused, it was not what they asked for, or its delivery failed.
    """
    changed = _newest_change(session, announcement_id)
    if changed is None:
        return frozenset()
    standing = col(StandingRow.revision)
    of_it = (col(StandingRow.announcement_id) == announcement_id) & (
        col(StandingRow.subscription_id) == SubscriptionRow.id
    )
    missed = or_(standing < changed[0], standing.is_(None) & (col(SubscriptionRow.created_at) < changed[1]))
    readers = select(SubscriptionRow.id).join(StandingRow, of_it, isouter=True)
    return frozenset(session.exec(readers.where(held.collecting(), missed)))
