"""Which unknown entries of a listing are older ones that came into view, and no news. Pure.

An entry is taken down and an older one moves up, a page shows more entries than before, a list is turned round. What
cannot be told from news is news.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise, takewhile
from typing import Final

from watcher.addresses import canonical
from watcher.model import Link
from watcher.sanity import FEW, published_since

# Pairs of neighbours that say an order, to one that says the other: a pinned entry, or one put up late, is such a one.
CLEAR: Final = 2
# Known entries to an unknown one at the end where neither days nor numbers tell it from news below pinned entries.
MOSTLY: Final = 3


@dataclass(frozen=True, slots=True)
class View:
    """The entries of a pass, in their order; `known`: canonical addresses of those that are; `last_read`: before.

    `more_room`: fewer known ones than last time, or a page of older ones, from where an older one may have come.
    """

    links: Sequence[Link]
    known: Collection[str]
    last_read: datetime
    more_room: bool = False

    def is_known(self, link: Link) -> bool:
        return canonical(link.url) in self.known


def moved_up(view: View) -> frozenset[str]:
    """The unknown entries below the last known one that stood there before: canonical addresses.

    None of a list that has its oldest entries first: there, the end is where news stand. None that is dated since the
    last pass, or is later than the known one above it, which then is a pinned one.
    """
    tail = list(takewhile(lambda link: not view.is_known(link), reversed(view.links)))
    if len(tail) == len(view.links) or _trend(view.links) > 0:
        return frozenset()
    last = view.links[-len(tail) - 1]
    seen = sum(view.is_known(link) for link in view.links)
    likely = view.more_room and seen >= MOSTLY * len(tail)
    return frozenset(
        canonical(link.url)
        for link in tail
        if not published_since(link, view.last_read) and _is_older(link, last, likely=likely)
    )


def turned_round(view: View, oldest: date | None) -> frozenset[str]:
    """The unknown entries on top of a list that has its oldest entries first now, and had them last: their addresses.

    Args:
        oldest: the day of the oldest entry that is known.
    """
    top = list(takewhile(lambda link: not view.is_known(link), view.links))
    known = [link for link in view.links if view.is_known(link)]
    days = [link.published for link in top if link.published is not None]
    if oldest is None or len(top) < FEW or len(days) < len(top) or max(days) >= oldest:
        return frozenset()
    if (
        published_since(max(top, key=_day), view.last_read)
        or _trend_of(top, _by_day) <= 0
        or _trend_of(known, _by_day) < 0
    ):
        return frozenset()
    return frozenset(canonical(link.url) for link in top)


def _is_older(link: Link, last: Link, *, likely: bool) -> bool:
    """Whether an entry is older than the known one `last` above it; `likely` where nothing tells."""
    if by_day := _by_day(last, link):
        return by_day < 0
    if link.published is not None and last.published is not None:
        return True
    by_number = _by_number(last, link)
    return by_number < 0 if by_number else likely


# --- the order of a list -------------------------------------------------------------------------------------------

# Positive where the second of two entries is the newer one, 0 where nothing is said.
_Compare = Callable[[Link, Link], int]


def _trend(links: Sequence[Link]) -> int:
    """Positive for a list that has its oldest entries first, negative for one that has them last, 0 where unclear."""
    return _trend_of(links, _by_day) or _trend_of(links, _by_number)


def _trend_of(links: Sequence[Link], compare: _Compare) -> int:
    signs = [sign for pair in pairwise(links) if (sign := compare(*pair))]
    newer, older = (sum(sign > 0 for sign in signs), sum(sign < 0 for sign in signs))
    return (newer > 0 and newer >= CLEAR * older) - (older > 0 and older >= CLEAR * newer)


def _day(link: Link) -> date:
    return link.published or date.min


def _by_day(one: Link, other: Link) -> int:
    if one.published is None or other.published is None:
        return 0
    return (other.published > one.published) - (other.published < one.published)


def _by_number(one: Link, other: Link) -> int:
    """By the numbers in their addresses, which grow with each article, where these are alike but for them."""
    (shape, numbers), (other_shape, other_numbers) = _numbers(one), _numbers(other)
    return 0 if shape != other_shape else (other_numbers > numbers) - (other_numbers < numbers)


def _numbers(link: Link) -> tuple[str, list[int]]:
    key = canonical(link.url)
    return re.sub(r"[0-9]+", "#", key), [int(number[:30]) for number in re.findall(r"[0-9]+", key)]
