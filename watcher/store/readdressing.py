"""Pages that stand at other addresses than they did: each goes on there with all that is known of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, update
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, or_, select

from watcher.addresses import canonical
from watcher.readdressed import FEWEST, Move, Readdressed
from watcher.records.pages import PageStatus
from watcher.records.passes import Pass
from watcher.sanity import FEW, kind_of
from watcher.store import claims, usual
from watcher.store.engine import Database, chunks
from watcher.store.missing import AbsenceRow
from watcher.store.revisions import PlaceRow
from watcher.store.tables import AnnouncementRow, PageRow, SourceRow

_PAGES = PageRow.metadata.tables[PageRow.__tablename__]


class Readdressing:
    """Each method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, held: Pass, found: Readdressed, now: datetime) -> None:
        """Let entries of a source stand where its list has them now, but at an address that is another's already.

        They are looked at there at once: they may have been edited on the way. Where most of the list moved, others
        that had addresses of the same kinds are left behind until they are met. Raises ClaimLost.
        """
        with self._database.write() as session:
            claims.check(session, held.claim)
            _move_all(session, found.moves, now, look_at_all=True)
            _meet(session, held.source.id, found.listed)
            _leave_behind(session, held.source.id, found)
            source = session.get_one(SourceRow, held.source.id)
            source.usual = usual.encode(replace(usual.decode(source.usual), pursuit=found.pursuit))

    def go_on(self, held: Pass, found: Readdressed, now: datetime) -> None:
        """The same for those that were met on older pages; looked at are those that are kept. Raises ClaimLost."""
        with self._database.write() as session:
            claims.check(session, held.claim)
            _move_all(session, found.moves, now, look_at_all=False)
            _meet(session, held.source.id, found.listed)

    def stop(self, held: Pass) -> None:
        """Nothing was left behind: what did not move stands in the list where it stood. Raises ClaimLost."""
        with self._database.write_claimed() as session:
            claims.check(session, held.claim)
            left = update(_PAGES).where(_PAGES.c.source_id == held.source.id, _PAGES.c.left_behind)
            session.connection().execute(left.values(left_behind=False))

    def unmoved(self, source_id: str, keys: Collection[str], since: datetime) -> frozenset[str]:
        """Those of these canonical addresses at which an entry of the source has stood since before that moment."""
        return self._found(col(PageRow.key), keys, source_id, _stood_since(since))

    def former(self, source_id: str, keys: Collection[str]) -> frozenset[str]:
        """Those of these canonical addresses at which an entry of the source stood before."""
        return self._found(col(PageRow.former), keys, source_id)

    def _found(
        self, column: Mapped[Any], keys: Collection[str], source_id: str, *conditions: ColumnElement[bool]
    ) -> frozenset[str]:
        wanted = select(column).where(PageRow.source_id == source_id, *conditions)
        with self._database.read() as session:
            return frozenset(key for part in chunks(keys) for key in session.exec(wanted.where(column.in_(part))))


def _stood_since(moment: datetime) -> ColumnElement[bool]:
    return or_(col(PageRow.readdressed_at).is_(None), col(PageRow.readdressed_at) < moment)


def _move_all(session: Session, moves: Iterable[Move], now: datetime, *, look_at_all: bool) -> None:
    for one in moves:
        row, key = session.get_one(PageRow, one.was.page), canonical(one.link.url)
        if not _is_taken(session, row, key):
            is_back = key == row.former  # servers that do not agree show one, then the other
            _move(session, row, key, one.link.url, now)
            if row.status == PageStatus.FAILED:
                row.next_try_at = now
            elif row.status == PageStatus.READ and not is_back and (look_at_all or row.announcement_id is not None):
                row.next_check_at = now
            session.flush()


def _meet(session: Session, source_id: str, listed: Collection[str]) -> None:
    """What stands in the list where it stood is not left behind."""
    left = update(_PAGES).where(_PAGES.c.source_id == source_id, _PAGES.c.left_behind)
    for part in chunks(listed):
        session.connection().execute(left.where(_PAGES.c.key.in_(part)).values(left_behind=False))


def _leave_behind(session: Session, source_id: str, found: Readdressed) -> None:
    """Mark what is still looked at under an address of the kinds that moved, and stands in the list no more."""
    kinds = {kind_of(one.was.key) for one in found.moves}
    of_source = PageRow.source_id == source_id
    wanted = select(PageRow).where(of_source, _stood_since(found.since), PageRow.first_seen < found.since)
    stay = (row for part in chunks(found.listed) for row in session.exec(wanted.where(col(PageRow.key).in_(part))))
    most = max(FEWEST, min(FEW, (len(found.listed) + 1) // 2), sum(kind_of(row.key) in kinds for row in stay) + 1)
    if len(found.moves) < most:
        return
    looked_at = wanted.where(
        PageRow.status == PageStatus.READ,
        col(PageRow.announcement_id).is_not(None),
        col(PageRow.next_check_at).is_not(None),
    )
    for row in session.exec(looked_at):
        row.left_behind = row.left_behind or (kind_of(row.key) in kinds and row.key not in found.listed)


def _is_taken(session: Session, row: PageRow, key: str) -> bool:
    """Whether the source lists another entry there, or the page there is of another announcement."""
    there = session.exec(select(PageRow).where(PageRow.key == key)).all()
    return any(one.source_id == row.source_id for one in there) or (
        row.announcement_id is not None and any(one.announcement_id not in {None, row.announcement_id} for one in there)
    )


def _move(session: Session, row: PageRow, key: str, url: str, now: datetime) -> None:
    before, place = row.key, row.url
    row.key, row.url, row.former, row.readdressed_at, row.left_behind = key, url, before, now, False
    row.etag = row.last_modified = row.digest = None  # of what its former address answered
    row.attempts, row.problem_code, row.problem_message = 0, None, None
    if row.announcement_id is not None:
        _move_announcement(session, row, before, place)


def _move_announcement(session: Session, row: PageRow, before: str, place: str) -> None:
    """Its link, its place and its absence are those of the page; another source may list it where it was."""
    announcement = session.get_one(AnnouncementRow, row.announcement_id)
    if announcement.key == before:
        announcement.key = row.key
    if canonical(announcement.url) == before:
        announcement.url = row.url
    listed = session.get(PlaceRow, (row.announcement_id, row.source_id, place))
    if listed is not None:
        told_of = {"first_seen": listed.first_seen, "announced": listed.announced}
        session.delete(listed)
        session.merge(PlaceRow(announcement_id=announcement.id or 0, source_id=row.source_id, url=row.url, **told_of))
    absence, other = session.get(AbsenceRow, before), exists().where(_PAGES.c.key == before, _PAGES.c.id != row.id)
    if absence is not None and not session.exec(select(other)).one():
        session.merge(AbsenceRow(**{**absence.model_dump(), "key": row.key}))
        session.delete(absence)
