"""Which item of one text is which of another: by the sentence it stands in and what is around it, never by position.

Pure; linear in the texts, and bounded in the number of items that changed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

# How alike the surroundings of two items must be (Dice of two-character pieces) to take one for the other's new
# value: a lower value pairs amounts of different measures, a higher one loses those in a reworded sentence.
ALIKE: Final = 0.5
SAME_SUBJECT: Final = 0.3
SAME_MEANING: Final = 0.05
# Beyond this many items that changed at once it is another text, and to score each with each would be slow.
MOST_SCORED: Final = 200
# Characters looked at around an item: a clause before it, where its subject stands, and half of one after it.
BEFORE, AFTER = 24, 12
LONGEST_SENTENCE: Final = 200

_BOUNDARY = re.compile(r"[。；;！？!?\n]")
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[零〇一二两三四五六七八九十百千万亿]+")
_SPACE = re.compile(r"\s+")


Item = TypeVar("Item", covariant=True)
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Placed(Generic[Item]):
    """An item at its place: equal `meaning` is no change; only items of one `group` can replace each other."""

    item: Item
    quote: str
    meaning: Hashable
    group: Hashable
    subject: str | None
    sentence: str
    around: frozenset[str]


Pair = tuple[Placed[Item] | None, Placed[Item] | None]


def sentences(text: str) -> Callable[[int, int], str]:
    """A function that gives the sentence around a span of `text`, at most `LONGEST_SENTENCE` to each side."""
    ends = [match.start() for match in _BOUNDARY.finditer(text)]

    def around(start: int, end: int) -> str:
        first, last = bisect_left(ends, start), bisect_left(ends, end)
        begins = ends[first - 1] + 1 if first else 0
        finishes = ends[last] if last < len(ends) else len(text)
        return text[max(begins, start - LONGEST_SENTENCE) : min(finishes, end + LONGEST_SENTENCE)].strip()

    return around


def surroundings(text: str, start: int, end: int) -> frozenset[str]:
    """Two-character pieces around a span, numbers blotted out: they are what may have changed."""
    return pieces(f"{text[max(0, start - BEFORE) : start]}#{text[end : end + AFTER]}")


def pieces(text: str) -> frozenset[str]:
    plain = _SPACE.sub("", _NUMBER.sub("#", text))
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Dice's coefficient: 1 for the same pieces, 0 for none in common."""
    total = len(one) + len(other)
    return 2 * len(one & other) / total if total else 1.0


def differing(olds: Sequence[Placed[Item]], news: Sequence[Placed[Item]]) -> list[Pair[Item]]:
    """What was replaced or added (None before), in the order of `news`, then what was removed (None after)."""
    olds, news = _without_common(olds, news, lambda item: (item.sentence, item.meaning))
    pairs = best_pairs(olds, news, _score, ALIKE)
    taken_old, taken_new = {id(old) for old, _ in pairs}, {id(new) for _, new in pairs}
    gone = [old for old in olds if id(old) not in taken_old]
    come = [new for new in news if id(new) not in taken_new]
    # The same amount under other words: reworded beyond recognition, or moved; not removed and added.
    gone, come = _without_common(gone, come, lambda item: (item.group, item.meaning))
    replaced: list[Pair[Item]] = [(old, new) for old, new in pairs if old.meaning != new.meaning]
    order = {id(new): index for index, new in enumerate(news)}
    found = [*replaced, *((None, new) for new in come)]
    found.sort(key=lambda pair: order[id(pair[1])])
    return [*found, *((old, None) for old in gone)]


def _without_common(
    olds: Sequence[Placed[Item]], news: Sequence[Placed[Item]], key: Callable[[Placed[Item]], Hashable]
) -> tuple[list[Placed[Item]], list[Placed[Item]]]:
    """Both without the items whose key occurs on the other side, as often as it does."""
    common = Counter(map(key, olds)) & Counter(map(key, news))
    return _drop(olds, Counter(common), key), _drop(news, Counter(common), key)


def _drop(
    items: Sequence[Placed[Item]], common: Counter[Hashable], key: Callable[[Placed[Item]], Hashable]
) -> list[Placed[Item]]:
    kept = []
    for item in items:
        if common[key(item)] > 0:
            common[key(item)] -= 1
        else:
            kept.append(item)
    return kept


def best_pairs(
    olds: Sequence[Thing], news: Sequence[Thing], score: Callable[[Thing, Thing], float], least: float
) -> list[tuple[Thing, Thing]]:
    """The best pairs first, each thing once, none below `least`; of equally good ones those nearest in order."""
    scored = sorted(
        (-found, abs(i - j), i, j)
        for i, old in enumerate(olds[:MOST_SCORED])
        for j, new in enumerate(news[:MOST_SCORED])
        if (found := score(old, new)) >= least
    )
    pairs, taken_old, taken_new = [], set(), set()
    for _, _, i, j in scored:
        if i not in taken_old and j not in taken_new:
            taken_old.add(i)
            taken_new.add(j)
            pairs.append((olds[i], news[j]))
    return pairs


def _score(old: Placed[object], new: Placed[object]) -> float:
    if old.group != new.group:
        return 0.0
    score = likeness(old.around, new.around)
    if old.subject and old.subject == new.subject:
        score += SAME_SUBJECT
    return score + (SAME_MEANING if old.meaning == new.meaning else 0.0)
