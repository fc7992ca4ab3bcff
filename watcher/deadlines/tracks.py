"""The deadlines of an announcement over its revisions: which is which, whatever its day. Pure.

A deadline is the same by what is to be done by it; where the words are others, by its day. Its name is the day that it
had first: that stands in the text that gave it, so that newer rules that find more or fewer deadlines move no name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Final

from watcher.change.likeness import likeness, pieces
from watcher.change.pairing import best_pairs
from watcher.deadlines.due import Due, dues
from watcher.model import Extraction

# How alike what is to be done must be: 报送申报材料, 报送全部申报材料.
ALIKE: Final = 0.5
_SAME_DAY: Final = 0.01  # of equal words, those of the same day belong together


@dataclass(frozen=True, slots=True)
class Track:
    """A deadline as the last text that has it says it; `dropped`: the current one has it no more."""

    name: str
    due: Due
    found: Extraction
    dropped: bool = False


def tracks(texts: Sequence[Extraction]) -> tuple[Track, ...]:
    """Every deadline that an announcement had, of its texts, the oldest first; in the order of days."""
    known: dict[str, Track] = {}
    for found in texts:
        known = {name: replace(one, dropped=True) for name, one in known.items()}
        fresh = [Track("", due, found) for due in dues(found)]
        names = _names(tuple(known.values()), fresh)
        for one in fresh:
            name = names.get(id(one)) or _named(one.due, known)
            known[name] = replace(one, name=name)
    return tuple(sorted(known.values(), key=lambda one: (one.due.day, one.name)))


def _names(known: Sequence[Track], fresh: Sequence[Track]) -> dict[int, str]:
    """The name of the known deadline that a fresh one is, by the fresh one's place in memory."""
    alike = best_pairs(known, fresh, _likeness, ALIKE)
    old, new = {one.name for one, _ in alike}, {id(one) for _, one in alike}
    left = {one.due.day: one for one in known if one.name not in old}
    reworded = [(left[one.due.day], one) for one in fresh if id(one) not in new and one.due.day in left]
    return {id(one): before.name for before, one in (*alike, *reworded)}


def _likeness(one: Track, other: Track) -> float:
    pairs = product(one.due.tasks, other.due.tasks)
    words = max(float(old == new) or likeness(pieces(old), pieces(new)) for old, new in pairs)
    return words + _SAME_DAY * (one.due.day == other.due.day) if words >= ALIKE else 0.0


def _named(due: Due, known: dict[str, Track]) -> str:
    """The day; with a number where a deadline that moved away had that day first."""
    day, number = f"{due.day:%Y%m%d}", 2
    name = day
    while name in known:
        name, number = f"{day}-{number}", number + 1
    return name
