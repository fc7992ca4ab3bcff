"""How each page was read the last time, and what its text was compared with: what of it no other table has."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlmodel import Field, Session, col, select

from watcher.records.passes import Reading
from watcher.records.stories import Answered, Compared
from watcher.store.engine import chunks
from watcher.store.tables import PageRow, Stored

# What a server wrote is kept as far as it is a media type.
MOST_CHARACTERS: Final = 80
# `identity.relation`, which is loaded by who compares texts.
_OTHER_NUMBERS: Final = "other_numbers"


class ReadingRow(Stored, table=True):
    """About a hundred bytes a page. The columns from `near_id` on are of the last time its copies were looked for."""

    __tablename__ = "readings"

    page_id: int = Field(primary_key=True, foreign_key="pages.id")
    at: datetime
    status: int
    media_type: str | None = None
    charset: str | None = None
    format: str
    size: int
    characters: int
    near_id: int | None = Field(default=None, foreign_key="announcements.id")
    relation: str | None = None
    shared: float | None = None
    copied: float | None = None
    linked: bool | None = None
    words: str | None = None


def note(session: Session, reading: Reading, now: datetime) -> None:
    answered = reading.answered
    row = session.get(ReadingRow, reading.page.id) or ReadingRow(page_id=reading.page.id)  # type: ignore[call-arg]
    row.at, row.status, row.format = now, answered.status, answered.format
    row.media_type = answered.media_type and answered.media_type[:MOST_CHARACTERS]
    row.charset, row.size, row.characters = answered.charset, answered.size, answered.characters
    if reading.copied.looked_at is not None:
        _note_comparison(row, reading.compared)
    session.add(row)


def _note_comparison(row: ReadingRow, found: Compared | None) -> None:
    row.near_id, row.relation = (found.announcement, found.relation) if found else (None, None)
    row.shared, row.copied = (found.shared, found.copied) if found else (None, None)
    row.linked, row.words = (found.linked, found.words) if found else (None, None)


def of_pages(session: Session, ids: Collection[int]) -> dict[int, tuple[datetime, Answered, Compared | None]]:
    """When and how each page was read the last time, for those of which that is known."""
    rows = (
        row for part in chunks(ids) for row in session.exec(select(ReadingRow).where(col(ReadingRow.page_id).in_(part)))
    )
    return {row.page_id: (row.at, _answered(row), _compared(row)) for row in rows}


def resembled(session: Session, ids: Collection[int]) -> dict[int, int]:
    """The announcement with the same words and other numbers that was found beside each of these, where one was."""
    found: dict[int, int] = {}
    for part in chunks(ids):
        wanted = (
            select(col(PageRow.announcement_id), col(ReadingRow.near_id))
            .join(ReadingRow, col(ReadingRow.page_id) == PageRow.id)
            .where(
                col(PageRow.announcement_id).in_(part),
                ReadingRow.relation == _OTHER_NUMBERS,
                ReadingRow.near_id != PageRow.announcement_id,
            )
        )
        for announcement, near in session.exec(wanted.order_by(col(PageRow.first_seen), col(PageRow.id))):
            if announcement is not None and near is not None:
                found.setdefault(announcement, near)
    return found


def _answered(row: ReadingRow) -> Answered:
    return Answered(row.status, row.media_type, row.charset, row.format, row.size, row.characters)


def _compared(row: ReadingRow) -> Compared | None:
    if row.near_id is None or row.relation is None:
        return None
    shares = row.shared or 0.0, row.copied or 0.0
    return Compared(row.near_id, row.relation, *shares, linked=bool(row.linked), words=row.words)
