"""What pages say became of documents.

A row is one key of a document that a page makes a statement of. Links are not stored: a statement and what it means
find each other by what announcements are called (`names`), whichever was read first.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from itertools import groupby

from sqlalchemy import Text
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Field, Session, SQLModel, col, delete, select

from watcher.model import Extraction
from watcher.records import Fate, Name, Outgoing, Role, Said, Saying, Statement
from watcher.store import events, names
from watcher.store.engine import Database
from watcher.store.tables import AnnouncementRow, EventRow, PageRow

MOST_SAYINGS = 200  # of one document; more are a trap


class StatementRow(SQLModel, table=True):
    """`position` counts the statements of a page; `issuer` and `published` are the page's own."""

    __tablename__ = "statements"
    __table_args__ = {"sqlite_with_rowid": False}

    page_id: int = Field(primary_key=True, foreign_key="pages.id")
    position: int = Field(primary_key=True)
    key: str = Field(primary_key=True, index=True)
    fate: str
    written: str = Field(sa_type=Text)
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
            session.exec(delete(StatementRow).where(_on(page_id)))
            session.add_all(row for place, one in enumerate(statements) for row in _rows(page_id, place, one, found))
            session.flush()
            sayings = _sayings(session, _on(page_id))
            return tuple((one, of) for one in sayings if (of := _meant(session, one)) is not None)

    def of(self, announcement_id: int) -> tuple[Saying, ...]:
        """What is said of an announcement's document, a fate once, the oldest saying first."""
        with self._database.read() as session:
            return of(session, announcement_id)

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


def of(session: Session, announcement_id: int) -> tuple[Saying, ...]:
    """As `Lifecycles.of`."""
    keys = names.keys_of(session, [announcement_id]).get(announcement_id, set())
    named = select(StatementRow.page_id).where(col(StatementRow.key).in_(keys))
    pages = session.exec(named.order_by(col(StatementRow.page_id)).limit(MOST_SAYINGS)).all()
    said = _sayings(session, col(StatementRow.page_id).in_(set(pages)))
    mine = [one for one in said if not keys.isdisjoint(one.statement.name.keys)]
    mine = [one for one in mine if _meant(session, one) == announcement_id]
    return tuple({one.statement.fate: one for one in reversed(mine)}.values())[::-1]


def on_pages(session: Session, page_ids: Collection[int]) -> dict[int, tuple[Said, ...]]:
    """What each of these pages says of other documents; of drafts, where one is stored."""
    found: dict[int, tuple[Said, ...]] = {}
    for page_id in page_ids:
        said = [Said(one.statement, _meant(session, one)) for one in _sayings(session, _on(page_id))]
        found[page_id] = tuple(one for one in said if one.means is not None or one.statement.fate is not Fate.FINAL)
    return found


def _on(page_id: int) -> ColumnElement[bool]:
    return col(StatementRow.page_id) == page_id


def _rows(page_id: int, position: int, one: Statement, found: Extraction) -> list[StatementRow]:
    return [
        StatementRow(
            page_id=page_id,
            position=position,
            key=key,
            fate=one.fate.value,
            written=one.name.written,
            quote=one.quote,
            issuer=found.issuer,
            published=found.published,
        )
        for key in one.name.keys
    ]


def _sayings(session: Session, of_pages: ColumnElement[bool]) -> list[Saying]:
    wanted = (
        select(StatementRow, PageRow)
        .join(PageRow, col(PageRow.id) == StatementRow.page_id)
        .where(of_pages)
        .order_by(col(StatementRow.page_id), col(StatementRow.position))
    )
    found = []
    for _, group in groupby(session.exec(wanted), lambda pair: (pair[0].page_id, pair[0].position)):
        rows = list(group)
        row, page = rows[0]
        name = Name(Role.CITES, tuple(one.key for one, _ in rows), row.written)
        said = Statement(Fate(row.fate), name, row.quote)
        found.append(
            Saying(
                statement=said,
                url=page.url,
                page_title=page.title,
                issuer=row.issuer,
                published=row.published,
                announcement=page.announcement_id,
                source=page.source_id,
                seen_at=page.first_seen,
            )
        )
    return found


def _meant(session: Session, saying: Saying) -> int | None:
    from watcher.lifecycle import meant  # as `names` does

    return meant(saying, names.called(session, saying.statement.name.keys))
