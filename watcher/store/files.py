"""The files beside pages: what of them was read with the page, and how to ask whether they changed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import Field, Session, col, delete, func, select

from watcher.model import Unread, Validators
from watcher.records.pages import FileRecord
from watcher.store.engine import Database, chunks
from watcher.store.tables import PageRow, Stored, text_column


class FileRow(Stored, table=True):
    """A file beside a page, as it was when they were read together the last time."""

    __tablename__ = "files"

    page_id: int = Field(primary_key=True, foreign_key="pages.id")
    position: int = Field(primary_key=True)
    url: str = Field(sa_column=text_column())
    name: str = Field(sa_column=text_column())
    etag: str | None = None
    last_modified: str | None = None
    digest: str | None = None
    unread_code: str | None = None
    unread_message: str | None = Field(default=None, sa_column=text_column(nullable=True))
    passing: bool = False
    unread_since: datetime | None = None


class Files:
    """The files beside all pages."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def waiting_for_ocr(self) -> int:
        """How many scans nobody could read: beside what is kept, and articles that are scans themselves."""
        scan = "needs_ocr"
        files = (
            select(func.count())
            .select_from(FileRow)
            .join(PageRow)
            .where(FileRow.unread_code == scan, col(PageRow.announcement_id).is_not(None))
        )
        articles = select(func.count()).select_from(PageRow).where(PageRow.problem_code == scan)
        with self._database.read() as session:
            return session.exec(files).one() + session.exec(articles).one()


def of_pages(session: Session, page_ids: Collection[int]) -> dict[int, tuple[FileRecord, ...]]:
    """The files of each page that has any, in the page's order."""
    found: dict[int, tuple[FileRecord, ...]] = {}
    for part in chunks(page_ids):
        wanted = select(FileRow).where(col(FileRow.page_id).in_(part)).order_by(col(FileRow.position))
        for row in session.exec(wanted):
            found[row.page_id] = (*found.get(row.page_id, ()), _record(row))
    return found


def replace(session: Session, page_id: int, files: Sequence[FileRecord]) -> None:
    session.exec(delete(FileRow).where(col(FileRow.page_id) == page_id))
    session.add_all(_row(page_id, position, file) for position, file in enumerate(files))


def _row(page_id: int, position: int, file: FileRecord) -> FileRow:
    return FileRow(
        page_id=page_id,
        position=position,
        url=file.url,
        name=file.name,
        etag=file.validators.etag,
        last_modified=file.validators.last_modified,
        digest=file.digest,
        unread_code=file.unread.code if file.unread else None,
        unread_message=file.unread.message if file.unread else None,
        passing=file.passing,
        unread_since=file.unread_since,
    )


def _record(row: FileRow) -> FileRecord:
    unread = None if row.unread_code is None else Unread(row.unread_code, row.unread_message or "")
    given = Validators(row.etag, row.last_modified)
    return FileRecord(row.url, row.name, given, row.digest, unread, row.passing, row.unread_since)
