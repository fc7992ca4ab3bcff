"""A page opened for reading: decoded, parsed and walked over once, for every mechanism that may look at it."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from functools import cached_property
from html import unescape
from typing import Final

import lxml.html
from lxml import etree

from watcher.clocks import CHINA
from watcher.inert import inert
from watcher.listing.addresses import column_of, resolve
from watcher.listing.columns import Columns
from watcher.listing.data import is_answer
from watcher.listing.found import Scan
from watcher.listing.numbering import Numbered, numbered
from watcher.listing.scan import scan
from watcher.model import Page
from watcher.read.charset import decode

_BASE: Final = re.compile(r"<base\b[^>]{0,300}?\bhref\s?=\s?[\"']?([^\"'\s>]{1,500})", re.IGNORECASE)
_TITLE: Final = re.compile(r"<title\b[^>]{0,200}>([^<]{1,200})", re.IGNORECASE)
_DECLARATION: Final = re.compile(r"<\?xml[^>]{0,200}\?>")
_HEAD_WITHIN: Final = 100_000  # characters
_MAGIC: Final = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a ZIP or Office file",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"\x89PNG": "an image",
    b"GIF8": "an image",
    b"\xff\xd8\xff": "an image",
    b"\x1f\x8b": "a packed file",
    b"Rar!": "a packed file",
}
_PACKED: Final = b"\x1f\x8b"
_MOST_UNPACKED: Final = 20_000_000  # bytes, as of a page that comes as it is (`fetch.Limits`); the rest is left


@dataclass(frozen=True)
class Opened:
    """`text` is the decoded body, `base` what relative addresses hang on, `now` the moment of the fetch in China."""

    page: Page
    text: str
    base: str
    now: datetime

    @classmethod
    def of(cls, page: Page) -> Opened:
        page = _unpacked(page)
        text = decode(page.body, page.charset)
        match = _BASE.search(text[:_HEAD_WITHIN])
        base = resolve(page.final_url, match[1]) if match else None
        return cls(page, text, base or page.final_url, page.fetched_at.astimezone(timezone(CHINA)))

    @property
    def file_kind(self) -> str | None:
        """What kind of file the body is, None where it may be text."""
        return next((kind for magic, kind in _MAGIC.items() if self.page.body.startswith(magic)), None)

    @cached_property
    def is_data(self) -> bool:
        """Whether the answer is JSON and no page."""
        return is_answer(self.text)

    @property
    def undeclared(self) -> str:
        """The text without its XML declaration, which parsers of text refuse or take for the encoding."""
        return _DECLARATION.sub("", self.text, count=1).lstrip()

    @property
    def title(self) -> str | None:
        """What the page calls itself."""
        match = None if self.is_data else _TITLE.search(self.text[:_HEAD_WITHIN])
        return " ".join(inert(unescape(match[1])).split()) or None if match else None

    @cached_property
    def column(self) -> re.Pattern[str]:
        """What the paths of the column's own articles have in common."""
        return column_of(self.page.final_url)

    @cached_property
    def own(self) -> Numbered:
        """The page's address, taken apart at its number."""
        return numbered(self.page.final_url)

    @cached_property
    def root(self) -> etree._Element | None:
        """The page read as HTML, None where nothing is left."""
        return _parse(self.text)

    @cached_property
    def found(self) -> Scan:
        """The links and dates of the page."""
        return Scan() if self.root is None else scan(self.root, self.base)

    @cached_property
    def columns(self) -> Columns:
        """The columns that the page names: its own and others."""
        return Columns(self.found, self.page.final_url, self.title or "", self.column)

    def scan(self, text: str) -> Scan:
        """The links and dates of `text`, a part that the page does not show."""
        root = _parse(text)
        return Scan() if root is None else scan(root, self.base)


def _unpacked(page: Page) -> Page:
    """What a packed file holds (sitemap.xml.gz); the file itself where it is damaged."""
    if not page.body.startswith(_PACKED):
        return page
    try:
        return replace(page, body=zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(page.body, _MOST_UNPACKED))
    except zlib.error:
        return page


def _parse(text: str) -> etree._Element | None:
    """Return the root of `text` read as HTML, None where nothing is left; what is nested beyond 2,048 is dropped."""
    # As bytes: lxml refuses text that carries an encoding declaration.
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        return lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
