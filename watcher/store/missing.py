"""Which known pages are missing, by address, whichever sources list it.

A row of `absences` stands until its page is read again; what it said then goes to `returns`, which nobody asks but
`watcher why`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import exists
from sqlalchemy.orm import Mapped
from sqlmodel import Field, Session, col, select

from watcher.records.absences import Absence, Gone
from watcher.store.engine import chunks
from watcher.store.tables import AnnouncementRow, PageRow, Stored

WITHDRAWN = "withdrawn"
ACTIVE = "active"


class AbsenceRow(Stored, table=True):
    __tablename__ = "absences"

    key: str = Field(primary_key=True)
    announcement_id: int = Field(foreign_key="announcements.id", index=True)
    since: datetime
    believed_at: datetime | None = None


class ReturnRow(Stored, table=True):
    """An absence that is over."""

    __tablename__ = "returns"

    key: str = Field(primary_key=True)
    since: datetime = Field(primary_key=True)
    announcement_id: int = Field(foreign_key="announcements.id", index=True)
    believed_at: datetime | None = None
    back_at: datetime


def of_keys(session: Session, keys: Collection[str]) -> dict[str, Absence]:
    """The absences among pages of these canonical addresses."""
    return _found(session, col(AbsenceRow.key), keys)


def of_announcements(session: Session, ids: Collection[int | None]) -> dict[str, Absence]:
    """The absences among the pages of these announcements, by canonical address."""
    return _found(session, col(AbsenceRow.announcement_id), ids)


def _found(session: Session, column: Mapped[Any], values: Collection[object]) -> dict[str, Absence]:
    rows = (row for part in chunks(values) for row in session.exec(select(AbsenceRow).where(column.in_(part))))
    return {row.key: Absence(row.since, row.believed_at) for row in rows}


def course(session: Session, announcement_id: int) -> tuple[Gone, ...]:
    """Every absence of a page of an announcement, those that are over too, the oldest first."""
    listed: dict[str, list[PageRow]] = {}
    for page in session.exec(
        select(PageRow).where(PageRow.announcement_id == announcement_id).order_by(col(PageRow.id))
    ):
        listed.setdefault(page.key, []).append(page)

    def gone(row: AbsenceRow | ReturnRow, back_at: datetime | None) -> Gone:
        pages = listed.get(row.key, [])
        sources = tuple(page.source_id for page in pages)
        return Gone(pages[0].url if pages else row.key, sources, row.since, row.believed_at, back_at)

    over = session.exec(select(ReturnRow).where(ReturnRow.announcement_id == announcement_id))
    still = session.exec(select(AbsenceRow).where(AbsenceRow.announcement_id == announcement_id))
    found = [gone(row, row.back_at) for row in over] + [gone(row, None) for row in still]
    return tuple(sorted(found, key=lambda one: (one.since, one.url)))


def withdrawn_since(session: Session, row: AnnouncementRow) -> datetime | None:
    """Since when none of an announcement's pages is there; None where one is."""
    if row.status != WITHDRAWN:
        return None
    return max((one.since for one in of_announcements(session, [row.id]).values()), default=row.last_changed)


def pages_of(session: Session, announcement_id: int) -> Sequence[PageRow]:
    """The pages of an announcement, the oldest first."""
    wanted = select(PageRow).where(PageRow.announcement_id == announcement_id)
    return session.exec(wanted.order_by(col(PageRow.first_seen), col(PageRow.id))).all()


def left(session: Session, announcement_id: int) -> Sequence[PageRow]:
    """The pages of an announcement that were not found to be gone, the oldest first."""
    gone = exists().where(col(AbsenceRow.key) == PageRow.key, col(AbsenceRow.believed_at).is_not(None))
    wanted = select(PageRow).where(PageRow.announcement_id == announcement_id, ~gone)
    return session.exec(wanted.order_by(col(PageRow.first_seen), col(PageRow.id))).all()


def link(row: AnnouncementRow, pages: Sequence[PageRow]) -> None:
    """Let the link be the page that stands for the announcement, or, while that is gone, one that is left."""
    urls = [page.url for page in pages if page.key == row.key] or [page.url for page in pages]
    if urls and row.url not in urls:
        row.url = urls[0]


def back(session: Session, row: AnnouncementRow, key: str, now: datetime) -> bool:
    """A page of an announcement was read; returns whether it is there again, of which none was left."""
    session.flush()
    absence = session.get(AbsenceRow, key)
    if absence is not None:
        session.add(ReturnRow(**absence.model_dump(), back_at=now))
        session.delete(absence)
        session.flush()
    was_withdrawn = row.status == WITHDRAWN
    if absence is not None or was_withdrawn:
        row.status = ACTIVE
        link(row, left(session, row.id or 0))
    return was_withdrawn
