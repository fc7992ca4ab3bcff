"""What documents say of each other, and the titles by which they say it.

Links are not stored: a statement and what it means find each other by these, whichever was read first.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Text
from sqlmodel import Field, Session, SQLModel, col, delete, or_, select

from watcher.lifecycle import meant, titles_of
from watcher.model import Extraction
from watcher.records import Fate, Outgoing, Saying, Statement, Titled
from watcher.store import events
from watcher.store.engine import Database
from watcher.store.tables import AnnouncementRow, EventRow, PageRow

MOST_SAYINGS = 200  # of one document; more are a trap


class TitleRow(SQLModel, table=True):
    """The document that an announcement is of, by the keys of `watcher.lifecycle`."""

    __tablename__ = "titles"

    announcement_id: int = Field(primary_key=True, foreign_key="announcements.id")
    number: str | None = Field(default=None, index=True)
    title: str | None = Field(default=None, index=True)
    draft: bool = False


class StatementRow(SQLModel, table=True):
    """A page's statement of another document; `issuer` and `published` are the page's own."""

    __tablename__ = "statements"

    page_id: int = Field(primary_key=True, foreign_key="pages.id")
    position: int = Field(primary_key=True)
    fate: str
    number: str | None = Field(default=None, index=True)
    title: str | None = Field(default=None, index=True)
    quote: str = Field(sa_type=Text)
    issuer: str | None = None
    published: date | None = None


class Lifecycles:
    """Each method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def say(self, page_id: int, found: Extraction, statements: Sequence[Statement]) -> tuple[tuple[Saying, int], ...]:
        """Keep what a page says now; returns what of it means a stored announcement, with its id."""
        with self._database.write() as session:
            session.exec(delete(StatementRow).where(col(StatementRow.page_id) == page_id))
            for position, one in enumerate(statements):
                session.add(_statement(page_id, position, one, found))
            session.flush()
            rows = select(StatementRow).where(StatementRow.page_id == page_id).order_by(col(StatementRow.position))
            sayings = _sayings(session, session.exec(rows).all())
            return tuple((one, of) for one in sayings if (of := meant(one, _titled(session, one))) is not None)

    def of(self, announcement_id: int) -> tuple[Saying, ...]:
        """What is said of an announcement's document, a fate once, the oldest saying first."""
        with self._database.read() as session:
            called = session.get(TitleRow, announcement_id)
            if called is None:
                return ()
            same = [col(StatementRow.number) == called.number] if called.number else []
            same += [col(StatementRow.title) == called.title] if called.title else []
            if not same:
                return ()
            wanted = select(StatementRow).where(or_(*same)).order_by(col(StatementRow.page_id)).limit(MOST_SAYINGS)
            sayings = _sayings(session, session.exec(wanted).all())
            mine = [one for one in sayings if meant(one, _titled(session, one)) == announcement_id]
            return tuple({one.statement.fate: one for one in reversed(mine)}.values())[::-1]

    def told(self, announcement_id: int) -> frozenset[str]:
        """The subscriptions that were told of an announcement."""
        with self._database.read() as session:
            return events.told(session, announcement_id)

    def tell(self, announcement_id: int, fate: Fate, outgoing: Outgoing, now: datetime) -> int:
        """Write that an announcement met its fate, once for ever; returns how many are told."""
        key = f"lifecycle:{announcement_id}:{fate}"
        with self._database.write() as session:
            if session.exec(select(EventRow.id).where(EventRow.key == key)).first() is not None:
                return 0
            row = session.get_one(AnnouncementRow, announcement_id)
            events.add(session, outgoing, events.Subject(row.source_id, row.id, row.revision), now, key=key)
            return len(outgoing.recipients)


def title(session: Session, announcement_id: int, found: Extraction) -> None:
    """Keep the titles of an announcement's document, as it is read now."""
    number, title, draft = titles_of(found.title, found.document_title, found.document_number)
    row = session.get(TitleRow, announcement_id) or TitleRow(announcement_id=announcement_id)
    row.number, row.title, row.draft = number, title, draft
    session.add(row)


def _statement(page_id: int, position: int, one: Statement, found: Extraction) -> StatementRow:
    return StatementRow(
        page_id=page_id,
        position=position,
        fate=one.fate.value,
        number=one.number,
        title=one.title,
        quote=one.quote,
        issuer=found.issuer,
        published=found.published,
    )


def _sayings(session: Session, rows: Collection[StatementRow]) -> list[Saying]:
    pages = {row.id: row for row in session.exec(select(PageRow).where(col(PageRow.id).in_(_ids(rows))))}
    return [
        Saying(
            statement=Statement(Fate(row.fate), row.number, row.title, row.quote),
            url=pages[row.page_id].url,
            page_title=pages[row.page_id].title,
            issuer=row.issuer,
            published=row.published,
            announcement=pages[row.page_id].announcement_id,
        )
        for row in rows
    ]


def _ids(rows: Collection[StatementRow]) -> set[Any]:
    return {row.page_id for row in rows}


def _titled(session: Session, saying: Saying) -> list[Titled]:
    """The stored documents that have the name by which a saying calls one."""
    said = saying.statement
    same = col(TitleRow.number) == said.number if said.number else col(TitleRow.title) == said.title
    wanted = (
        select(TitleRow, AnnouncementRow)
        .join(AnnouncementRow, col(AnnouncementRow.id) == TitleRow.announcement_id)
        .where(same)
        .limit(MOST_SAYINGS)
    )
    return [
        Titled(row.announcement_id, row.number, row.title, row.draft, announcement.issuer, announcement.published)
        for row, announcement in session.exec(wanted)
    ]
