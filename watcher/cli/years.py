"""The series of a body as a reader sees them: a document a line, under it what it says and what changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from rich.console import Console
from rich.text import Text

from watcher.change.note import by_weight
from watcher.cli.beside import counted, label
from watcher.cli.columns import fold
from watcher.cli.comparison import note_line
from watcher.cli.tables import STATES, console, show_table, table
from watcher.followups.beside import Moved, Pair, main_figures, set_beside
from watcher.followups.series import Series, Step, steps
from watcher.model import Direction, Figure
from watcher.news import FieldChange
from watcher.records.announcements import AnnouncementRecord

MAIN_FIGURES: Final = 3
MOST_CHANGES: Final = 4
NARROWEST_TITLE: Final = 20
_DIRECTIONS: Final = {Moved.RAISED: Direction.INCREASE, Moved.LOWERED: Direction.DECREASE}

_Row = tuple[str, str, str, list[Text]]


def print_series(found: Sequence[Series]) -> None:
    out = console()
    for index, series in enumerate(found):
        if index:
            out.print()
        about = "、".join(series.subjects) or "general"
        out.print(Text.assemble((series.issuer, "bold"), f"  {series.kind}  ", (about, "cyan")), soft_wrap=True)
        _print_members(out, list(_rows(series)))


def _print_members(out: Console, rows: Sequence[_Row]) -> None:
    """A table whose last column is folded by us: Rich would cut numbers in two."""
    headings = ("date", "id", "measures", "title")
    lead = sum(
        2 + max(len(cell) for cell in column) for column in zip(headings[:3], *(row[:3] for row in rows), strict=True)
    )
    width = max(out.width - lead, NARROWEST_TITLE)
    folded = [(*row[:3], Text("\n").join(part for line in row[3] for part in fold(line, width))) for row in rows]
    show_table(table(headings, folded, stretch=3))


def _rows(series: Series) -> Iterator[_Row]:
    for step in steps(series):
        member = step.member
        day = member.published.isoformat() if member.published else str(member.year or "-")
        number = str(member.stands.id) if member.stands else "-"
        yield day, number, _count(member.measure_count, step.more), [Text(member.title, "bold"), *_below(step)]


def _count(count: int | None, more: int | None) -> str:
    """20 (+8)"""
    return f"{'-' if count is None else count}{f' ({more:+d})' if more else ''}"


def _below(step: Step) -> Iterator[Text]:
    member, before = step.member, step.before
    if member.stands is None:
        yield Text(f"not stored; named by {_ids(member.named_by)}", "dim")
        return
    if step.stands is not None:
        yield Text(STATES[step.stands.state], "red")
    about = [] if member.stored else ["the document itself is not stored"]
    about += [f"reports: {_ids(member.reports)}"] if member.reports else []
    about += [f"cited by {_ids(member.named_by)}"] if member.named_by else []
    if about:
        yield Text("; ".join(about), "dim")
    figures = main_figures(member.stands.extraction.figures, MAIN_FIGURES)
    if figures:
        yield Text("，".join(f"{label(one)}{one.quote}" for one in figures), "dim")
    if before is not None:
        yield from _changes(before, member.stands)


def _changes(before: AnnouncementRecord, after: AnnouncementRecord) -> Iterator[Text]:
    """What became of the measures and of the main figures since the document before."""
    found = set_beside(before.extraction, after.extraction)
    if before.extraction.measures and after.extraction.measures:
        yield Text(f"since {before.id}: measures {counted(found.measures)}")
    moved = by_weight(_change(pair) for pair in found.figures if pair.moved in _DIRECTIONS)
    for change in moved[:MOST_CHANGES]:
        yield note_line(change)[2:]
    if len(moved) > MOST_CHANGES:
        yield Text(f"⋯ {len(moved) - MOST_CHANGES} more: watcher compare {before.id} {after.id}", "dim")


def _change(pair: Pair[Figure]) -> FieldChange:
    assert pair.before is not None
    assert pair.after is not None
    return FieldChange(
        field=f"figure:{pair.after.subject or ''}",
        before=pair.before.quote,
        after=pair.after.quote,
        subject=pair.after.subject,
        kind=pair.after.kind,
        # 由20天压减至15天 is said of both years: which of the two is shorter needs no words.
        direction=None if pair.after.previous else _DIRECTIONS[pair.moved],
    )


def _ids(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))
