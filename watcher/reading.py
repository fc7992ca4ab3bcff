"""Fetched pages and files -> what they say: the same for a pass and for `watcher sources test`; run in workers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from watcher.errors import ReadError
from watcher.extract import extract
from watcher.files import NO_FILE, told_by_title, worth_opening
from watcher.model import Attachment, Document, Extraction, Page
from watcher.read import challenge, read_document
from watcher.read.attachments import promised_name
from watcher.read.charset import decode, decode_as
from watcher.read.parts import ReadFile, join
from watcher.read.sniff import Kind, expected, sniff

_OF_PAGES: Final = frozenset({"text/html", "application/xhtml+xml"})
_OF_OFFICE: Final = frozenset({"doc", "sheet"})  # as which export buttons send HTML


@dataclass(frozen=True, slots=True)
class PageRead:
    """A page without its files; `opens_files`: they may make a difference.

    `format`: what it was read as (`read.sniff.Kind`, or a scan); `charset`: that of a text.
    """

    document: Document
    extraction: Extraction
    opens_files: bool
    format: str
    charset: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a document beside its bytes; each as `read_document` takes it."""

    url: str | None = None
    media_type: str | None = None
    charset: str | None = None
    name: str | None = None


def read_alone(body: bytes, told: Told, listed: date | None) -> Extraction:
    """What one document says that no source names; raises ReadError as `read_page` does."""
    document = read_document(body, url=told.url, media_type=told.media_type, charset=told.charset, name=told.name)
    return extract(document, fallback_published=listed)


def read_scan_alone(body: bytes, told: Told, listed: date | None) -> Extraction:
    """What a document says that is a scan; raises ReadError."""
    from watcher.read.ocr import read_scan

    return extract(read_scan(body, told.url), fallback_published=listed)


def read_page(page: Page, listed: date | None) -> PageRead:
    """Read a page; `listed` is the date beside its entry, for a page that carries none.

    Raises:
        ReadError: the body is not what it should be; `needs_ocr`: `read_scanned_page` may read it.
    """
    name = urlsplit(page.final_url).path
    document, kind = _read(page, name), sniff(page.body, page.media_type, name)
    charset = decode_as(page.body, page.charset)[0] if kind in {Kind.HTML, Kind.TEXT} else None
    return _judged(document, listed, kind, charset)


def read_scanned_page(page: Page, listed: date | None) -> PageRead:
    """Read an article that is a scan."""
    return _judged(read_scanned_file(page), listed, "scan", None)


def _judged(document: Document, listed: date | None, kind: str, charset: str | None) -> PageRead:
    extraction = extract(document, fallback_published=listed)
    opens_files = bool(document.attachments) and worth_opening(extraction)
    return PageRead(document, extraction, opens_files, str(kind), charset)


def read_file(page: Page, attachment: Attachment) -> Document:
    """Read a file that a page links.

    Raises:
        ReadError: as of `read_page`; where a web page came in its place, `not_a_file`, and `files.NO_FILE` for what
            promised no format.
    """
    name = promised_name(attachment)
    if name is None:
        _check_is_file(page)
        return _read(page, urlsplit(page.final_url).path, attached=True)
    # What was promised outranks what came: an error's page is sent as the page that it is.
    is_page = (page.media_type or "").partition(";")[0].strip().lower() in _OF_PAGES
    return _read(replace(page, media_type=None) if is_page else page, name, attached=True)


def _check_is_file(page: Page) -> None:
    """Refuse a page, or data for a script, from an address that merely might be a file's."""
    kind = sniff(page.body, page.media_type, urlsplit(page.final_url).path)
    if kind is Kind.HTML and expected(page.media_type, None) not in _OF_OFFICE:
        if blocked := challenge.detect(decode(page.body, page.charset)):
            raise blocked
        raise ReadError(NO_FILE, "the link leads to a page")
    if kind is Kind.TEXT and (page.media_type or "").partition(";")[0].strip().lower() != "text/plain":
        raise ReadError(NO_FILE, "the link leads to data")


def read_scanned_file(page: Page) -> Document:
    """Read a file that is a scan; raises ReadError."""
    from watcher.read.ocr import read_scan

    return read_scan(page.body, page.final_url)


def read_joined(page: Document, files: Sequence[ReadFile], listed: date | None) -> tuple[Document, Extraction]:
    """A page together with its files."""
    document = join(page, files)
    return document, told_by_title(extract(document, fallback_published=listed))


def _read(page: Page, name: str, *, attached: bool = False) -> Document:
    return read_document(
        page.body,
        url=page.final_url,
        media_type=page.media_type,
        charset=page.charset,
        name=name,
        attached=attached,
    )
