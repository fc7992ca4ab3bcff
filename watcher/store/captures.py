"""Where the evidence of each revision lies in the archive."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Text, UniqueConstraint
from sqlalchemy.orm import aliased
from sqlmodel import Field, Session, SQLModel, col, func, select

from watcher.records import Capture, Location, Payload
from watcher.store.engine import Database, chunks
from watcher.store.tables import RevisionRow


class CaptureRow(SQLModel, table=True):
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


def of_revisions(session: Session, ids: Collection[int]) -> dict[int, list[Capture]]:
    """The evidence of revisions by their rows' ids: of each its page, then its attachments."""
    holder = aliased(CaptureRow)
    wanted = (
        select(CaptureRow, holder)
        .join(holder, col(holder.id) == CaptureRow.payload_id, isouter=True)
        .order_by(col(CaptureRow.position))
    )
    found: dict[int, list[Capture]] = {}
    for part in chunks(ids):
        for row, held_by in session.exec(wanted.where(col(CaptureRow.revision_id).in_(part))):
            found.setdefault(row.revision_id, []).append(_capture(row, held_by))
    return found


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
