"""The workbook of Excel 2003 in one XML file, as export buttons write it under the name of an .xls file -> its rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime

from lxml import etree

from watcher.read.package import parse_part, utf_8
from watcher.read.sheet_cells import MOST_COLUMNS, percent_places, spell

_S = "{urn:schemas-microsoft-com:office:spreadsheet}"
_X = "{urn:schemas-microsoft-com:office:excel}"


def rows_of(body: bytes) -> Iterator[list[str]]:
    """The rows of the sheets that are not hidden, without hidden rows and columns.

    Raises:
        ReadError: `damaged`, `too_large`.
    """
    tree = parse_part(utf_8(body))
    percents = dict(_percent_styles(tree))
    for sheet in tree.iterfind(f"{_S}Worksheet"):
        if sheet.findtext(f"{_X}WorksheetOptions/{_X}Visible") is None:  # says SheetHidden or SheetVeryHidden
            for table in sheet.iterfind(f"{_S}Table"):
                yield from _rows(table, percents)


def _percent_styles(tree: etree._Element) -> Iterator[tuple[str, int]]:
    """The styles that show percentages, and their decimals."""
    for style in tree.iterfind(f"{_S}Styles/{_S}Style"):
        form = style.find(f"{_S}NumberFormat")
        places = None if form is None else percent_places(0, form.get(f"{_S}Format", ""))
        if places is not None:
            yield style.get(f"{_S}ID", ""), places


def _rows(table: etree._Element, percents: dict[str, int]) -> Iterator[list[str]]:
    hidden = _hidden_columns(table)
    for row in table.iterfind(f"{_S}Row"):
        if not _is_hidden(row):
            cells = _cells(row, percents)
            width = max(cells, default=-1) + 1
            yield [cells.get(place, "") for place in range(width) if place not in hidden]


def _cells(row: etree._Element, percents: dict[str, int]) -> dict[int, str]:
    """The texts of a row's cells by their columns, from 0; cells may skip some, or take several."""
    cells: dict[int, str] = {}
    place = 0
    for cell in row.iterfind(f"{_S}Cell"):
        place = max(_whole(cell, "Index") - 1, place)
        if place >= MOST_COLUMNS:
            break
        data = cell.find(f"{_S}Data")
        if data is not None:
            cells[place] = _text(data, percents.get(cell.get(f"{_S}StyleID", row.get(f"{_S}StyleID", ""))))
        place += 1 + _whole(cell, "MergeAcross")
    return cells


def _text(data: etree._Element, percent: int | None) -> str:
    text = "".join(str(piece) for piece in data.itertext())
    kind = data.get(f"{_S}Type")
    if kind == "Number":
        try:
            return spell(float(text), percent)
        except ValueError:
            return spell(text)
    if kind == "DateTime":
        with suppress(ValueError):
            return spell(datetime.fromisoformat(text))
    return spell(text)


def _hidden_columns(table: etree._Element) -> frozenset[int]:
    hidden: set[int] = set()
    place = 0
    for column in table.iterfind(f"{_S}Column"):
        place = max(_whole(column, "Index") - 1, place)
        end = min(place + 1 + _whole(column, "Span"), MOST_COLUMNS)
        if _is_hidden(column):
            hidden.update(range(place, end))
        place = end
    return frozenset(hidden)


def _is_hidden(element: etree._Element) -> bool:
    return bool(element.get(f"{_S}Hidden") == "1")


def _whole(element: etree._Element, name: str) -> int:
    text = element.get(f"{_S}{name}", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0
