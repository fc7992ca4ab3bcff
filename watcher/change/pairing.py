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

from watcher.change.likeness import likeness
from watcher.change.subjects import may_be_one

# How alike the surroundings of two items must be (Dice of two-character pieces) to take one for the other's new
# value: a lower value pairs amounts of different measures, a higher one loses those in a reworded sentence.
ALIKE: Final = 0.5
SAME_SUBJECT: Final = 0.3
# Of subjects: 小微企业 and 规上企业 (0.33) are two, 绿色工厂奖补 and 绿色制造奖补 (0.44) may be one.
SUBJECTS_ALIKE: Final = 0.4
SAME_MEANING: Final = 0.05
# Beyond this many items that changed at once it is another text, and to score each with each would be slow.
MOST_SCORED: Final = 200
LONGEST_SENTENCE: Final = 200

_BOUNDARY = re.compile(r"[。；;！？!?\n]")


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


def differing(olds: Sequence[Placed[Item]], news: Sequence[Placed[Item]]) -> list[Pair[Item]]:
    """What was replaced or added (None before), in the order of `news`, then what was removed (None after).

    The same said of the same thing is no change, wherever it stands; then each finds the one of its own subject, and
    only then one whose subject was put in other words.
    """
    olds, news = _without_common(olds, news, lambda item: (item.sentence, item.meaning))
    olds, news = _without_common(olds, news, _said_of_one, only=lambda item: item.subject is not None)
    pairs = best_pairs(olds, news, _score_of_one_subject, ALIKE)
    gone, come = _left(olds, news, pairs)
    pairs += best_pairs(gone, come, _score, ALIKE)
    gone, come = _left(olds, news, pairs)
    # The same amount under other words: reworded beyond recognition, or moved; not removed and added.
    gone, come = _without_common(gone, come, _said_of_one, only=lambda item: item.subject is None)
    same = best_pairs(gone, come, _same_amount, 1.0)
    gone, come = _left(gone, come, same)
    replaced: list[Pair[Item]] = [(old, new) for old, new in pairs if old.meaning != new.meaning]
    order = {id(new): index for index, new in enumerate(news)}
    found = [*replaced, *((None, new) for new in come)]
    found.sort(key=lambda pair: order[id(pair[1])])
    return [*found, *((old, None) for old in gone)]


def _said_of_one(item: Placed[object]) -> Hashable:
    return item.group, item.subject, item.meaning


def _left(
    olds: Sequence[Placed[Item]], news: Sequence[Placed[Item]], pairs: Sequence[tuple[Placed[Item], Placed[Item]]]
) -> tuple[list[Placed[Item]], list[Placed[Item]]]:
    """Both without those that are in a pair."""
    taken = {id(one) for pair in pairs for one in pair}
    return [old for old in olds if id(old) not in taken], [new for new in news if id(new) not in taken]


def _without_common(
    olds: Sequence[Placed[Item]],
    news: Sequence[Placed[Item]],
    key: Callable[[Placed[Item]], Hashable],
    only: Callable[[Placed[Item]], bool] = lambda _: True,
) -> tuple[list[Placed[Item]], list[Placed[Item]]]:
    """Both without the items whose key occurs on the other side, as often as it does; of those that are asked for."""
    common = Counter(map(key, filter(only, olds))) & Counter(map(key, filter(only, news)))
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


def _score_of_one_subject(old: Placed[object], new: Placed[object]) -> float:
    return _score(old, new) if old.subject and old.subject == new.subject else 0.0


def _score(old: Placed[object], new: Placed[object]) -> float:
    if old.group != new.group or not may_be_one(old.subject, new.subject, SUBJECTS_ALIKE):
        return 0.0
    score = likeness(old.around, new.around)
    if old.subject and old.subject == new.subject:
        score += SAME_SUBJECT
    return score + (SAME_MEANING if old.meaning == new.meaning else 0.0)


def _same_amount(old: Placed[object], new: Placed[object]) -> float:
    same = (old.group, old.meaning) == (new.group, new.meaning)
    return float(same and may_be_one(old.subject, new.subject, SUBJECTS_ALIKE))
