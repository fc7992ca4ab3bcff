"""Cells of a table that reach over several rows: <td rowspan="3">2026-06-18</td> is the day of all three."""

from __future__ import annotations

from collections.abc import MutableSequence, Sequence
from typing import Final

from watcher.listing.dates import Printed
from watcher.listing.found import Token
from watcher.listing.frame import Frame

_LEVELS: Final = 5  # from a cell up to its table
_MOST_ROWS: Final = 100  # of a day; a hostile page names any number


def note_span(frames: Sequence[Frame], cell: Frame, rowspan: str, tokens: Sequence[Token]) -> None:
    """Note in its table that the closed `cell` holds a day and nothing else for the rows below its own, too."""
    below = int(rowspan) - 1 if rowspan.isascii() and rowspan.isdecimal() and len(rowspan) < 4 else 0
    table = _table(frames)
    own = tokens[cell.start : cell.start + 2]
    if 0 < below < _MOST_ROWS and table is not None and len(own) == 1 and isinstance(own[0], Printed):
        table.spanning, table.spanned_rows = own[0], below


def take_span(frames: Sequence[Frame], row: Frame, tokens: MutableSequence[Token]) -> None:
    """Let the opened `row` begin with the day whose cell reaches down to it, as though it held that cell itself."""
    table = _table(frames)
    if table is None or table.spanning is None or not table.spanned_rows:
        return
    table.spanned_rows -= 1
    tokens.append(table.spanning)
    row.dates += 1


def _table(frames: Sequence[Frame]) -> Frame | None:
    return next((frame for frame in reversed(frames[-_LEVELS:]) if frame.tag == "table"), None)
