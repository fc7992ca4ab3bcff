"""The blocks beside a list that hold more of its entries: what is pinned, a headline, the rest of it in another box.

    <div class="top"><h3><a href="t3.html">the newest</a></h3></div>  <ul><li>…t2.html</li><li>…t1.html</li></ul>

Such a block touches the list: no heading, menu or other entry stands between them. And it leads where the list leads:
the same kind of address, in the same column as far as addresses tell one. A pinned article that is overlooked is
an alert that nobody gets, so the block's own making (tag, class, whether it prints dates) does not count.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from watcher.listing.elements import is_mark
from watcher.listing.found import Anchor, Box, Item, Scan
from watcher.listing.titles import is_title
from watcher.model import Link
from watcher.sanity import kind_of

_LEVELS: Final = 6
_MOST_BLOCKS: Final = 12  # beside a list, on each side
_SHARE: Final = 4  # a kind of address is a list's own where one of so many entries has it
_PINNED: Final = re.compile(r"(?:置顶|头条|要闻|重要)[一-龥]{0,2}[:：]?")
_DAY: Final = re.compile(r"(?:19|20)[0-9]{2}(?:[-_]?[01]?[0-9](?:[-_]?[0-3]?[0-9])?)?|[0-3]?[0-9]")


class Kin:
    """What the addresses of a list's entries have in common: the kind, and what names their column.

    `column` is what the addresses of the page's own articles have in common, as far as its own address tells.
    """

    def __init__(self, links: Sequence[Link], column: re.Pattern[str]) -> None:
        counted = Counter(kind_of(link.url) for link in links)
        self._column = column
        self._kinds = {kind for kind, count in counted.items() if _SHARE * count >= len(links)}
        marks = [_marks(link.url) for link in links if kind_of(link.url) in self._kinds]
        self._marks = frozenset.intersection(*marks) if marks else frozenset()

    def has(self, link: Link) -> bool:
        return kind_of(link.url) in self._kinds and self._marks <= _marks(link.url)

    def is_own(self, link: Link) -> bool:
        """Whether `link` surely leads to an article of the page's own column."""
        return self.has(link) and self._column.search(urlsplit(link.url).path) is not None


def _marks(url: str) -> frozenset[str]:
    """The parts of an address that may number its column: 1861 of /art/2026/6/1/art_1861_49.html.

    No days, and not the last number, which is the article's own.
    """
    parts = urlsplit(url)
    *folders, name = parts.path.split("/")
    numbers = [*(folder for folder in folders if re.search("[0-9]", folder)), *re.findall("[0-9]+", name)[:-1]]
    pairs = [f"{key}={value}" for key, value in parse_qsl(parts.query)]
    return frozenset([*(number for number in numbers if not _DAY.fullmatch(number)), *pairs])


