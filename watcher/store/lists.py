"""Announcements as readers ask for them: lists by a filter, and one with its whole history."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import islice
from typing import Final, TypeVarTuple

from sqlalchemy import literal_column
from sqlalchemy.orm import Mapped, aliased
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, and_, col, func, or_, select, tuple_
from sqlmodel.sql.expression import Select

from watcher import codec
from watcher.model import AnnouncementType, Extraction
from watcher.news import FieldChange
from watcher.query import Query, fields_of, find, tag
from watcher.records.announcements import AnnouncementRecord, Filter, History, Judged, Position
from watcher.records.reminders import Dated
from watcher.store import events
from watcher.store.engine import Database, chunks
from watcher.store.histories import history, judged
from watcher.store.items import records_of
from watcher.store.revisions import DeadlineRow, PlaceRow, RevisionRow
from watcher.store.search import index_of
from watcher.store.tables import AnnouncementRow, PageRow

# By when they were found, then by their own date: what was found in one pass is in the order of the dates.
NEWEST: Final = (
    col(AnnouncementRow.first_seen).desc(),
    col(AnnouncementRow.published).desc().nulls_last(),
    col(AnnouncementRow.id).desc(),
)
LATEST: Final = (col(AnnouncementRow.last_changed).desc(), *NEWEST[1:])
Columns = TypeVarTuple("Columns")
_OTHER: Final = AnnouncementType.OTHER
_PART: Final = 64  # announcements in memory while more are read


class Lists:
    """Announcements for who reads them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def announcements(self, wanted: Filter) -> tuple[AnnouncementRecord, ...]:
        """Announcements (or near misses) that pass the filter, newest first: by first_seen, then published."""
        return tuple(self.each(wanted))

    def announcement(self, announcement_id: int) -> History | None:
        """One announcement with its places and all its revisions."""
        with self._database.read() as session:
            return history(session, announcement_id)

    def judged(self) -> tuple[Judged, ...]:
        """Every announcement of which a person said something, by id."""
        with self._database.read() as session:
            return tuple(judged(session))

    def each(self, wanted: Filter) -> Iterator[AnnouncementRecord]:
        """The same for who takes very many, all of one state of the database, read as they are taken."""
        with self._database.read() as session:
            yield from listed(session, wanted)

    def dated(self, wanted: Filter) -> Iterator[Dated]:
        """The same with their earlier texts."""
        with self._database.read() as session:
            records = listed(session, wanted)
            while part := list(islice(records, _PART)):
                yield from _dated(session, part)

    def last_changes(self, records: Sequence[AnnouncementRecord]) -> dict[int, tuple[FieldChange, ...]]:
        """What the current revision of each changed, by id; of those that never changed nothing."""
        row, ids = AnnouncementRow, [one.id for one in records if one.revision > 1]
        wanted = (
            select(RevisionRow.announcement_id, RevisionRow.changes)
            .join(row, (col(row.id) == RevisionRow.announcement_id) & (col(row.revision) == RevisionRow.number))
            .where(col(row.id).in_(ids))
        )
        with self._database.read() as session:
            found = session.exec(wanted).all() if ids else []
        return {number: tuple(map(codec.decode_change, changes)) for number, changes in found}

    def active(self, ids: Collection[int]) -> tuple[AnnouncementRecord, ...]:
        """Those of these announcements that are not withdrawn."""
        with self._database.read() as session:
            return tuple(active(session, ids))

    def issued(self, body: str) -> tuple[AnnouncementRecord, ...]:
        """All announcements of a body, by its full name."""
        with self._database.read() as session:
            of_body = _current_texts().where(AnnouncementRow.issuer == body, AnnouncementRow.type != _OTHER)
            return tuple(records_of(session, session.exec(of_body).all()))

    def issuers(self, region: str) -> tuple[str, ...]:
        """The bodies with announcements of this place itself, those with most of them first."""
        row = AnnouncementRow
        wanted = (
            select(row.issuer)
            .where(row.region_code == region, col(row.issuer).is_not(None), row.type != _OTHER)
            .group_by(col(row.issuer))
            .order_by(func.count().desc(), col(row.issuer))
        )
        with self._database.read() as session:
            return tuple(name for name in session.exec(wanted) if name is not None)


