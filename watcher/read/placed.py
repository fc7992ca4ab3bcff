"""Runs of text with their places on a page -> its lines, for formats that know places only: OFD, and scans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from watcher.read.clean import CELL

_SAME_LINE = 0.5  # of the size: a smaller step down is the same line
_APART = 1.0  # of the size: a wider gap in a line parts two cells of a table


class Piece(NamedTuple):
    """A run of text: its baseline and left edge from the page's top left corner, and its height, in one unit."""

    y: float
    x: float
    size: float
    text: str


def lines_of(pieces: Iterable[Piece]) -> Iterator[str]:
    """The lines from the top, each from the left."""
    line: list[Piece] = []
    for piece in sorted(pieces):
        if line and piece.y - line[0].y > _SAME_LINE * max(piece.size, line[0].size):
            yield _set(line)
            line = []
        line.append(piece)
    if line:
        yield _set(line)


def _set(line: list[Piece]) -> str:
    out, end = "", None
    for piece in sorted(line, key=lambda piece: piece.x):
        if end is not None and piece.x - end > _APART * piece.size:
            out += CELL
        out += piece.text
        end = piece.x + piece.size * sum(0.5 if char.isascii() else 1.0 for char in piece.text)
    return out
