"""sitemap.xml: the addresses of a site with the day of their last change; no titles, but those of its news sitemap.

The format: sitemaps.org, and the news extension of it.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import islice
from typing import Final

from watcher.errors import ReadError
from watcher.listing.addresses import is_article, resolve
from watcher.listing.entries import distinct
from watcher.listing.opened import Opened
from watcher.listing.pieces import between, first
from watcher.listing.titles import tidy
from watcher.model import Link
from watcher.read.dates import read_date

_KIND: Final = re.compile(r"<(urlset|sitemapindex)[\s>]")
_MOST_READ: Final = 50_000  # the most that the format allows in one file
_MOST_ITEMS: Final = 2_000  # the newest of them: what a site held years ago is no news


def read(opened: Opened) -> tuple[Link, ...]:
    """Return the articles of a sitemap, the newest first, () where the page is none."""
    if _kind(opened) != "urlset":
        return ()
    records = islice(between(opened.text, "<url>", "</url>"), _MOST_READ)
    links = [link for record in records if (link := _link(record, opened)) and is_article(link.url)]
    links.sort(key=lambda link: link.published or date.min, reverse=True)
    return distinct(links[:_MOST_ITEMS], opened.page.final_url)


def newest(opened: Opened) -> str | None:
    """Return the address of the sitemap that an index says was changed last, None where the page is no index."""
    if _kind(opened) != "sitemapindex":
        return None
    records = islice(between(opened.text, "<sitemap>", "</sitemap>"), _MOST_READ)
    dated = [
        (first(record, "lastmod"), url) for record in records if (url := resolve(opened.base, first(record, "loc")))
    ]
    # Where the index names no days, the last: sites put a full file's successor behind it.
    return max(enumerate(dated), key=lambda pair: (pair[1][0], pair[0]))[1][1] if dated else None


def read_strictly(opened: Opened) -> tuple[Link, ...]:
    """`read` for who says that it is a sitemap; raises `ReadError` (not_a_sitemap) where it is not."""
    if _kind(opened) is None:
        hint = "`listing: sitemap` reads sitemap.xml; try `listing: auto`"
        raise ReadError("not_a_sitemap", "the page is no sitemap", hint=hint)
    return read(opened)


def _kind(opened: Opened) -> str | None:
    match = _KIND.search(opened.text[:2_000])
    return match[1] if match else None


def _link(record: str, opened: Opened) -> Link | None:
    url = resolve(opened.base, first(record, "loc"))
    if url is None:
        return None
    day = first(record, "news:publication_date", "lastmod")
    return Link(url, tidy(first(record, "news:title")) or url, read_date(day[:40]))
