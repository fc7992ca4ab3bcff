"""What only dates beside each other say: whether 6/2/2026 is in June or in February, and of which year 12-31 is."""

from __future__ import annotations

from collections import Counter
from collections.abc import MutableSequence
from dataclasses import replace
from typing import Final

from watcher.listing.dates import Printed
from watcher.listing.found import Anchor, Item, Place, Scan, Token
from watcher.listing.western import Order

_MOST_TOKENS: Final = 6  # of an entry that are looked at
_FALLING: Final = 3  # entries that show that a list has its newest on top


def settle(found: Scan) -> None:
    """Give the dates of a page what the others around them say of them."""
    _order(found.tokens)
    _place(found)


def _order(tokens: MutableSequence[Token]) -> None:
    """Give those dates whose month is open the order of the others; none where no other tells, or as many say each."""
    counted = Counter(token.order for token in tokens if isinstance(token, Printed) and token.order)
    month_first, day_first = counted[Order.MONTH_FIRST], counted[Order.DAY_FIRST]
    if not counted[Order.EITHER] or month_first == day_first:
        return
    is_day_first = day_first > month_first
    for place, token in enumerate(tokens):
        if isinstance(token, Printed) and token.order is Order.EITHER:
            month, day = (token.day, token.month) if is_day_first else (token.month, token.day)
            tokens[place] = replace(token, month=month, day=day, order=None)


def _place(found: Scan) -> None:
    """Note of dates without a year that they stand below earlier ones of a list that has its newest on top."""
    above: dict[Place, list[tuple[int, int]]] = {}
    turned: set[Place] = set()  # lists that have gone back over the end of a year
    for item in found.items:
        at = _without_year(item, found.tokens)
        token = found.tokens[at] if at is not None else None
        if at is None or not isinstance(token, Printed):
            continue
        list_, day = item.places[0], (token.month, token.day)
        seen = above.setdefault(list_, [])
        is_falling = len(seen) == _FALLING and seen == sorted(seen, reverse=True) and seen[0] > seen[-1]
        if is_falling and day > seen[-1]:
            turned.add(list_)
        if list_ in turned:
            found.tokens[at] = replace(token, is_below=True)
        seen[:] = [*seen[-_FALLING + 1 :], day]


def _without_year(item: Item, tokens: MutableSequence[Token]) -> int | None:
    """The number of the only date of `item`, where it has no year; None of one that is a part of a title."""
    places = range(item.start, min(item.end, item.start + _MOST_TOKENS))
    dates = [place for place in places if isinstance(tokens[place], Printed)]
    leads = any(token.lead for place in places if isinstance(token := tokens[place], Anchor))
    one = tokens[dates[0]] if len(dates) == 1 and not leads else None
    return dates[0] if isinstance(one, Printed) and one.year is None and one.ago is None else None
