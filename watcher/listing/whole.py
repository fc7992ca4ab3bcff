"""`listing: page`: the page itself is the one entry, for pages that are edited in place."""

from __future__ import annotations

import re
from html import unescape

from watcher.listing.opened import Opened
from watcher.listing.titles import tidy
from watcher.model import Link

_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{1,1000})", re.IGNORECASE)


def read(opened: Opened) -> tuple[Link, ...]:
    """Return the page as an entry, with the title of its window."""
    match = _TITLE.search(opened.text[:200_000])
    return (Link(opened.page.url, (tidy(unescape(match[1])) if match else "") or opened.page.url),)
