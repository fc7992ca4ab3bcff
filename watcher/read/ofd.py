"""OFD (GB/T 33190) -> Document: the text objects of its pages, set into lines by their places.

OFD.xml names each document's root, that its pages, and these hold text objects in layers and blocks. Templates, which
carry letterheads and page numbers, and annotations are left out.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator

from lxml import etree

from watcher.errors import ReadError
from watcher.model import Document
from watcher.read.joining import is_page_number
from watcher.read.limits import check_pages, check_raw
from watcher.read.package import open_package, parse_part, read_part, resolved
from watcher.read.placed import Piece, lines_of
from watcher.read.plain import read_pages

_SIZE = 4.0  # millimetres; a text object that states no size has about that of 小四


def read_ofd(body: bytes, url: str | None) -> Document:
    """Return the document in the text layer.

    Raises:
        ReadError: `damaged`, `too_large`, `encrypted`, `needs_ocr`.
    """
    pages: list[str] = []
    total = 0
    with open_package(body) as package:
        for content in _contents(package):
            pages.append("\n".join(line for line in lines_of(_pieces(content)) if not is_page_number(line)))
            total += len(pages[-1])
            check_pages(len(pages))
            check_raw(total)
    if not pages:
        raise ReadError("damaged", "the OFD file holds no page", hint="it may be cut off")
    if not any(page.strip() for page in pages):
        raise ReadError("needs_ocr", "the OFD file is a scan: it has no text layer", hint="save it as PDF")
    return read_pages(pages, url)


def _contents(package: zipfile.ZipFile) -> Iterator[etree._Element]:
    """The page trees of every document in the file, in their order."""
    for root in _named(_part(package, "OFD.xml"), "DocRoot"):
        place = resolved("", root.text or "")
        for page in _named(_part(package, place), "Page"):
            yield _part(package, resolved(posixpath.dirname(place), page.get("BaseLoc") or ""))


def _part(package: zipfile.ZipFile, name: str) -> etree._Element:
    data = read_part(package, name)
    if data is None:
        raise ReadError("damaged", f"the OFD file lacks its part {name[:80]}", hint="it may be cut off")
    return parse_part(data)


def _named(tree: etree._Element, name: str) -> Iterator[etree._Element]:
    """Elements by their local name: files of early writers have other namespaces."""
    yield from tree.iter(f"{{*}}{name}")


def _pieces(page: etree._Element) -> Iterator[Piece]:
    for run in _named(page, "TextObject"):
        left, top, *_ = _numbers(run.get("Boundary"), 4)
        a, b, c, d, right, down = _numbers(run.get("CTM"), 6, default=(1.0, 0.0, 0.0, 1.0, 0.0, 0.0))
        size = abs(_numbers(run.get("Size"), 1, default=(_SIZE,))[0] * (d or b)) or _SIZE
        x = y = 0.0
        for code in _named(run, "TextCode"):
            x, y = _number(code.get("X"), x), _number(code.get("Y"), y)
            if code.text and code.text.strip():
                yield Piece(top + b * x + d * y + down, left + a * x + c * y + right, size, code.text.strip())


def _numbers(value: str | None, count: int, default: tuple[float, ...] | None = None) -> tuple[float, ...]:
    words = (value or "").split()
    if len(words) != count:
        return default or (0.0,) * count
    return tuple(_number(word, 0.0) for word in words)


def _number(value: str | None, default: float) -> float:
    """A coordinate; what is none, or so far off that no page holds it, is the default."""
    try:
        number = float(value) if value else default
    except ValueError:
        return default
    return number if abs(number) < 1e6 else default
