"""Two revisions of an announcement: what changed in sentences, then both texts side by side (one column for a pipe)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.text import Text

from watcher.change.note import Role, note
from watcher.change.paragraphs import Paragraph, Piece, Row, align, differing_pieces
from watcher.cli.columns import NARROWEST, Cells, halves, print_columns
from watcher.cli.tables import console, local
from watcher.news import FieldChange
from watcher.records.announcements import RevisionRecord

# Unchanged paragraphs shown around changed ones.
CONTEXT: Final = 1

_NOTE_STYLES: Final = {Role.PLAIN: "", Role.BEFORE: "red", Role.AFTER: "green"}
_FIGURE: Final = "bold underline"
_OLD, _NEW, _SAME = "red", "green", "dim"


def note_line(change: FieldChange) -> Text:
    """The change note, and the words of the page where they say more."""
    quote = f"  “{change.quote}”" if change.quote and change.quote != change.after else ""
    return Text.assemble("  · ", *((part.text, _NOTE_STYLES[part.role]) for part in note(change)), (quote, "dim"))


def print_comparison(before: RevisionRecord, after: RevisionRecord, zone: ZoneInfo) -> None:
    """What `after` changed of the revision before it."""
    out = console()
    out.print(Text(after.extraction.title or "(no title)", "bold"), soft_wrap=True)
    for change in after.changes:
        out.print(note_line(change), soft_wrap=True)
    if not after.changes:
        out.print("  nothing that matters to a reader: order, numbering, spaces or punctuation", soft_wrap=True)
    out.print()
    heads = [f"revision {one.number}  {local(one.seen_at, zone)}" for one in (before, after)]
    rows = list(_shown(align(_whole(before), _whole(after))))
    if out.is_terminal and out.width >= NARROWEST:
        _print_columns(out, heads, rows, (_marks(before), _marks(after)))
    else:
        _print_unified(out, heads, rows)


def _whole(revision: RevisionRecord) -> str:
    """The title is a paragraph too."""
    return f"{revision.extraction.title or ''}\n{revision.extraction.text}"


def _marks(revision: RevisionRecord) -> list[tuple[int, int]]:
    """Where the figures stand in `_whole`."""
    moved = len(revision.extraction.title or "") + 1
    return [(figure.start + moved, figure.end + moved) for figure in revision.extraction.figures]


@dataclass(frozen=True, slots=True)
class Gap:
    """Unchanged paragraphs that are left out."""

    count: int


def _shown(rows: Sequence[Row]) -> Iterator[Row | Gap]:
    """The rows that changed with a little of what is around them; the rest as gaps."""
    changed = [index for index, row in enumerate(rows) if not row.same]
    near = {index + step for index in changed for step in range(-CONTEXT, CONTEXT + 1)}
    left_out = 0
    for index, row in enumerate(rows):
        if index in near:
            if left_out:
                yield Gap(left_out)
            left_out = 0
            yield row
        else:
            left_out += 1
    if left_out:
        yield Gap(left_out)


Marks = Sequence[tuple[int, int]]


def _print_columns(out: Console, heads: Sequence[str], rows: Sequence[Row | Gap], marks: tuple[Marks, Marks]) -> None:
    shown = [Cells((Text(heads[0], "bold"), Text(heads[1], "bold")), bar=_SAME)]
    for row in rows:
        sides = (Text(_gap(row), _SAME),) * 2 if isinstance(row, Gap) else _styled(row, marks)
        shown.append(Cells(sides, bar=_SAME if isinstance(row, Gap) or row.same else "yellow"))
    print_columns(out, shown, (halves(out.width),) * 2)


def _styled(row: Row, marks: tuple[Marks, Marks]) -> tuple[Text, Text]:
    if row.same:
        return _text(row.before, (), _SAME, marks[0]), _text(row.after, (), _SAME, marks[1])
    if row.before is None or row.after is None:
        return _text(row.before, (), _OLD, marks[0]), _text(row.after, (), _NEW, marks[1])
    olds, news = differing_pieces(row.before.text, row.after.text)
    return _text(row.before, olds, _OLD, marks[0]), _text(row.after, news, _NEW, marks[1])


def _text(paragraph: Paragraph | None, pieces: Sequence[Piece], style: str, marks: Marks) -> Text:
    """A paragraph with its figures marked; `style` for its pieces that differ, for all of it where none are given."""
    if paragraph is None:
        return Text()
    shown = Text(paragraph.text, "" if pieces else style)
    for piece in pieces:
        if piece.differs:
            shown.stylize(f"{style} reverse", piece.start, piece.start + len(piece.text))
    for start, end in marks:
        begin, finish = max(start - paragraph.start, 0), end - paragraph.start
        if finish > 0 and begin < len(paragraph.text):
            shown.stylize(_FIGURE, begin, finish)
    return shown


def _gap(gap: Gap) -> str:
    return f"⋯ {gap.count} unchanged"


def _print_unified(out: Console, heads: Sequence[str], rows: Sequence[Row | Gap]) -> None:
    lines = [(f"--- {heads[0]}", _OLD), (f"+++ {heads[1]}", _NEW)]
    for row in rows:
        if isinstance(row, Gap):
            lines.append((f"  {_gap(row)}", _SAME))
        elif row.same and row.after:
            lines.append((f"  {row.after.text}", _SAME))
        else:
            lines += [(f"- {row.before.text}", _OLD)] if row.before else []
            lines += [(f"+ {row.after.text}", _NEW)] if row.after else []
    for line, style in lines:
        out.print(Text(line, style), soft_wrap=True)
