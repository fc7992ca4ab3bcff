"""Which mechanism reads a listing: the first that finds entries.

A new mechanism is a file with one function `Opened -> tuple[Link, ...]` and a line in `_BY_ITSELF` or `_MODES`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from watcher.errors import ReadError
from watcher.listing import automatic, comment, css, feed, jpage, jsonlist, sitemap, whole
from watcher.listing.asked import asked
from watcher.listing.diagnosis import by_fragments, no_entries, one_article, unreadable
from watcher.listing.javascript import service_address
from watcher.listing.opened import Opened
from watcher.listing.pager import next_url
from watcher.listing.windows import following
from watcher.model import Link, Listing, Page
from watcher.settings import CssRule, JsonRule, ListingMode, ListingRule

Mechanism = Callable[[Opened], tuple[Link, ...]]


def _carried(opened: Opened) -> tuple[Link, ...]:
    """The data that a page carries, unless its script asks for newer: then that is the list."""
    return () if asked(opened) or service_address(opened.text) else jsonlist.read_inside(opened)


# What `auto` tries, in order, as (name shown to users, mechanism).
_BY_ITSELF: Final[tuple[tuple[str, Mechanism], ...]] = (
    ("feed", feed.read),
    ("sitemap", sitemap.read),
    ("jpage", jpage.read),
    ("automatic", automatic.dated),
    ("comment", comment.read),
    ("json", _carried),
    ("automatic", automatic.undated),
)
_MODES: Final[dict[ListingMode, tuple[tuple[str, Mechanism], ...]]] = {
    "auto": _BY_ITSELF,
    "feed": (("feed", feed.read_strictly),),
    "sitemap": (("sitemap", sitemap.read_strictly),),
    "page": (("page", whole.read),),
    "jpage": (("jpage", jpage.read),),
}


# Mechanisms that read what is a list and nothing else: no article comes as a feed.
_SURE: Final = frozenset({"feed", "sitemap", "jpage"})


def read(page: Page, rule: ListingRule) -> Listing:
    """As `watcher.listing.read_listing` says."""
    opened = Opened.of(page)
    if rule != "page" and (error := unreadable(opened)):
        raise error
    mechanism, links = _read(opened, rule)
    if links:
        if rule == "auto" and (error := by_fragments(opened, links) or _of_article(opened, mechanism, links)):
            raise error
        return Listing(mechanism, links, _older(opened, mechanism, rule), opened.title)
    if (address := _elsewhere(opened, rule)) and address != page.url:
        return Listing(mechanism, (), address)
    raise no_entries(opened)


def _of_article(opened: Opened, mechanism: str, links: Sequence[Link]) -> ReadError | None:
    return None if mechanism in _SURE else one_article(opened, links)


def _read(opened: Opened, rule: ListingRule) -> tuple[str, tuple[Link, ...]]:
    if isinstance(rule, CssRule):
        return "css", css.read(opened, rule)
    if isinstance(rule, JsonRule):
        return "json", _json(opened, rule)
    if opened.is_data and rule in ("auto", "jpage"):
        return "json", jsonlist.read(opened)
    name = ""
    for name, mechanism in _MODES[rule]:
        if links := mechanism(opened):
            return name, links
    return name, ()


def _json(opened: Opened, rule: JsonRule) -> tuple[Link, ...]:
    if opened.is_data:
        return jsonlist.read(opened, rule)
    return () if asked(opened) else jsonlist.read_inside(opened, rule)


def _elsewhere(opened: Opened, rule: ListingRule) -> str | None:
    if rule in ("auto", "sitemap"):
        return sitemap.newest(opened)
    return asked(opened) if rule == "jpage" or isinstance(rule, JsonRule) else None


def _older(opened: Opened, mechanism: str, rule: ListingRule) -> str | None:
    if mechanism in ("feed", "sitemap", "page"):
        return None
    if mechanism in ("json", "jpage"):
        return following(opened, rule if isinstance(rule, JsonRule) else None)
    return next_url(opened)
