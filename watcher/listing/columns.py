"""What a page tells of its columns: the names of its own and of others, and which of them stands over a list.

    <div><h2>通知公告</h2><a href="../tzgg/">更多</a></div>  <ul>…</ul>      on the page of 工作动态

A heading says more than an address: columns gather what stands in other folders and on other hosts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum
from functools import cached_property
from itertools import islice
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from watcher.addresses import canonical
from watcher.listing.addresses import is_article
from watcher.listing.elements import is_aside_heading
from watcher.listing.found import Anchor, Box, Item, Scan
from watcher.listing.labels import is_label
from watcher.listing.titles import is_title

_NAME: Final = re.compile(r"(?=.*[一-龥])[^0-9]{2,16}")  # 2026年 and 第3期 divide a list
_AROUND: Final = " \t\u3000[]【】()（）<>《》»›>→:：|·+-"
_INDEX: Final = re.compile(r"(?:[a-z]{0,12}(?:index|default|home|main|list)[\w-]{0,20}\.\w{1,6})?", re.IGNORECASE)
_HERE: Final = re.compile(r"位置")  # 当前位置, 您的位置, 您现在的位置
_COLONS: Final = (":", "：")
_LEVELS: Final = 6  # from an entry up to what holds its list and the heading
_MOST_BEFORE: Final = 3  # links or texts between a heading and its list: 更多, an English name
_MOST_CRUMBS: Final = 10  # links of a path to the page, as of texts
_MOST_LINKS: Final = 2_000  # of a page, that name columns


class Headed(IntEnum):
    """What stands over a list: the page's own column, nothing that tells, another heading, surely another column."""

    OWN = 0
    BARE = 1
    OTHERWISE = 2
    ELSEWHERE = 3


class Columns:
    """The columns that a page names: `title` is its own, `column` what the addresses of its own articles share."""

    def __init__(self, found: Scan, url: str, title: str, column: re.Pattern[str]) -> None:
        self._found, self._key, self._parts = found, canonical(url), urlsplit(url)
        self._title, self._column = title, column

    @cached_property
    def _own(self) -> frozenset[str]:
        """The names of the page's own column and of those above and below it."""
        linked = (name for name, url in self._linked if not self._leads_elsewhere(url))
        return frozenset([*_crumbs(self._found), *linked])

    @cached_property
    def _others(self) -> frozenset[str]:
        return frozenset(name for name, url in self._linked if self._leads_elsewhere(url))

    @cached_property
    def _linked(self) -> list[tuple[str, str]]:
        """The links that name a column, as (name, address)."""
        anchors = (token for token in self._found.tokens if isinstance(token, Anchor) and self._is_column(token.url))
        return [(name, anchor.url) for anchor in islice(anchors, _MOST_LINKS) if (name := _name(_says(anchor)))]

    def over(self, found: Scan, first: Item) -> Headed:
        """What stands over the list whose first item is `first`: the nearest heading decides."""
        for _, names, links in self._above(found, first):
            if any(map(self._is_own, names)):
                return Headed.OWN
            if len(names) > 1 and links:
                return Headed.BARE  # a menu, or tabs of which none is this page
            if any(is_aside_heading(name) or name in self._others for name in names):
                return Headed.ELSEWHERE
            if names:
                return Headed.ELSEWHERE if any(map(self._leads_elsewhere, links)) else Headed.OTHERWISE
        return Headed.BARE

    def section(self, found: Scan, first: Item) -> Box | None:
        """The part of the page that the heading over `first` heads, None where that does not name the page's column."""
        for outer, names, _ in self._above(found, first):
            if names:
                return outer if any(map(self._is_own, names)) else None
        return None

    def _above(self, found: Scan, first: Item) -> Iterator[tuple[Box, list[str], list[str]]]:
        """The names that stand before an item, with the addresses of links among them, from the nearest outwards.

        Each with the element that holds them and the item.
        """
        box = inner = found.boxes.get(first.order)
        for _ in range(_LEVELS):
            outer = found.boxes.get(box.parent) if box else None
            if inner is None or outer is None or max(_before(outer, inner)) > _MOST_BEFORE:
                return
            tokens = found.tokens[outer.start : inner.start]
            anchors = [token for token in tokens if isinstance(token, Anchor) and self._is_column(token.url)]
            texts = found.texts[outer.first_text : inner.first_text]
            if len(anchors) < len(tokens):
                return
            if not any(text.endswith(_COLONS) or is_label(text) for text in texts):  # a form, what heads a table
                seen = [*texts, *map(_says, anchors)]
                yield outer, [name for text in seen if (name := _name(text))], [anchor.url for anchor in anchors]
            box = outer

    def _is_own(self, name: str) -> bool:
        return name in self._title or name in self._own

    def _is_column(self, url: str) -> bool:
        """Whether `url` looks like a column's: list.aspx?id=13 does on the page list.aspx?id=12."""
        return not is_article(url) or urlsplit(url).path == self._parts.path

    def _leads_elsewhere(self, url: str) -> bool:
        """Whether `url` is another column's: neither this page, nor what lies below it or what it lies below."""
        if canonical(url) == self._key:
            return False
        parts, own = urlsplit(url), self._parts
        if parts.path == own.path:  # the number of the column in the query, or that of a page in one of the two
            link, page = set(parse_qsl(parts.query)), set(parse_qsl(own.query))
            return not (link <= page or page <= link)
        (folder, _, name), (own_folder, _, own_name) = parts.path.rpartition("/"), own.path.rpartition("/")
        if _INDEX.fullmatch(name) and f"{own_folder}/".startswith(f"{folder}/"):
            return False
        if folder == own_folder:
            return _INDEX.fullmatch(own_name) is None
        return self._column.search(parts.path) is None


def _says(anchor: Anchor) -> str:
    """What a link shows, or what is said of its picture."""
    return anchor.shown or anchor.attribute


def _name(text: str) -> str | None:
    name = text.strip(_AROUND)
    return name if _NAME.fullmatch(name) and is_title(name) else None


def _crumbs(found: Scan) -> Iterator[str]:
    """The names on the path that a page says it stands at: its own column and those above."""
    here = next((number for number, text in enumerate(found.texts) if _HERE.search(text)), None)
    if here is None:
        return
    around = [box for box in found.boxes.values() if box.first_text <= here < box.last_text]
    box = min(around, key=lambda box: box.end - box.start, default=None)
    if box is None or max(box.end - box.start, box.last_text - box.first_text) > _MOST_CRUMBS:
        return
    anchors = (token for token in found.tokens[box.start : box.end] if isinstance(token, Anchor))
    for text in (*found.texts[here : box.last_text], *(anchor.shown for anchor in anchors)):
        yield from filter(None, map(_name, re.split("[>»›→]", text)))


def _before(outer: Box, inner: Box) -> tuple[int, int]:
    """How many links or dates, and texts, stand in `outer` before `inner`."""
    return inner.start - outer.start, inner.first_text - outer.first_text
