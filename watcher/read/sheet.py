"""XLSX and XLS, also as one XML file -> Document: a line a row, cells parted by tabs, a first cell alone as title."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from watcher.errors import ReadError
from watcher.model import Document
from watcher.read.clean import CELL, aligned, clean
from watcher.read.limits import check_cells, check_lines
from watcher.read.package import open_package, read_part
from watcher.read.plain import read_rows
from watcher.read.sheet_cells import MOST_COLUMNS, spell
from watcher.read.sheet_formats import Formats, Look, column_number
from watcher.read.sheet_records import looks_of
from watcher.read.sheet_xml import rows_of

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_PLAIN = Look()  # of a file that says nothing of its cells
# The place of a cell that holds something: <c r="B7" s="2"><v>.
_FILLED = re.compile(rb'<(?:\w{1,20}:)?c\s[^<>/]{0,200}?\br="([A-Z]{1,3})([0-9]{1,7})"[^<>/]{0,200}>')


def read_sheet(body: bytes, url: str | None) -> Document:
    """Return the rows of the sheets that are not hidden as text.

    Raises:
        ReadError: `damaged`, `encrypted`, `too_large`, `empty`.
    """
    if body.startswith(b"PK"):
        looks = _looks_of_package(body)  # first: what lays a sheet out in more memory than there is ends the process
        book = _opened(body)
    else:
        book = _opened(body)
        looks = _looks_of_records(body, [sheet.name for sheet in book.sheets_metadata])
    return _document(_rows(book, looks), url)


def read_sheet_xml(body: bytes, url: str | None) -> Document:
    """Return the rows of a workbook that is one XML file; raises as `read_sheet`."""
    return _document(rows_of(body), url)


def _document(given: Iterable[list[str]], url: str | None) -> Document:
    rows = []
    for count, row in enumerate(given, 1):
        check_lines(count)
        if any(row):
            rows.append(CELL.join(aligned(row)))
    texts = [text for text in clean("\n".join(rows)).split("\n") if text.strip(CELL)]
    if not texts:
        raise ReadError("empty", "the workbook holds no text")
    return read_rows(texts, url)


def _opened(body: bytes) -> CalamineWorkbook:
    import python_calamine

    try:
        return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(body))
    except python_calamine.PasswordError as exc:
        raise ReadError("encrypted", "the workbook is locked with a password") from exc
    except (python_calamine.CalamineError, OSError, ValueError) as exc:
        raise ReadError("damaged", "the workbook cannot be opened", hint="it may be cut off") from exc


def _looks_of_package(body: bytes) -> dict[str, Look]:
    """What an XLSX file says of its sheets, by their names; refuses those whose cells lie too far apart."""
    looks = {}
    with open_package(body) as package:
        formats = Formats(package)
        for part in {*formats.names, *(name for name in package.namelist() if name.startswith("xl/worksheets/"))}:
            if data := read_part(package, part):
                _check_extent(data)
                looks[formats.names.get(part, "")] = formats.look(data)
    return looks


def _check_extent(data: bytes) -> None:
    places = _FILLED.findall(data)
    columns = [column_number(letters) for letters in {letters for letters, _ in places}]
    rows = [int(row) for _, row in places]
    if places:
        check_cells(max(rows) - min(rows) + 1, max(columns) - min(columns) + 1)


def _looks_of_records(body: bytes, names: list[str]) -> dict[str, Look]:
    """What an XLS file says of its sheets, by their names."""
    looks = looks_of(body)
    return dict(zip(names, looks, strict=True)) if len(looks) == len(names) else {}


def _rows(book: CalamineWorkbook, looks: Mapping[str, Look]) -> Iterator[list[str]]:
    """The rows of the sheets that a reader of the workbook sees: what is hidden is no announcement."""
    import python_calamine

    shown = python_calamine.SheetVisibleEnum.Visible
    for name in [sheet.name for sheet in book.sheets_metadata if sheet.visible == shown]:
        try:
            sheet = book.get_sheet_by_name(name)
            rows = sheet.to_python(skip_empty_area=True)
        except (python_calamine.CalamineError, OSError, ValueError):
            continue  # a chart, or one broken sheet among good ones
        yield from _shown(rows, sheet.start or (0, 0), looks.get(name, _PLAIN))


def _shown(rows: Iterable[Sequence[object]], start: tuple[int, int], look: Look) -> Iterator[list[str]]:
    """The texts of the cells that are not hidden; `start`: where the first row and the first column stand."""
    for number, row in enumerate(rows, start[0]):
        if number not in look.hidden_rows:
            cells = enumerate(row[:MOST_COLUMNS], start[1])
            yield [
                spell(cell, look.percents.get((number, place)))
                for place, cell in cells
                if place not in look.hidden_columns
            ]
