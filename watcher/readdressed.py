"""Whether a column's entries have other addresses than before, as after a new content system; told by their titles.

Where none of a page's addresses is known, the entries that stood in the column before are known by title and day. Few
of them prove nothing, since titles recur; a title that stood there on several days is that of a series. Pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from watcher.addresses import canonical
from watcher.model import Link
from watcher.recheck import HORIZON
from watcher.records.pages import Stood
from watcher.sanity import FEW, kind_of, published_since

# Of a list shorter than `FEW` two at least: one that is put up again says nothing of the others.
FEWEST: Final = 2


@dataclass(frozen=True, slots=True)
class Move:
    """An entry that stood in the column under another address, and the link that it is now."""

    was: Stood
    link: Link


def readdressed(
    links: Sequence[Link], stood: Iterable[Stood], kinds: Collection[str], *, proven: bool = False
) -> dict[str, Move]:
    """Which entries of a page, none of whose addresses is known, stood in the column before, by canonical address.

    An entry did where its title stands in the page once, stood in the column on one day only, and its day is that one
    or its address is of another kind than the column's had: a migration may date all of its articles anew. Where it
    did not, an entry of another day is the next one of its title.

    Args:
        stood: the column's entries with one of the page's titles, the oldest first.
        kinds: of the addresses of the column's entries (`sanity.kinds_of`).
        proven: another page of the list has shown that its entries are readdressed; one is enough.
    """
    by_title: dict[str, list[Stood]] = {}
    for one in stood:
        by_title.setdefault(one.title, []).append(one)
    once = {title for title, number in Counter(link.title for link in links).items() if number == 1}
    found = {
        canonical(link.url): Move(by_title[link.title][-1], link)
        for link in links
        if link.title in once and link.title in by_title and _stood_before(link, by_title[link.title], kinds)
    }
    enough = 1 if proven else max(FEWEST, min(FEW, (len(links) + 1) // 2))
    same_day = {key: move for key, move in found.items() if move.link.published == move.was.listed}
    if len(same_day) >= enough:
        return same_day
    return found if len(found) >= enough else {}


def are_followed(moves: Mapping[str, Move], now: datetime) -> bool:
    """Whether one of these entries is so young that its page is looked at again."""
    return any(now - move.was.first_seen <= HORIZON for move in moves.values())


def passes(links: Collection[Link], last_read: datetime, kinds: Collection[str]) -> bool:
    """Whether a page of readdressed entries is older than the last pass: what came since then stands before it.

    Without a title that is known, addresses of another kind than the column's had say that they are readdressed. Of the
    same kind they are entries put up since then, whatever day they print: that of a document may lie weeks before.
    """
    dated = all(link.published is not None for link in links)
    others = sum(kind_of(link.url) not in kinds for link in links) if kinds else 0
    return dated and 2 * others > len(links) and not any(published_since(link, last_read) for link in links)


def _stood_before(link: Link, stood: Sequence[Stood], kinds: Collection[str]) -> bool:
    days: set[date | str] = {one.listed or one.key for one in stood}  # without a day each was another entry
    return len(days) == 1 and (link.published in days or kind_of(link.url) not in kinds)
