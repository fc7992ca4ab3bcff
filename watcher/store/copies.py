"""The index by which copies are looked up: the bands (`watcher.identity.likeness.bands`) of every revision's text.

A copy of what an announcement said earlier is a copy too, so bands are only added. Whoever adds a revision calls `add`
in the same transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import ClassVar, Final

import sqlalchemy as sa
from sqlalchemy import BigInteger, insert
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Field, Session, col, func, select

from watcher.model import AnnouncementType
from watcher.records.copies import Near, Neighbour
from watcher.records.pages import PageRecord
from watcher.store import pages
from watcher.store.engine import Database
from watcher.store.revisions import RevisionRow
from watcher.store.tables import AnnouncementRow, PageRow, Stored

# Texts that are looked at word for word, a few milliseconds each: those with most bands in common. Pages made from one
# form share some, a copy shares most.
MOST_NEIGHBOURS: Final = 5
# Of the texts that share a band the latest so many are looked up: what a form says is shared by all that were made from
# it, and finding a copy must not cost more with each of them.
MOST_OF_A_BAND: Final = 50

_LATEST_OF: Final = (
    "SELECT band, revision_id FROM (SELECT band, revision_id FROM bands WHERE band = :band_{at}"
    f" ORDER BY revision_id DESC LIMIT {MOST_OF_A_BAND}) AS of_{{at}}"
)
# A band counts for the more, the fewer have it: a copy has those too that no other page of its form has.
_RANKED: Final = (
    "SELECT revision_id FROM"
    " (SELECT revision_id, 1.0 / count(*) OVER (PARTITION BY band) AS weight FROM ({latest}) AS alike) AS weighed"
    f" GROUP BY revision_id ORDER BY sum(weight) DESC, revision_id LIMIT {MOST_NEIGHBOURS}"
)


class BandRow(Stored, table=True):
    __tablename__ = "bands"
    __table_args__: ClassVar = {"sqlite_with_rowid": False}  # the key is all there is: half the size

    band: int = Field(primary_key=True, sa_type=BigInteger)
    revision_id: int = Field(primary_key=True, foreign_key="revisions.id")


class Copies:
    """Looking for what a fresh text is a copy of."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def near(self, bands: Collection[int], key: str, original: str | None) -> Near:
        """The stored texts that have most of these bands, after those that a link joins to the fresh page.

        Args:
            key: the fresh page's canonical address.
            original: that of the page that it names as its original.
        """
        with self._database.read() as session:
            latest = session.exec(select(func.max(col(RevisionRow.id)))).one() or 0
            naming = _current(session, PageRow.original == key)
            named = _current(session, pages.stands_at(original)) if original else []
            neighbours = (
                *(replace(one, linked=True, names_it=True) for one in _neighbours(session, naming)),
                *(replace(one, linked=True) for one in _neighbours(session, named)),
                *_neighbours(session, _alike(session, bands)),
            )
            return Near(neighbours, latest)

    def add_original(self, page: PageRecord, url: str) -> PageRecord | None:
        """Note what `page` names as its original, as an entry of the same source; None where it is known already."""
        with self._database.write() as session:
            return pages.add_original(session, page, url)


def add(session: Session, revision_id: int, bands: Collection[int]) -> None:
    if bands:
        rows = [{"band": band, "revision_id": revision_id} for band in sorted(bands)]
        session.connection().execute(insert(BandRow), rows)


def add_missing(session: Session, revision_id: int, bands: Collection[int]) -> None:
    """Add what a revision that is read again has more."""
    wanted = select(BandRow.band).where(col(BandRow.band).in_(bands), BandRow.revision_id == revision_id)
    there = session.exec(wanted).all()
    add(session, revision_id, set(bands).difference(there))


def any_since(session: Session, bands: Collection[int], latest: int) -> bool:
    """Whether a text that may be a copy was stored after revision `latest`."""
    newer = select(BandRow.band).where(col(BandRow.band).in_(bands), BandRow.revision_id > latest).limit(1)
    return session.exec(newer).first() is not None


def _current(session: Session, of_page: ColumnElement[bool] | bool) -> Sequence[int]:
    """The current revisions of the announcements that have such a page."""
    pages = select(PageRow.announcement_id).where(of_page, col(PageRow.announcement_id).is_not(None)).distinct()
    current = (
        select(RevisionRow.id)
        .join(AnnouncementRow, col(AnnouncementRow.id) == RevisionRow.announcement_id)
        .where(RevisionRow.number == AnnouncementRow.revision, col(AnnouncementRow.id).in_(pages))
    )
    return [number for number in session.exec(current.limit(MOST_NEIGHBOURS)) if number is not None]


def _alike(session: Session, bands: Collection[int]) -> Sequence[int]:
    """The revisions that have most of these bands, the rare ones above all."""
    if not bands:
        return []
    values = {f"band_{at}": band for at, band in enumerate(sorted(bands))}
    return session.connection().execute(_ranked(len(bands)), values).scalars().all()


@cache
def _ranked(count: int) -> sa.TextClause:
    """The query for so many bands: a text has some forty at most."""
    latest = " UNION ALL ".join(_LATEST_OF.format(at=at) for at in range(count))
    return sa.text(_RANKED.format(latest=latest))


def _neighbours(session: Session, revisions: Sequence[int]) -> Iterator[Neighbour]:
    """The texts of these revisions, in their order."""
    extraction = col(RevisionRow.extraction)
    columns = (
        col(RevisionRow.id), col(AnnouncementRow.id), col(AnnouncementRow.type), col(RevisionRow.text),
        extraction["title"].as_string(), extraction["region"]["code"].as_string(),
        col(AnnouncementRow.key),
    )  # fmt: skip
    texts = (
        sa.select(*columns)
        .join(AnnouncementRow, col(RevisionRow.announcement_id) == AnnouncementRow.id)
        .where(col(RevisionRow.id).in_(revisions))
    )
    rows = session.connection().execute(texts).all() if revisions else []
    for _, announcement, kind, text, title, region, key in sorted(rows, key=lambda row: revisions.index(row[0])):
        listed = session.exec(select(PageRow.key, PageRow.title).where(PageRow.announcement_id == announcement)).all()
        pages = tuple(dict.fromkeys((page, called) for page, called in listed))
        near_miss = kind == AnnouncementType.OTHER
        yield Neighbour(announcement, title, text, region, key, pages, near_miss=near_miss)
