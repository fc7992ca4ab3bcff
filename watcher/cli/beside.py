"""Two announcements side by side: columns on a terminal, a line a pair in a pipe."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from rich.console import Console
from rich.text import Text

from watcher.change.paragraphs import differing_pieces
from watcher.cli.columns import BETWEEN, NARROWEST, Cells, halves, print_columns
from watcher.cli.tables import console
from watcher.followups.beside import Moved, Pair, by, main_figures, set_beside
from watcher.model import Figure, Measure
from watcher.records.announcements import AnnouncementRecord

Thing = TypeVar("Thing", Measure, Figure)

# Of the figures that only one of the two has, those shown: what a reader asks for first.
MOST_ALONE: Final = 10
CHANGE_WIDTH: Final = 9
_OLD, _NEW = "red", "green"
_SIGNS: Final = {
    Moved.SAME: "=",
    Moved.CHANGED: "~",
    Moved.RAISED: "↑",
    Moved.LOWERED: "↓",
    Moved.ADDED: "+",
    Moved.DROPPED: "-",
    Moved.ALONE: "·",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A pair as it is shown: both sides ("" where there is none) and how the one became the other."""

    old: Text
    new: Text
    change: str
    sign: str


def print_beside(
    before: AnnouncementRecord, after: AnnouncementRecord, *, everything: bool, one_matter: bool = False
) -> None:
    """`one_matter`: as for `set_beside`."""
    out = console()
    found = set_beside(before.extraction, after.extraction, one_matter=one_matter)
    _print_heads(out, before, after)
    if unread := [str(one.id) for one in (before, after) if not one.extraction.verdict.announcement]:
        _print(out, f"Measures: those of {' and '.join(unread)}, no announcement, were not read", [])
    else:
        _print(out, f"Measures: {counted(found.measures)}", [_measures(pair) for pair in found.measures])
    chosen = found.figures if everything else _main(found.figures)
    _print(out, f"Figures: {counted(found.figures)}", [_figures(pair) for pair in chosen])
    if left := len(found.figures) - len(chosen):
        out.print(Text(f"⋯ {left} more figures that only one of the two has: --all", "dim"), soft_wrap=True)


def counted(pairs: Iterable[Pair[Thing]]) -> str:
    """14 in both, 6 added, 2 dropped; of one matter: 14 in both, 3 in one alone."""
    moves = [pair.moved for pair in pairs]
    added, dropped, alone = (moves.count(one) for one in (Moved.ADDED, Moved.DROPPED, Moved.ALONE))
    both = len(moves) - added - dropped - alone
    parts = ((both, "in both"), (added, "added"), (dropped, "dropped"), (alone, "in one alone"))
    return ", ".join(f"{count} {name}" for count, name in parts if count) or "none"


def _main(figures: Sequence[Pair[Figure]]) -> Sequence[Pair[Figure]]:
    """All that both have, and of those that each has alone the main ones."""
    alone = [[pair.after for pair in figures if not pair.before], [pair.before for pair in figures if not pair.after]]
    main = [one for side in alone for one in main_figures(filter(None, side), MOST_ALONE)]
    kept = {id(one) for one in main}
    return [pair for pair in figures if (pair.before and pair.after) or {id(pair.before), id(pair.after)} & kept]


def _print_heads(out: Console, before: AnnouncementRecord, after: AnnouncementRecord) -> None:
    """Which two they are."""
    for mark, style, record in (("---", _OLD, before), ("+++", _NEW, after)):
        found = record.extraction
        day = found.published.isoformat() if found.published else "-"
        title = (found.title or record.url, "bold")
        out.print(Text.assemble((f"{mark} {record.id}  {day}  ", style), title), soft_wrap=True)


def _measures(pair: Pair[Measure]) -> Shown:
    old, new = _heading(pair.before), _heading(pair.after)
    if pair.before and pair.after and pair.moved is Moved.CHANGED:
        for text, pieces, style in zip(
            (old, new), differing_pieces(pair.before.heading, pair.after.heading), (_OLD, _NEW), strict=True
        ):
            moved = len(text) - sum(len(piece.text) for piece in pieces)
            for piece in pieces:
                if piece.differs:
                    text.stylize(style, moved + piece.start, moved + piece.start + len(piece.text))
    return _shown(pair.moved, old, new, "")


def _figures(pair: Pair[Figure]) -> Shown:
    changed = pair.moved is not Moved.SAME
    old = _figure(pair.before, _OLD if changed else "")
    said = pair.before.subject if pair.before and changed else None  # a pipe shows one side of what is the same
    new = _figure(pair.after, _NEW if changed else "", said)
    return _shown(pair.moved, old, new, by(pair))


def _shown(moved: Moved, old: Text, new: Text, change: str) -> Shown:
    """What is the same steps back, what only one has is all of one colour."""
    styles = {Moved.SAME: ("dim", "dim"), Moved.ADDED: ("", _NEW), Moved.DROPPED: (_OLD, "")}
    for text, style in zip((old, new), styles.get(moved, ("", "")), strict=True):
        text.stylize(style)
    of_one = moved in (Moved.ADDED, Moved.DROPPED, Moved.ALONE)
    return Shown(old, new, change or (moved.value if of_one else ""), _SIGNS[moved])


def _heading(measure: Measure | None) -> Text:
    return Text(f"{measure.number} {measure.heading}" if measure else "")


def _figure(figure: Figure | None, style: str, said: str | None = None) -> Text:
    """The quote, with what it is about where that is not said, by itself or beside it."""
    if figure is None:
        return Text()
    about = "" if figure.subject == said else label(figure)
    return Text.assemble(about, (figure.quote, style))


def label(figure: Figure) -> str:
    """What a figure is about, where its quote does not say so itself."""
    return f"{figure.subject}：" if figure.subject and figure.subject not in figure.quote else ""


def _print(out: Console, heading: str, rows: Sequence[Shown]) -> None:
    out.print()
    out.print(Text(heading, "bold"))
    if out.is_terminal and out.width >= NARROWEST:
        half = halves(out.width, CHANGE_WIDTH + len(BETWEEN))
        shown = (Cells((one.old, one.new, Text(f"{one.sign} {one.change}"))) for one in rows)
        print_columns(out, shown, (half, half, CHANGE_WIDTH))
        return
    for one in rows:
        out.print(_line(one), soft_wrap=True)


def _line(shown: Shown) -> Text:
    """One pair in one line, for a pipe."""
    arrow = " → " if shown.old and shown.new and shown.sign != _SIGNS[Moved.SAME] else ""
    sides = (shown.old, arrow, shown.new) if arrow else (shown.new or shown.old,)
    behind = f"  {shown.change}" if arrow and shown.change else ""
    return Text.assemble(f"{shown.sign} ", *sides, behind)
