"""Events and the deliveries they give rise to, written together with what happened."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from sqlmodel import Session, col, func, select

from watcher.news import EventKind
from watcher.records.announcements import Turn
from watcher.records.deliveries import Outgoing, Recipient
from watcher.store.tables import DeliveryRow, EventRow

# A source edits its pages one after another, and they are looked at again over days: what of one edit is found after it
# was told comes in one more alert, at most so often.
GATHERED_FOR: Final = timedelta(hours=6)
_TURNS: Final = (EventKind.WITHDRAWN.value, EventKind.RESTORED.value)


@dataclass(frozen=True, slots=True)
class Subject:
    """What an event is about: a revision of an announcement, one of its pages, a source; None of a subscription."""

    source: str | None
    announcement: int | None = None
    revision: int | None = None
    page: str | None = None
    seen_at: datetime | None = None  # first; None for now


def add(session: Session, outgoing: Outgoing, subject: Subject, now: datetime, *, key: str | None = None) -> None:
    """Write the event and a delivery for each recipient; its unique key makes a second time an error."""
    event = EventRow(
        key=key or _key(outgoing.kind, subject, now),
        kind=str(outgoing.kind),
        announcement_id=subject.announcement,
        revision=subject.revision,
        source_id=subject.source,
        edit=outgoing.edit,
        created_at=now,
        seen_at=subject.seen_at or now,
        body={**outgoing.event, "id": subject.announcement, "revision": subject.revision},
    )
    session.add(event)
    session.flush()
    deliver(session, event, outgoing.recipients, now)


def deliver(session: Session, event: EventRow, recipients: Iterable[Recipient], now: datetime) -> None:
    """Write a delivery of `event` for each recipient.

    Who was told the same edit of another page a short time ago is told of this one with what else of it comes.
    """
    assert event.id is not None
    lately = _told_lately(session, event, now)
    for recipient in recipients:
        told = None if recipient.digest else lately.get(recipient.subscription)
        session.add(
            DeliveryRow(
                event_id=event.id,
                subscription_id=recipient.subscription,
                reason=recipient.reason,
                digest=recipient.digest,
                key=None if recipient.digest else uuid4().hex,
                created_at=now,
                due_at=recipient.due_at if told is None else max(recipient.due_at, told + GATHERED_FOR),
            )
        )


def _told_lately(session: Session, event: EventRow, now: datetime) -> dict[str, datetime]:
    """When each subscription was last told the same edit of another page, where that is not long ago."""
    if event.edit is None:
        return {}
    query = (
        select(DeliveryRow.subscription_id, func.max(col(DeliveryRow.sent_at)))
        .join(EventRow)
        .where(
            EventRow.edit == event.edit,
            EventRow.announcement_id != event.announcement_id,
            col(DeliveryRow.sent_at) > now - GATHERED_FOR,
        )
        .group_by(col(DeliveryRow.subscription_id))
    )
    return {subscription: at for subscription, at in session.exec(query) if at is not None}


def told(session: Session, announcement_id: int) -> frozenset[str]:
    """The subscriptions that were told (or are about to be) that an announcement is new."""
    query = (
        select(DeliveryRow.subscription_id)
        .join(EventRow)
        .where(EventRow.announcement_id == announcement_id, EventRow.kind == EventKind.NEW.value)
    )
    return frozenset(session.exec(query))


def any_told(session: Session, announcement_id: int, outgoing: Sequence[Outgoing]) -> bool:
    """Whether one of these events would tell somebody a second time that an announcement is new."""
    asked = {one.subscription for event in outgoing if event.kind is EventKind.NEW for one in event.recipients}
    return bool(asked) and not asked.isdisjoint(told(session, announcement_id))


def turns(session: Session, announcement_id: int) -> tuple[Turn, ...]:
    """When an announcement was withdrawn and when it was there again, oldest first."""
    wanted = select(EventRow.kind, EventRow.created_at).where(EventRow.announcement_id == announcement_id)
    rows = session.exec(wanted.where(col(EventRow.kind).in_(_TURNS)).order_by(col(EventRow.id)))
    return tuple(Turn(EventKind(kind), at) for kind, at in rows)


def turns_of(session: Session, ids: Collection[int]) -> dict[int, int]:
    """How often each of these announcements was withdrawn or there again."""
    of = col(EventRow.announcement_id)
    wanted = select(of, func.count()).where(of.in_(ids), col(EventRow.kind).in_(_TURNS)).group_by(of)
    return {announcement: count for announcement, count in session.exec(wanted) if announcement is not None}


def _key(kind: EventKind, subject: Subject, now: datetime) -> str:
    match kind:
        case EventKind.NEW:  # an announcement is new once in each source, whatever its revision
            return f"new:{subject.announcement}:{subject.source}"
        case EventKind.REPOST:
            return f"repost:{subject.announcement}:{subject.page}"
        case EventKind.WITHDRAWN | EventKind.RESTORED:  # may happen again at one revision
            return f"{kind}:{subject.announcement}:{now.isoformat()}"
        case EventKind.SOURCE_TROUBLE | EventKind.SOURCE_RECOVERED:
            return f"{kind}:{subject.source}:{now.isoformat()}"
        case _:
            return f"{kind}:{subject.announcement}:{subject.revision}"
