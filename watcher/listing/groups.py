"""The groups of links in a page that may be its list: what hangs on one kind of branch, and what its parts tell.

Nothing is chosen here: `automatic` does that.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from watcher.listing.addresses import is_article, is_front_page
from watcher.listing.columns import Headed
from watcher.listing.entries import read
from watcher.listing.found import Anchor, Item, Key, Scan
from watcher.listing.opened import Opened
from watcher.listing.siblings import LONG, are_siblings
from watcher.listing.titles import is_case_number
from watcher.model import Link

ENOUGH: Final = 3  # links that make a list whatever their addresses look like

_ASIDE_FACTOR: Final = 0.05
_HIDDEN_FACTOR: Final = 0.05
_KIN_FACTOR: Final = 1.5  # for what stands in the column's own folder
_ELSEWHERE_FACTOR: Final = 0.05  # under the heading of another column
_FULL_TITLE: Final = 14  # characters; a longer title is no better sign
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}年度?")
_SHORT: Final = 6  # characters; an undated link with less is rather a column


@dataclass(frozen=True, slots=True)
class Entry:
    """A link with its place in the page, how much it looks like an entry, and whether it is of the column's address."""

    order: int
    link: Link
    worth: float
    is_own: bool


@dataclass(frozen=True, slots=True)
class Group:
    """One list of the page, as far as it can be told."""

    key: Key
    items: tuple[Item, ...]
    entries: tuple[Entry, ...]
    headed: Headed
    score: float

    @property
    def is_aside(self) -> bool:
        """Whether all of it stands in navigation, a side column or hidden."""
        return all(item.is_aside or item.is_hidden for item in self.items)

    @property
    def is_own(self) -> bool:
        """Whether its addresses are those of the page's own column."""
        return 2 * sum(entry.is_own for entry in self.entries) >= len(self.entries)

    @property
    def first(self) -> Item:
        """The uppermost of its items."""
        return min(self.items, key=lambda item: item.start)

    @property
    def is_of_names(self) -> bool:
        """Whether its titles are rather names, as of departments, districts or columns: shorter than articles have."""
        return sum(len(link.title) for link in self.links) < LONG * len(self.links)

    @property
    def links(self) -> tuple[Link, ...]:
        return tuple(entry.link for entry in self.entries)


def groups_of(found: Scan, opened: Opened) -> list[Group]:
    """All groups of links with dates in `found`."""
    entries = [entries_of(item, found, opened) for item in found.items]
    # What is hidden is another tab of the same make.
    members: dict[tuple[Key, bool], list[int]] = {}
    for number, item in enumerate(found.items):
        if entries[number]:
            for key in dict.fromkeys(place.key for place in item.places):
                members.setdefault((key, item.is_hidden), []).append(number)
    return [
        group
        for (key, _), numbers in members.items()
        for group in _apart(key, [(found.items[n], entries[n]) for n in numbers], found, opened)
    ]


_Members = list[tuple[Item, list[Entry]]]


def _apart(key: Key, members: _Members, found: Scan, opened: Opened) -> list[Group]:
    """One list; more where some of its boxes, all of one make, are the page's own column and others are not."""
    boxes: dict[int, _Members] = {}
    for member in members:
        parent = next((place.parent for place in member[0].places if place.key == key), 0)
        boxes.setdefault(parent, []).append(member)
    parts = [_group(key, part, found, opened) for part in boxes.values()]
    is_sure = any(part.is_own for part in parts)
    others = [
        part for part in parts if part.headed is Headed.ELSEWHERE or (is_sure and part.headed is Headed.OTHERWISE)
    ]
    if len(parts) == 1 or not others or all(part.headed is not Headed.OWN for part in parts):
        return [_group(key, members, found, opened)] if len(parts) > 1 else parts
    strange = {item for part in others for item in part.items}
    return [_group(key, [one for one in members if one[0] not in strange], found, opened), *others]


def _group(key: Key, members: _Members, found: Scan, opened: Opened) -> Group:
    score = sum(_weight(item) * sum(entry.worth for entry in entries) for item, entries in members)
    items, flat = tuple(item for item, _ in members), tuple(entry for _, entries in members for entry in entries)
    headed = _headed(items, flat, found, opened)
    return Group(key, items, flat, headed, score * (_ELSEWHERE_FACTOR if headed is Headed.ELSEWHERE else 1.0))


def _headed(items: Sequence[Item], entries: Sequence[Entry], found: Scan, opened: Opened) -> Headed:
    """What stands over a list; OWN where its addresses are those of the page's own column, whatever stands there."""
    if 2 * sum(entry.is_own for entry in entries) >= len(entries):
        return Headed.OWN
    if is_front_page(opened.page.final_url):
        return Headed.BARE
    return opened.columns.over(found, min(items, key=lambda item: item.start))


def entries_of(item: Item, found: Scan, opened: Opened) -> list[Entry]:
    """The entries that an item holds, with what each tells."""
    links = read(item, found, opened.now)
    own = [opened.column.search(urlsplit(link.url).path) is not None for link in links]
    return [
        Entry(item.start, link, worth(link) * (_KIN_FACTOR if is_own else 1.0), is_own)
        for link, is_own in zip(links, own, strict=True)
    ]


def _weight(item: Item) -> float:
    return (_HIDDEN_FACTOR if item.is_hidden else 1.0) * (_ASIDE_FACTOR if item.is_aside else 1.0)


def worth(link: Link) -> float:
    """How much a link looks like an entry, 0 to 1."""
    title = 0.4 + 0.6 * min(len(link.title), _FULL_TITLE) / _FULL_TITLE
    return title * (1.0 if is_article(link.url) else 0.5) * (1.0 if link.published else 0.3)


def is_headline(title: str, *, is_own: bool) -> bool:
    """Whether a title is an article's, not a column's name; the number of a case is one in its own column alone."""
    return len(title) >= _SHORT and (is_own or not is_case_number(title))


def _of_year(item: Item, found: Scan, opened: Opened) -> list[Entry]:
    """The entry of an item that says nothing but a year, as a column of annual reports does: <a href=…>2025年</a>."""
    link = found.tokens[item.start]
    if item.end - item.start > 1 or not isinstance(link, Anchor) or len(link.blocks) > 1:
        return []
    title, is_own = link.blocks[0][0].strip(), opened.column.search(urlsplit(link.url).path) is not None
    if not _YEAR.fullmatch(title) or not is_own:
        return []
    return [Entry(item.start, Link(link.url, title), worth(Link(link.url, title)), is_own)]


def _is_article(entry: Entry) -> bool:
    title = entry.link.title
    is_named = is_headline(title, is_own=entry.is_own) or _YEAR.fullmatch(title) is not None
    return is_named and is_article(entry.link.url)


def undated_groups(opened: Opened, found: Scan) -> list[Group]:
    """The lists of articles in `found` that print no dates; what stands aside is none."""
    groups = []
    for key, items in found.undated.items():
        main = [item for item in items if not item.is_aside]
        entries = [
            (item, entry) for item in main for entry in entries_of(item, found, opened) or _of_year(item, found, opened)
        ]
        articles = [pair for pair in entries if _is_article(pair[1])]
        # Articles of a new site have small numbers: /content/99, which alone look like columns.
        links, is_own = [entry.link for _, entry in entries], all(entry.is_own for _, entry in entries)
        if len(articles) < len(entries) and are_siblings(links, opened.page.final_url, is_own=is_own):
            articles = entries
        if len(articles) >= ENOUGH and 2 * len(articles) >= len(entries):
            groups.append(_group(key, [(item, [entry]) for item, entry in articles], found, opened))
    return groups
