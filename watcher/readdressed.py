"""Whether a column's entries have other addresses than before, as after a new content system; told by their titles.

An entry is the same by its title and its day, however the list writes them now. That is no proof by itself: two
notices of one day may be called alike, and the other may stand on the next page. So it takes one of these:

the address is of another kind than it was, and so are some others'     a new content system
the entry is younger than the last one of a page that is in order       what stood there before has left the list
most of a page that is in no order is called alike                      a new content system, with addresses of one kind

A title alone recurs: it tells only where addresses are of another kind, and few of the days are the old ones. Pure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum, auto
from itertools import pairwise
from typing import Final
from unicodedata import normalize

from watcher.addresses import canonical
from watcher.model import Link
from watcher.recheck import HORIZON
from watcher.records.pages import Stood
from watcher.records.usual import Pursuit
from watcher.sanity import FEW, kind_of, published_since

# Of a list shorter than `FEW` two at least: one that is put up again says nothing of the others.
FEWEST: Final = 2
# Letters in which a title that the list cuts must agree with the whole one; and how many of one day are compared so.
HEAD: Final = 8
MOST_COMPARED: Final = 5
# Servers that do not agree show the one address, then the other; a new system that is taken back shows it for longer.
FLICKER: Final = timedelta(days=1)

# The title and the day of an entry, as the list shows them.
Shown = tuple[str, date | None]

_BETWEEN_DIGITS: Final = re.compile(r"(?<=\d)[\W_]+(?=\d)")
_NOT_WORD: Final = re.compile(r"[^\w-]+|_+|(?<!\d)-+|-+(?!\d)")


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

    @property
    def is_of_another_kind(self) -> bool:
        return kind_of(self.link.url) != kind_of(self.was.key)

    def flickers(self, now: datetime) -> bool:
        """Whether it is back where it stood a short time ago."""
        at = self.was.readdressed_at
        return canonical(self.link.url) == self.was.former and at is not None and now - at <= FLICKER


@dataclass(frozen=True, slots=True)
class Readdressed:
    """What a walk found: `moves`, the canonical addresses of all that it saw in the list (`listed`), since when.

    `pursuit`: where more of them may stand.
    """

    moves: Sequence[Move]
    listed: Collection[str]
    since: datetime
    pursuit: Pursuit | None = None


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around the unknown entries of a page.

    `newer`: entries that may be meant as well, of two that are called alike: those of newer pages. `alone`: nothing
    else on the page is known. `below`: the day of its last entry; None where the page is in no order. `proof`: what
    newer pages of the list have shown; then one entry is enough.
    """

    newer: Collection[Shown] = ()
    alone: bool = True
    below: date | None = None
    proof: Proof = Proof.NONE