@dataclass(frozen=True)
class Beside:
    """The blocks beside `items`, a list; `read` gives the links of an item, `kin` says which are the list's."""

    found: Scan
    items: Sequence[Item]
    read: Callable[[Item], Sequence[Link]]
    kin: Kin

    def more(self) -> list[Item]:
        """The items of those blocks that are entries of the list."""
        first = min(self.items, key=lambda item: item.start)
        last = max(self.items, key=lambda item: item.end)
        return [*self._along(first, above=True), *self._along(last, above=False)]

    def _along(self, item: Item, *, above: bool) -> Iterator[Item]:
        """The entries in the blocks that follow one another from `item` on, up or down the page.

        Past a heading stands another column, unless the addresses surely say that it is this one.
        """
        box, blocks = self.found.boxes.get(item.order), 0
        edge = _Edge(above, item, self.found.texts)
        for _ in range(_LEVELS):
            outer = self.found.boxes.get(box.parent) if box else None
            if outer is None:
                return
            for block in edge.beyond(self._children[outer.order]):
                inside, blocks = self._entries(block), blocks + 1
                if inside is None or blocks > _MOST_BLOCKS or not edge.touches(block):
                    return
                is_own = all(map(self._is_own, inside))
                if not is_own and (edge.is_headed or self._is_headed(block, inside)):
                    return
                yield from inside
            if not edge.reaches(outer):
                return
            box = outer

    @cached_property
    def _children(self) -> dict[int, list[Box]]:
        children: dict[int, list[Box]] = {}
        for box in sorted(self.found.boxes.values()):
            children.setdefault(box.parent, []).append(box)
        return children

    def _entries(self, block: Box) -> list[Item] | None:
        """The items of a block that are entries of the list; None where the block is something else.

        What holds both may be called has-sidebar or hot-area: of a list in it, a headline in it is not aside.
        A carousel may show anything, and hides all but one: what it has of the page's own column are entries.
        """
        inside, first = self._inside(block), self.items[0]
        slides = {item.order: self._is_own(item) for item in inside if item.aside > first.aside and item.is_in_turn}
        if slides and not any(slides.values()):
            return None
        inside = [item for item in inside if slides.get(item.order, True)]
        still = [item for item in inside if item.order not in slides]
        if any(item.is_aside > first.is_aside or item.is_hidden != first.is_hidden for item in still):
            return None
        read = [(item, links) for item in inside if (links := self.read(item))]
        own = [item for item, links in read if all(map(self.kin.has, links))]
        return own if 2 * len(own) >= len(read) and (not own or own[0] is read[0][0]) else None

    def _is_own(self, item: Item) -> bool:
        """Whether the addresses of `item` surely say that it is of the page's own column."""
        return all(map(self.kin.is_own, self.read(item)))

    def _is_headed(self, block: Box, inside: Sequence[Item]) -> bool:
        """Whether a block has a heading, as a column of its own has; one that says 置顶 is of this column."""
        above = self.found.texts[block.first_text : inside[0].texts[0] if inside else block.last_text]
        # Before a single entry a link may name its kind: [公告] title.
        linked = self.found.tokens[block.start : inside[0].start] if len(inside) > 1 else ()
        names = [*above, *(token.shown for token in linked if isinstance(token, Anchor) and not token.is_category)]
        return any(_is_word(name) and not _PINNED.fullmatch(name.strip("[]【】()（） ")) for name in names)

    def _inside(self, block: Box) -> list[Item]:
        return [item for item in self._all if block.start <= item.start and item.end <= block.end]

    @cached_property
    def _all(self) -> list[Item]:
        """All links of the page in their places: with the dates beside them, or alone."""
        holders = {item.outer for item in self.found.items}
        dated = [item for item in self.found.items if item not in holders]
        taken = {number for item in dated for number in range(item.start, item.end)}
        undated = (item for items in self.found.undated.values() for item in items if item.end - item.start == 1)
        alone = {item.start: item for item in undated if item.start not in taken}
        return sorted((*dated, *alone.values()), key=lambda item: item.start)


class _Edge:
    """How far a list and the blocks that touch it reach, up or down the page; `is_headed`: past a heading."""

    def __init__(self, above: bool, item: Item, texts: Sequence[str]) -> None:
        self._above, self._texts = above, texts
        self._token = item.start if above else item.end
        self._text = item.texts[0] if above else item.texts[1]
        self.is_headed = False

    def beyond(self, children: Sequence[Box]) -> list[Box]:
        """Those of an element's children that lie beyond, the nearest first."""
        if self._above:
            return [box for box in reversed(children) if box.end <= self._token]
        return [box for box in children if box.start >= self._token]

    def touches(self, block: Box) -> bool:
        """Move on over `block`; False where a link or a date stands between."""
        near, far = (block.end, block.start) if self._above else (block.start, block.end)
        texts = (block.last_text, block.first_text) if self._above else (block.first_text, block.last_text)
        if near != self._token:
            return False
        self._pass(texts[0])
        self._token, self._text = far, texts[1]
        return True

    def reaches(self, outer: Box) -> bool:
        """Move on to the end of `outer`; False where it holds more links or dates."""
        if self._token != (outer.start if self._above else outer.end):
            return False
        self._pass(outer.first_text if self._above else outer.last_text)
        return True

    def _pass(self, text: int) -> None:
        between = self._texts[min(text, self._text) : max(text, self._text)]
        self.is_headed = self.is_headed or any(map(_is_word, between))
        self._text = text


def _is_word(text: str) -> bool:
    return is_title(text) and not is_mark(text, marked=True)
