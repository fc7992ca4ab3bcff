"""Whether a column's entries have other addresses than before, as after a new content system; told by their titles.

An entry is the same by its title and its day, however the list writes them now. A title alone recurs: only where most
of a page's addresses are new, and few of its days are the old ones, does it tell. Pure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto
from typing import Final
from unicodedata import normalize

from watcher.addresses import canonical
from watcher.model import Link
from watcher.recheck import HORIZON
from watcher.records.pages import Stood
from watcher.sanity import FEW, kind_of, published_since

# Of a list shorter than `FEW` two at least: one that is put up again says nothing of the others.
FEWEST: Final = 2
# Letters in which a title that the list cuts must agree with the whole one; and how many of one day are compared so.
HEAD: Final = 8
MOST_COMPARED: Final = 50

# The title and the day of an entry, as the list shows them.
Shown = tuple[str, date | None]

_NOT_WORD: Final = re.compile(r"[\W_]+")
_CUT: Final = re.compile(r"(?:…|\.{2,}|。{2,})\s*$")


class Proof(Enum):
    """That the entries of a list are readdressed, and whether they kept their days."""

    NONE = auto()
    DAYS = auto()
    TITLES = auto()


@dataclass(frozen=True, slots=True)
class Move:
    """An entry that stood in the column under another address, and the link that it is now."""

    was: Stood
    link: Link

    @property
    def keeps_day(self) -> bool:
        return self.link.published is not None and self.link.published == self.was.listed


def readdressed(
    links: Sequence[Link],
    stood: Iterable[Stood],
    *,
    newer: Collection[Shown] = (),
    alone: bool = True,
    below: date | None = None,
    proof: Proof = Proof.NONE,
) -> dict[str, Move]:
    """Which unknown entries of a page stood in the column before, by canonical address.

    An entry did where one of its title and day did. Where a migration dated its articles anew, so that too few did, it
    is the one of its title, where that had an address of another kind.

    Args:
        links: the unknown entries.
        stood: the column's entries with one of their titles or days.
        newer: what newer pages show: of two that are called alike nothing tells which is meant.
        alone: nothing else on the page is known. Else one that is missing may stand on the next page, unless it is
            younger than the last entry of this one (`below`) or `FEW` others are: then it has left the list.
        proof: what newer pages of the list have shown; then one entry is enough.
    """
    shown = Counter((words(title), day) for title, day in (*newer, *((link.title, link.published) for link in links)))
    titles = Counter(title for title, _ in shown.elements())
    stood = tuple(stood)
    by_day, by_title = _Names((one, one.listed) for one in stood), _Names((one, None) for one in stood)
    same_day: dict[str, Move] = {}
    same_title: dict[str, Move] = {}
    for link in links:
        title, day = words(link.title), link.published
        if day and shown[title, day] == 1 and (was := by_day.one(link.title, day)):
            same_day[canonical(link.url)] = Move(was, link)
        elif titles[title] == 1 and (was := by_title.one(link.title, None)) and kind_of(link.url) != kind_of(was.key):
            same_title[canonical(link.url)] = Move(was, link)
    same_day, both = _each_once(same_day), _each_once(same_day | same_title)
    if proof is Proof.TITLES:
        return both
    if proof is Proof.DAYS or (not alone and sum(_is_above(move.link, below) for move in same_day.values()) >= FEW):
        return same_day
    if not alone:
        return {key: move for key, move in same_day.items() if _is_above(move.link, below)}
    enough = max(FEWEST, min(FEW, (len(links) + 1) // 2))
    if len(same_day) >= enough:
        return same_day
    return both if len(both) >= enough else {}


def words(title: str) -> str:
    """A title's letters and digits: new systems write brackets, widths and blanks otherwise."""
    return _NOT_WORD.sub("", normalize("NFKC", title)).casefold()


def proof_of(moves: Collection[Move]) -> Proof:
    """What the entries that were found so far prove: few of them nothing."""
    if len(moves) < FEW:
        return Proof.NONE
    return Proof.DAYS if 2 * sum(move.keeps_day for move in moves) > len(moves) else Proof.TITLES


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


class _Names:
    """Entries by their titles, each of a day or of none."""

    def __init__(self, entries: Iterable[tuple[Stood, date | None]]) -> None:
        self._whole: dict[Shown, list[Stood]] = {}
        self._heads: dict[Shown, list[Stood]] = {}
        for one, day in entries:
            name = words(one.title)
            self._whole.setdefault((name, day), []).append(one)
            self._heads.setdefault((name[:HEAD], day), []).append(one)

    def one(self, title: str, day: date | None) -> Stood | None:
        """The only one so called, also where one of the two titles is cut."""
        name = words(title)
        found = self._whole.get((name, day), [])
        if not found and len(name) >= HEAD:
            alike = self._heads.get((name[:HEAD], day), [])[:MOST_COMPARED]
            found = [one for one in alike if _is_begun(title, one.title) or _is_begun(one.title, title)]
        return found[0] if len(found) == 1 else None


def _is_begun(cut: str, whole: str) -> bool:
    return _CUT.search(cut) is not None and words(whole).startswith(words(cut))


def _is_above(link: Link, last: date | None) -> bool:
    return last is not None and link.published is not None and link.published > last


def _each_once(found: Mapping[str, Move]) -> dict[str, Move]:
    """Without those of which two entries of the page would be one."""
    pages = Counter(move.was.page for move in found.values())
    return {key: move for key, move in found.items() if pages[move.was.page] == 1}
