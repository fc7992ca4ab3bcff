"""`listing: page`: the page itself is the one entry, for pages that are edited in place."""

from __future__ import annotations

from urllib.parse import urlsplit

from watcher.errors import ReadError
from watcher.listing import automatic
from watcher.listing.opened import Opened
from watcher.listing.titles import tidy
from watcher.model import Link
from watcher.read import read_document
from watcher.read.login import led_to_login


def read(opened: Opened) -> tuple[Link, ...]:
    """Return the page as an entry, with the title and the day that it prints; a file with its address.

    Raises:
        ReadError: challenge, maintenance, empty … (`read.read_document`), list_page: what is no page must not become
            a revision.
    """
    page = opened.page
    if error := led_to_login(page.url, page.final_url):
        raise error
    if opened.file_kind:
        return (Link(page.url, page.url),)
    try:
        document = read_document(
            page.body,
            url=page.final_url,
            media_type=page.media_type,
            charset=page.charset,
            name=urlsplit(page.final_url).path,
        )
    except ReadError as error:
        raise (_list_page(opened) if error.code == "empty" else None) or error from None
    return (Link(page.url, tidy(document.title or "") or page.url, document.published),)


def _list_page(opened: Opened) -> ReadError | None:
    """The error of a page without a text of its own that is a list: a column, or a home page of links."""
    links = opened.text.strip() and (automatic.dated(opened) or automatic.undated(opened))
    if not links:
        return None
    message = f"the page holds no text of its own, but a list of {len(links)} entries"
    hint = (
        "to watch the list, leave out `listing: page`; if a text stood here, open the site and look for its new address"
    )
    return ReadError("list_page", message, hint=hint)
