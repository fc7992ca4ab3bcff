"""What announcements are called and what they name (`watcher.followups.citing`), and who is linked with whom by it.

A row is one key of one document that an announcement names. A link is found when it is asked for, where a key of the
one is the other's own: a document that is stored after its reports is linked as one stored before, an edit or newer
rules change the rows of one announcement and every link that hangs on them. Whoever changes an announcement's current
revision calls `replace` in the same transaction.

The rules are loaded where they are used: most passes store nothing, and need not wait for them (0.03 s).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any, Final

from sqlalchemy import Index, Row, Text, insert
from sqlalchemy import select as sql_select
from sqlalchemy.orm import load_only
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Field, Session, SQLModel, col, delete, func, select

from watcher.model import AnnouncementType, Extraction
from watcher.records.names import Link, Links, Name, Named, Role
from watcher.store.engine import Database, chunks
from watcher.store.tables import AnnouncementRow, Stored

# Of one key: a document that more pages name is shown with the newest of them; more documents of one title in one
# place are no documents, but forms.
MOST_NAMING: Final = 200
MOST_OWN: Final = 50


class NameRow(Stored, table=True):
    """`position` counts the documents that the announcement names; each has a row for every key it may be known by."""

    __tablename__ = "names"
    __table_args__ = (Index("ix_names_key", "key", "own", "announcement_id"), {"sqlite_with_rowid": False})

    announcement_id: int = Field(primary_key=True, foreign_key="announcements.id")
    position: int = Field(primary_key=True)
    key: str = Field(primary_key=True)
    own: bool
    role: str
    written: str = Field(sa_type=Text)
    body: str | None = None
    year: int | None = None


Place = tuple[int, int]  # announcement, position


class Names:
    """Asking for links; each method is one transaction and some look-ups in indexes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def links(self, announcement_id: int) -> Links:
        """Which stored announcements one names, and which name it."""
        from watcher.followups.citing import chosen

        with self._database.read() as session:
            mine = _names(_rows(session, NameRow.announcement_id == announcement_id))
            own = {key for name in mine.values() if name.role is Role.OWN for key in name.keys}
            naming = {place: name for place, name in _naming(session, own).items() if place[0] != announcement_id}
            naming |= {place: name for place, name in mine.items() if name.role is not Role.OWN}
            owners = _having(session, {key for name in naming.values() for key in name.keys})
            pages = _announced(session, owners | {announcement for announcement, _ in naming})
        having = _by_key(page for page in pages.values() if page.id in owners)
        pairs = [
            (page, name, target)
            for place, name in sorted(naming.items())
            if (page := pages.get(place[0])) and (target := chosen(name, having(name), page))
        ]
        forth = [Link(name.role, name.written, to) for page, name, to in pairs if page.id == announcement_id]
        back = [Link(name.role, name.written, page) for page, name, to in pairs if to.id == announcement_id]
        return Links(tuple(_each_once(forth)), tuple(sorted(_each_once(back), key=_by_date)))


def replace(session: Session, announcement_id: int, extraction: Extraction) -> None:
    """An announcement names the documents that its text names, and no others any more."""
    from watcher.followups.citing import names_of

    session.exec(delete(NameRow).where(col(NameRow.announcement_id) == announcement_id))
    add(session, announcement_id, names_of(extraction))


def add(session: Session, announcement_id: int, names: Iterable[Name]) -> None:
    rows = [
        {
            "announcement_id": announcement_id,
            "position": position,
            "key": key,
            "own": name.role is Role.OWN,
            "role": str(name.role),
            "written": name.written,
            "body": name.body,
            "year": name.year,
        }
        for position, name in enumerate(names)
        for key in dict.fromkeys(name.keys)
    ]
    if rows:
        session.connection().execute(insert(NameRow), rows)


def _rows(session: Session, condition: ColumnElement[bool] | bool) -> Sequence[Row[Any]]:
    """Columns, no objects: they may be a thousand for one page."""
    columns = sql_select(*SQLModel.metadata.tables["names"].columns).where(condition)  # type: ignore[arg-type]
    ordered = columns.order_by(col(NameRow.announcement_id), col(NameRow.position))
    return session.connection().execute(ordered).all()


def _names(rows: Sequence[Row[Any]]) -> dict[Place, Name]:
    """The names that these rows make up, in order."""
    found = {}
    for place, group in groupby(rows, lambda row: (row.announcement_id, row.position)):
        same = list(group)
        keys = tuple(row.key for row in same)
        found[place] = Name(Role(same[0].role), keys, same[0].written, same[0].body, same[0].year)
    return found


