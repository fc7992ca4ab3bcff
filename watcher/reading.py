"""One fetched page -> what it says: the same for a pass and for `watcher sources test`."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from watcher.extract import extract
from watcher.model import Document, Extraction, Page
from watcher.read import read_document


def read_page(page: Page, listed: date | None) -> tuple[Document, Extraction]:
    """Read a page; `listed` is the date beside its entry, for a page that carries none.

    Raises:
        ReadError: the body is not what it should be.
    """
    document = read_document(
        page.body,
        url=page.final_url,
        media_type=page.media_type,
        charset=page.charset,
        name=urlsplit(page.final_url).path,
    )
    return document, extract(document, fallback_published=listed)
