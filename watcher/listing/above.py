"""Cells of a table that leave out the day of the row above: 2026-06-18 once, and nothing in the rows of the same day.

Told by a whole column: where no day is printed twice and half of the days or more have blank cells below, a blank one
means "as above". A column that repeats its days leaves one out because it is not known; so does one that has blanks
here and there, or all in one place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import Final

from lxml import etree

from watcher.listing.dates import Trust, read_text

_MOST_ROWS: Final = 500
_MOST_CELLS: Final = 12  # of a row
_MOST_TABLES: Final = 200
# Elements of a cell that are looked at; one with more sets out a page, and holds no day alone.
_MOST_IN_CELL: Final = 30
_LEAST: Final = 2  # days with blank cells below
_LONGEST: Final = 30  # characters of a day

_ROWS = etree.XPath("./tr | ./tbody/tr")


def days_above(root: etree._Element) -> dict[etree._Element, str]:
    """The blank cells of the tables of `root` that mean the day above, each with that day as it is printed."""
    found: dict[etree._Element, str] = {}
    for table in islice(root.iter("table"), _MOST_TABLES):
        rows = [cells for row in islice(_ROWS(table), _MOST_ROWS) if (cells := _cells(row))]
        if len(rows) >= 2 * _LEAST:
            for number in range(min(map(len, rows))):
                found.update(_in_column([cells[number] for cells in rows]))
    return found


def _cells(row: etree._Element) -> list[etree._Element]:
    """The cells of a row that holds a link, [] of one that does not, as a head."""
    cells = list(islice(row.iterchildren("td"), _MOST_CELLS))
    return cells if any(one.tag == "a" for cell in cells for one in islice(cell.iter(), _MOST_IN_CELL)) else []


def _in_column(cells: Sequence[etree._Element]) -> Iterator[tuple[etree._Element, str]]:
    texts = [_text(cell) for cell in cells]
    days = [text for text in texts if text]
    heads = sum(text != "" and below == "" for text, below in pairwise(texts))
    is_grouped = heads >= max(_LEAST, len(days) / 2) and len(set(days)) == len(days)
    if not is_grouped or not texts[0] or not all(map(_is_day, days)):
        return
    day = ""
    for cell, text in zip(cells, texts, strict=True):
        day = text or day
        if not text:
            yield cell, day


def _text(cell: etree._Element) -> str:
    pieces = [cell.text or ""]
    for one in islice(cell.iter(), 1, _MOST_IN_CELL):
        pieces += [(one.text or "") if isinstance(one.tag, str) else "", one.tail or ""]
    return " ".join(" ".join(pieces).split())[: _LONGEST + 1]


def _is_day(text: str) -> bool:
    printed = read_text(text) if len(text) <= _LONGEST else None
    return printed is not None and printed.trust is Trust.PRINTED
