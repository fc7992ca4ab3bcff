"""A text as a page shows it: paragraphs in pieces, and marks round what was found, each with its anchor. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from watcher.model import Extraction

LONGEST_PART: Final = 12_000  # characters of a text on one page


@dataclass(frozen=True, slots=True)
class Span:
    """`text[start:end]` is `kind` (figure, deadline, measure), number `number` of them from 1."""

    start: int
    end: int
    kind: str
    number: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A span and what is in it: text, and marks within; `within`: inside a mark that links."""

    span: Span
    pieces: tuple[str | Mark, ...]
    within: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    pieces: tuple[str | Mark, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a text, number `number` of `count` from 1."""

    number: int
    count: int
    paragraphs: tuple[Paragraph, ...]


def spans(found: Extraction) -> list[Span]:
    """Where figures, deadlines and measures stand in the text."""
    marked = [Span(one.start, one.end, "figure", number) for number, one in enumerate(found.figures, 1)]
    marked += [Span(one.start, one.end, "deadline", number) for number, one in enumerate(found.deadlines, 1)]
    return marked + [Span(one.start, one.end, "measure", number) for number, one in enumerate(found.measures, 1)]


def parts(text: str, longest: int = LONGEST_PART) -> tuple[tuple[int, int], ...]:
    """[start, end) of the parts in which a long text is shown; they end with paragraphs, where these are not longer."""
    found, start = [], 0
    while len(text) - start > longest:
        end = text.rfind("\n", start + 1, start + longest) + 1
        end = end if end > start else start + longest
        found.append((start, end))
        start = end
    return (*found, (start, len(text)))


def part_of(place: int, bounds: Sequence[tuple[int, int]]) -> int:
    """The number of the part that a place is in, from 1."""
    return next((number for number, (_, end) in enumerate(bounds, 1) if place < end), len(bounds))


def part(text: str, marks: Iterable[Span], number: int) -> Part:
    """Part `number` of a text, with its marks."""
    bounds = parts(text)
    start, end = bounds[number - 1]
    inside = sorted((_cut(one, end) for one in marks if start <= one.start < min(one.end, end)), key=_order)
    return Part(number, len(bounds), tuple(_paragraphs(text, start, end, inside)))


def _order(span: Span) -> tuple[int, int]:
    """By place; of those at one place the longest first, so that it holds the others."""
    return span.start, -span.end


def _cut(span: Span, end: int) -> Span:
    """What of a span lies before `end`: there it is marked, so that its anchor is never missing."""
    return span if span.end <= end else replace(span, end=end)


def _paragraphs(text: str, start: int, end: int, marks: Sequence[Span]) -> Iterator[Paragraph]:
    at = 0
    for line in text[start:end].split("\n"):
        stop = start + len(line)
        mine = []
        while at < len(marks) and marks[at].start < stop:
            if marks[at].end > start:  # none begins with a line break, but who knows
                mine.append(replace(_cut(marks[at], stop), start=max(marks[at].start, start)))
            at += 1
        if line.strip():
            yield Paragraph(_pieces(text, start, stop, mine, within=False))
        start = stop + 1


def _pieces(text: str, start: int, end: int, marks: Sequence[Span], *, within: bool) -> tuple[str | Mark, ...]:
    """The pieces of `text[start:end]`; a mark that begins inside another ends there, too."""
    made: list[str | Mark] = []
    at = 0
    while at < len(marks):
        outer = marks[at]
        inner = []
        at += 1
        while at < len(marks) and marks[at].start < outer.end:
            inner.append(_cut(marks[at], outer.end))
            at += 1
        if outer.start > start:
            made.append(text[start : outer.start])
        links = outer.kind != "measure"
        inside = _pieces(text, outer.start, outer.end, inner, within=within or links)
        made.append(Mark(outer, inside, within))
        start = outer.end
    if start < end:
        made.append(text[start:end])
    return tuple(made)


def snippet(text: str, marks: Iterable[tuple[int, int]]) -> tuple[tuple[str, bool], ...]:
    """`text` in pieces: those that a query found (True) and the rest."""
    made, at = [], 0
    for start, end in marks:
        if start >= at:
            made += [(text[at:start], False), (text[start:end], True)]
            at = end
    return tuple((piece, found) for piece, found in (*made, (text[at:], False)) if piece)
