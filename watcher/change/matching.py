"""Which parts of two sequences are the same, in order. Pure; bounded whatever repeats in them.

As `difflib` finds them, the longest part first, which reads best. What it does grows with the cube of what repeats (a
table of contents, cells of one word): where that is too much, a longest common subsequence is taken instead, which has
at least as much in common and takes a row of bits for each element.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import Match, SequenceMatcher
from itertools import accumulate
from typing import Final, NamedTuple, TypeVar

T = TypeVar("T", bound=Hashable)

# Comparisons that `difflib` may make for each element, some 20 µs. Tried on tests/gold, with up to six of ten elements
# changed at random: 4 for paragraphs, 16 for the characters of one, 211 for those of 2,000 characters in one piece.
MOST_STEPS_EACH: Final = 300


class Stretch(NamedTuple):
    """A part of one sequence and what the other has in its place; where they are not the same, either may be empty."""

    same: bool
    i: int
    i_end: int
    j: int
    j_end: int


def stretches(olds: Sequence[T], news: Sequence[T], steps_each: int = MOST_STEPS_EACH) -> Iterator[Stretch]:
    """Both sequences from end to end in parts that are the same and parts that are not, by turns."""
    i = j = 0
    for at, there, length in _blocks(olds, news, steps_each * (len(olds) + len(news))):
        if i < at or j < there:
            yield Stretch(False, i, at, j, there)
        i, j = at + length, there + length
        if length:
            yield Stretch(True, at, i, there, j)


def _blocks(olds: Sequence[T], news: Sequence[T], most_steps: int) -> list[tuple[int, int, int]]:
    """Parts that are the same: where in the one, where in the other, how long; the last one is empty, at the ends."""
    try:
        return list(_Bounded(olds, news, most_steps).get_matching_blocks())
    except _TooMuch:
        return [*_merged(_in_common(olds, news)), (len(olds), len(news), 0)]


class _TooMuch(Exception):  # noqa: N818  no error: the other way is taken
    pass


class _Bounded(SequenceMatcher[T]):
    """One that gives up, with `_TooMuch`, before it makes more comparisons than `most_steps`."""

    def __init__(self, olds: Sequence[T], news: Sequence[T], most_steps: int) -> None:
        super().__init__(None, olds, news, autojunk=False)
        self._left = most_steps
        counts = Counter(news)
        self._steps = list(accumulate((1 + counts[one] for one in olds), initial=0))

    def find_longest_match(self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None) -> Match:
        self._left -= self._steps[-1 if ahi is None else ahi] - self._steps[alo]
        if self._left < 0:
            raise _TooMuch
        return super().find_longest_match(alo, ahi, blo, bhi)


def _in_common(olds: Sequence[T], news: Sequence[T]) -> list[tuple[int, int]]:
    """The places of a longest common subsequence, in order.

    Source: Hyyrö, Bit-parallel LCS-length computation revisited (2004). After `i` of `olds`, bit `j` of its row is 0
    where the common subsequence with `news` is longer by one with `news[j]` than without.
    """
    places: dict[T, int] = {}
    for j, one in enumerate(news):
        places[one] = places.get(one, 0) | 1 << j
    every = (1 << len(news)) - 1
    rows = [every]
    for one in olds:
        row, found = rows[-1], rows[-1] & places.get(one, 0)
        rows.append((row + found | row - found) & every)
    pairs, i, j = [], len(olds), len(news)
    while i and j:
        if rows[i] >> j - 1 & 1:
            j -= 1
        elif rows[i - 1] >> j - 1 & 1:
            i, j = i - 1, j - 1
            pairs.append((i, j))
        else:
            i -= 1
    return pairs[::-1]


def _merged(pairs: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """Places that follow upon each other on both sides, as blocks."""
    start = 0
    for end in range(1, len(pairs) + 1):
        follows = end < len(pairs) and pairs[end] == (pairs[end - 1][0] + 1, pairs[end - 1][1] + 1)
        if not follows:
            yield (*pairs[start], end - start)
            start = end
