"""DOCX -> Document, from its XML: tracked insertions are kept, deletions and hidden text dropped, a table is read row
by row. So are its other forms: strict, flat (one XML file), and the XML of Word 2003.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from lxml import etree

from watcher.errors import ReadError
from watcher.model import Document
from watcher.read.clean import CELL
from watcher.read.docx_hidden import drop_hidden
from watcher.read.docx_math import M, linear
from watcher.read.docx_numbers import Numbering
from watcher.read.docx_parts import Chunks, W, flat_parts, parse_word
from watcher.read.package import Reader, open_package, read_part, related_by, relationships, utf_8
from watcher.read.plain import read_lines

_FALLBACK = (
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # repeats a text box for old programs
)
_NOT_READ = "del moveFrom instrText rPr sectPr rt footnote endnote"
_DROPPED = (*(f"{W}{name}" for name in _NOT_READ.split()), _FALLBACK)
_TEXT = f"{W}t"
_BREAKS = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": " ", f"{W}noBreakHyphen": "-"}
_FORMULA = f"{M}oMath"
_CHUNK = f"{W}altChunk"
_MAIN = "word/document.xml"
# Of Word 2003: the number that it shows before a paragraph, and comments and deletions within the text.
_AUXILIARY = "{http://schemas.microsoft.com/office/word/2003/auxHint}"
_SHOWN_NUMBER = f"{_AUXILIARY}t"
_ANNOTATION = "{http://schemas.microsoft.com/aml/2001/core}annotation"
_NO_TEXT = frozenset({"Word.Comment", "Word.Deletion"})


def read_docx(body: bytes, url: str | None) -> Document:
    """Return the document's text and what its head says.

    Raises:
        ReadError: `damaged`, `too_large`, `encrypted`, `unsupported`, `empty`.
    """
    with open_package(body) as package:
        lines = _lines_of_package(partial(read_part, package))
    return read_lines("\n".join(lines), url)


def read_word_xml(body: bytes, url: str | None) -> Document:
    """Return the document in one XML file; raises as `read_docx`."""
    tree = parse_word(utf_8(body))
    if tree.tag != f"{W}wordDocument":
        return read_lines("\n".join(_lines_of_package(flat_parts(tree))), url)
    for note in [one for one in tree.iter(_ANNOTATION) if one.get(f"{W}type") in _NO_TEXT]:
        note.clear(keep_tail=True)
    return read_lines("\n".join(_lines(tree, tree, Numbering(None, None), lambda _: [])), url)


def _lines_of_package(read: Reader, *, chunks: bool = True) -> list[str]:
    """The lines of a document, its parts where the package says that they are."""
    main = next((one.target for one in relationships(read) if one.kind == "officeDocument"), _MAIN)
    data = read(main)
    if data is None and main != _MAIN:
        main, data = _MAIN, read(_MAIN)
    if data is None:
        raise ReadError("damaged", "the file holds no Word document")
    related = relationships(read, main)
    named = {one.kind: one.target for one in related}
    styles = read(named.get("styles", "word/styles.xml"))
    numbers = read(named.get("numbering", "word/numbering.xml"))
    look = parse_word(styles) if styles else None
    taken = {one.id: one.target for one in related if one.kind == "aFChunk"} if chunks else {}
    within = Chunks(read, taken, partial(_lines_of_package, chunks=False))
    return _lines(parse_word(data), look, Numbering(parse_word(numbers) if numbers else None, look), within.lines)


def _lines(
    tree: etree._Element, look: etree._Element | None, numbering: Numbering, chunk: Callable[[str], list[str]]
) -> list[str]:
    drop_hidden(tree, look)
    return _Walk(numbering, chunk).lines(tree)


class _Walk:
    """One pass over the document in its order: the paragraph and the row being gathered."""

    def __init__(self, numbering: Numbering, chunk: Callable[[str], list[str]]) -> None:
        self.numbering = numbering
        self.chunk = chunk
        self.out: list[str] = []
        self.pieces: list[str] = []
        self.cells: list[list[str]] = []  # open cells, outermost first
        self.rows: list[list[str]] = []

    def lines(self, tree: etree._Element) -> list[str]:
        etree.strip_elements(tree, *_DROPPED, with_tail=False)
        walk = etree.iterwalk(tree, events=("start", "end"))
        for event, element in walk:
            if event == "end":
                self._end(element.tag)
            elif element.tag == _FORMULA:
                self.pieces.append(linear(element))
                walk.skip_subtree()
            else:
                self._start(element)
        return self.out

    def _start(self, element: etree._Element) -> None:
        tag = element.tag
        if tag == _TEXT:
            self.pieces.append(element.text or "")
        elif tag in _BREAKS:
            self.pieces.append(_BREAKS[tag])
        elif tag == f"{W}p":
            self._flush()
            if mark := self.numbering.mark(element):
                self.pieces.append(mark)
        elif tag == _SHOWN_NUMBER:
            self.pieces.append(element.get(f"{_AUXILIARY}val", ""))
        elif tag == _CHUNK:
            self._flush()
            for line in self.chunk(related_by(element)):
                self._emit(line)
        elif tag == f"{W}tr":
            self.rows.append([])
        elif tag == f"{W}tc":
            self.cells.append([])

    def _end(self, tag: str) -> None:
        if tag == f"{W}p":
            self._flush()
        elif tag == f"{W}tc" and self.cells:
            cell = " ".join(self.cells.pop())
            if self.rows:
                self.rows[-1].append(cell)
        elif tag == f"{W}tr" and self.rows:
            self._emit(CELL.join(self.rows.pop()).strip(CELL))

    def _flush(self) -> None:
        text, self.pieces = "".join(self.pieces).strip(), []
        if text:
            self._emit(" ".join(text.split()) if self.cells else text)

    def _emit(self, text: str) -> None:
        (self.cells[-1] if self.cells else self.out).append(text)
