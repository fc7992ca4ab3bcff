"""Texts side by side: columns of a fixed width, wide characters aligned, each row as high as its longest cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

# Narrower, two columns of Chinese are hard to read.
NARROWEST: Final = 60

# A word or number, or one character, with the marks that close behind it and those that open before it.
_TOKEN: Final = re.compile(
    r"[（《“‘【〔(]{0,2}(?:[0-9A-Za-z.,%/:_-]{1,16}|.)[，。、；：！？）》”’】〕),.;:!?]{0,2}", re.DOTALL
)
BETWEEN: Final = " │ "


@dataclass(frozen=True, slots=True)
class Cells:
    """A row: a text a column, and the style of the bars between them."""

    texts: tuple[Text, ...]
    bar: str = "dim"


def halves(width: int, beside: int = 0) -> int:
    """How wide each of two columns may be; `beside`: what another one and its bar take."""
    return (width - beside - len(BETWEEN)) // 2


def print_columns(out: Console, rows: Iterable[Cells], widths: Sequence[int]) -> None:
    table = Table.grid(padding=0)
    for index, width in enumerate(widths):
        if index:
            table.add_column(width=len(BETWEEN), no_wrap=True)
        table.add_column(width=width, no_wrap=True)
    for row in rows:
        folded = [fold(text, width) for text, width in zip(row.texts, widths, strict=True)]
        for lines in zip_longest(*folded, fillvalue=Text()):
            cells: list[Text] = []
            for line in lines:
                cells += [Text(BETWEEN, row.bar), line] if cells else [line]
            table.add_row(*cells)
    out.print(table)


def fold(text: Text, width: int) -> list[Text]:
    """The text in lines of at most `width` columns: no number or word is cut, no line begins with closing marks."""
    offsets, start, cells, at = [], 0, 0, 0
    for token in _TOKEN.findall(text.plain):
        size = cell_len(token)
        if cells + size > width and at > start:
            offsets.append(at)
            start, cells = at, 0
        at += len(token)
        cells += size
    return list(text.divide(offsets))