def listed(session: Session, wanted: Filter) -> Iterator[AnnouncementRecord]:
    """Those that pass the filter, newest first, read as they are taken: a part of them is in memory at a time."""
    found = _passing(session, wanted) if wanted.query is None else _having(session, wanted, wanted.query)
    return islice(found, wanted.limit)


def active(session: Session, ids: Collection[int]) -> list[AnnouncementRecord]:
    """Those of these announcements that are not withdrawn, with their current text."""
    wanted = _current_texts().where(col(AnnouncementRow.id).in_(ids), col(AnnouncementRow.status) == "active")
    return list(records_of(session, session.exec(wanted).all()))


def _dated(session: Session, records: Sequence[AnnouncementRecord]) -> Iterator[Dated]:
    ids = [one.id for one in records if one.revision > 1]
    turns = events.turns_of(session, [one.id for one in records])
    earlier: dict[int, list[Extraction]] = {}
    of = select(RevisionRow).where(col(RevisionRow.announcement_id).in_(ids)).order_by(col(RevisionRow.number))
    for row in session.exec(of):
        earlier.setdefault(row.announcement_id, []).append(codec.decode_extraction(row.extraction, row.text))
    for one in records:
        yield Dated(one, tuple(earlier.get(one.id, ()))[: one.revision - 1], turns.get(one.id, 0))


def _passing(session: Session, wanted: Filter) -> Iterator[AnnouncementRecord]:
    query = _chosen(wanted, _current_texts()).limit(wanted.limit)
    for rows in session.exec(query, execution_options={"yield_per": _PART}).partitions():
        yield from records_of(session, rows)


def _having(session: Session, wanted: Filter, query: Query) -> Iterator[AnnouncementRecord]:
    """Those that have the words too, with where they stand: the index names them, their texts decide."""
    groups = [[tag(one) for one in wanted.types]] if wanted.types else []
    if wanted.regions:
        groups.append([tag(region_prefix(one)) for one in wanted.regions])
    size = min(wanted.limit or _PART, _PART)
    until = wanted.after.at if wanted.after and not wanted.feed else None
    parts = index_of(session.connection()).newest(query, groups, wanted.since, until)
    if wanted.feed:  # the index has the order of first sight, and an edit may be of any of them
        parts = iter([[entry for part in parts for entry in part]])
    for named in parts:
        for ids in chunks(_in_order(session, wanted, named), size):
            rows = session.exec(_current_texts().where(col(AnnouncementRow.id).in_(ids))).all()
            records = {record.id: record for record in records_of(session, rows)}
            for entry in ids:
                if hit := find(query, fields_of(records[entry].extraction)):
                    yield replace(records[entry], hit=hit)


def _in_order(session: Session, wanted: Filter, ids: Sequence[int]) -> list[int]:
    """Those of `ids` that pass the filter, newest first; their texts are not read for it."""
    columns = select(_moment(wanted), col(AnnouncementRow.published), col(AnnouncementRow.id))
    query = _chosen(wanted, columns)
    rows = [row for part in chunks(ids) for row in session.exec(query.where(col(AnnouncementRow.id).in_(part)))]
    rows.sort(key=lambda row: (row[0], row[1] or date.min, row[2]), reverse=True)
    return [entry for _, _, entry in rows if entry is not None]


def _chosen(wanted: Filter, query: Select[*Columns]) -> Select[*Columns]:
    """The query for what passes the filter, newest first."""
    query = query.where(*_conditions(wanted))
    order = LATEST if wanted.feed else NEWEST
    if not wanted.sources:
        return query.order_by(*order)
    # By its first place in these sources, whose index has the order: an announcement may have several.
    mine, other = PlaceRow, aliased(PlaceRow)
    before = select(other.url).where(
        other.announcement_id == mine.announcement_id,
        col(other.source_id).in_(wanted.sources),
        tuple_(col(other.source_id), col(other.url)) < tuple_(col(mine.source_id), col(mine.url)),
    )
    first = and_(mine.announcement_id == AnnouncementRow.id, col(mine.source_id).in_(wanted.sources), ~before.exists())
    query = query.join(mine, first)
    if wanted.feed:
        return query.order_by(*order)
    if wanted.after is not None:  # `_conditions` says it exactly, of a column that this index lacks
        query = query.where(col(mine.announced) <= wanted.after.at)
    return query.order_by(col(mine.announced).desc(), *order[1:])


