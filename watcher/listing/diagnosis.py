"""Why a page gave no entries, said so that a person can act."""

from __future__ import annotations

from typing import Final

from watcher.errors import ReadError
from watcher.listing.javascript import data_address, fills_by_script
from watcher.listing.opened import Opened
from watcher.read.challenge import detect

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


def unreadable(opened: Opened) -> ReadError | None:
    """Return why the body is no page at all, None where it may be one."""
    body = opened.page.body
    for magic, kind in _MAGIC.items():
        if body.startswith(magic):
            return ReadError("not_html", f"the address answers with {kind}", hint="use `listing: page` to watch a file")
    text = opened.text.strip()
    if not text:
        return ReadError("empty", "the page is empty", hint="open it in a browser; it may come back at the next pass")
    if text.startswith(("{", "[")) and "<html" not in text[:2_000].lower():
        hint = "the list is data: `listing: {json: …}` reads it"
        return ReadError("not_html", "the address answers with JSON, not with a page", hint=hint)
    if "<" not in text:
        return ReadError("not_html", "the address answers with plain text, not with a page", hint="check the address")
    return None


def no_entries(opened: Opened) -> ReadError:
    """Return the error for a page without entries: a bot check, a list that a script fills, or none seen."""
    barrier = detect(opened.text, opened.page.status)
    if barrier is not None:
        return barrier
    address = data_address(opened.text)
    if address or fills_by_script(opened.text):
        seen = f"its script asks {address}" if address else "the address that its script asks is not in the page"
        hint = "look for another view of the column, a feed, or the data's own address in the browser's network tab"
        return ReadError("javascript_list", f"the list is filled by a script ({seen})", hint=hint)
    hint = "check that it is the page of a column; else name the list by `listing: {css: {item: …}}`"
    return ReadError("no_links", "no list of articles was found in the page", hint=hint)
