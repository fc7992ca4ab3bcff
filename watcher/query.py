"""What a search asks for, and where a text has it. Pure.

A query is words, all of which must stand in an announcement; "…" keeps words with blanks together. There are no
operators: whatever else is written is looked for as it stands. Case, full width, the shapes of brackets, quotes and
dashes, and traditional characters make no difference. A number is found whole only (20条 is not in 120条), a Latin word
from its beginning (VOC is in VOCs), Chinese anywhere.

The index (`grams`) only narrows down: it may name a text that does not have the words. `find` decides, and in the same
step gives the places to mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from watcher.model import Extraction

LONGEST: Final = 200  # characters of a query; what is longer was pasted by mistake
MOST_WORDS: Final = 16
MOST_SPANS: Final = 30  # of one word in one field: enough to find a good place to show
SEARCHED: Final = ("title", "document_title", "document_number", "issuer", "text")
_BREAK: Final = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
WINDOW: Final = 60  # characters in which a snippet wants as many of the words as it can get
BEFORE: Final = 16  # characters of context in front of the first hit of a snippet …
AFTER: Final = 30  # … and behind its last

# Each stands for one character, so that places in the folded text are places in the text.
_FOLD: Final = {
    **{wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)},
    **dict.fromkeys(map(ord, "〔【［〈《（"), "("),
    **dict.fromkeys(map(ord, "〕】］〉》）"), ")"),
    **dict.fromkeys(map(ord, "“”„‟「」『』"), '"'),
    **dict.fromkeys(map(ord, "‐‑–—―－~～〜"), "-"),
    ord("\u3000"): " ",
    ord("∶"): ":",
    ord("["): "(",
    ord("]"): ")",
    ord("İ"): "i",  # the only character whose small form is two
}
_UNIT: Final = re.compile(r"[a-z]+|[0-9]+(?:\.[0-9]+)*|[^\W_]")
_RUN: Final = re.compile(r"[^\W_]+(?:(?<=[0-9])\.[0-9][^\W_]*)*")
_LATIN: Final = re.compile(r"[a-z0-9]")
_WORD: Final = re.compile(r'"([^"]*)"?|([^\s"]+)')
# What may end a word that is not in quotes; other signs round it are not meant: 《若干措施》, 环评*, 环评？
_MEANT: Final = "%‰℃+#"


Span = tuple[int, int]  # [start, end)


@dataclass(frozen=True, slots=True)
class Gram:
    """A term of the index; `prefix`: any term that begins like it."""

    text: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """What must stand in the text, in one of its spellings: as written, or in simplified characters."""

    spellings: tuple[str, ...]

    @property
    def pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(map(_pattern, self.spellings)))


@dataclass(frozen=True, slots=True)
class Query:
    """Words of which a text must have all."""

    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """Where an announcement has the words of a query: a piece of the field that shows them.

    `start` is the place of `snippet` in the field, whose line breaks are blanks in it; `marks` are the words' places in
    the snippet, `title_marks` those in the title.
    """

    field: str  # a name of the contract: text, title, document_title, document_number, issuer
    start: int
    snippet: str
    marks: tuple[Span, ...]
    title_marks: tuple[Span, ...] = ()


def parse_query(text: str) -> Query:
    """Read what a person typed.

    Raises:
        ValueError: there is nothing to look for, or far too much.
    """
    if len(text) > LONGEST:
        raise ValueError(f"expected at most {LONGEST} characters")
    words = dict.fromkeys(Word(_spellings(word)) for word in _written(folded(text)) if _UNIT.search(word))
    if not words:
        raise ValueError("expected a word: a letter, a digit or a Chinese character")
    if len(words) > MOST_WORDS:
        raise ValueError(f"expected at most {MOST_WORDS} words")
    return Query(tuple(words))


def folded(text: str) -> str:
    """`text` in the form in which it is compared, of the same length."""
    return text.translate(_FOLD).lower()


def terms_of(extraction: Extraction, hint: str | None = None) -> frozenset[str]:
    """All terms under which the index has an announcement: what it says, and what it is.

    Args:
        hint: the code of the region that it is held to be of where it names none.
    """
    region = extraction.region.code if extraction.region else hint
    return grams(fields_of(extraction)) | tags(extraction.verdict.type, region)


def tags(kind: str, region_code: str | None) -> frozenset[str]:
    """Terms that no text has, by which filters are asked together with words."""
    return frozenset((tag(kind), *(tag(region_code[:length]) for length in (2, 4, 6) if region_code)))


def tag(value: str) -> str:
    """The term of a type, or of the first digits of a region's code."""
    return f"_{value}"


