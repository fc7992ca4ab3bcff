"""Pages that stand at other addresses than they did: each goes on there with all that is known of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, update
from sqlmodel import Session, func, select

from watcher.addresses import canonical
from watcher.readdressed import Move
from watcher.records.pages import PageRecord, PageStatus
from watcher.records.passes import Pass
from watcher.store import claims
from watcher.store.engine import Database
from watcher.store.missing import AbsenceRow
from watcher.store.revisions import PlaceRow
from watcher.store.tables import AnnouncementRow, PageRow

_PAGES = PageRow.metadata.tables[PageRow.__tablename__]


class Readdressing:
    """Each method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def move(self, held: Pass, moves: Sequence[Move], now: datetime) -> None:
        """Let entries of a source stand where its list has them now, but at an address that is another's already.

        What is kept of them is looked at there at once: it may have been edited on the way. Raises ClaimLost.
        """
        with self._database.write_claimed() as session:
            claims.check(session, held.claim)
            for one in moves:
                row, key = session.get_one(PageRow, one.was.page), canonical(one.link.url)
                if not _is_taken(session, row, key):
                    _move(session, row, key, one.link.url, now)
                    session.flush()

    def is_left_behind(self, page: PageRecord) -> bool:
        """Whether other entries that its source listed by then have had other addresses since, and this one has not."""
        latest = select(func.max(PageRow.readdressed_at)).where(PageRow.source_id == page.source)
        with self._database.read() as session:
            moved_at = session.exec(latest).one()
        return moved_at is not None and page.first_seen < moved_at and page.readdressed_at != moved_at


def _is_taken(session: Session, row: PageRow, key: str) -> bool:
    """Whether the source lists another entry there, or the page there is of another announcement."""
    there = session.exec(select(PageRow).where(PageRow.key == key)).all()
    return any(one.source_id == row.source_id for one in there) or (
        row.announcement_id is not None and any(one.announcement_id not in {None, row.announcement_id} for one in there)
    )


def _move(session: Session, row: PageRow, key: str, url: str, now: datetime) -> None:
    before, place = row.key, row.url
    row.key, row.url, row.former, row.readdressed_at = key, url, before, now
    row.etag = row.last_modified = row.digest = None  # of what its former address answered
    row.attempts, row.problem_code, row.problem_message = 0, None, None
    if row.status == PageStatus.FAILED:
        row.next_try_at = now
    elif row.announcement_id is not None:
        row.next_check_at = now
    if row.announcement_id is not None:
        _move_announcement(session, row, before, place)
    naming = update(_PAGES).where(_PAGES.c.original == before)
    session.connection().execute(naming.values(original=key))


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
