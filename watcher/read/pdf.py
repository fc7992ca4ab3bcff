"""A PDF's text layer -> Document. A scan is refused with `needs_ocr`: it is for `ocr` to read."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from watcher.errors import ReadError
from watcher.model import Document
from watcher.read.joining import is_page_number
from watcher.read.limits import check_pages, check_raw
from watcher.read.plain import read_pages
from watcher.read.scans import needs_ocr

_PDFIUM = threading.Lock()  # the library is not thread-safe
# Of a whole document, and of a page on average: fewer are page numbers and stamps on a scan.
_LEAST_CHARS, _LEAST_A_PAGE = 20, 8
_RUNNING_FROM = 3  # pages from which a line at the same edge of every other page is a running head


def read_pdf(body: bytes, url: str | None) -> Document:
    """Return the document in the text layer.

    Raises:
        ReadError: `encrypted`, `not_a_pdf`, `needs_ocr`, `too_large`.
    """
    with opened_pdf(body) as document:
        pages = [page.split("\n") for page in _texts(document)]
    texts = ["\n".join(line for line in page if not is_page_number(line)) for page in _without_running_lines(pages)]
    if sum(len("".join(text.split())) for text in texts) < max(_LEAST_CHARS, _LEAST_A_PAGE * len(pages)):
        raise needs_ocr("the PDF is a scan: it has no text layer")
    return read_pages(texts, url)


@contextmanager
def opened_pdf(body: bytes) -> Iterator[Any]:
    """A pypdfium2 document, which has no types, for as long as it is used.

    Raises:
        ReadError: `encrypted`, `not_a_pdf`, the latter also for what breaks in its use.
    """
    import pypdfium2

    with _PDFIUM:
        try:
            document = pypdfium2.PdfDocument(body)
        except pypdfium2.PdfiumError as exc:
            if "assword" in str(exc):
                raise ReadError("encrypted", "the PDF is locked with a password") from exc
            raise ReadError("not_a_pdf", "the file is no PDF that can be opened", hint="it may be cut off") from exc
        try:
            yield document
        except pypdfium2.PdfiumError as exc:
            raise ReadError("not_a_pdf", "a page of the PDF cannot be read", hint="it may be cut off") from exc
        finally:
            document.close()


def _texts(document: Any) -> list[str]:
    """The text of each page."""
    count = len(document)
    check_pages(count)
    texts: list[str] = []
    total = 0
    for number in range(count):
        page = document[number]
        texts.append(text_layer(page))
        page.close()
        total += len(texts[-1])
        check_raw(total)
    return texts


def text_layer(page: Any) -> str:
    """The text of one page, its lines ended by "\\n"."""
    layer = page.get_textpage()
    text: str = layer.get_text_range()
    layer.close()
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _without_running_lines(pages: list[list[str]]) -> list[list[str]]:
    """Drop the first or last line of a page where most pages have the same one."""
    if len(pages) < _RUNNING_FROM:
        return pages
    edges: Counter[str] = Counter()
    for page in pages:
        filled = [line.strip() for line in page if line.strip()]
        edges.update({*filled[:1], *filled[-1:]})
    running = {line for line, times in edges.items() if times * 2 > len(pages) and times >= _RUNNING_FROM}
    return [[line for line in page if line.strip() not in running] for page in pages]
