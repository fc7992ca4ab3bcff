"""The entries that stand under one day: <div><h5>2026-06-18</h5><ul><li>…</li><li>…</li></ul></div>, or over it.

The day heads rows of one make, each with a link of its own, and nothing else. One such element says little: the day may
be that of a box. A list has several, of different days (`Scan.parts`). Behind its rows it must be that of articles:
what stands over the day of a card may be its title and its column.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from watcher.listing.addresses import is_article, is_attachment
from watcher.listing.dates import Printed
from watcher.listing.found import Anchor, Row, Token
from watcher.listing.frame import Frame
from watcher.listing.titles import best, is_title

_WHOLE: Final = frozenset({"article", "dd", "li", "tr"})  # an entry with all that stands in it
_ROWS: Final = _WHOLE | {"div", "p", "h2", "h3", "h4", "h5", "h6"}
_MOST_ROWS: Final = 100  # of a day
_MOST_TEXTS: Final = 3  # of a row that are looked at
_MOST_TOKENS: Final = 6  # of a row that are looked at for its title


def hand_up(frame: Frame, parent: Frame, end: int, texts: Sequence[str]) -> None:
    """Note in `parent` the closed `frame`, whose tokens go up to `end`, as a row, or the rows that stand in it.

    `texts`: those of the page.
    """
    rows = frame.rows
    if not frame.links or frame.dates:
        return
    is_list = len(rows) > 1 and (frame.tag not in _WHOLE or rows[0].tag in _WHOLE)
    if frame.tag in _ROWS and not is_list:
        is_bare = not any(map(is_title, texts[frame.texts : frame.texts + _MOST_TEXTS]))
        rows = [Row(frame.tag, frame.path, frame.start, end, frame.links, is_bare)]
    if len(parent.rows) + len(rows) <= _MOST_ROWS:
        parent.rows = [*parent.rows, *rows] if parent.rows else rows


def under_day(frame: Frame, tokens: Sequence[Token]) -> tuple[tuple[int, int], ...]:
    """Where each entry stands with the one day of the closed `frame`; () where that is no group of entries."""
    rows = frame.rows
    if not rows or frame.dates != 1 or sum(row.links for row in rows) != frame.links:
        return ()
    is_behind = rows[-1].end == len(tokens) - 1 and isinstance(tokens[-1], Printed)
    if rows[0].start != frame.start + (not is_behind) or not (is_behind or isinstance(tokens[frame.start], Printed)):
        return ()
    titles = [_title(tokens[row.start : min(row.end, row.start + _MOST_TOKENS)]) for row in rows]
    urls = {title.url for title in titles if title}
    if len(urls) < len(rows) or len({row.path for row in rows}) > 1:
        return ()
    if is_behind and not all(map(is_article, urls)):
        return ()
    # <li><i>day</i><p><a>title</a></p><p>附件：<a>file</a></p></li> is one entry.
    if frame.tag in _WHOLE and not (all(row.is_bare for row in rows) and not any(map(is_attachment, urls))):
        return ()
    return tuple((row.start, row.end) for row in rows)


def _title(tokens: Sequence[Token]) -> Anchor | None:
    """The link of a row that names what it leads to."""
    links = (token for token in tokens if isinstance(token, Anchor) and not token.is_repeated)
    return next((link for link in links if is_title(best(link.shown, link.attribute))), None)
