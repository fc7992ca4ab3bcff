"""The parts of a Word document where they are: in a package or one XML file (flat OPC), in documents taken in."""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Callable
from functools import partial

from lxml import etree

from watcher.errors import ReadError
from watcher.read.charset import decode
from watcher.read.limits import MAX_TEXT_BYTES
from watcher.read.package import Reader, open_package, parse_part, read_part
from watcher.read.sniff import Kind, sniff

_WORD = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{_WORD.decode()}}}"
_MATH = b"http://schemas.openxmlformats.org/officeDocument/2006/math"
# The same elements in ISO's strict form, and in the one XML file of Word 2003.
_OTHER_NAMES = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", _WORD),
    (b"http://schemas.microsoft.com/office/word/2003/wordml", _WORD),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", _MATH),
)
_PACKAGE = "{http://schemas.microsoft.com/office/2006/xmlPackage}"


def parse_word(data: bytes) -> etree._Element:
    """Return the tree of a part, its elements under their usual names.

    Raises:
        ReadError: `too_large`, `damaged`.
    """
    for other, usual in _OTHER_NAMES:
        data = data.replace(other, usual)
    return parse_part(data)


def flat_parts(tree: etree._Element) -> Reader:
    """The parts of a package that is one XML file."""
    parts = {part.get(f"{_PACKAGE}name", "").lstrip("/"): part for part in tree.iter(f"{_PACKAGE}part")}

    def read(name: str) -> bytes | None:
        part = parts.get(name)
        data = part.find(f"{_PACKAGE}xmlData/*") if part is not None else None
        if data is not None:
            return bytes(etree.tostring(data, with_tail=False))
        packed = part.findtext(f"{_PACKAGE}binaryData") if part is not None else None
        try:
            return b64decode(packed) if packed else None
        except binascii.Error as exc:
            raise ReadError("damaged", f"{name[:80]} cannot be unpacked", hint="the file may be cut off") from exc

    return read


class Chunks:
    """The documents that a document takes in (w:altChunk), each once, and no chunk of a chunk."""

    def __init__(self, read: Reader, targets: dict[str, str], of_package: Callable[[Reader], list[str]]) -> None:
        self._read = self._counted(read)
        self._targets = targets
        self._of_package = of_package
        self._left = MAX_TEXT_BYTES

    def lines(self, name: str) -> list[str]:
        """Return the lines of the chunk with this id.

        Raises:
            ReadError: what its own format raises; `unsupported`, since without it half of the document were lost.
        """
        from watcher.read.exported import lines_of_mime, lines_of_page

        target = self._targets.pop(name, None)
        data = self._read(target) if target else None
        if not target or not data or not data.strip():
            return []
        kind = sniff(data, None, target)
        if kind is Kind.HTML:
            return lines_of_page(decode(data))
        if kind is Kind.MIME:
            return lines_of_mime(data)
        if kind is Kind.TEXT:
            return decode(data).split("\n")
        if kind is not Kind.DOCX:
            raise ReadError("unsupported", f"a part of the document is {kind}, which is not read there")
        with open_package(data) as package:
            return self._of_package(self._counted(partial(read_part, package)))

    def _counted(self, read: Reader) -> Reader:
        def counting(name: str) -> bytes | None:
            data = read(name)
            self._left -= len(data or b"")
            if self._left < 0:
                raise ReadError("too_large", f"the document takes in more than {MAX_TEXT_BYTES // 1_000_000} MB")
            return data

        return counting
