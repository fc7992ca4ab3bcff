"""Revisions read again: which there are, and what replaces what they were read as before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import tuple_
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import col, func, select

from watcher import codec
from watcher.records.rereadings import Reread, Scope, StoredRevision
from watcher.store import announcements, lifecycles
from watcher.store.captures import CaptureRow, of_revisions
from watcher.store.engine import Database
from watcher.store.revisions import PlaceRow, RevisionRow
from watcher.store.tables import PageRow


class Rereadings:
    """Each method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def count(self, scope: Scope) -> tuple[int, int]:
        """How many revisions have evidence to be read again from, and how many have none."""
        has_evidence = col(RevisionRow.id).in_(select(CaptureRow.revision_id).where(*_KEPT_PAGE))
        wanted = select(func.count(col(RevisionRow.id))).where(*_conditions(scope))
        with self._database.read() as session:
            return session.exec(wanted.where(has_evidence)).one(), session.exec(wanted.where(~has_evidence)).one()

    def revisions(self, scope: Scope, after: tuple[int, int], limit: int) -> tuple[StoredRevision, ...]:
        """The next revisions with evidence, by announcement and number, behind those in `after`."""
        wanted = (
            select(RevisionRow, PageRow)
            .join(CaptureRow, col(CaptureRow.revision_id) == RevisionRow.id)
            .join(PageRow, col(PageRow.id) == CaptureRow.page_id)
            .where(*_conditions(scope), *_KEPT_PAGE, tuple_(*_ORDER) > after)
            .order_by(*_ORDER)
            .limit(limit)
        )
        with self._database.read() as session:
            found = session.exec(wanted).all()
            captures = of_revisions(session, [row.id for row, _ in found if row.id is not None])
            says = {
                row.id: lifecycles.statements_of(session, page.id or 0)
                for row, page in found
                if row.fingerprint == page.fingerprint
            }
        return tuple(
            StoredRevision(
                id=row.id or 0,
                announcement=row.announcement_id,
                number=row.number,
                source=page.source_id,
                fingerprint=row.fingerprint,
                listed=page.listed,
                document=codec.decode_document(row.document, row.text),
                extraction=codec.decode_extraction(row.extraction, row.text),
                captures=tuple(captures[row.id or 0]),
                says=says.get(row.id),
            )
            for row, page in found
        )

    def replace(self, anew: Sequence[Reread], now: datetime) -> None:
        """Store what revisions are read as now in place of what they were read as; nobody is told."""
        with self._database.write() as session:
            for reread in anew:
                announcements.replace_reading(session, reread, now)


_ORDER = (col(RevisionRow.announcement_id), col(RevisionRow.number))
# The capture that holds a revision's page.
_KEPT_PAGE = (col(CaptureRow.position) == 0, col(CaptureRow.file).is_not(None))


def _conditions(scope: Scope) -> list[ColumnElement[bool]]:
    """An unset part of the scope gives no condition."""
    conditions: list[ColumnElement[bool]] = []
    if scope.since is not None:
        conditions.append(col(RevisionRow.seen_at) >= scope.since)
    if scope.sources:
        found_there = select(PlaceRow.announcement_id).where(col(PlaceRow.source_id).in_(scope.sources))
        conditions.append(col(RevisionRow.announcement_id).in_(found_there))
    return conditions
