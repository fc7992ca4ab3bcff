"""Whether a page, a column or an article has turned into its site's home page, which many sites show with a 200.

What is edited in place may be another text from one day to the next, and a column may be rebuilt; only the site's home
page is never its new version. That is asked for where the page has lost its title, or calls itself something else,
where a column's list is doubted, and where an article is not what it was.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field
from html import unescape
from typing import Final
from urllib.parse import urljoin

from watcher.errors import FetchError, ReadError
from watcher.gear import Gear
from watcher.model import Page
from watcher.read.charset import decode
from watcher.sanity import (
    goes_by_outer_name,
    holds_title,
    home_addresses,
    is_home,
    is_move,
    is_outer_name,
    shown_lines,
    shows_home_page,
    shows_list,
    shows_no_more,
    shows_the_same,
)
from watcher.settings import Source
from watcher.workers import in_worker

# Bytes of a page that only leads on: a refresh, a script, a frame, and what is shown meanwhile.
COVER: Final = 5_000


async def turned_home(
    page: Page, source: Source, stored: Collection[str], usual: str | None, gear: Gear
) -> ReadError | None:
    """The error of a page that shows what its site's home page shows, or calls itself by its site's name alone.

    Args:
        stored: the titles that the page had.
        usual: what it called itself (`<title>`) when it was last read.
    """
    url = source.listing_url
    if is_home(url) or not _may_be_html(page):
        return None
    is_doubtful, title = await in_worker(_looked_at, page, frozenset(stored), usual)
    if not is_doubtful:
        return None
    if title is not None:
        return goes_by_outer_name(title)
    with suppress(FetchError):
        return await _as_home(page, source, gear)
    return None


async def column_turned_home(
    page: Page, source: Source, named: tuple[str | None, str | None], gear: Gear, *, doubted: bool
) -> ReadError | None:
    """The error of a column that shows what its site's home page shows.

    Where that cannot be had, its name tells a doubted one. That must be the site's: a column that is built anew may
    call itself by its own name alone.

    Args:
        named: what the page calls itself (`<title>`), and what it did when it was last read.
        doubted: another list stands in it, or it calls itself something else.
    """
    title, usual = named
    name = title if is_outer_name(title, usual) else None
    if source.listing == "page" or is_home(source.listing_url) or not _may_be_html(page) or not (doubted or name):
        return None
    try:
        return await _as_home(page, source, gear)
    except FetchError:
        from watcher.read.headline import names_site  # with all that finds headlines

        return goes_by_outer_name(name) if name and doubted and names_site(name) else None


@dataclass(frozen=True, slots=True)
class _Home:
    url: str
    shown: frozenset[str]


@dataclass(slots=True)
class Homes:
    """The home pages of the sites of a pass's articles, each asked for once: a hundred articles may turn at a time."""

    gear: Gear
    _had: dict[str, _Home | None] = field(default_factory=dict)
    _turns: defaultdict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))

    async def stands_at(self, page: Page, source: Source) -> ReadError | None:
        """The error of an article's address that shows what its site's home page, or its list, shows."""
        if not _may_be_html(page):
            return None
        shown, listing = await in_worker(_shown, page), source.listing_url
        for address in (*home_addresses(page.url, listing), listing):
            home = await self._at(address, source)
            if home is not None and is_move(page.url, home.url) and shows_no_more(shown, home.shown):
                # A site of one column may lead from its root to that.
                return _as_error(home.url) if is_move(listing, home.url) else shows_list(home.url)
        return None

    async def _at(self, address: str, source: Source) -> _Home | None:
        async with self._turns[address]:
            if address not in self._had:
                self._had[address] = await self._asked(address, source)
            return self._had[address]

    async def _asked(self, address: str, source: Source) -> _Home | None:
        try:
            home = await _home(address, source, self.gear)
        except FetchError:
            return None
        return _Home(home.final_url, await in_worker(_shown, home))


async def _as_home(page: Page, source: Source, gear: Gear) -> ReadError | None:
    """The error of a page that shows what the home page of its host shows; raises FetchError where that is not had."""
    home = await _home(urljoin(page.final_url, "/"), source, gear)
    # A site of one column may lead from its root to that.
    if is_move(source.listing_url, home.final_url) and await in_worker(_are_alike, page, home):
        return _as_error(home.final_url)
    return None


async def _home(root: str, source: Source, gear: Gear) -> Page:
    home = await gear.page(root, source)
    if len(home.body) <= COVER and (onward := await in_worker(_onward, home)) is not None:
        home = await gear.page(onward, source)
    return home


def _as_error(home: str) -> ReadError:
    return shows_home_page(f"the site's home page, {home}, stands at the address")


def _may_be_html(page: Page) -> bool:
    return not page.body.startswith((b"%PDF", b"PK")) and b"<" in page.body


def _onward(cover: Page) -> str | None:
    """Where a page that only leads into its site leads."""
    from watcher.listing.suggest import other_address

    return other_address(cover)


def _looked_at(page: Page, stored: frozenset[str], usual: str | None) -> tuple[bool, str | None]:
    """Whether the page is doubtful, and the name of its site where it calls itself by that alone and lost its title."""
    from watcher.listing.opened import Opened

    text, title = decode(page.body, page.charset), Opened.of(page).title
    lost = not all(holds_title(unescape(text), one) for one in stored)
    name = title if lost and is_outer_name(title, usual) else None
    return lost or title != usual, name


def _are_alike(page: Page, home: Page) -> bool:
    return page.body == home.body or shows_the_same(_shown(page), _shown(home))


def _shown(page: Page) -> frozenset[str]:
    return shown_lines(decode(page.body, page.charset))
