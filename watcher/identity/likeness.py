"""How much two texts are one: their pieces, what stands word for word in both, what was replaced in between. Pure.

A text is taken as its tokens: one a Chinese character, one a number (30 and 300 differ as 甲 and 乙 do), one a word in
Latin letters; punctuation, spaces and the lines that credit somebody are left out. Linear in the texts, of which the
first `MOST_CHARACTERS` are looked at.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from hashlib import blake2b
from itertools import groupby, takewhile
from typing import Final, NamedTuple

from rensa import RMinHash

from watcher.extract import numerals

# A text shorter than this says too little of its own (见附件): no copy is told from a form.
SHORTEST: Final = 80  # tokens
# Tokens of a piece: four are rarely met by chance, and an edit spoils no more than its neighbours.
PIECE: Final = 4
# Pieces in a row that a copy has at least in common with its original: a long sentence. A report that sums up a
# document takes over its clauses, not its sentences.
RUN: Final = 20
MOST_CHARACTERS: Final = 30_000

# The sketch by which copies are looked up. 32 bands of 4 values find 99 of 100 texts that share 0.6 of their pieces,
# and 2 of 10,000 that share 0.05, as any two documents of this kind do. Stored: another value here, another seed or
# another `RMinHash.ALGORITHM_VERSION` needs a migration that sketches every text anew.
PERMUTATIONS: Final = 128
SEED: Final = 20260302
ROWS: Final = 4
# Of a short extract the bands find too few; its longest sentences stand in the whole text as they are.
SENTENCES: Final = 8
SHORTEST_SENTENCE: Final = 16  # characters

_ARABIC: Final = r"[0-9]+(?:[.,][0-9]+)*"
_TOKEN: Final = re.compile(rf"{_ARABIC}(?:万?亿|万|)|[{numerals.CHARACTERS}]+|[a-z]+|[^\W_]")
_IN_NUMBERS: Final = frozenset(numerals.CHARACTERS + "0123456789")
_PARTS: Final = re.compile(rf"({_ARABIC})(.*)")
_SENTENCE: Final = re.compile(r"[^。！？!?；;\n]+")
_MARKS: Final = re.compile(r"[\W_]+")
NUMBER: Final = "#"

Tokens = tuple[str, ...]


@dataclass(frozen=True)
class Text:
    """A title or a body as tokens; a number's token is `#` and its value."""

    tokens: Tokens

    @classmethod
    def of(cls, text: str | None) -> Text:
        return cls(tuple(_token(word) for word in _TOKEN.findall(_plain(text or ""))))

    @cached_property
    def pieces(self) -> tuple[Tokens, ...]:
        return tuple(zip(*(self.tokens[at:] for at in range(PIECE)), strict=False))

    @cached_property
    def piece_set(self) -> frozenset[Tokens]:
        return frozenset(self.pieces)

    @cached_property
    def numbers(self) -> dict[Tokens, Counter[str]]:
        """The values that stand between the same words: three tokens before, two behind, other numbers blotted."""
        found: dict[Tokens, Counter[str]] = {}
        plain = ["", "", "", *(NUMBER if token[0] == NUMBER else token for token in self.tokens), "", ""]
        for at, token in enumerate(self.tokens):
            if token[0] == NUMBER:
                around = (*plain[at : at + 3], *plain[at + 4 : at + 6])
                found.setdefault(around, Counter())[token] += 1
        return found


def _plain(text: str) -> str:
    """Full-width characters and capitals folded, the lines that credit somebody left out."""
    # Their patterns take a twentieth of a second to compile, which a pass that finds nothing need not wait for.
    from watcher.read.byline import is_byline
    from watcher.read.chrome import is_chrome

    lines = unicodedata.normalize("NFKC", text[:MOST_CHARACTERS]).splitlines()
    return "\n".join(line for line in lines if not (is_chrome(line) or is_byline(line))).casefold()


def _token(word: str) -> str:
    """三十万 and 30万 are #300000; what is no number of its own (十四五, a day with points) is what is written."""
    if word[0] not in _IN_NUMBERS:
        return word
    value = _value(word)
    return word if value is None else f"{NUMBER}{value.normalize():f}"


def _value(word: str) -> Decimal | None:
    arabic = _PARTS.fullmatch(word)
    if arabic is None:
        exact = numerals.chinese(word)
        return exact[0] if exact and exact[0] == exact[1] else None
    value = numerals.arabic(arabic[1]) if word.count(".") < 2 else None
    return None if value is None else value * numerals.SCALES.get(arabic[2], 1)


def shared(text: Text, other: Text) -> float:
    """The share of the smaller one's different pieces that the other has too; at least that of its copied ones."""
    fewest = min(len(text.piece_set), len(other.piece_set))
    return len(text.piece_set & other.piece_set) / max(fewest, 1)


def in_common(text: Text, other: Text) -> float:
    """The share of all their different pieces that both have: 1 for the same words, little for a part of much."""
    return len(text.piece_set & other.piece_set) / max(len(text.piece_set | other.piece_set), 1)