def grams(fields: Mapping[str, str]) -> frozenset[str]:
    """The terms of what a document says: its units, and pairs of those that stand side by side."""
    found = set()
    for text in fields.values():
        for run in _runs(folded(text)):
            found.update(run)
            found.update(map("".join, pairwise(run)))
    return frozenset(found)


def grams_of(spelling: str) -> tuple[Gram, ...]:
    """The terms that a document must have for this spelling to stand in it."""
    runs = list(_runs(spelling))
    asked: dict[str, None] = {}
    for run in runs:
        asked.update(dict.fromkeys(map("".join, pairwise(run)) if len(run) > 1 else run))
    last = "".join(runs[-1][-2:])
    open_end = "a" <= spelling[-1] <= "z"
    return tuple(Gram(text, prefix=open_end and text == last) for text in asked)


def fields_of(extraction: Extraction) -> dict[str, str]:
    """What of an announcement is searched, by the names of the contract."""
    return {name: text for name in SEARCHED if (text := getattr(extraction, name))}


def find(query: Query, fields: Mapping[str, str]) -> Hit | None:
    """Where `fields` have all words of the query; None where a word is missing.

    The text is shown before the other fields, and of it the place with the most words that the title does not have.
    """
    compared = {name: folded(text) for name, text in fields.items()}
    spans: dict[str, list[_Found]] = {name: [] for name in fields}
    for number, word in enumerate(query.words):
        pattern, found = word.pattern, False
        for name, text in compared.items():
            here = [_Found(*span, number) for span in _spans(pattern, text)]
            spans[name] += here
            found = found or bool(here)
        if not found:
            return None
    field = "text" if spans.get("text") else next(name for name in fields if spans[name])
    return _hit(field, fields[field], sorted(spans[field]), sorted(spans.get("title", ())))


@dataclass(frozen=True, slots=True, order=True)
class _Found:
    """Word number `word` of the query at [start, end)."""

    start: int
    end: int
    word: int


def _spans(pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    for number, found in enumerate(pattern.finditer(text)):
        if number == MOST_SPANS:
            break
        yield found.span()


def _hit(field: str, text: str, found: list[_Found], title: list[_Found]) -> Hit:
    told = {one.word for one in title}

    def news(group: list[_Found]) -> tuple[int, int]:
        """How many words a place shows that the title does not, and how many in all."""
        words = {one.word for one in group}
        return len(words - told), len(words)

    near = max((_near(found, one) for one in found), key=news)
    first, last = near[0].start, max(one.end for one in near)
    start = max(text.rfind("\n", 0, first) + 1, first - BEFORE)
    line_end = text.find("\n", last)
    end = min(line_end if line_end >= 0 else len(text), last + AFTER)
    marks = tuple((one.start - start, one.end - start) for one in found if start <= one.start and one.end <= end)
    snippet = _BREAK.sub(" ", text[start:end])  # of the same length: the marks hold
    return Hit(field, start, snippet, marks, tuple((one.start, one.end) for one in title))


def _near(found: list[_Found], first: _Found) -> list[_Found]:
    """What is found from `first` on within one window; the first alone may be longer."""
    return [one for one in found if one == first or first.start <= one.start < one.end <= first.start + WINDOW]


def _written(text: str) -> Iterator[str]:
    for quoted, bare in _WORD.findall(text):
        yield " ".join(quoted.split()) or bare.strip("".join({char for char in bare if not _is_meant(char)}))


def _is_meant(char: str) -> bool:
    return char.isalnum() or char in _MEANT


def _spellings(word: str) -> tuple[str, ...]:
    try:
        word.encode("gb2312")
    except UnicodeEncodeError:  # characters that simplified writing does not have
        from watcher.read.traditional import simplified

        return tuple(dict.fromkeys((word, simplified(word))))
    return (word,)


def _runs(text: str) -> Iterator[list[str]]:
    """The units of a folded text, in runs that nothing interrupts: 环 综 合 | 2024 | 62 号."""
    for run in _RUN.findall(text):
        yield _UNIT.findall(run) if _LATIN.search(run) else list(run)


def _pattern(spelling: str) -> str:
    first, last = spelling[0], spelling[-1]
    before = r"(?<![a-z])" if "a" <= first <= "z" else r"(?<![0-9])(?<![0-9]\.)" if "0" <= first <= "9" else ""
    after = r"(?![0-9])(?!\.[0-9])" if "0" <= last <= "9" else ""
    return before + r"\s+".join(map(re.escape, spelling.split())) + after
