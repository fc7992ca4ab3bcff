"""Entries whose addresses carry the time of the answer, or a random number, known again whatever it is this time. Pure.

`/art/5.html?t=1795000000` is another address at each pass. Which parameter does that shows in one page: it has one
value in all of its links. So has the number of the site, or the year in which entries are counted anew; so an entry is
the one that stood in the column before only where all but that parameter is as it was, its title and its day too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Final

from watcher.addresses import canonical
from watcher.model import Link, Listing
from watcher.records.pages import Stood

# Of one link each parameter has one value.
FEWEST: Final = 2


def stamps(links: Collection[Link]) -> frozenset[str]:
    """The parameters that have one value in the addresses of most entries, and no other in the rest."""
    values: dict[str, set[str]] = {}
    counts: dict[str, int] = {}
    for link in links:
        for name, value in _parameters(canonical(link.url)):
            values.setdefault(name, set()).add(value)
            counts[name] = counts.get(name, 0) + 1
    most = max(FEWEST, (len(links) + 1) // 2)
    return frozenset(name for name, seen in values.items() if len(seen) == 1 and counts[name] >= most)


def known_again(listing: Listing, names: Collection[str], stood: Iterable[Stood]) -> Listing:
    """The listing with entries that stood in the column before under the addresses that they had then.

    Args:
        names: of `stamps`.
        stood: the column's entries with one of the page's titles, the oldest first.
    """
    before: dict[object, Stood] = {}
    for one in stood:
        before.setdefault((_without(one.key, names), one.title, one.listed), one)
    links = (
        replace(link, url=same.url)
        if (same := before.get((_without(canonical(link.url), names), link.title, link.published)))
        else link
        for link in listing.links
    )
    return replace(listing, links=tuple(links))


def _without(key: str, names: Collection[str]) -> str:
    kept = (f"{name}={value}" for name, value in _parameters(key) if name not in names)
    head, _, rest = key.partition("?")
    _, routed, place = rest.partition("#")
    return "?".join([head, *kept]) + routed + place


def _parameters(key: str) -> list[tuple[str, str]]:
    """Of a canonical address, in which they are in order."""
    query = key.partition("?")[2].partition("#")[0]
    return [(name, value) for pair in query.split("&") if pair for name, _, value in [pair.partition("=")]]
