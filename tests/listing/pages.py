"""Pages of a few lines of markup, for the tests of listings."""

from __future__ import annotations

from datetime import UTC, date, datetime

from tests.timing import cpu_seconds
from watcher.listing import read_listing
from watcher.listing.opened import Opened
from watcher.listing.pager import next_url
from watcher.model import Link, Page

COLUMN = "http://sthj.example.gov.cn/dtxx/"
FETCHED = datetime(2026, 6, 20, 1, 0, tzinfo=UTC)


def page(
    body: str | bytes,
    url: str = COLUMN,
    *,
    charset: str | None = "utf-8",
    media_type: str = "text/html",
    status: int = 200,
) -> Page:
    raw = body.encode() if isinstance(body, str) else body
    return Page(url, url, status, raw, FETCHED, media_type, charset)


def entries(body: str, url: str = COLUMN) -> list[tuple[str, str, str | None]]:
    """(address without the column's, title, day) of what `auto` finds."""
    return [short(link) for link in read_listing(page(body, url), "auto").links]


def short(link: Link) -> tuple[str, str, str | None]:
    return link.url.removeprefix(COLUMN), link.title, str(link.published) if link.published else None


def link(path: str, title: str, day: str | None = None) -> Link:
    return Link(COLUMN + path, title, date.fromisoformat(day) if day else None)


def turning_seconds(body: str, url: str = COLUMN) -> float:
    """CPU time to look for the next page of one whose links are known."""
    opened = Opened.of(page(body, url))
    assert opened.found.tokens
    return cpu_seconds(lambda: next_url(opened))
