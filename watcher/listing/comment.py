"""Lists that stand in an HTML comment: some sites keep the served entries there and let a script draw them again."""

from __future__ import annotations

from watcher.listing.automatic import dated_list
from watcher.listing.opened import Opened
from watcher.model import Link


def read(opened: Opened) -> tuple[Link, ...]:
    """Return the longest dated list in a comment; one or two entries are a designer's left-over."""
    lists = [dated_list(opened, opened.scan(comment)) for comment in opened.found.comments if comment.count("href") > 2]
    best = max(lists, key=len, default=())
    return best if len(best) > 2 else ()
