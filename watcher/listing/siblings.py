"""What the addresses of a list's links tell together: articles of one folder, or columns beside the page's own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

from watcher.listing.titles import is_case_number
from watcher.model import Link
from watcher.sanity import kind_of

_ENOUGH: Final = 3  # a list has more
_LONG: Final = 12  # characters, on average, of titles that no menu has
_FILE: Final = re.compile(r"\.\w{2,5}$|/[0-9]+$")


def are_siblings(links: Sequence[Link]) -> bool:
    """Whether addresses of no known form are articles all the same: files or numbers of one folder, titles as long."""
    folders = {link.url.rpartition("/")[0] for link in links}
    lengths = sum(len(link.title) for link in links)
    files = all(_FILE.search(link.url) and not is_case_number(link.title) for link in links)
    return len(links) > _ENOUGH and len(folders) == 1 and files and lengths >= _LONG * len(links)


def are_sisters(links: Sequence[Link], url: str) -> bool:
    """Whether most addresses are of the same make as `url`, the page's own: a menu of the columns beside it."""
    own = _make(url)
    return 2 * sum(_make(link.url) == own for link in links) > len(links)


def _make(url: str) -> str:
    """What the addresses of one sort of page share: the path before a query that numbers them, else their kind."""
    parts = urlsplit(url)
    return parts.path if parts.query else kind_of(url)
