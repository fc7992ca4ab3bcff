"""What the tables know of one page or one announcement, brought together for `watcher why`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, col, func, or_, select

from watcher.model import AnnouncementType, Verdict
from watcher.news import EventKind
from watcher.records.stories import Course, PageStory, Telling, Told
from watcher.store import attempts, deliveries, held, lifecycles, missing, pages, readings
from watcher.store.engine import Database
from watcher.store.files import FileRow
from watcher.store.tables import DeliveryRow, EventRow, PageRow, SubscriptionRow


class Stories:
    """Each method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_page(self, key: str) -> tuple[PageStory, ...]:
        """The page that has, or had, this canonical address in each source that lists it, the earliest first."""
        with self._database.read() as session:
            return _pages(session, pages.stands_at(key))

    def of_announcement(self, announcement_id: int) -> Course:
        """All that happened to an announcement or a near miss, each part in order."""
        with self._database.read() as session:
            return Course(
                pages=_pages(session, PageRow.announcement_id == announcement_id),
                tellings=_tellings(session, announcement_id),
                gone=missing.course(session, announcement_id),
                sayings=lifecycles.of(session, [announcement_id]).get(announcement_id, ()),
            )

    def beside(self, url: str, key: str) -> tuple[str, ...]:
        """The addresses of the pages that link this one as a file of theirs, or name it as their original."""
        holds_file = select(FileRow.page_id).where(FileRow.url == url)
        wanted = select(PageRow.url).where(or_(PageRow.original == key, col(PageRow.id).in_(holds_file)))
        with self._database.read() as session:
            return tuple(dict.fromkeys(session.exec(wanted.order_by(col(PageRow.id)))))

    def entries(self, source_id: str) -> int:
        """How many entries of a source were ever seen."""
        with self._database.read() as session:
            return session.exec(select(func.count()).where(PageRow.source_id == source_id)).one()


def _pages(session: Session, of_page: Any) -> tuple[PageStory, ...]:
    rows = session.exec(select(PageRow).where(of_page).order_by(col(PageRow.first_seen), col(PageRow.id))).all()
    read = readings.of_pages(session, [row.id for row in rows if row.id is not None])
    records = pages.records(session, rows)
    said = lifecycles.on_pages(session, [record.id for record in records])
    stories = []
    for row, record in zip(rows, records, strict=True):
        read_at, answered, compared = read.get(record.id, (None, None, None))
        stories.append(
            PageStory(
                page=record,
                announcement=row.announcement_id,
                problem=row.problem_message,
                verdict=_verdict(row.verdict),
                read_at=read_at,
                answered=answered,
                compared=compared,
                says=said[record.id],
                led_by=_led_by(session, row),
            )
        )
    return tuple(stories)


def _led_by(session: Session, row: PageRow) -> str | None:
    """The page by which this one was found (`pages.add_original` gives it that one's title and moment)."""
    wanted = select(PageRow.url).where(
        col(PageRow.original).in_([row.key, row.former]),
        PageRow.source_id == row.source_id,
        PageRow.title == row.title,
        PageRow.first_seen == row.first_seen,
        PageRow.id != row.id,
    )
    return session.exec(wanted.order_by(col(PageRow.id))).first()


def _verdict(stored: dict[str, Any]) -> Verdict | None:
    """None for a page that was never read; whether it is a near miss its announcement says."""
    return Verdict(AnnouncementType(stored["type"]), stored["score"], tuple(stored["reasons"])) if stored else None


def _tellings(session: Session, announcement_id: int) -> tuple[Telling, ...]:
    events = session.exec(
        select(EventRow).where(EventRow.announcement_id == announcement_id).order_by(col(EventRow.id))
    ).all()
    wanted = (
        select(DeliveryRow, EventRow, SubscriptionRow)
        .join(EventRow, col(EventRow.id) == DeliveryRow.event_id)
        .join(SubscriptionRow, col(SubscriptionRow.id) == DeliveryRow.subscription_id)
        .where(EventRow.announcement_id == announcement_id)
        .order_by(col(DeliveryRow.id))
    )
    rows = session.exec(wanted).all()
    tried = attempts.of_messages(session, {row.key for row, _, _ in rows if row.key is not None})
    told: dict[int | None, list[Told]] = {}
    for row, event, subscriber in rows:
        one = Told(
            deliveries.record(row, event),
            tried.get(row.key or "", ()),
            subscriber.blocked_until if row.status == "waiting" else None,
            paused=subscriber.status == "paused",
            held=held.is_held(subscriber),
        )
        told.setdefault(event.id, []).append(one)
    return tuple(_telling(event, told.get(event.id, ())) for event in events)


def _telling(event: EventRow, told: Sequence[Told]) -> Telling:
    return Telling(EventKind(event.kind), event.created_at, event.source_id or "", event.revision or 1, tuple(told))
