"""What people say of announcements, kept beside what was computed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, Session, col, delete, func, select

from watcher.errors import UsageError
from watcher.model import Figure
from watcher.records.announcements import Feedback, Judgement, Opinion
from watcher.store.engine import Database
from watcher.store.revisions import FigureRow, RevisionRow
from watcher.store.tables import Stored, text_column


class FeedbackRow(Stored, table=True):
    """What a person said of an announcement as it was at `revision`; never changed, only added to or cleared."""

    __tablename__ = "feedback"
    __table_args__ = (
        CheckConstraint("verdict IN ('relevant', 'not_relevant', 'wrong_figure', 'note')", name="verdict"),
    )

    id: int | None = Field(default=None, primary_key=True)
    announcement_id: int = Field(foreign_key="announcements.id", index=True)
    revision: int
    verdict: str
    figure: int | None = None  # `figures.position` of a wrong one
    note: str | None = Field(default=None, sa_column=text_column(nullable=True))
    at: datetime


class Opinions:
    """What people say."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self, announcement_id: int, revision: int, opinions: Sequence[Opinion], now: datetime, *, anew: bool = False
    ) -> None:
        """Keep what a person says of an announcement at a revision; `anew` forgets what was said of it before.

        Raises UsageError, changing nothing, where the announcement, the revision or a figure does not exist.
        """
        with self._database.write() as session:
            if anew:
                session.exec(delete(FeedbackRow).where(col(FeedbackRow.announcement_id) == announcement_id))
            _add(session, announcement_id, revision, opinions, now)


def _add(session: Session, announcement_id: int, revision: int, opinions: Sequence[Opinion], now: datetime) -> None:
    figures = _count_figures(session, announcement_id, revision)
    for opinion in opinions:
        if opinion.figure is not None and not 0 <= opinion.figure < figures:
            raise UsageError(_no_figure(announcement_id, opinion.figure, figures))
        row = FeedbackRow(
            announcement_id=announcement_id,
            revision=revision,
            verdict=opinion.verdict.value,
            figure=opinion.figure,
            note=opinion.note,
            at=now,
        )
        session.add(row)


def _count_figures(session: Session, announcement_id: int, revision: int) -> int:
    wanted = select(RevisionRow.id).where(
        RevisionRow.announcement_id == announcement_id, RevisionRow.number == revision
    )
    revision_id = session.exec(wanted).one_or_none()
    if revision_id is None:
        raise UsageError(f"no announcement {announcement_id} with a revision {revision}; `watcher list` shows the ids")
    return session.exec(select(func.count()).select_from(FigureRow).where(FigureRow.revision_id == revision_id)).one()


def _no_figure(announcement_id: int, position: int, figures: int) -> str:
    has = f"figures 1 to {figures}" if figures else "no figures"
    return f"announcement {announcement_id} has {has}, none is number {position + 1}; `watcher show` numbers them"


def follow_figures(
    session: Session, announcement_id: int, revision: int, before: Sequence[Figure], after: Sequence[Figure]
) -> None:
    """Let what was said of single figures follow them to their new places, after a revision was read again.

    A figure that is no longer read leaves a note: its words and what was said.
    """
    names = _names(before)
    places = {name: place for place, name in enumerate(_names(after))}
    wanted = select(FeedbackRow).where(
        FeedbackRow.announcement_id == announcement_id,
        FeedbackRow.revision == revision,
        col(FeedbackRow.figure).is_not(None),
    )
    for row in session.exec(wanted):
        assert row.figure is not None
        name = names[row.figure]
        row.figure = places.get(name)
        if row.figure is None:
            row.verdict = Judgement.NOTE.value
            row.note = f"{name[0]} is wrong, and no longer read{f': {row.note}' if row.note else ''}"


def _names(figures: Sequence[Figure]) -> list[tuple[str, int]]:
    """Each figure by its words, and how many of the same words stand before it."""
    seen: Counter[str] = Counter()
    names = []
    for figure in figures:
        names.append((figure.quote, seen[figure.quote]))
        seen[figure.quote] += 1
    return names


def of_announcement(session: Session, announcement_id: int) -> tuple[Feedback, ...]:
    """All that was said of one announcement, oldest first."""
    wanted = select(FeedbackRow).where(FeedbackRow.announcement_id == announcement_id).order_by(col(FeedbackRow.id))
    return tuple(_record(row) for row in session.exec(wanted))


def of_announcements(session: Session, ids: Sequence[int]) -> dict[int, list[Feedback]]:
    said: dict[int, list[Feedback]] = {}
    wanted = select(FeedbackRow).where(col(FeedbackRow.announcement_id).in_(ids)).order_by(col(FeedbackRow.id))
    for row in session.exec(wanted):
        said.setdefault(row.announcement_id, []).append(_record(row))
    return said


def by_announcement(session: Session) -> dict[int, list[Feedback]]:
    """All that was ever said by announcement, both in the order of ids."""
    said: dict[int, list[Feedback]] = {}
    for row in session.exec(select(FeedbackRow).order_by(col(FeedbackRow.announcement_id), col(FeedbackRow.id))):
        said.setdefault(row.announcement_id, []).append(_record(row))
    return said


def _record(row: FeedbackRow) -> Feedback:
    return Feedback(row.revision, Opinion(Judgement(row.verdict), row.figure, row.note), row.at)
