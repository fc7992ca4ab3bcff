"""`listing: page`: the page itself is the one entry, for pages that are edited in place."""

from __future__ import annotations

from urllib.parse import urlsplit

from watcher.listing.opened import Opened
from watcher.listing.titles import tidy
from watcher.model import Link
from watcher.read import read_document


def read(opened: Opened) -> tuple[Link, ...]:
    """Return the page as an entry, with the title and the day that it prints; a file with its address.

    Raises:
        ReadError: challenge, maintenance, empty … (`read.read_document`): what is no page must not become a revision.
    """
    page = opened.page
    if opened.file_kind:
        return (Link(page.url, page.url),)
    document = read_document(
        page.body,
        url=page.final_url,
        media_type=page.media_type,
        charset=page.charset,
        name=urlsplit(page.final_url).path,
    )
    return (Link(page.url, tidy(document.title or "") or page.url, document.published),)
