"""The index by which copies are looked up: the bands (`watcher.likeness.bands`) of every revision's text.

A copy of what an announcement said earlier is a copy too, so bands are only added. Whoever adds a revision calls `add`
in the same transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

import sqlalchemy as sa
from sqlalchemy import BigInteger, insert
from sqlmodel import Field, Session, SQLModel, col, func, select

from watcher.model import AnnouncementType
from watcher.records import Near, Neighbour
from watcher.store.engine import Database
from watcher.store.tables import AnnouncementRow, PageRow, RevisionRow

# Texts that are looked at word for word, a few milliseconds each: those with most bands in common. Pages made from one
# form share some, a copy shares most.
MOST_NEIGHBOURS: Final = 5


class BandRow(SQLModel, table=True):
    __tablename__ = "bands"
    __table_args__ = {"sqlite_with_rowid": False}  # the key is all there is: half the size

    band: int = Field(primary_key=True, sa_type=BigInteger)
    revision_id: int = Field(primary_key=True, foreign_key="revisions.id")


class Copies:
    """Looking for what a fresh text is a copy of."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def near(self, bands: Collection[int]) -> Near:
        """The stored texts that have most of these bands."""
        with self._database.read() as session:
            latest = session.exec(select(func.max(col(RevisionRow.id)))).one() or 0
            return Near(tuple(_neighbours(session, bands)), latest)


def add(session: Session, revision_id: int, bands: Collection[int]) -> None:
    if bands:
        rows = [{"band": band, "revision_id": revision_id} for band in sorted(bands)]
        session.connection().execute(insert(BandRow), rows)


def any_since(session: Session, bands: Collection[int], latest: int) -> bool:
    """Whether a text that may be a copy was stored after revision `latest`."""
    newer = select(BandRow.band).where(col(BandRow.band).in_(bands), BandRow.revision_id > latest).limit(1)
    return session.exec(newer).first() is not None


def _neighbours(session: Session, bands: Collection[int]) -> Iterator[Neighbour]:
    shared = func.count().label("shared")
    ranked = (
        select(BandRow.revision_id, shared)
        .where(col(BandRow.band).in_(bands))
        .group_by(col(BandRow.revision_id))
        .order_by(shared.desc(), col(BandRow.revision_id))
        .limit(MOST_NEIGHBOURS)
        .subquery()
    )
    extraction = col(RevisionRow.extraction)
    title, region = extraction["title"].as_string(), extraction["region"]["code"].as_string()
    texts = (
        sa.select(col(AnnouncementRow.id), col(AnnouncementRow.type), col(RevisionRow.text), title, region)
        .join(RevisionRow, col(RevisionRow.announcement_id) == AnnouncementRow.id)
        .join(ranked, ranked.c.revision_id == RevisionRow.id)
        .order_by(ranked.c.shared.desc(), ranked.c.revision_id)
    )
    for announcement, kind, text, headline, code in session.connection().execute(texts):
        listed = session.exec(select(PageRow.title).where(PageRow.announcement_id == announcement).distinct())
        yield Neighbour(announcement, headline, text, code, tuple(listed), near_miss=kind == AnnouncementType.OTHER)
