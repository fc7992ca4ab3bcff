"""What pages say became of documents.

A row is one key of a document that a page makes a statement of. Links are not stored: a statement and what it means
find each other by what announcements are called (`names`), whichever was read first.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import ClassVar, Final

from sqlalchemy import Text
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Field, Session, col, delete, select

from watcher.model import AnnouncementType, Extraction
from watcher.records.announcements import AnnouncementRecord
from watcher.records.deliveries import Outgoing
from watcher.records.lifecycle import Fate, Said, Saying, Statement
from watcher.records.names import Name, Role
from watcher.store import events, names
from watcher.store.engine import Database, chunks
from watcher.store.tables import AnnouncementRow, EventRow, PageRow, Stored

_KEY: Final = "lifecycle:"  # how the keys of events begin that tell what became of a document
MOST_SAYINGS: Final = 1000  # that are looked at, of the documents that are asked for together; more are a trap


class StatementRow(Stored, table=True):
    """`position` counts the statements of a page; `issuer` and `published` are the page's own."""

    __tablename__ = "statements"
    __table_args__: ClassVar = {"sqlite_with_rowid": False}

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
            replace(session, page_id, found, statements)
            sayings = _sayings(session, _on(page_id))
            return tuple((one, of) for one in sayings if (of := _meant(session, one)) is not None)

    def told(self, announcement_id: int) -> frozenset[str]:
        """The subscriptions that were told of an announcement."""
        with self._database.read() as session:
            return events.told(session, announcement_id)

    def tell(self, announcement_id: int, fate: Fate, outgoing: Outgoing, now: datetime) -> int:
        """Write that an announcement met its fate, once for ever; returns how many are told."""
        with self._database.write() as session:
            return _tell(session, session.get_one(AnnouncementRow, announcement_id), fate, outgoing, now)

    def ended(self, first: date, last: date) -> tuple[int, ...]:
        """The announcements whose validity ended from `first` to `last`, of which that was not told yet."""
        row = AnnouncementRow
        wanted = select(col(row.id), col(row.valid_until)).where(
            col(row.valid_until).between(first, last), row.status == "active", row.type != AnnouncementType.OTHER
        )
        with self._database.read() as session:
            keys = {f"{_KEY}{entry}:{until}": entry for entry, until in session.exec(wanted) if entry is not None}
            for part in chunks(list(keys)):
                for told in session.exec(select(EventRow.key).where(col(EventRow.key).in_(part))):
                    del keys[told]
            return tuple(keys.values())

    def expire(self, record: AnnouncementRecord, until: date, outgoing: Outgoing, now: datetime) -> int:
        """Write that an announcement lapsed, once for each day that it was valid to; returns how many are told.

        Nothing is written of one that was withdrawn or moved on since it was read.
        """
        with self._database.write() as session:
            row = session.get_one(AnnouncementRow, record.id)
            holds = (row.status, row.revision, row.valid_until) == ("active", record.revision, until)
            return _tell(session, row, until.isoformat(), outgoing, now) if holds else 0


def of(session: Session, ids: Collection[int]) -> dict[int, tuple[Saying, ...]]:
    """What is said of the documents of these announcements, a fate once, the oldest saying first."""
    keys = {key for mine in names.keys_of(session, ids).values() for key in mine}
    pages = _naming(session, keys)
    said: dict[int, dict[Fate, Saying]] = {}
    for saying in _sayings(session, col(StatementRow.page_id).in_(pages)) if pages else ():
        if keys.isdisjoint(saying.statement.name.keys):
            continue
        announcement = _meant(session, saying)
        if announcement is not None and announcement in ids:
            said.setdefault(announcement, {}).setdefault(saying.statement.fate, saying)
    return {announcement: tuple(by_fate.values()) for announcement, by_fate in said.items()}


def _naming(session: Session, keys: Collection[str]) -> set[int]:
    """The pages that say something of a document with one of these keys."""
    pages: set[int] = set()
    for part in chunks(keys):
        said = select(StatementRow.page_id).where(col(StatementRow.key).in_(part))
        pages.update(session.exec(said.order_by(col(StatementRow.page_id)).limit(MOST_SAYINGS)))
    return pages


def replace(session: Session, page_id: int, found: Extraction, statements: Sequence[Statement]) -> None:
    """A page says this of other documents, and nothing else any more."""
    session.exec(delete(StatementRow).where(_on(page_id)))
    session.add_all(row for place, one in enumerate(statements) for row in _rows(page_id, place, one, found))
    session.flush()


def statements_of(session: Session, page_id: int) -> tuple[Statement, ...]:
    """What a page says of other documents, in order."""
    return tuple(one.statement for one in _sayings(session, _on(page_id)))


def on_pages(session: Session, page_ids: Collection[int]) -> dict[int, tuple[Said, ...]]:
    """What each of these pages says of other documents; of drafts, where one is stored."""
    found: dict[int, tuple[Said, ...]] = {}
    for page_id in page_ids:
        said = [Said(one.statement, _meant(session, one)) for one in _sayings(session, _on(page_id))]
        found[page_id] = tuple(one for one in said if one.means is not None or one.statement.fate is not Fate.FINAL)
    return found


def _on(page_id: int) -> ColumnElement[bool]:
    return col(StatementRow.page_id) == page_id


def _tell(session: Session, row: AnnouncementRow, what: str, outgoing: Outgoing, now: datetime) -> int:
    key = f"{_KEY}{row.id}:{what}"
    if session.exec(select(EventRow.id).where(EventRow.key == key)).first() is not None:
        return 0
    events.add(session, outgoing, events.Subject(row.source_id, row.id, row.revision), now, key=key)
    return len(outgoing.recipients)


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
    from watcher.lifecycle.statements import meant  # as `names` does

    return meant(saying, names.called(session, saying.statement.name.keys))
