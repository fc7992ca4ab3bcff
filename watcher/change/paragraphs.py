"""Two texts side by side: which paragraph of the one is which of the other, and what differs inside a pair. Pure.

Linear in the texts, whatever they have in common and whatever repeats in them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from watcher.change.likeness import likeness, pieces
from watcher.change.matching import stretches
from watcher.extract.clauses import printed_number

# Paragraphs less alike (Dice of two-character pieces) are shown as one dropped and one added.
ALIKE: Final = 0.4
# Beyond so many (changed) paragraphs each is paired with the one at its place; beyond so many characters a pair is
# shown as changed in whole: it is another text, and to look closer would be slow.
MOST_PAIRED: Final = 80
MOST_ALIGNED: Final = 2000
MOST_CHARACTERS: Final = 2000
# Characters of the paragraphs between two that are the same, of which each is held against each: where there are many,
# their beginnings stand for them, of so many characters at least.
MOST_COMPARED: Final = 64_000
LEAST_COMPARED: Final = 400
# Characters that two differences must be apart to be read as two.
APART: Final = 2

_NOT_WORD: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of a text; `start` is its place in it."""

    text: str
    start: int

    @property
    def words(self) -> str:
        """The paragraph as it is compared: without its number, since what stands before it may have been taken out."""
        return plain(unnumbered(self.text)) or plain(self.text)


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph and what it became; either is None where there is no such. `same`: nothing but its number differs."""

    before: Paragraph | None
    after: Paragraph | None

    @property
    def same(self) -> bool:
        return self.before is not None and self.after is not None and self.before.words == self.after.words


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a changed paragraph, from `start` on; `differs` where the other one has something else there."""

    text: str
    start: int
    differs: bool


def plain(text: str) -> str:
    """Without spaces, punctuation and differences of width: what is left are the words."""
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", text))


def unnumbered(text: str) -> str:
    """A paragraph without the number that it opens with: （四）, 第四条."""
    return text[len(printed_number(text)) :]


def align(before: str, after: str) -> tuple[Row, ...]:
    """All paragraphs of both texts, in order."""
    olds, news = _paragraphs(before), _paragraphs(after)
    old_words, new_words = [one.words for one in olds], [one.words for one in news]
    if max(len(olds), len(news)) > MOST_ALIGNED:
        return tuple(_side_by_side(olds, news))
    rows: list[Row] = []
    for same, i, i_end, j, j_end in stretches(old_words, new_words):
        if same:
            rows += map(Row, olds[i:i_end], news[j:j_end])
        else:
            rows += _paired(olds[i:i_end], news[j:j_end])
    return tuple(rows)


def _paragraphs(text: str) -> list[Paragraph]:
    found, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append(Paragraph(line.strip(), start + len(line) - len(line.lstrip())))
        start += len(line) + 1
    return found


def _side_by_side(olds: Sequence[Paragraph], news: Sequence[Paragraph]) -> Iterator[Row]:
    for index in range(max(len(olds), len(news))):
        yield Row(olds[index] if index < len(olds) else None, news[index] if index < len(news) else None)


def _paired(olds: Sequence[Paragraph], news: Sequence[Paragraph]) -> Iterator[Row]:
    """The pairs that are most alike in all, keeping the order of both sides; the rest alone."""
    if max(len(olds), len(news)) > MOST_PAIRED:
        yield from _side_by_side(olds, news)
        return
    alike = _likenesses(olds, news)
    best = _best_sums(alike, len(olds), len(news))
    i = j = 0
    while i < len(olds) or j < len(news):
        if i < len(olds) and best[i][j] == best[i + 1][j]:
            yield Row(olds[i], None)
            i += 1
        elif j < len(news) and best[i][j] == best[i][j + 1]:
            yield Row(None, news[j])
            j += 1
        else:
            yield Row(olds[i], news[j])
            i, j = i + 1, j + 1


def _likenesses(olds: Sequence[Paragraph], news: Sequence[Paragraph]) -> list[list[float]]:
    """How alike each two are, 0 where it is too little to call one the other's new form."""
    longest = max(LEAST_COMPARED, MOST_COMPARED // max(len(olds) + len(news), 1))
    old_pieces, new_pieces = ([pieces(one.text[:longest]) for one in side] for side in (olds, news))
    return [[score if (score := likeness(one, other)) >= ALIKE else 0.0 for other in new_pieces] for one in old_pieces]


def _best_sums(alike: Sequence[Sequence[float]], olds: int, news: int) -> list[list[float]]:
    """Entry (i, j): the largest sum of likeness that pairs in order of the paragraphs from i and j on can have."""
    best = [[0.0] * (news + 1) for _ in range(olds + 1)]
    for i in reversed(range(olds)):
        for j in reversed(range(news)):
            paired = alike[i][j] + best[i + 1][j + 1] if alike[i][j] else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    return best


def differing_pieces(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both paragraphs in pieces that are the same or differ; offsets are those inside the paragraph."""
    if max(len(before), len(after)) > MOST_CHARACTERS:
        return (Piece(before, 0, differs=True),), (Piece(after, 0, differs=True),)
    olds: list[Piece] = []
    news: list[Piece] = []
    for differs, i, i_end, j, j_end in _spans(before, after):
        if i < i_end:
            olds.append(Piece(before[i:i_end], i, differs))
        if j < j_end:
            news.append(Piece(after[j:j_end], j, differs))
    return tuple(olds), tuple(news)


def _spans(before: str, after: str) -> Iterator[tuple[bool, int, int, int, int]]:
    """Alternating spans that are the same and that differ; a few equal characters between differences are chance."""
    parts = list(stretches(before, after))
    start: tuple[int, int] | None = None
    for index, (same, i, i_end, j, j_end) in enumerate(parts):
        inside = 0 < index < len(parts) - 1
        if not same or (inside and i_end - i <= APART):
            start = start or (i, j)
            continue
        if start is not None:
            yield True, start[0], i, start[1], j
            start = None
        yield False, i, i_end, j, j_end
    if start is not None:
        yield True, start[0], len(before), start[1], len(after)
