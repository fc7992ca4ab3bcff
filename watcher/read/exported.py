"""HTML that an export button or an office program saved under the name of a Word or Excel file, alone or in MIME (MHT).

All that is in it is the document: it has no menus around a body to be found.
"""

from __future__ import annotations

import re
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message

from lxml import etree

from watcher.errors import ReadError
from watcher.model import Document
from watcher.read.charset import decode
from watcher.read.clean import CELL
from watcher.read.html import clean_lines, read_html
from watcher.read.limits import check_bytes
from watcher.read.plain import read_lines, read_rows
from watcher.read.tree import flatten, parse

_HEAD = 20_000  # characters in which an office program says who it is
_OFFICE = re.compile(
    r"urn:schemas-microsoft-com:office|<meta[^>]{1,80}(?:Word|Excel)\.(?:Document|Sheet)", re.IGNORECASE
)
# What a page for readers has and an export does not: a log-in page is laid out in tables, too.
_FOR_READERS = re.compile(r"<(?:form|input|script|iframe|frameset)\b", re.IGNORECASE)
_ISLAND = "xml"  # Excel's names of sheets and options


def is_exported(html: str) -> bool:
    """Whether a page is the content of a Word or Excel file: an office program's, or nothing but a table."""
    if is_of_office(html):
        return True
    return "<table" in html.lower() and _FOR_READERS.search(html) is None


def is_of_office(html: str) -> bool:
    return _OFFICE.search(html[:_HEAD]) is not None


def read_exported(html: str, url: str | None, *, is_sheet: bool = False) -> Document:
    """Return the whole text of the page, its tables row by row; `is_sheet`: its name is that of a workbook.

    Raises:
        ReadError: `empty`, `too_large`, `too_deep`.
    """
    texts = lines_of_page(html)
    if not texts:
        raise ReadError("empty", "the document holds no text")
    return read_rows(texts, url) if is_sheet or CELL in texts[0] else read_lines("\n".join(texts), url)


def lines_of_page(html: str) -> list[str]:
    """Return the lines that a reader of the page sees.

    Raises:
        ReadError: `too_large`, `too_deep`.
    """
    root = parse(html)
    etree.strip_elements(root, _ISLAND, with_tail=False)
    lines = flatten(root).lines
    clean_lines(lines)
    return [line.text for line in lines if line.text and not line.hidden]


def read_mime(body: bytes, url: str | None) -> Document:
    """Return the page in a MHT file.

    Raises:
        ReadError: `damaged`, `empty`, `too_large`, `too_deep`.
    """
    html = _html_of(body)
    return read_exported(html, url) if is_exported(html) else _read_saved(html, url)


def lines_of_mime(body: bytes) -> list[str]:
    """Return the lines of the page in a MHT file; raises as `read_mime`."""
    return lines_of_page(_html_of(body))


def _html_of(body: bytes) -> str:
    part = _page_of(body)
    if part is None:
        raise ReadError("empty", "the MHT file holds no page")
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)  # of a part that holds no other parts
    check_bytes(payload, is_text=True)
    return decode(payload, part.get_content_charset())


def _page_of(body: bytes) -> Message | None:
    try:
        return next((part for part in message_from_bytes(body).walk() if part.get_content_type() == "text/html"), None)
    except (MessageError, RecursionError, LookupError, ValueError) as exc:
        raise ReadError("damaged", "the MHT file cannot be taken apart", hint="it may be cut off") from exc


def _read_saved(html: str, url: str | None) -> Document:
    """A page that a browser saved has a body; one that a program wrote may be too short for one."""
    try:
        return read_html(html, url)
    except ReadError as error:
        if error.code != "empty":
            raise
        return read_exported(html, url)
