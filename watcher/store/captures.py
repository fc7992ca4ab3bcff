"""Where the evidence of each revision lies in the archive."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Text, UniqueConstraint
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Field, Session, col, delete, func, or_, select

from watcher.model import AnnouncementType
from watcher.records.captures import Capture, FiledCapture, Location, Payload
from watcher.store.engine import Database, chunks
from watcher.store.revisions import RevisionRow
from watcher.store.tables import AnnouncementRow, PageRow, Stored


class CaptureRow(Stored, table=True):
    """An answer that a revision was read from: `position` 0 its page, the others its attachments.

    `payload_id` names the capture whose record holds the same body; without `file` it could not be kept.
    """

    __tablename__ = "captures"
    __table_args__ = (
        UniqueConstraint("revision_id", "position"),
        CheckConstraint("(file IS NULL) = (problem IS NOT NULL)", name="kept_or_not"),
    )

    id: int | None = Field(default=None, primary_key=True)
    revision_id: int = Field(foreign_key="revisions.id")
    position: int
    page_id: int = Field(foreign_key="pages.id")
    url: str
    answered_by: str
    fetched_at: datetime
    digest: str = Field(index=True)
    file: str | None = Field(default=None, index=True)
    offset: int | None = Field(default=None, sa_type=BigInteger)
    length: int | None = None
    payload_id: int | None = Field(default=None, foreign_key="captures.id", index=True)
    problem: str | None = Field(default=None, sa_type=Text)


class Captures:
    """The index of the archive; each method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def payload(self, digest: str) -> Payload | None:
        """The newest record that holds a body of this digest itself."""
        wanted = (
            select(CaptureRow)
            .where(CaptureRow.digest == digest, col(CaptureRow.file).is_not(None), col(CaptureRow.payload_id).is_(None))
            .order_by(col(CaptureRow.id).desc())
            .limit(1)
        )
        with self._database.read() as session:
            row = session.exec(wanted).one_or_none()
            return _payload(row) if row else None

    def end_of(self, file: str) -> int:
        """Where the last record of a file ends that the database knows of."""
        ends = func.max(col(CaptureRow.offset) + col(CaptureRow.length))
        with self._database.read() as session:
            return session.exec(select(ends).where(CaptureRow.file == file)).one() or 0

    def ends(self) -> dict[str, int]:
        """Of every file where the last record ends that the database knows of, by name."""
        ends = select(CaptureRow.file, func.max(col(CaptureRow.offset) + col(CaptureRow.length)))
        of_each = ends.where(col(CaptureRow.file).is_not(None)).group_by(col(CaptureRow.file)).order_by(CaptureRow.file)
        with self._database.read() as session:
            return {file: end for file, end in session.exec(of_each) if file is not None and end is not None}

    def locations(self) -> Iterator[Location]:
        """Every record that the database knows of, in the order of the files, read as they are taken."""
        columns = select(CaptureRow.file, CaptureRow.offset, CaptureRow.length).where(col(CaptureRow.file).is_not(None))
        wanted = columns.order_by(col(CaptureRow.file), col(CaptureRow.offset))
        with self._database.read() as session:
            for file, offset, length in session.exec(wanted, execution_options={"yield_per": 1000}):
                if file is not None and offset is not None and length is not None:
                    yield Location(file, offset, length)

    def lost(self, since: datetime) -> tuple[int, str | None]:
        """How many answers fetched since then could not be kept, and why the last of them."""
        lost = select(CaptureRow.problem).where(col(CaptureRow.file).is_(None), CaptureRow.fetched_at >= since)
        with self._database.read() as session:
            problems = session.exec(lost.order_by(col(CaptureRow.id))).all()
            return len(problems), problems[-1] if problems else None

    def of_revision(self, announcement_id: int, number: int) -> tuple[Capture, ...]:
        """The evidence of a revision: its page, then its attachments; () for one that was stored without."""
        wanted = select(RevisionRow.id).where(
            RevisionRow.announcement_id == announcement_id, RevisionRow.number == number
        )
        with self._database.read() as session:
            ids = [row for row in session.exec(wanted) if row is not None]
            return tuple(one for found in of_revisions(session, ids).values() for one in found)

    def of_file(self, page: int, url: str) -> Capture | None:
        """The last answer of a page's file that was kept as evidence of its announcement; `page` is an entry's id."""
        wanted = (
            select(CaptureRow)
            .join(RevisionRow, col(RevisionRow.id) == CaptureRow.revision_id)
            .join(PageRow, col(PageRow.announcement_id) == RevisionRow.announcement_id)
            .where(PageRow.id == page, CaptureRow.url == url, col(CaptureRow.file).is_not(None))
            .order_by(col(RevisionRow.number).desc())
            .limit(1)
        )
        with self._database.read() as session:
            rows = session.exec(wanted).all()
            return next((capture for _, capture in _with_holders(session, rows)), None)

    # --- the files as a whole --------------------------------------------------------------------------------------

    def files(self) -> tuple[str, ...]:
        """Every file that the database knows records of, the oldest first."""
        with self._database.read() as session:
            names = session.exec(select(CaptureRow.file).distinct().order_by(CaptureRow.file))
            return tuple(name for name in names if name is not None)

    def in_file(self, file: str) -> tuple[FiledCapture, ...]:
        """What lies in a file, in its order."""
        wanted = (
            select(CaptureRow, RevisionRow)
            .join(RevisionRow, col(RevisionRow.id) == CaptureRow.revision_id)
            .where(CaptureRow.file == file)
            .order_by(col(CaptureRow.offset))
        )
        with self._database.read() as session:
            revisions = {row.id: (row, revision) for row, revision in session.exec(wanted)}
            captures = _with_holders(session, [row for row, _ in revisions.values()])
            return tuple(_filed(row, revisions[row.id][1], capture) for row, capture in captures)

    def needed(self, before: str) -> frozenset[int]:
        """The captures in files named before `before` that must stay: see `archive.prune`."""
        with self._database.read() as session:
            return frozenset(one for one in session.exec(_needed(before)) if one is not None)

    def retain(self, before: str, moved: Mapping[int, Location]) -> frozenset[str]:
        """Forget the others, and note where those went that were moved; returns the files that hold some still."""
        with self._database.write() as session:
            for capture, place in moved.items():
                row = session.get_one(CaptureRow, capture)
                row.file, row.offset, row.length = place.file, place.offset, place.length
            session.flush()
            # One statement: a record and the earlier one that it refers to go together.
            session.exec(delete(CaptureRow).where(_is_old(before), ~col(CaptureRow.id).in_(_needed(before))))
            left = session.exec(select(CaptureRow.file).where(_is_old(before)).distinct())
            return frozenset(name for name in left if name is not None)