def copied(text: Text, other: Text) -> float:
    """The share of `text` that stands in `other` word for word, from 0 to 1: its pieces in runs of at least `RUN`.

    A copy that was cut keeps its runs; a report that takes over clauses of a document does not.
    """
    runs = (len(list(run)) for held, run in groupby(piece in other.piece_set for piece in text.pieces) if held)
    return sum(run for run in runs if run >= RUN) / max(len(text.pieces), 1)


def lacking(text: str, other: Text) -> str:
    """The sentences of `text` that are not in `other`, a line each; those too short to have a piece are kept."""
    sentences = (sentence.strip() for sentence in _SENTENCE.findall(_plain(text)))
    return "\n".join(sentence for sentence in sentences if sentence and not _is_in(Text.of(sentence), other))


def _is_in(sentence: Text, other: Text) -> bool:
    return 2 * sum(piece in other.piece_set for piece in sentence.pieces) > len(sentence.pieces)


def replaced(text: Text, other: Text) -> Iterator[tuple[Tokens, Tokens]]:
    """What stands in one and in the other between the same words, in the order of `text`.

    Nothing where no words are the same; what only one of them has (a lead, a note, a part left out) is not replaced.
    """
    return ((words, others) for words, others in edited(text, other) if words and others)


def edited(text: Text, other: Text) -> Iterator[tuple[Tokens, Tokens]]:
    """As `replaced`, and with () on one side what only the other has."""
    at, there = 0, 0
    for block in _common(text, other):
        words, others = text.tokens[at : block.at], other.tokens[there : block.there]
        if words or others:
            yield words, others
        at, there = block.at + block.length, block.there + block.length


class Block(NamedTuple):
    """Tokens that are the same in both texts: where in the one, where in the other, how many."""

    at: int
    there: int
    length: int


def _common(text: Text, other: Text) -> Iterator[Block]:
    """The blocks of both in their common order, around the pieces that each has once (patience diff), to the ends."""
    a, b = text.tokens, other.tokens
    landmarks = _in_order(_landmarks(text, other))
    at, there = 0, 0
    for here, yonder in ((0, 0), *landmarks, (len(a), len(b))) if landmarks else ():
        if here < at or yonder < there:
            continue
        back = _count(a[here - step - 1] == b[yonder - step - 1] for step in range(min(here - at, yonder - there)))
        ahead = _count(a[here + step] == b[yonder + step] for step in range(min(len(a) - here, len(b) - yonder)))
        yield Block(here - back, yonder - back, back + ahead)
        at, there = here + ahead, yonder + ahead


def _landmarks(text: Text, other: Text) -> list[tuple[int, int]]:
    """Where pieces stand that each text has once."""
    counts, places = Counter(other.pieces), {piece: place for place, piece in enumerate(other.pieces)}
    own = Counter(text.pieces)
    return [(at, places[piece]) for at, piece in enumerate(text.pieces) if own[piece] == 1 and counts[piece] == 1]


def _in_order(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs that rises on both sides; what was moved is left out."""
    ends: list[int] = []  # of the runs of each length found so far, the lowest last place
    tails: list[int] = []
    before: list[int] = []
    for index, (_, there) in enumerate(pairs):
        length = bisect_left(ends, there)
        before.append(tails[length - 1] if length else -1)
        ends[length : length + 1], tails[length : length + 1] = [there], [index]
    run, index = [], tails[-1] if tails else -1
    while index >= 0:
        run.append(pairs[index])
        index = before[index]
    return run[::-1]


def _count(same: Iterable[bool]) -> int:
    """How many hold before one does not."""
    return sum(takewhile(bool, same))


def bands(title: str | None, text: str) -> frozenset[int]:
    """Numbers of which a text and its copies, whole or cut, have some in common; each of 32 bits. None for a short one.

    Those of its sketch, of its longest sentences and of its title.
    """
    body, headline = Text.of(text), Text.of(title)
    if len(body.tokens) < SHORTEST:
        return frozenset()
    sketch = RMinHash(PERMUTATIONS, SEED)
    sketch.update([" ".join(piece) for piece in body.piece_set])
    values = sketch.digest()
    parts = [(f"band {at}", *map(str, values[at : at + ROWS])) for at in range(0, PERMUTATIONS, ROWS)]
    parts += [("sentence", sentence) for sentence in _longest_sentences(text)]
    parts += [("title", *headline.tokens)] if headline.tokens else []
    return frozenset(_hash(" ".join(part)) for part in parts)


def _longest_sentences(text: str) -> list[str]:
    sentences = {_MARKS.sub("", sentence) for sentence in _SENTENCE.findall(_plain(text))}
    long = (sentence for sentence in sentences if len(sentence) >= SHORTEST_SENTENCE)
    return sorted(long, key=lambda sentence: (-len(sentence), sentence))[:SENTENCES]


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).digest())
