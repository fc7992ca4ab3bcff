"""DOCX -> Document, from its XML: tracked insertions are kept, deletions and hidden text dropped, a table is read row
by row.
"""

from __future__ import annotations

from lxml import etree

from watcher.errors import ReadError
from watcher.model import Document
from watcher.read.clean import CELL
from watcher.read.docx_hidden import drop_hidden
from watcher.read.docx_numbers import Numbering
from watcher.read.package import open_package, parse_part, read_part
from watcher.read.plain import read_lines

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = (
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # repeats a text box for old programs
)
_DROPPED = frozenset((f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}rPr", f"{_W}sectPr", _FALLBACK))
_TEXT = f"{_W}t"
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": " ", f"{_W}noBreakHyphen": "-"}


def read_docx(body: bytes, url: str | None) -> Document:
    """Return the document's text and what its head says.

    Raises:
        ReadError: `damaged`, `too_large`, `encrypted`, `empty`.
    """
    with open_package(body) as package:
        data = read_part(package, "word/document.xml")
        numbers = read_part(package, "word/numbering.xml")
        styles = read_part(package, "word/styles.xml")
    if data is None:
        raise ReadError("damaged", "the file holds no Word document")
    tree, look = parse_part(data), parse_part(styles) if styles else None
    drop_hidden(tree, look)
    numbering = Numbering(parse_part(numbers) if numbers else None, look)
    return read_lines("\n".join(_Walk(numbering).lines(tree)), url)


class _Walk:
    """One pass over the document in its order: the paragraph and the row being gathered."""

    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self.out: list[str] = []
        self.pieces: list[str] = []
        self.cells: list[list[str]] = []  # open cells, outermost first
        self.rows: list[list[str]] = []

    def lines(self, tree: etree._Element) -> list[str]:
        etree.strip_elements(tree, *_DROPPED, with_tail=False)
        for event, element in etree.iterwalk(tree, events=("start", "end")):
            if event == "start":
                self._start(element)
            else:
                self._end(element.tag)
        return self.out

    def _start(self, element: etree._Element) -> None:
        tag = element.tag
        if tag == _TEXT:
            self.pieces.append(element.text or "")
        elif tag in _BREAKS:
            self.pieces.append(_BREAKS[tag])
        elif tag == f"{_W}p":
            self._flush()
            if mark := self.numbering.mark(element):
                self.pieces.append(mark)
        elif tag == f"{_W}tr":
            self.rows.append([])
        elif tag == f"{_W}tc":
            self.cells.append([])

    def _end(self, tag: str) -> None:
        if tag == f"{_W}p":
            self._flush()
        elif tag == f"{_W}tc" and self.cells:
            cell = " ".join(self.cells.pop())
            if self.rows:
                self.rows[-1].append(cell)
        elif tag == f"{_W}tr" and self.rows:
            self._emit(CELL.join(self.rows.pop()).strip(CELL))

    def _flush(self) -> None:
        text, self.pieces = "".join(self.pieces).strip(), []
        if text:
            self._emit(" ".join(text.split()) if self.cells else text)

    def _emit(self, text: str) -> None:
        (self.cells[-1] if self.cells else self.out).append(text)
