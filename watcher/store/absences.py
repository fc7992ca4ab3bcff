"""Known pages that are gone, and the announcements of which no page is left by that."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import exists, update
from sqlmodel import Session, col, select

from watcher.records.deliveries import Outgoing
from watcher.records.pages import PageRecord, PageStatus
from watcher.records.problem import Problem
from watcher.store import events, missing, pages
from watcher.store.engine import Database
from watcher.store.missing import WITHDRAWN, AbsenceRow
from watcher.store.tables import AnnouncementRow, PageRow

_PAGES = PageRow.metadata.tables[PageRow.__tablename__]


class Absences:
    """Each method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, page: PageRecord, problem: Problem, next_at: datetime | None, now: datetime) -> None:
        """A known page is missing, not for the first time perhaps, and is asked again at `next_at`."""
        with self._database.write() as session:
            _note(session, page, problem, next_at, now)

    def believe(self, page: PageRecord, basis: int, outgoing: Outgoing | None, now: datetime) -> bool:
        """A page that is missing is gone; returns whether its announcement is withdrawn by that: no page is left.

        Where one is left, it becomes the link and is looked at soon. Nothing is stored where the announcement has moved
        on from revision `basis`, of which `outgoing` tells.
        """
        with self._database.write() as session:
            row, absence = _announcement(session, page.key), session.get(AbsenceRow, page.key)
            if row is None or row.id is None or absence is None or row.revision != basis:
                return False
            absence.believed_at = now
            session.flush()
            if left := missing.left(session, row.id):
                missing.link(row, left)
                _look_soon(session, row.id, now)
                return False
            if row.status == WITHDRAWN:
                return False
            row.status = WITHDRAWN
            missing.link(row, missing.pages_of(session, row.id))  # all are gone: the one that stands for it again
            if outgoing is not None:
                outgoing = replace(outgoing, event={**outgoing.event, "url": row.url})
                events.add(session, outgoing, events.Subject(page.source, row.id, row.revision), now)
            return True

    def beside(self, page: PageRecord, most: int) -> tuple[PageRecord, ...]:
        """The pages of its site that were listed next to this one and were read, the nearest first."""
        host = f"{page.key.partition('/')[0]}/"
        wanted = select(PageRow).where(
            PageRow.source_id == page.source,
            PageRow.status == PageStatus.READ,
            PageRow.key != page.key,
            col(PageRow.key).startswith(host, autoescape=True),
        )
        with self._database.read() as session:
            older = wanted.where(col(PageRow.id) < page.id).order_by(col(PageRow.id).desc()).limit(most)
            newer = wanted.where(col(PageRow.id) > page.id).order_by(col(PageRow.id)).limit(most)
            rows = sorted([*session.exec(older), *session.exec(newer)], key=lambda row: abs((row.id or 0) - page.id))
            return pages.records(session, rows[:most])


def _note(session: Session, page: PageRecord, problem: Problem, next_at: datetime | None, now: datetime) -> None:
    asked_again = update(_PAGES).where(_PAGES.c.key == page.key, _PAGES.c.status == PageStatus.READ.value)
    left = {"problem_code": problem.code, "problem_message": problem.message, "next_check_at": next_at}
    session.connection().execute(asked_again.values(left))
    row = _announcement(session, page.key)
    if row is not None and session.get(AbsenceRow, page.key) is None:
        session.add(AbsenceRow(key=page.key, announcement_id=row.id or 0, since=now))


def _announcement(session: Session, key: str) -> AnnouncementRow | None:
    wanted = select(AnnouncementRow).join(PageRow, col(PageRow.announcement_id) == AnnouncementRow.id)
    return session.exec(wanted.where(PageRow.key == key).limit(1)).first()


def _look_soon(session: Session, announcement_id: int, now: datetime) -> None:
    """What is left may have been looked at last long ago; a page that is missing already has its own time."""
    is_missing = exists().where(col(AbsenceRow.key) == _PAGES.c.key)
    soon = update(_PAGES).where(
        _PAGES.c.announcement_id == announcement_id, _PAGES.c.status == PageStatus.READ.value, ~is_missing
    )
    session.connection().execute(soon.values(next_check_at=now))
