"""RSS and Atom, by feedparser."""

from __future__ import annotations

import re
from calendar import timegm
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any, Final

import feedparser

from watcher.clocks import china_day
from watcher.errors import ReadError
from watcher.listing.addresses import resolve
from watcher.listing.dates import read_whole
from watcher.listing.entries import distinct
from watcher.listing.moments import read_epoch, read_java
from watcher.listing.opened import Opened
from watcher.listing.titles import tidy, without_tags
from watcher.model import Link
from watcher.read.dates import find_date

_ROOT: Final = re.compile(r"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_ZONE: Final = re.compile(r"(?:Z|GMT|UTC?|[+-][0-9]{2}:?[0-9]{2})\s*$")
_LONGEST: Final = 500_000  # characters; feeds begin with what is new, and the parser reads 0.2 MB a second


def read(opened: Opened) -> tuple[Link, ...]:
    """Return the entries of a feed, () where the page is none."""
    if not _ROOT.search(opened.text[:2_000]):
        return ()
    entries = _parse(opened).entries
    return distinct((link for entry in entries if (link := _link(entry, opened))), opened.page.final_url)


def read_strictly(opened: Opened) -> tuple[Link, ...]:
    """`read` for who says that it is a feed; raises `ReadError` (not_a_feed, empty_list)."""
    if not _ROOT.search(opened.text[:2_000]):
        hint = "`listing: feed` reads RSS and Atom; try `listing: auto`"
        raise ReadError("not_a_feed", "the page is no RSS or Atom feed", hint=hint)
    if not (links := read(opened)):
        raise ReadError("empty_list", "the feed holds no entry", hint="open the address: is the column empty?")
    return links


def _parse(opened: Opened) -> Any:
    # A stream, since feedparser takes a text for a file name or an address; UTF-8, since decoding is `read.charset`'s.
    body = opened.undeclared[:_LONGEST].encode("utf-8", "replace")
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": opened.base}
    return feedparser.parse(BytesIO(body), response_headers=headers, sanitize_html=False)


def _link(entry: Any, opened: Opened) -> Link | None:
    url = resolve(opened.base, str(entry.get("link") or entry.get("id") or ""))
    title = tidy(without_tags(str(entry.get("title") or "")))
    return Link(url, title or url, _day(entry, opened.now)) if url else None


def _day(entry: Any, now: datetime) -> date | None:
    """The day in China: as printed where the text names no zone or CST, which here is China's, else converted."""
    for name in ("published", "updated", "created"):
        text, moment = " ".join(str(entry.get(name) or "")[:200].split()), entry.get(f"{name}_parsed")
        # The parser takes seconds since 1970 for the digits of a date: 1781712000 for the year 1781.
        if found := read_epoch(text) or read_java(text):
            return found
        if found := (None if moment is not None and _ZONE.search(text) else read_whole(text, now) or find_date(text)):
            return found
        if moment is not None:
            return china_day(datetime.fromtimestamp(timegm(moment), UTC))
    return None
