"""Announcements written out for other programs: CSV, JSON Lines, a workbook. One announcement in memory at a time."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date, datetime
from typing import Any, BinaryIO, Final
from zoneinfo import ZoneInfo

from watcher.records.announcements import AnnouncementRecord
from watcher.render.item import item_json
from watcher.render.sheet import FIGURES, Cell, Link, Sheet, announcements

# What a spreadsheet takes for the beginning of a formula in a file of text (OWASP, CSV injection), wide forms too.
_FORMULA: Final = tuple("=+-@\t\r＝＋－＠")
# Of a worksheet: rows below the headings, and links; both are limits of the format.
MOST_ROWS: Final = 1_000_000
MOST_LINKS: Final = 65_000
LONGEST_LINK: Final = 2_000
EARLIEST: Final = 1900  # the first year that a worksheet has dates of


def write_csv(out: BinaryIO, records: Iterable[AnnouncementRecord], sheet: Sheet[Any], zone: ZoneInfo) -> int:
    """UTF-8 with a mark, by which Excel knows it; returns the rows below the headings."""
    text = io.TextIOWrapper(out, "utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(column.name for column in sheet.columns)
    rows = 0
    for record in records:
        for row in sheet.rows(record):
            writer.writerow(_written(cell, zone) for cell in row)
            rows += 1
    text.detach()
    return rows


def _written(cell: Cell, zone: ZoneInfo) -> str | int | float:
    """A cell of text; one that would be a formula gets an apostrophe, which spreadsheets take for "as it stands"."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(cell, date):
        return cell.isoformat()
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def write_json_lines(out: BinaryIO, records: Iterable[AnnouncementRecord], today: date, *, figures: bool) -> int:
    """An object a line: an announcement as in `list --json`, or a figure by the names of the CSV's columns."""
    lines = 0
    for record in records:
        for line in _figures(record) if figures else (item_json(record, today),):
            out.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
            lines += 1
    return lines


def _figures(record: AnnouncementRecord) -> Iterator[dict[str, Cell]]:
    for row in FIGURES.rows(record):
        cells = (cell.isoformat() if isinstance(cell, date) else cell for cell in row)
        yield dict(zip((column.name for column in FIGURES.columns), cells, strict=True))


def write_workbook(
    out: BinaryIO, records: Iterable[AnnouncementRecord], zone: ZoneInfo, today: date
) -> tuple[int, int]:
    """Two sheets, 公告 and 数据, that go on in further ones where they are full; returns the rows of each."""
    import xlsxwriter

    # Nothing that a page says becomes a formula, a number or a link by the way it looks.
    inert = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with closing(xlsxwriter.Workbook(out, {"constant_memory": True, **inert})) as book:
        sheets = [_Pages(book, announcements(today), zone), _Pages(book, FIGURES, zone)]
        for record in records:
            for sheet in sheets:
                sheet.add(record)
    return sheets[0].rows, sheets[1].rows


class _Pages:
    """One kind of rows in a workbook: a worksheet, and others after it where one is full."""

    def __init__(self, book: Any, sheet: Sheet[Any], zone: ZoneInfo) -> None:
        self._book, self._sheet, self._zone = book, sheet, zone
        self._head = book.add_format({"bold": True, "bg_color": "#DDEBF7", "bottom": 1})
        formats = {
            "day": "yyyy-mm-dd",
            "moment": "yyyy-mm-dd hh:mm",
            "number": "0",
            "amount": "#,##0",
            "broken": "#,##0.######",
        }
        self._formats = {name: book.add_format({"num_format": written}) for name, written in formats.items()}
        self.rows = 0
        self._begin()

    def _begin(self) -> None:
        number = self.rows // MOST_ROWS + 1
        title = self._sheet.title if number == 1 else f"{self._sheet.title} {number}"
        self._page = self._book.add_worksheet(title)
        self._page.freeze_panes(1, 0)
        self._links = 0
        for place, column in enumerate(self._sheet.columns):
            self._page.set_column(place, place, column.width)
            self._page.write_string(0, place, column.heading, self._head)

    def add(self, record: AnnouncementRecord) -> None:
        for row in self._sheet.rows(record):
            if self.rows and self.rows % MOST_ROWS == 0:
                self._begin()
            self.rows += 1
            for place, (column, cell) in enumerate(zip(self._sheet.columns, row, strict=True)):
                self._write((self.rows - 1) % MOST_ROWS + 1, place, cell, "amount" if column.amount else "number")

    def _write(self, row: int, place: int, cell: Cell, whole: str) -> None:
        match cell:
            case None:
                pass
            case datetime():
                local = cell.astimezone(self._zone).replace(tzinfo=None)
                self._page.write_datetime(row, place, local, self._formats["moment"])
            case date() if cell.year >= EARLIEST:
                self._page.write_datetime(row, place, cell, self._formats["day"])
            case date():
                self._page.write_string(row, place, cell.isoformat())
            case Link() if self._links < MOST_LINKS and len(cell) <= LONGEST_LINK:
                self._links += 1
                self._page.write_url(row, place, str(cell), string=str(cell))
            case str():
                self._page.write_string(row, place, str(cell))
            case _:
                self._page.write_number(row, place, cell, self._formats[whole if isinstance(cell, int) else "broken"])