def _current_texts() -> Select[AnnouncementRow, RevisionRow]:
    current = and_(
        col(RevisionRow.announcement_id) == AnnouncementRow.id, col(RevisionRow.number) == AnnouncementRow.revision
    )
    return select(AnnouncementRow, RevisionRow).join(RevisionRow, current)


def _conditions(wanted: Filter) -> list[ColumnElement[bool]]:
    """An unset part of the filter gives no condition. Written so that SQLite finds the index of each."""
    conditions = [_type(wanted)]
    if wanted.since is not None:
        conditions.append(col(AnnouncementRow.first_seen) >= wanted.since)
    if wanted.regions:
        conditions.append(in_regions(wanted.regions))
    if wanted.changed:
        conditions.append(col(AnnouncementRow.revision) > literal_column("1"))  # as the index has it
    if wanted.due_from is not None:
        conditions.append(_is_due(wanted.due_from))
    if wanted.feed:
        conditions.append(_is_news())
    if wanted.after is not None:
        conditions += _behind(wanted.after, _moment(wanted))
    return conditions


def _moment(wanted: Filter) -> Mapped[datetime]:
    """What the list goes by before all else."""
    return col(AnnouncementRow.last_changed if wanted.feed else AnnouncementRow.first_seen)


def _is_news() -> ColumnElement[bool]:
    """Whether an announcement came up after a source of it was first read, or changed since."""
    row = AnnouncementRow
    fresh = select(col(PageRow.id)).where(col(PageRow.announcement_id) == row.id, ~col(PageRow.baseline)).correlate(row)
    return or_(col(row.revision) > literal_column("1"), fresh.exists())


def _is_due(day: date) -> ColumnElement[bool]:
    """Whether a text of it has a deadline on this day or later: of one that was dropped, readers have to hear."""
    row = AnnouncementRow
    ahead = (
        select(col(DeadlineRow.position))
        .join(RevisionRow, col(RevisionRow.id) == DeadlineRow.revision_id)
        .where(col(RevisionRow.announcement_id) == row.id, col(DeadlineRow.date) >= day)
        .correlate(row)
    )
    return ahead.exists()


def _behind(place: Position, moment: Mapped[datetime]) -> list[ColumnElement[bool]]:
    """What comes after a place in a list that goes by this moment; an index serves the first condition."""
    row = AnnouncementRow
    earlier, same = moment < place.at, moment == place.at
    undated = and_(col(row.published).is_(None), col(row.id) < place.id)
    if place.published is not None:
        of_day = and_(col(row.published) == place.published, col(row.id) < place.id)
        undated = or_(col(row.published) < place.published, of_day, col(row.published).is_(None))
    return [moment <= place.at, or_(earlier, and_(same, undated))]


def _type(wanted: Filter) -> ColumnElement[bool]:
    """One type is looked for; several are what is left without the others, which keeps the order of the list."""
    asked = [one for one in AnnouncementType if (one is AnnouncementType.OTHER) == wanted.near_misses]
    if wanted.types:
        asked = [one for one in asked if one in wanted.types]
    column = col(AnnouncementRow.type)
    return (
        column == asked[0] if len(asked) == 1 else column.not_in([one for one in AnnouncementType if one not in asked])
    )


def in_regions(codes: Sequence[str]) -> ColumnElement[bool]:
    """One region is looked for in its index; of several none has one, so that a list keeps its order and its length."""
    row, prefixes = AnnouncementRow, [region_prefix(one) for one in codes]
    if len(prefixes) > 1:
        return or_(*(func.substr(col(row.region_code), 1, len(one)) == one for one in prefixes))
    columns = {2: row.province, 4: row.prefecture}
    return col(columns.get(len(prefixes[0]), row.region_code)) == prefixes[0]


def region_prefix(code: str) -> str:
    """What the codes of a division and all in it begin with: GB/T 2260 fills a province's or city's with 00."""
    while (len(code) == 6 and code.endswith("00")) or (len(code) == 4 and code.endswith("00")):
        code = code[:-2]
    return code
