"""What one walk over a page finds: its links, its dates, and the elements that hold one with the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from watcher.listing.dates import Printed
from watcher.listing.elements import Aside
from watcher.listing.titles import is_number

Key = tuple[int, str, str]
"""What kind of branch an element hangs on: its grandparent's path, its parent's kind, its own."""

_NUMBERS = re.compile(r"[\s0-9./年月日-]+")  # of a date that is set apart


_SEVERAL = 2  # blocks
_SAME = 8  # characters at the start that two titles have in common only where they are one


@dataclass(frozen=True, slots=True)
class Lead:
    """A date set off at the start of a title: `is_own`, the entry's, where no other is printed; else words of it."""

    printed: Printed
    text: str
    is_own: bool = True


@dataclass(slots=True)
class Anchor:
    """A link as it stands in the page; `blocks` are its texts as (text, whether it is set as a title)."""

    url: str
    attribute: str
    blocks: list[tuple[str, bool]] = field(default_factory=list)
    is_category: bool = False  # stands in brackets, as what leads to the column of an entry
    is_repeated: bool = False  # says what links to other addresses say too: 查看详情 of every row
    in_heading: bool = False
    has_date: bool = False  # in what it shows
    lead: Lead | None = None
    end: Printed | None = None  # a date set off at the end of the title

    @property
    def shown(self) -> str:
        """The text of the title: where a link wraps a whole card, its heading, else its first block.

        Before the first is the one that the `title` attribute begins with, and any before a 文号.
        """
        titled = [text for text, is_title in self.blocks if is_title and text.strip()]
        blocks = titled or [text for text, _ in self.blocks if len(text.strip()) > 1 and not _NUMBERS.fullmatch(text)]
        if len(blocks) < _SEVERAL:
            return blocks[0] if blocks else ""
        start = self.attribute.strip()[:_SAME]
        same = (text for text in blocks if start and text.strip()[:_SAME] == start)
        named = (text for text in blocks if not is_number(text.strip()))
        return next(same, None) or next(named, blocks[0])


Token = Anchor | Printed


@dataclass(frozen=True, slots=True)
class Place:
    """Where an element stands: what kind of branch, and in which very parent (by order in the page)."""

    key: Key
    parent: int


class Box(NamedTuple):
    """What an element holds: the tokens from `start` to `end`, and the texts from `first_text` to `last_text`."""

    order: int  # in the page
    parent: int  # the parent's order
    start: int
    end: int
    first_text: int
    last_text: int


class Row(NamedTuple):
    """An element with links and no day; `is_bare`: it says nothing beside them."""

    tag: str
    path: int  # number of its branch
    start: int
    end: int
    links: int
    is_bare: bool


@dataclass(slots=True, eq=False)
class Item:
    """The tokens from `start` to `end` that belong together; `places`: its element and those that hold nothing else."""

    order: int  # of its element
    start: int
    end: int
    places: list[Place]
    is_hidden: bool
    aside: Aside
    texts: tuple[int, int]  # those of `Scan.texts` that stand in it
    outer: Item | None = None  # the item that it lies in
    rows: tuple[tuple[int, int], ...] = ()  # where it is the day of entries: the tokens of each

    @property
    def is_aside(self) -> bool:
        return self.aside is not Aside.NO

    @property
    def is_in_turn(self) -> bool:
        return self.aside is Aside.IN_TURN

    @property
    def is_day_last(self) -> bool:
        """Whether the day of its `rows` stands behind the last, not before the first."""
        return bool(self.rows) and self.rows[0][0] == self.start

    @property
    def day(self) -> int:
        """The place of the token that is the day of its `rows`."""
        return self.end - 1 if self.is_day_last else self.start


@dataclass(slots=True)
class Scan:
    """What a page holds. `undated` lists elements that hold links and no date, by the kind of their branch."""

    tokens: list[Token] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    undated: dict[Key, list[Item]] = field(default_factory=dict)
    skip: dict[int, int] = field(default_factory=dict)  # start of an item -> its end
    boxes: dict[int, Box] = field(default_factory=dict)  # elements that hold links or dates, by their order
    comments: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)  # outside links and dates: a table's cells
    grouped: dict[Key, list[Item]] = field(default_factory=dict)  # items with `rows`, by the kind of their branch

    def parts(self, item: Item) -> list[list[Token]]:
        """The tokens of `item`; where it is one of the days of a list, those of each entry of it, with the day."""
        if len(item.rows) > 1:
            return [[self.tokens[item.day], *self.tokens[start:end]] for start, end in item.rows]
        return [list(self.own_tokens(item))]

    def own_tokens(self, item: Item) -> Iterator[Token]:
        """The tokens of `item` that no item inside it has taken."""
        index = item.start
        while index < item.end:
            end = self.skip.get(index)
            if end is not None and end <= item.end and (index, end) != (item.start, item.end):
                index = end
                continue
            yield self.tokens[index]
            index += 1
