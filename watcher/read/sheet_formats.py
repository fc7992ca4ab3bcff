"""What an XLSX file says of its cells beside their values: which show percentages, which rows and columns are hidden.

The library that reads the values gives neither. Looked for with patterns in the sheets' bytes, since a tree of a large
sheet would take more memory than its values.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from lxml import etree

from watcher.errors import ReadError
from watcher.read.package import Relationship, parse_part, read_part, related_by, relationships
from watcher.read.sheet_cells import percent_places

_WORKBOOK = "xl/workbook.xml"
MOST_PERCENTS = 500_000  # cells; each is remembered
_MOST_STYLES = 65_536  # as many as Excel allows
_NAME = rb"<(?:\w{1,20}:)?"
_CELL = re.compile(
    _NAME + rb'c(?=\s[^<>]{0,200}?\bs="([0-9]{1,5})")\s[^<>]{0,200}?\br="([A-Z]{1,3})([0-9]{1,7})"[^<>]{0,200}>'
)
_HIDDEN = rb'\s[^<>]{0,400}?\bhidden="(?:1|true)"'
_ROW = re.compile(_NAME + rb"row(?=" + _HIDDEN + rb')\s[^<>]{0,400}?(?<![\w:])r="([0-9]{1,7})"')
_COLUMNS = re.compile(_NAME + rb"col(?=" + _HIDDEN + rb")\s([^<>]{0,400})>")
_BOUND = re.compile(rb'\b(min|max)="([0-9]{1,5})"')
_MOST_COLUMNS = 16_384  # as many as Excel allows


@dataclass(frozen=True, slots=True)
class Look:
    """Of one sheet; rows and columns count from 0. `percents`: the decimals by row and column."""

    percents: dict[tuple[int, int], int] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


class Formats:
    """The sheets of a workbook by their parts, and the styles that show percentages."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        related = relationships(partial(read_part, package), _WORKBOOK)
        self.names = _sheets(package, related)
        self._percents = dict(_percent_styles(package, related))
        self._left = MOST_PERCENTS

    def look(self, data: bytes) -> Look:
        """Return what a sheet says of its cells.

        Raises:
            ReadError: `too_large`.
        """
        hidden = {int(row) - 1 for row in _ROW.findall(data)}
        return Look(dict(self._percent_cells(data)), frozenset(hidden), _hidden_columns(data))

    def _percent_cells(self, data: bytes) -> Iterator[tuple[tuple[int, int], int]]:
        for cell in _CELL.finditer(data) if self._percents else ():
            places = self._percents.get(int(cell[1]))
            if places is not None:
                self._left -= 1
                if self._left < 0:
                    raise ReadError("too_large", f"the workbook holds more than {MOST_PERCENTS} percentages")
                yield (int(cell[3]) - 1, column_number(cell[2]) - 1), places


def column_number(letters: bytes) -> int:
    """A -> 1, Z -> 26, AA -> 27."""
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number


def _sheets(package: zipfile.ZipFile, related: list[Relationship]) -> dict[str, str]:
    """The name of each sheet by its part."""
    tree = _tree(package, _WORKBOOK)
    targets = {one.id: one.target for one in related}
    names: dict[str, str] = {}
    for sheet in tree.iter("{*}sheet") if tree is not None else ():
        if part := targets.get(related_by(sheet)):
            names[part] = sheet.get("name", "")
    return names


def _percent_styles(package: zipfile.ZipFile, related: list[Relationship]) -> Iterator[tuple[int, int]]:
    """The numbers of the cell styles that show percentages, and their decimals."""
    part = next((one.target for one in related if one.kind == "styles"), "xl/styles.xml")
    tree = _tree(package, part)
    if tree is None:
        return
    codes = {one.get("numFmtId", ""): one.get("formatCode") for one in tree.iter("{*}numFmt")}
    for number, style in enumerate(tree.iterfind("{*}cellXfs/{*}xf")):
        if number >= _MOST_STYLES:
            return
        format_ = style.get("numFmtId", "0")
        known = int(format_) if format_.isascii() and format_.isdigit() and len(format_) < 6 else 0
        places = percent_places(known, codes.get(format_))
        if places is not None:
            yield number, places


def _hidden_columns(data: bytes) -> frozenset[int]:
    hidden: set[int] = set()
    for column in _COLUMNS.finditer(data, 0, 1_000_000):  # they stand before the rows
        bounds = {name: int(number) for name, number in _BOUND.findall(column[1])}
        hidden.update(range(bounds.get(b"min", 1) - 1, min(bounds.get(b"max", 0), _MOST_COLUMNS)))
    return frozenset(hidden)


def _tree(package: zipfile.ZipFile, part: str) -> etree._Element | None:
    """A part's tree; None for one that is missing or broken: the values are read without it."""
    data = read_part(package, part)
    try:
        return parse_part(data) if data else None
    except ReadError as error:
        if error.code == "too_large":
            raise
        return None
