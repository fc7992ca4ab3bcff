"""What only all dates of a page together say: whether 6/2/2026 is in June or in February."""

from __future__ import annotations

from collections import Counter
from collections.abc import MutableSequence
from dataclasses import replace

from watcher.listing.dates import Printed
from watcher.listing.found import Token
from watcher.listing.western import Order


def settle(tokens: MutableSequence[Token]) -> None:
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