def _is_old(before: str) -> ColumnElement[bool]:
    return col(CaptureRow.file) < before


def _needed(before: str) -> Any:
    """The evidence of current announcements, and the bodies that what stays refers to."""
    current = (
        select(CaptureRow.id)
        .join(RevisionRow, col(RevisionRow.id) == CaptureRow.revision_id)
        .join(AnnouncementRow, col(AnnouncementRow.id) == RevisionRow.announcement_id)
        .where(AnnouncementRow.revision == RevisionRow.number, AnnouncementRow.type != AnnouncementType.OTHER)
    )
    stays = or_(col(CaptureRow.file) >= before, col(CaptureRow.id).in_(current))
    bodies = select(CaptureRow.payload_id).where(stays, col(CaptureRow.payload_id).is_not(None))
    needed = or_(col(CaptureRow.id).in_(current), col(CaptureRow.id).in_(bodies))
    return select(CaptureRow.id).where(_is_old(before), needed)


def of_revisions(session: Session, ids: Collection[int]) -> dict[int, list[Capture]]:
    """The evidence of revisions by their rows' ids: of each its page, then its attachments."""
    found: dict[int, list[Capture]] = {}
    wanted = select(CaptureRow).order_by(col(CaptureRow.position))
    for part in chunks(ids):
        rows = session.exec(wanted.where(col(CaptureRow.revision_id).in_(part))).all()
        for row, capture in _with_holders(session, rows):
            found.setdefault(row.revision_id, []).append(capture)
    return found


def _with_holders(session: Session, rows: Sequence[CaptureRow]) -> Iterator[tuple[CaptureRow, Capture]]:
    """Rows as captures, each with the record that holds its body."""
    ids = {row.payload_id for row in rows if row.payload_id is not None}
    holders: dict[int | None, CaptureRow] = {}
    for part in chunks(ids):
        holders |= {row.id: row for row in session.exec(select(CaptureRow).where(col(CaptureRow.id).in_(part)))}
    for row in rows:
        yield row, _capture(row, holders.get(row.payload_id))


def add(session: Session, revision_id: int, captures: Sequence[Capture]) -> None:
    for position, one in enumerate(captures):
        place = one.location
        row = CaptureRow(
            revision_id=revision_id,
            position=position,
            page_id=one.page,
            url=one.url,
            answered_by=one.answered_by,
            fetched_at=one.fetched_at,
            digest=one.digest,
            file=place.file if place else None,
            offset=place.offset if place else None,
            length=place.length if place else None,
            payload_id=one.payload.capture if one.payload else None,
            problem=one.problem,
        )
        session.add(row)


def _filed(row: CaptureRow, revision: RevisionRow, capture: Capture) -> FiledCapture:
    assert row.id is not None
    return FiledCapture(row.id, revision.announcement_id, revision.number, capture)


def _capture(row: CaptureRow, holder: CaptureRow | None) -> Capture:
    return Capture(
        page=row.page_id,
        url=row.url,
        answered_by=row.answered_by,
        fetched_at=row.fetched_at,
        digest=row.digest,
        location=_location(row),
        payload=_payload(holder) if holder else None,
        problem=row.problem,
    )


def _payload(row: CaptureRow) -> Payload:
    location = _location(row)
    assert row.id is not None
    assert location is not None
    return Payload(row.id, row.answered_by, row.fetched_at, location)


def _location(row: CaptureRow) -> Location | None:
    if row.file is None or row.offset is None or row.length is None:
        return None
    return Location(row.file, row.offset, row.length)
