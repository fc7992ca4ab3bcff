"""The rows of the tables in a text, with what stands over their columns: a table's first row where that is its head.

A row may lack cells that the head has (merged ones); nothing is then said of the column.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from watcher.extract.figures.amounts import Amount, scan
from watcher.extract.figures.directions import WAYS
from watcher.extract.figures.qualifiers import bound
from watcher.rows import BORDER, Cell, row_name

_UNIT: Final = re.compile(r"[(（][^()（）]{1,20}[)）]$")
_STOP: Final = re.compile(r"[。；!！?？]")
_DIGIT: Final = re.compile(r"\d")
_YEAR_OR_UNIT: Final = re.compile(r"(?:19|20)\d{2}年?|[(（][^()（）]{0,20}[)）]")
_LONGEST: Final = 20  # characters of a column's name


class Rows:
    """The rows of one text, asked for by place; each is taken apart once, since figures come in their order."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts: list[int] = []
        self._heads: list[Sequence[str]] = []
        self._at = -1
        self._cells: Sequence[str] = ()
        self._borders: Sequence[int] = ()
        if BORDER in text:
            self._read()

    def at(self, place: int) -> Cell | None:
        """The cell that holds `place`, None outside of tables."""
        row = bisect_right(self._starts, place) - 1
        if row < 0:
            return None
        if row != self._at:
            self._take_apart(row)
        if place >= self._borders[-1]:
            return None
        column = bisect_right(self._borders, place) - 1
        head = self._heads[row] if len(self._heads[row]) == len(self._cells) else ()
        over = _UNIT.sub("", head[column]) if head else ""
        name = row_name(self._cells, column, head)
        return Cell(self._borders[column], self._borders[column + 1] - 1, name, over)

    def _read(self) -> None:
        """Where the rows begin, and the head of each: the first of its table, where that is one."""
        start, inside = 0, False
        head: Sequence[str] = ()
        for line in self._text.split("\n"):
            if BORDER in line:
                self._starts.append(start)
                self._heads.append(head if inside else ())  # nothing stands over the head itself
                head = head if inside else head_of(line)
            inside = BORDER in line
            start += len(line) + 1

    def _take_apart(self, row: int) -> None:
        start = self._starts[row]
        end = self._text.find("\n", start)
        self._at, self._cells = row, self._text[start : None if end < 0 else end].split(BORDER)
        borders = [start]
        for cell in self._cells:
            borders.append(borders[-1] + len(cell) + 1)
        self._borders = borders


def head_of(line: str) -> Sequence[str]:
    """The names of the columns, () for a row of data: a head is short and holds no number but a year's or a unit's."""
    names = line.split(BORDER)
    if any(len(name) > _LONGEST or _STOP.search(name) for name in names):
        return ()
    if any(_DIGIT.search(_YEAR_OR_UNIT.sub("", name)) for name in names):
        return ()
    spelt = [amount for name in names if (amount := _spelt(name.strip()))]
    return names if not spelt or _counts_up(spelt) else ()


def _spelt(cell: str) -> Amount | None:
    """The quantity in words that a cell is: 三分之二, 十五个工作日, 最高五百万元. 万元 is a unit, 一月 a name."""
    amounts = scan(cell)
    if len(amounts) != 1 or amounts[0].low is None or amounts[0].bare:
        return None
    amount, said = amounts[0], bound(cell, amounts[0], 0)
    is_all = said.end == len(cell) and (said.start == 0 or cell[: said.start] in WAYS)
    return amount if is_all and (amount.whole or (amount.chinese and amount.unit)) else None


def _counts_up(amounts: Sequence[Amount]) -> bool:
    """Whether they number the columns: 一档 | 二档 | 三档."""
    return len(amounts) > 1 and all(
        one.low == place and one.words == amounts[0].words for place, one in enumerate(amounts, 1)
    )
