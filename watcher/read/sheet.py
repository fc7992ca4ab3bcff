"""XLSX and XLS -> Document: one line a row, cells parted by a tab, the first cell that stands alone as the title."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime

from watcher.errors import ReadError
from watcher.model import Document
from watcher.read.clean import CELL, aligned, as_written, clean
from watcher.read.limits import check_cells
from watcher.read.package import open_package, read_part

_MOST_ROWS = 200_000
_MOST_COLUMNS = 200
_TITLE_MAX = 120
# The place of a cell that holds something: <c r="B7" s="2"><v>.
_FILLED = re.compile(rb'<(?:\w{1,20}:)?c\s[^<>/]{0,200}?\br="([A-Z]{1,3})([0-9]{1,7})"[^<>/]{0,200}>')


def read_sheet(body: bytes, url: str | None) -> Document:
    """Return the rows of the sheets that are not hidden as text.

    Raises:
        ReadError: `damaged`, `encrypted`, `too_large`, `empty`.
    """
    if body.startswith(b"PK"):
        with open_package(body) as package:
            _check_extent(package)
    rows = [row for row in _rows(body) if any(row)]
    if not rows:
        raise ReadError("empty", "the workbook holds no text")
    first = [cell for cell in rows[0] if cell]
    title = first[0] if len(first) == 1 and len(first[0]) <= _TITLE_MAX else None
    text = clean("\n".join(CELL.join(aligned(row)) for row in rows[1 if title else 0 :]))
    return Document(clean(title) if title else None, "\n".join(map(as_written, text.split("\n"))), url)


def _check_extent(package: zipfile.ZipFile) -> None:
    """Refuse sheets that the library would lay out in more memory than there is: it ends the process, not the call."""
    for name in package.namelist():
        if name.startswith("xl/worksheets/") and (data := read_part(package, name)):
            places = _FILLED.findall(data)
            columns = [_column(letters) for letters in {letters for letters, _ in places}]
            rows = [int(row) for _, row in places]
            if places:
                check_cells(max(rows) - min(rows) + 1, max(columns) - min(columns) + 1)


def _column(letters: bytes) -> int:
    """A -> 1, Z -> 26, AA -> 27."""
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number


def _rows(body: bytes) -> Iterator[list[str]]:
    import python_calamine

    errors = (python_calamine.CalamineError, OSError, ValueError)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(body))
        # What a reader of the workbook does not see is no announcement.
        shown = python_calamine.SheetVisibleEnum.Visible
        names = [sheet.name for sheet in book.sheets_metadata if sheet.visible == shown]
    except python_calamine.PasswordError as exc:
        raise ReadError("encrypted", "the workbook is locked with a password") from exc
    except errors as exc:
        raise ReadError("damaged", "the workbook cannot be opened", hint="it may be cut off") from exc
    count = 0
    for name in names:
        try:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=True)
        except errors:
            continue  # a chart, or one broken sheet among good ones
        for row in rows:
            count += 1
            if count > _MOST_ROWS:
                raise ReadError("too_large", f"the workbook has more than {_MOST_ROWS} rows")
            yield [_cell(cell) for cell in row[:_MOST_COLUMNS]]


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.hour == value.minute == 0 else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    return " ".join(str(value).split())
