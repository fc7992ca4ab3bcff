"""Whether the entries of a listing page reach back to what was known, so that none in between was missed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import takewhile

from watcher.addresses import canonical
from watcher.model import Link


def reaches_known(links: Sequence[Link], known: Collection[str]) -> bool:
    """Whether one of `links` is in `known` (canonical addresses), other than one pinned above newer ones.

    Pinned entries stand on top of every page for months: known as they are, they say nothing of what came meanwhile.
    Without dates nothing tells them from others, and any known entry counts.
    """
    flags = [canonical(link.url) in known for link in links]
    top = len(list(takewhile(bool, flags)))
    if any(flags[top:]) or top in (0, len(links)):
        return any(flags)
    pinned = [link.published for link in links[:top] if link.published]
    below = [link.published for link in links[top:] if link.published]
    return not (pinned and below and max(below) > max(pinned))
