"""What an XLS file (BIFF5, BIFF8) says of its cells beside their values, as `sheet_formats` reads it from XLSX.

Layout after [MS-XLS]: a stream of records, the workbook's own first; BoundSheet8 says where each sheet's begin.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

from watcher.errors import ReadError
from watcher.read.sheet_cells import percent_places
from watcher.read.sheet_formats import MOST_PERCENTS, Look

_BEGIN, _END, _SHEET, _FORMAT, _STYLE = 0x0809, 0x000A, 0x0085, 0x041E, 0x00E0
_ROW, _COLUMNS, _NUMBERS = 0x0208, 0x007D, 0x00BD
_CELLS = frozenset({0x0203, 0x027E, 0x0006})  # Number, RK, Formula: each begins with row, column, style
_BIFF8 = 0x0600
_ROW_HIDDEN, _COLUMN_HIDDEN = 0x20, 0x01
_MOST_RECORDS = 5_000_000  # half a microsecond each; a list of 65,000 rows has one a cell
_MOST_COLUMNS = 256  # as many as the format allows

_Record = tuple[int, int, bytes]  # its place in the stream, what it is, its content


def looks_of(body: bytes) -> list[Look]:
    """Return what each sheet says, in the workbook's order; nothing for a file whose records are broken.

    Raises:
        ReadError: `too_large`.
    """
    try:
        return _Reader(_stream(body)).looks()
    except (OSError, struct.error, IndexError, TypeError, ValueError, RecursionError, AttributeError):
        return []  # the values were read by a library that minds less


def _stream(body: bytes) -> bytes:
    import olefile

    with olefile.OleFileIO(io.BytesIO(body)) as file:
        return bytes(file.openstream("Workbook" if file.exists("Workbook") else "Book").read())


def _records(stream: bytes) -> Iterator[_Record]:
    at = 0
    for _ in range(_MOST_RECORDS):
        if at + 4 > len(stream):
            return
        kind, size = struct.unpack_from("<HH", stream, at)
        yield at, kind, stream[at + 4 : at + 4 + size]
        at += 4 + size
    raise ReadError("too_large", f"the workbook has more than {_MOST_RECORDS} records")


class _Reader:
    """One pass over the records."""

    def __init__(self, stream: bytes) -> None:
        self._records = _records(stream)
        self._codes: dict[int, str] = {}
        self._formats: list[int] = []  # of the styles, in their order
        self._starts: list[int] = []
        self._is_8 = False
        self._left = MOST_PERCENTS

    def looks(self) -> list[Look]:
        self._read_globals()
        percents = dict(self._percent_styles())
        starts = frozenset(self._starts)
        found: dict[int, Look] = {}
        for at, kind, _ in self._records:
            if kind == _BEGIN and at in starts:
                found[at] = self._look(percents)
        return [found.get(start, Look()) for start in self._starts]

    def _read_globals(self) -> None:
        for _, kind, data in self._records:
            if kind == _BEGIN:
                self._is_8 = struct.unpack_from("<H", data)[0] == _BIFF8
            elif kind == _END:
                return
            elif kind == _SHEET:
                self._starts.append(struct.unpack_from("<I", data)[0])
            elif kind == _STYLE:
                self._formats.append(struct.unpack_from("<H", data, 2)[0])
            elif kind == _FORMAT:
                self._codes[struct.unpack_from("<H", data)[0]] = self._code(data)

    def _code(self, data: bytes) -> str:
        """A format's code; what matters in it is ASCII, in one byte a character or in two."""
        return data[5 if self._is_8 else 3 :].replace(b"\0", b"").decode("latin-1")

    def _percent_styles(self) -> Iterator[tuple[int, int]]:
        for style, number in enumerate(self._formats):
            places = percent_places(number, self._codes.get(number))
            if places is not None:
                yield style, places

    def _look(self, percents: dict[int, int]) -> Look:
        """What the records of one sheet say; charts in it have a beginning and an end of their own."""
        shown: dict[tuple[int, int], int] = {}
        rows: set[int] = set()
        columns: set[int] = set()
        depth = 0
        for _, kind, data in self._records:
            if kind in {_BEGIN, _END}:
                depth += 1 if kind == _BEGIN else -1
                if depth < 0:
                    break
            elif kind == _ROW and data[12] & _ROW_HIDDEN:
                rows.add(struct.unpack_from("<H", data)[0])
            elif kind == _COLUMNS and data[8] & _COLUMN_HIDDEN:
                first, last = struct.unpack_from("<HH", data)
                columns.update(range(first, min(last + 1, _MOST_COLUMNS)))
            elif percents and (kind in _CELLS or kind == _NUMBERS):
                for place, style in _styled(kind, data):
                    if style in percents:
                        shown[place] = percents[style]
                if len(shown) > self._left:
                    raise ReadError("too_large", f"the workbook holds more than {MOST_PERCENTS} percentages")
        self._left -= len(shown)
        return Look(shown, frozenset(rows), frozenset(columns))


def _styled(kind: int, data: bytes) -> Iterator[tuple[tuple[int, int], int]]:
    """The places and the styles of the cells in a record; MulRk holds several of a row."""
    row, column, style = struct.unpack_from("<HHH", data)
    if kind != _NUMBERS:
        yield (row, column), style
        return
    for number in range((len(data) - 6) // 6):
        yield (row, column + number), struct.unpack_from("<H", data, 4 + 6 * number)[0]
