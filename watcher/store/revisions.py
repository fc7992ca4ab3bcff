"""What announcements said, a text each time, and where they were found."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, delete, insert

from watcher.model import Extraction
from watcher.store.tables import Stored, json_column, text_column


class RevisionRow(Stored, table=True):
    """One text of an announcement. `extraction` and `document` leave the text out, which both share.

    `reread_at`: they are what a newer watcher read of the same answer; `changes` stays as it was told.
    """

    __tablename__ = "revisions"
    __table_args__ = (UniqueConstraint("announcement_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    announcement_id: int = Field(foreign_key="announcements.id")
    number: int
    seen_at: datetime
    fingerprint: str
    text: str = Field(sa_column=text_column())
    extraction: dict[str, Any] = Field(sa_column=json_column())
    document: dict[str, Any] = Field(sa_column=json_column())
    changes: list[dict[str, Any]] = Field(default_factory=list, sa_column=json_column())
    reread_at: datetime | None = None


class FigureRow(Stored, table=True):
    """A figure of a revision, for filtering: `low` and `high` as floats; the exact ones are in `extraction`."""

    __tablename__ = "figures"

    revision_id: int = Field(primary_key=True, foreign_key="revisions.id")
    position: int = Field(primary_key=True)
    kind: str
    low: float
    high: float
    unit: str
    qualifier: str
    change: str | None = None
    subject: str | None = Field(default=None, sa_column=text_column(nullable=True))
    quote: str = Field(sa_column=text_column())
    measure: int | None = None


class DeadlineRow(Stored, table=True):
    __tablename__ = "deadlines"
    __table_args__ = (Index("ix_deadlines_date", "date"),)

    revision_id: int = Field(primary_key=True, foreign_key="revisions.id")
    position: int = Field(primary_key=True)
    date: date
    quote: str = Field(sa_column=text_column())
    measure: int | None = None


class PlaceRow(Stored, table=True):
    """`announced`: the announcement's `first_seen`, by which the list of a source is read in its order."""

    __tablename__ = "places"
    __table_args__ = (Index("ix_places_source_id", "source_id", "announced"),)

    announcement_id: int = Field(primary_key=True, foreign_key="announcements.id")
    source_id: str = Field(primary_key=True, foreign_key="sources.id")
    url: str = Field(primary_key=True)
    first_seen: datetime
    announced: datetime


def add_items(session: Session, revision_id: int, extraction: Extraction) -> None:
    """Store the figures and deadlines of a revision, for who filters by them."""
    _insert(session, FigureRow, figure_rows(revision_id, extraction))
    _insert(session, DeadlineRow, deadline_rows(revision_id, extraction))


def replace_items(session: Session, revision_id: int, extraction: Extraction) -> None:
    """The same for a revision that was read again."""
    for table in (FigureRow, DeadlineRow):
        session.exec(delete(table).where(col(table.revision_id) == revision_id))
    add_items(session, revision_id, extraction)


def _insert(session: Session, table: type[SQLModel], rows: list[dict[str, Any]]) -> None:
    """Rows by the thousand, as a report in figures has them: as objects they would cost five times as much."""
    if rows:
        session.connection().execute(insert(table), rows)


def figure_rows(revision_id: int, extraction: Extraction) -> list[dict[str, Any]]:
    """The figures of a revision as rows of their table, by column."""
    return [
        {
            "revision_id": revision_id,
            "position": position,
            "kind": str(figure.kind),
            "low": float(figure.low),
            "high": float(figure.high),
            "unit": figure.unit,
            "qualifier": str(figure.qualifier),
            "change": None if figure.change is None else str(figure.change),
            "subject": figure.subject,
            "quote": figure.quote,
            "measure": figure.measure,
        }
        for position, figure in enumerate(extraction.figures)
    ]


def deadline_rows(revision_id: int, extraction: Extraction) -> list[dict[str, Any]]:
    """Its deadlines, alike."""
    return [
        {
            "revision_id": revision_id,
            "position": position,
            "date": deadline.date,
            "quote": deadline.quote,
            "measure": deadline.measure,
        }
        for position, deadline in enumerate(extraction.deadlines)
    ]
