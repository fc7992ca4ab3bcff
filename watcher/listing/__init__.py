"""`Page` -> `Listing`: the entries of a column, by the first mechanism that finds some. Pure; never asks the network.

A new mechanism is a file with one function `Opened -> tuple[Link, ...]` and a line in `MODES`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from watcher.listing import automatic, comment, css, feed, jpage, whole
from watcher.listing.diagnosis import no_entries, unreadable
from watcher.listing.opened import Opened
from watcher.listing.pager import next_url
from watcher.model import Link, Listing, Page
from watcher.settings import CssRule, ListingMode

Mechanism = Callable[[Opened], tuple[Link, ...]]

_BY_ITSELF: Final[tuple[tuple[str, Mechanism], ...]] = (
    ("feed", feed.read),
    ("jpage", jpage.read),
    ("automatic", automatic.dated),
    ("comment", comment.read),
    ("automatic", automatic.undated),
)

# What each mode of the configuration tries, in order, as (name shown to users, mechanism).
MODES: Final[dict[ListingMode, tuple[tuple[str, Mechanism], ...]]] = {
    "auto": _BY_ITSELF,
    "feed": (("feed", feed.read_strictly),),
    "page": (("page", whole.read),),
    "jpage": _BY_ITSELF,
    "json": _BY_ITSELF,
}


def read_listing(page: Page, rule: ListingMode | CssRule) -> Listing:
    """Return the entries of a listing page, in its order, each address once.

    Raises:
        ReadError: `code` is empty, not_html, not_a_feed, challenge, maintenance, javascript_list or no_links.
    """
    opened = Opened.of(page)
    if (error := unreadable(opened)) and rule != "page":
        raise error
    mechanism, links = ("css", css.read(opened, rule)) if isinstance(rule, CssRule) else _first(opened, rule)
    if not links:
        raise no_entries(opened)
    return Listing(mechanism, links, None if mechanism in ("feed", "page") else next_url(opened))


def _first(opened: Opened, mode: ListingMode) -> tuple[str, tuple[Link, ...]]:
    for name, mechanism in MODES[mode]:
        if links := mechanism(opened):
            return name, links
    return "", ()
