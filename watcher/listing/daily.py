"""The entries that share a day: <div><h5>2026-06-18</h5><ul><li>…</li><li>…</li></ul></div>, or with the day last.

Element by element: the day stands before or behind rows of one make, each with a link of its own, and there is nothing
else (`rows_of_day`). A card of one entry looks the same, with the lines under its title: 解读, an answer, an office.
So the list decides (`settle_rows`): one that is grouped by day prints each day once, and what stands below in its
groups neither speaks of what stands first nor leads to a place of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from watcher.listing.addresses import place_of
from watcher.listing.dates import Printed
from watcher.listing.found import Anchor, Item, Row, Scan, Token
from watcher.listing.frame import Frame
from watcher.listing.titles import best, is_title

WHOLE: Final = frozenset({"article", "dd", "li", "tr"})  # an entry with all that stands in it
_ROWS: Final = WHOLE | {"div", "p", "h2", "h3", "h4", "h5", "h6"}
_MOST_ROWS: Final = 100  # of a day
_MOST_TEXTS: Final = 3  # of a row that are looked at
_MOST_TOKENS: Final = 6  # of a row that are looked at for its title
_MOST_LINES: Final = 3  # under the title of a card, on average of a list
_LINE_PLACES: Final = 2  # of them
_LINES: Final = 0.75  # of what stands below: by chance few entries of a day lie where no day of the list begins
_SAME: Final = 8  # characters at the start of a title that another holds only where it speaks of the same


def hand_up(frame: Frame, parent: Frame, end: int, texts: Sequence[str]) -> None:
    """Note in `parent` the closed `frame`, whose tokens go up to `end`, as a row, or the rows that stand in it.

    `texts`: those of the page.
    """
    rows = frame.rows
    if not frame.links or frame.dates:
        return
    is_list = len(rows) > 1 and (frame.tag not in WHOLE or rows[0].tag in WHOLE)
    if frame.tag in _ROWS and not is_list:
        is_bare = not any(map(is_title, texts[frame.texts : frame.texts + _MOST_TEXTS]))
        rows = [Row(frame.tag, frame.path, frame.start, end, frame.links, is_bare)]
    if len(parent.rows) + len(rows) <= _MOST_ROWS:
        parent.rows = [*parent.rows, *rows] if parent.rows else rows


def rows_of_day(frame: Frame, tokens: Sequence[Token]) -> tuple[tuple[int, int], ...]:
    """Where each row of the closed `frame` stands, if it holds one day and rows of one make; else ().

    A day may head what stands in one <li>; behind its lines it is that of one entry.
    """
    rows = frame.rows
    if not rows or frame.dates != 1 or sum(row.links for row in rows) != frame.links:
        return ()
    if not (_is_day_first(frame, tokens) or (_is_day_last(frame, tokens) and frame.tag not in WHOLE)):
        return ()
    urls = {title.url for row in rows if (title := _title(row.start, row.end, tokens))}
    if len(urls) < len(rows) or len({row.path for row in rows}) > 1:
        return ()
    # <li><i>day</i><p><a>title</a></p><p>附件：<a>file</a></p></li> is one entry.
    if frame.tag in WHOLE and not all(row.is_bare for row in rows):
        return ()
    return tuple((row.start, row.end) for row in rows)


def settle_rows(found: Scan) -> None:
    """Take their rows from the items of lists that are not grouped by day."""
    for items in found.grouped.values():
        if not _is_by_day(items, found.tokens):
            for item in items:
                item.rows = ()


def _is_day_first(frame: Frame, tokens: Sequence[Token]) -> bool:
    return frame.rows[0].start == frame.start + 1 and isinstance(tokens[frame.start], Printed)


def _is_day_last(frame: Frame, tokens: Sequence[Token]) -> bool:
    is_all = frame.rows[0].start == frame.start and frame.rows[-1].end == len(tokens) - 1
    return is_all and isinstance(tokens[-1], Printed)


def _is_by_day(items: Sequence[Item], tokens: Sequence[Token]) -> bool:
    """Whether `items`, one list in order of the page, are its days, and what stands below in them are entries."""
    days = [(item.places[0].parent, tokens[item.day]) for item in items if item.rows]
    # One day over many links may be that of a whole box, or the clock of the page; two cards may be of the same day.
    if len({day for _, day in days}) < 2 or any(one == other for one, other in pairwise(days)):
        return False
    groups = [titles for item in items if (titles := list(_titles(item, tokens)))]
    below = [(titles[0], title) for titles in groups for title in titles[1:]]
    places = _places_of_lines([titles[0] for titles in groups], [title for _, title in below])
    lines = sum(place_of(title.url) in places or _is_about(title, first) for first, title in below)
    return len(below) > _MOST_LINES * len(groups) or lines < _LINES * len(below)


def _places_of_lines(first: Iterable[Anchor], below: Iterable[Anchor]) -> set[str]:
    """Where the lines under the titles of cards lead: 解读, offices, files lie in a place or two, and no title there.

    The entries of a day that lie on sites of their own lie in many.
    """
    titled = {place_of(link.url) for link in first}
    counted = Counter(place for link in below if (place := place_of(link.url)) not in titled)
    return {place for place, _ in counted.most_common(_LINE_PLACES)}


def _titles(item: Item, tokens: Sequence[Token]) -> Iterator[Anchor]:
    return (title for start, end in item.rows if (title := _title(start, end, tokens)))


def _title(start: int, end: int, tokens: Sequence[Token]) -> Anchor | None:
    """The link of a row that names what it leads to."""
    own = tokens[start : min(end, start + _MOST_TOKENS)]
    links = (token for token in own if isinstance(token, Anchor) and not token.is_repeated)
    return next((link for link in links if is_title(best(link.shown, link.attribute))), None)


def _is_about(link: Anchor, first: Anchor) -> bool:
    """Whether the title of `link` holds that of `first`, whole or behind words of its own: 解读：…, or begins in it.

    Two titles that only begin alike are those of two documents: 关于2026年度第一批…, 关于2026年度第二批….
    """
    title, other = (best(one.shown, one.attribute).strip() for one in (link, first))
    return title.startswith(other) or title.find(other[:_SAME]) > 0 or other.find(title[:_SAME]) > 0
