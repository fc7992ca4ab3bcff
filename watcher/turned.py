"""Whether a page that is watched as itself has turned into its site's home page, which many sites show with a 200.

What is edited in place may be another text from one day to the next; only the site's home page is never its new
version. That is asked for where the page has lost its title, or calls itself something else.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from html import unescape
from urllib.parse import urljoin

from watcher.errors import FetchError, ReadError
from watcher.gear import Gear
from watcher.model import Page
from watcher.read.charset import decode
from watcher.sanity import holds_title, is_home, is_site_name, shows_home_page, shows_the_same
from watcher.settings import Source
from watcher.workers import in_worker


async def turned_home(
    page: Page, source: Source, stored: Collection[str], usual: str | None, gear: Gear
) -> ReadError | None:
    """The error of a page that shows what its site's home page shows, or calls itself by its site's name alone.

    Args:
        stored: the titles that the page had.
        usual: what it called itself (`<title>`) when it was last read.
    """
    url = source.listing_url
    if is_home(url) or page.body.startswith((b"%PDF", b"PK")) or b"<" not in page.body:
        return None
    is_doubtful, title = await in_worker(_looked_at, page, frozenset(stored), usual)
    if not is_doubtful:
        return None
    if title is not None:
        return shows_home_page(f"the page calls itself {title} and nothing else: another page of the site came")
    with suppress(FetchError):
        home = await gear.fetch(urljoin(url, "/"), None, source.fetch)
        if isinstance(home, Page) and await in_worker(_are_alike, page, home):
            return shows_home_page(f"the site's home page, {home.final_url}, stands at the address")
    return None


def _looked_at(page: Page, stored: frozenset[str], usual: str | None) -> tuple[bool, str | None]:
    """Whether the page is doubtful, and the name of its site where it calls itself by that alone and lost its title."""
    from watcher.listing.opened import Opened

    text, title = decode(page.body, page.charset), Opened.of(page).title
    lost = not all(holds_title(unescape(text), one) for one in stored)
    name = title if lost and is_site_name(title, usual) else None
    return lost or title != usual, name


def _are_alike(page: Page, home: Page) -> bool:
    return shows_the_same(decode(page.body, page.charset), decode(home.body, home.charset))
