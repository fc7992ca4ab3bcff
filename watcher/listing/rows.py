"""Decides of each element of a page, as it closes, whether it is an item, the shell of one, or nothing yet.

`scan` walks and says what an element holds; nothing here reads a text or an attribute. Each element is looked at once,
with a bounded number of the links in it.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Final, TypeGuard

from watcher.listing import elements
from watcher.listing.addresses import is_article, is_column
from watcher.listing.daily import WHOLE, hand_up, rows_of_day
from watcher.listing.dates import Printed, is_half
from watcher.listing.found import Anchor, Item, Place, Scan
from watcher.listing.frame import Frame
from watcher.listing.heads import label_dates
from watcher.listing.titles import best, is_title

_OWN_ROWS: Final = frozenset({"li", "tr", "dl", "article"})  # each is an entry whole
_ROW_LEVELS: Final = 2  # from the last line of an entry up to the entry
_MOST_LINKS_IN_UNDATED: Final = 12
_LEVELS: Final = 6
_MOST_BESIDE: Final = 3  # links of an entry beside its title: picture, column
_MOST_IN_ENTRY: Final = 6  # links and dates


class Rows:
    """The items of a page, added to `scan` as the elements that hold them close."""

    def __init__(self, scan: Scan) -> None:
        self._scan = scan
        self.open_items: list[Item] = []  # those that lie in no other so far

    def settle(self, frame: Frame, above: Sequence[Frame]) -> None:
        """Decide what a closed element is; `above`: those that it lies in, its parent last."""
        parent = above[-1]
        grandparent = above[-2].path if len(above) > 1 else 0
        place = Place((grandparent, parent.family, frame.tag), parent.order)
        # Rows and their like alternate in class; sections are told apart by it.
        is_row = frame.tag in elements.ROWS
        shell = place if is_row else Place((grandparent, parent.family, str(frame.path)), parent.order)
        parent.items += frame.items
        if frame.items == 1 and self._grow(self._scan.items[-1], frame, shell):
            return
        if frame.links and frame.dates and not (self._is_day(frame) or self._is_row_s_rest(frame, above)):
            label_dates(frame.days, self._scan.tokens, frame.start)
            self._add(self._with_rows(self._item(frame, place), frame), frame)
            parent.items += 1
            return
        if 0 < frame.links <= _MOST_LINKS_IN_UNDATED and not frame.items:
            self._scan.undated.setdefault(place.key, []).append(self._item(frame, place))
        hand_up(frame, parent, len(self._scan.tokens), self._scan.texts)
        parent.links += frame.links
        parent.dates += frame.dates

    def _is_day(self, frame: Frame) -> bool:
        """Whether `frame` says nothing but a day, which is a link itself: the title follows in another one.

        <a href="t1.html"><b>18</b><i>2026-06</i></a><h3><a href="t1.html">title</a></h3>
        """
        if frame.tag in _OWN_ROWS or frame.links > _MOST_BESIDE or frame.texts < len(self._scan.texts):
            return False
        own = self._scan.tokens[frame.start : frame.start + _MOST_IN_ENTRY + 1]
        links = [token for token in own if isinstance(token, Anchor)]
        return len(own) <= _MOST_IN_ENTRY and all(link.has_date and not _has_title(link) for link in links)

    def _is_row_s_rest(self, frame: Frame, above: Sequence[Frame]) -> bool:
        """Whether all links of `frame` only say where to click, while its row's title stands above: date and [详情]."""
        own = self._scan.tokens[frame.start :]
        if frame.tag in _OWN_ROWS or len(own) > _MOST_LINKS_IN_UNDATED or any(map(_is_named, own)):
            return False
        leads = any(is_article(token.url) for token in own if isinstance(token, Anchor))
        for outer in above[-1 : -1 - _ROW_LEVELS : -1]:
            pending = self._scan.tokens[max(outer.start, frame.start - _MOST_LINKS_IN_UNDATED) : frame.start]
            if outer.items or outer.tag in _OWN_ROWS:
                return outer.tag in _OWN_ROWS and outer.links > 0 and any(map(_is_named, pending))
            # A menu above rows of one short title (公告) is not what they are about.
            if outer.links and any(_is_named(token) and is_article(token.url) >= leads for token in pending):
                return True
        return False

    def _add(self, item: Item, frame: Frame) -> None:
        for inner in self.open_items[frame.open_items :]:
            inner.outer = item
        del self.open_items[frame.open_items :]
        self.open_items.append(item)
        self._scan.items.append(item)
        self._scan.skip[item.start] = item.end

    def _with_rows(self, item: Item, frame: Frame) -> Item:
        """Return `item`, the closed `frame`, with the rows that its day may be that of each of."""
        item.rows = rows_of_day(frame, self._scan.tokens)
        if item.rows:
            self._scan.grouped.setdefault(item.places[0].key, []).append(item)
        return item

    def _item(self, frame: Frame, place: Place) -> Item:
        end, texts = len(self._scan.tokens), (frame.texts, len(self._scan.texts))
        return Item(frame.order, frame.start, end, [place], frame.hidden, frame.aside, texts)

    def _grow(self, item: Item, frame: Frame, place: Place) -> bool:
        """Let the only item of a closed element stand for the element too, with the dates around it.

        Not where the element has a link that may be an entry of its own.
        """
        is_rest = not frame.dates and self._is_titled_above(frame, item)
        if (len(item.places) >= _LEVELS and not frame.dates) or not (is_rest or self._adds_no_entry(frame, item)):
            return False
        if len(item.places) < _LEVELS:
            item.places.append(place)
        if frame.tag in WHOLE and item.is_day_last:
            item.rows = ()
        if frame.tag in elements.ROWS or item.texts[0] == item.texts[1]:
            item.texts = (frame.texts, len(self._scan.texts))
        if frame.dates or is_rest:
            self._scan.skip.pop(item.start)
            item.start, item.end, item.rows = frame.start, len(self._scan.tokens), ()
            label_dates(frame.days, self._scan.tokens, frame.start)
            self._scan.skip[item.start] = item.end
        return True

    def _is_titled_above(self, frame: Frame, item: Item) -> bool:
        """Whether the only item of `frame` is the line below its title: day, source, office, tags, comments.

        <li><h4><a href="t1.html">title</a></h4><p>2026-06-18 来源：<a href="http://paper.example/">a paper</a></p></li>
        """
        before = self._scan.tokens[frame.start : min(item.start, frame.start + _MOST_BESIDE)]
        if not 0 < frame.links <= _MOST_BESIDE or item.places[0].key[2] in _OWN_ROWS:
            return False
        own = self._scan.tokens[item.start : min(item.end, item.start + _MOST_IN_ENTRY)]
        is_day_first = isinstance(own[0], Printed)
        urls = {token.url for token in own if isinstance(token, Anchor)}
        rank = max(map(_rank, urls), default=0)
        for title in filter(_is_named, before):
            is_row = frame.tag in _OWN_ROWS or title.in_heading
            if title.url in urls or _rank(title.url) > rank or (is_row and is_day_first and _rank(title.url) == rank):
                return title.shown.strip() != ""
        return False

    def _adds_no_entry(self, frame: Frame, item: Item) -> bool:
        """Whether the links of `frame` around its only item show the same article as it does, or name its column.

        <li class="haspic"><a href="t1.html"><img></a><div><a href="t1.html">title</a><span>date</span></div></li>
        <li>[<a href="/dt/">news</a>] <a href="t1.html" title="title, date">title</a> <span>date</span></li>
        """
        if not frame.links:
            return True
        if frame.links > _MOST_BESIDE:
            return False
        inside = self._scan.tokens[item.start : min(item.end, item.start + _MOST_IN_ENTRY)]
        own = {token.url for token in inside if isinstance(token, Anchor)}
        around = (*self._scan.tokens[frame.start : item.start], *self._scan.tokens[item.end :])
        return all(_is_beside(token, own, frame) for token in around if isinstance(token, Anchor))


def _is_beside(link: Anchor, own: Set[str], frame: Frame) -> bool:
    """Whether `link` belongs to what leads to `own`; a title with a date is an entry itself, what lies in it a tip."""
    if link.url in own:
        return not (frame.dates and is_title(link.shown))
    return link.is_category or (frame.tag in elements.ROWS and is_column(link.url) and any(map(is_article, own)))


def _rank(url: str) -> int:
    """How likely an entry leads to `url` rather than to its source: an article, any other page, a column or a site."""
    return 2 if is_article(url) else 0 if is_column(url) else 1


def _has_title(link: Anchor) -> bool:
    """Whether `link` says more than halves of a date, such as 18 or June."""
    title = best(link.shown, link.attribute)
    return is_title(title) and not is_half(title)


def _is_named(token: Anchor | Printed) -> TypeGuard[Anchor]:
    """Whether it is a link that names what it leads to."""
    return isinstance(token, Anchor) and not token.is_repeated and is_title(best(token.shown, token.attribute))