def _naming(session: Session, own: Collection[str]) -> dict[Place, Name]:
    """How others name what has one of these keys, the newest announcements where very many do."""
    # Key by key with a limit, unlike `_having`: all there are may cite a law.
    places: set[Place] = set()
    for key in sorted(own):
        newest = (
            select(NameRow.announcement_id, NameRow.position)
            .where(NameRow.key == key, col(NameRow.own).is_(False))
            .order_by(col(NameRow.announcement_id).desc())
            .limit(MOST_NAMING)
        )
        places.update(session.exec(newest))
    # Rows by announcement and position together would be a scan: SQLite has no index for a list of pairs.
    found: dict[Place, Name] = {}
    for part in chunks({announcement for announcement, _ in places}):
        found |= _names(_rows(session, col(NameRow.announcement_id).in_(part)))
    return {place: found[place] for place in places}


def keys_of(session: Session, ids: Collection[int]) -> dict[int, set[str]]:
    """By what the documents are known that these announcements are, or report on."""
    found: dict[int, set[str]] = {}
    for part in chunks(ids):
        of_these = select(NameRow.announcement_id, NameRow.key).where(
            col(NameRow.announcement_id).in_(part), NameRow.role != Role.CITES
        )
        for announcement, key in session.exec(of_these):
            found.setdefault(announcement, set()).add(key)
    return found


def called(session: Session, keys: Collection[str]) -> list[Named]:
    """The announcements that are, or report on, a document with one of these keys; near misses too."""
    own = _having(session, keys)
    return [*_named(session, own), *_named(session, _having(session, keys, Role.REPORTS) - own, Role.REPORTS)]


def _having(session: Session, keys: Collection[str], role: Role = Role.OWN) -> set[int]:
    """The announcements that have a document with one of these keys in this role, the newest of very many."""
    newest_first = func.row_number().over(partition_by=col(NameRow.key), order_by=col(NameRow.announcement_id).desc())
    having = select(NameRow.announcement_id, newest_first.label("place"))
    # Of `own`, the index alone decides; the role of the others is read from their rows.
    of_role = col(NameRow.own).is_(True) if role is Role.OWN else col(NameRow.own).is_(False) & (NameRow.role == role)
    ids: set[int] = set()
    for part in chunks(keys):
        numbered = having.where(col(NameRow.key).in_(part), of_role).subquery()
        ids.update(session.exec(select(numbered.c.announcement_id).where(numbered.c.place <= MOST_OWN)))
    return ids


def _announced(session: Session, ids: Collection[int]) -> dict[int, Named]:
    """These announcements as documents; near misses are left out."""
    return {one.id: one for one in _named(session, ids, of=AnnouncementRow.type != AnnouncementType.OTHER)}


def _named(
    session: Session, ids: Collection[int], role: Role = Role.OWN, of: ColumnElement[bool] | bool = True
) -> list[Named]:
    """These announcements with what they are their own by, or report on."""
    from watcher.followups.citing import named

    found = []
    for part in chunks(ids):
        names: dict[int, list[Name]] = {}
        mine = col(NameRow.announcement_id).in_(part) & (col(NameRow.role) == role)
        for (announcement, _), name in _names(_rows(session, mine)).items():
            names.setdefault(announcement, []).append(name)
        columns = load_only(AnnouncementRow.title, AnnouncementRow.issuer, AnnouncementRow.published)  # type: ignore[arg-type]
        wanted = select(AnnouncementRow).options(columns).where(col(AnnouncementRow.id).in_(part), of)
        for row in session.exec(wanted):
            assert row.id is not None
            found.append(named(row.id, row, names.get(row.id, ())))
    return found


def _by_key(documents: Iterable[Named]) -> Callable[[Name], Iterable[Named]]:
    """A function that gives those of the documents that have one of a name's keys."""
    found: dict[str, dict[int, Named]] = {}
    for one in documents:
        for key in one.keys:
            found.setdefault(key, {})[one.id] = one

    def having(name: Name) -> Iterable[Named]:
        return {number: one for key in name.keys for number, one in found.get(key, {}).items()}.values()

    return having


def _each_once(links: Iterable[Link]) -> Iterator[Link]:
    """Each announcement once, as it is named first: what a page reports on comes before what it cites."""
    told: set[int] = set()
    for link in links:
        if link.to.id not in told:
            told.add(link.to.id)
            yield link


def _by_date(link: Link) -> tuple[date, int]:
    return link.to.published or date.min, link.to.id