def readdressed(links: Sequence[Link], stood: Iterable[Stood], around: Around) -> dict[str, Move]:
    """Which unknown entries of a page stood in the column before, by canonical address.

    Args:
        links: the unknown entries.
        stood: the column's entries with one of their titles or days.
    """
    same_day, same_title = _called_alike(links, tuple(stood), around.newer)
    both = same_day | same_title
    if around.proof is not Proof.NONE:
        return both if around.proof is Proof.TITLES else same_day
    sure = {key: move for key, move in same_day.items() if _has_left(move.link, around.below)}
    enough = max(FEWEST, min(FEW, (len(links) + 1) // 2)) if around.alone else FEW
    if len(sure) >= enough or (around.alone and _is_new_system(same_day, links, around.below, enough)):
        return same_day
    if around.alone and sum(move.is_of_another_kind for move in both.values()) >= enough:
        return both
    return {} if around.alone else {key: move for key, move in sure.items() if _is_named(move)}


def proof_of(moves: Collection[Move]) -> Proof:
    """What the entries that were found so far prove: few of them nothing."""
    if len(moves) < FEW:
        return Proof.NONE
    return Proof.DAYS if 2 * sum(move.keeps_day for move in moves) > len(moves) else Proof.TITLES


def last_day(links: Sequence[Link]) -> date | None:
    """The day of a page's last entry, where the days fall from the top down; some may be pinned above newer ones."""
    days = [link.published for link in links if link.published is not None]
    pinned = next((at for at, (day, below) in enumerate(pairwise(days)) if day >= below), len(days))
    in_order = all(day >= below for day, below in pairwise(days[pinned:]))
    return days[-1] if days[pinned:] and in_order else None


def are_followed(moves: Mapping[str, Move], now: datetime) -> bool:
    """Whether one of these entries is so young that its page is looked at again."""
    return any(now - move.was.first_seen <= HORIZON for move in moves.values())


def passes(links: Collection[Link], last_read: datetime, kinds: Collection[str]) -> bool:
    """Whether a page of readdressed entries is older than the last pass: what came since then stands before it.

    Without a title that is known, addresses of another kind than the column's had say that they are readdressed. Of the
    same kind they are entries put up since then, whatever day they print: that of a document may lie weeks before.

    Args:
        kinds: of the addresses of the column's entries (`sanity.kinds_of`).
    """
    dated = all(link.published is not None for link in links)
    others = sum(kind_of(link.url) not in kinds for link in links) if kinds else 0
    return dated and 2 * others > len(links) and not any(published_since(link, last_read) for link in links)


def words(title: str) -> str:
    """A title's letters and digits: new systems write brackets, widths and blanks otherwise. 2026-1-11 stays apart."""
    return _NOT_WORD.sub("", _BETWEEN_DIGITS.sub("-", normalize("NFKC", title))).casefold()


# --- who is who ----------------------------------------------------------------------------------------------------


def _called_alike(
    links: Sequence[Link], stood: Sequence[Stood], newer: Collection[Shown]
) -> tuple[dict[str, Move], dict[str, Move]]:
    """The entries that have the title and day of one that stood there, and others that have the title of one alone."""
    names = [words(link.title) for link in links]
    shown = Counter((words(title), day) for title, day in newer)
    shown.update((name, link.published) for name, link in zip(names, links, strict=True))
    titles: Counter[str] = Counter()
    for (name, _), count in shown.items():
        titles[name] += count
    called = [(one, words(one.title)) for one in stood]
    by_day, by_title = _Names((one, name, one.listed) for one, name in called), _Names((*one, None) for one in called)
    same_day: dict[str, Move] = {}
    same_title: dict[str, Move] = {}
    for name, link in zip(names, links, strict=True):
        day, key = link.published, canonical(link.url)
        if day and shown[name, day] == 1 and (was := by_day.one(link.title, name, day)):
            same_day[key] = Move(was, link)
        elif titles[name] == 1 and (was := by_title.one(link.title, name, None)):
            same_title[key] = Move(was, link)
    same_title = {key: move for key, move in same_title.items() if move.is_of_another_kind}
    return _each_once(same_day, same_day), _each_once(same_title, same_day | same_title)


class _Names:
    """Entries by their titles, each of a day or of none."""

    def __init__(self, entries: Iterable[tuple[Stood, str, date | None]]) -> None:
        self._whole: dict[Shown, list[Stood]] = {}
        self._heads: dict[Shown, list[tuple[Stood, str]]] = {}
        for one, name, day in entries:
            self._whole.setdefault((name, day), []).append(one)
            self._heads.setdefault((name[:HEAD], day), []).append((one, name))

    def one(self, title: str, name: str, day: date | None) -> Stood | None:
        """The only one so called, also where one of the two titles is cut."""
        found = self._whole.get((name, day), []) if name else []
        if not found and len(name) >= HEAD:
            alike = self._heads.get((name[:HEAD], day), [])[:MOST_COMPARED]
            found = [
                one
                for one, whole in alike
                if (_is_cut(title) and whole.startswith(name)) or (_is_cut(one.title) and name.startswith(whole))
            ]
        return found[0] if len(found) == 1 else None


def _is_cut(title: str) -> bool:
    return title.rstrip().endswith(("…", "..", "。。"))


def _each_once(found: Mapping[str, Move], beside: Mapping[str, Move]) -> dict[str, Move]:
    """Without those of which two entries of the page would be one."""
    pages = Counter(move.was.page for move in beside.values())
    return {key: move for key, move in found.items() if pages[move.was.page] == 1}


# --- proof ---------------------------------------------------------------------------------------------------------


def _has_left(link: Link, below: date | None) -> bool:
    """Whether what is called like this entry, and is missing in the page, cannot stand on the next one."""
    return below is not None and link.published is not None and link.published > below


def _is_new_system(same_day: Mapping[str, Move], links: Sequence[Link], below: date | None, enough: int) -> bool:
    if sum(move.is_of_another_kind for move in same_day.values()) >= enough:
        return True
    return below is None and len(same_day) >= enough and 2 * len(same_day) > len(links)


def _is_named(move: Move) -> bool:
    """Whether an entry bears the whole title of the other: alone, one that is cut proves nothing."""
    return words(move.link.title) == words(move.was.title)
