"""What the addresses of a list's links tell together: articles of one folder, or columns beside the page's own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from watcher.listing.titles import is_case_number
from watcher.model import Link
from watcher.sanity import kind_of

_ENOUGH: Final = 3  # a list has more
LONG: Final = 12  # characters, on average, of titles that no menu has
_NAME: Final = 8  # characters, on average, of columns' names at most: 法定主动公开内容
_NUMBER: Final = re.compile(r"[0-9]+")
_FILE: Final = re.compile(r"\.\w{2,5}$|/[0-9]+$")


def are_siblings(links: Sequence[Link], url: str, *, is_own: bool) -> bool:
    """Whether addresses of no known form are articles all the same: files or numbers of one folder, titles as long.

    Shorter titles will do for numbers in the folder of the page at `url` (`is_own`): /flfg/50.html on /flfg/.
    """
    folders = {link.url.rpartition("/")[0] for link in links}
    length = sum(len(link.title) for link in links)
    files = all(_FILE.search(link.url) and (is_own or not is_case_number(link.title)) for link in links)
    if len(links) <= _ENOUGH or len(folders) > 1 or not files:
        return False
    return length >= LONG * len(links) or (
        is_own and length > _NAME * len(links) and _are_numbered(links) and not are_sisters(links, url)
    )


def are_sisters(links: Sequence[Link], url: str) -> bool:
    """Whether most addresses are of the same make as `url`, the page's own: a menu of the columns beside it.

    Not those that say more in their query than the page's does: show&catid=12&id=345 beside lists&catid=12.
    """
    own, keys = _make(url), _keys(url)
    return 2 * sum(_make(link.url) == own and _keys(link.url) <= keys for link in links) > len(links)


def _are_numbered(links: Sequence[Link]) -> bool:
    """Whether only a number tells the addresses apart."""
    return len({_NUMBER.sub("#", link.url) for link in links}) == 1


def _keys(url: str) -> frozenset[str]:
    return frozenset(key for key, _ in parse_qsl(urlsplit(url).query))


def _make(url: str) -> str:
    """What the addresses of one sort of page share: the path before a query that numbers them, else kind and name."""
    parts = urlsplit(url)
    name = parts.path.rpartition("/")[2]
    return parts.path if parts.query else f"{kind_of(url)} {_NUMBER.sub('#', name) if _NUMBER.search(name) else ''}"
