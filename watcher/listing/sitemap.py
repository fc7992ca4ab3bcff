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
from watcher.sanity import is_home

_KIND: Final = re.compile(r"<(urlset|sitemapindex)[\s>]")
_MOST_READ: Final = 50_000  # the most that the format allows in one file
_MOST_ITEMS: Final = 2_000  # the newest of them: what a site held years ago is no news


def read(opened: Opened) -> tuple[Link, ...]:
    """Return the articles of a sitemap, as far as addresses tell, the newest first; () where the page is none.

    Raises `ReadError` (no_links) where no address tells.
    """
    if _kind(opened) != "urlset":
        return ()
    links = _links(opened)
    articles = [link for link in links if is_article(link.url)]
    if links and not articles:
        message = f"none of the {len(links)} addresses in the sitemap looks like that of an article"
        raise ReadError("no_links", message, hint="`listing: sitemap` takes them all")
    return _newest(articles, opened)


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
    """All that a sitemap names, for who says that it is one; raises `ReadError` (not_a_sitemap, no_links)."""
    if _kind(opened) is None:
        hint = "`listing: sitemap` reads sitemap.xml; try `listing: auto`"
        raise ReadError("not_a_sitemap", "the page is no sitemap", hint=hint)
    if _kind(opened) != "urlset":
        return ()
    if found := _newest(_links(opened), opened):
        return found
    raise ReadError("no_links", "the sitemap names no page", hint="see whether the site has another one in robots.txt")


def _links(opened: Opened) -> list[Link]:
    """The pages that a sitemap names; its site's home page is no article."""
    records = islice(between(opened.text, "<url>", "</url>"), _MOST_READ)
    return [link for record in records if (link := _link(record, opened)) and not is_home(link.url)]


def _newest(links: list[Link], opened: Opened) -> tuple[Link, ...]:
    links = sorted(links, key=lambda link: link.published or date.min, reverse=True)
    return distinct(links[:_MOST_ITEMS], opened.page.final_url)


def _kind(opened: Opened) -> str | None:
    match = _KIND.search(opened.text[:2_000])
    return match[1] if match else None


def _link(record: str, opened: Opened) -> Link | None:
    url = resolve(opened.base, first(record, "loc"))
    if url is None:
        return None
    day = first(record, "news:publication_date", "lastmod")
    return Link(url, tidy(first(record, "news:title")) or url, read_date(day[:40]))
