"""Two announcements side by side: which measure and which figure of the one is which of the other. Pure.

Unlike two revisions of a page (`diff`), two documents share hardly a sentence. Measures are the same by their headings
and by what is written under them; figures by what they are about, by the words around them, and by standing in
measures that are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Final, Generic, TypeVar

from watcher.change.likeness import likeness, pieces, surroundings
from watcher.change.measures import pairs_of_measures
from watcher.change.note import FIGURE_WEIGHTS, Weight
from watcher.change.pairing import SAME_MEANING, best_pairs
from watcher.change.paragraphs import plain
from watcher.change.subjects import may_be_one
from watcher.model import Extraction, Figure, FigureKind, Measure

# Of figures: the words around, the subject, and one measure.
SAME_FIGURE: Final = 0.65
BY_SUBJECT: Final = 0.6
BY_MEASURE: Final = 0.25
# Of subjects: documents of two years share fewer words than two revisions of one.
SUBJECTS_ALIKE: Final = 0.2
# Nothing grows so many times from one document to the next: it is another thing.
MOST_TIMES: Final = 50

_NUMBERS: Final = {FigureKind.PERCENT: "pt", FigureKind.RANK: "", FigureKind.RATIO: ""}

Thing = TypeVar("Thing", Measure, Figure)


class Moved(StrEnum):
    """What became of a measure or figure; `raised` and `lowered` only for levels in one unit.

    `alone`: one of two pages about one matter has it; a report that leaves a measure out has not dropped it.
    """

    SAME = "same"
    CHANGED = "changed"
    RAISED = "raised"
    LOWERED = "lowered"
    ADDED = "added"
    DROPPED = "dropped"
    ALONE = "alone"


@dataclass(frozen=True, slots=True)
class Pair(Generic[Thing]):
    """One of the first document and the same of the second; either None where there is no such.

    `by`: how much a number moved, in its unit.
    """

    before: Thing | None
    after: Thing | None
    moved: Moved
    by: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Beside:
    """In the order of the second document, what was dropped last."""

    measures: tuple[Pair[Measure], ...]
    figures: tuple[Pair[Figure], ...]


def set_beside(before: Extraction, after: Extraction, *, one_matter: bool = False) -> Beside:
    """Put two documents side by side.

    Args:
        one_matter: one of the two is about the other (a report on a document): nothing was added or dropped between
            them, and an amount that each has once is one.
    """
    measures = pairs_of_measures(before, after)
    joined = {(old.number, new.number) for old, new in measures}
    olds, news = ([_Placed.of(found.text, one) for one in distinct(found.figures)] for found in (before, after))
    same = _same_figures(olds, news, joined)
    sides = [one.figure for one in olds], [one.figure for one in news]
    if one_matter:
        same += _told_once(*sides, same)
    found = Beside(
        tuple(_all(before.measures, after.measures, measures, _measure_moved)),
        tuple(_all(*sides, same, _figure_moved)),
    )
    return _of_one_matter(found) if one_matter else found


def _told_once(
    olds: Sequence[Figure], news: Sequence[Figure], same: Iterable[tuple[Figure, Figure]]
) -> list[tuple[Figure, Figure]]:
    """The pairs of equal amounts of which each side has one that is in no pair yet, whatever they are said to be of."""
    taken = {id(one) for pair in same for one in pair}
    sides = [_by_amount(one for one in side if id(one) not in taken) for side in (olds, news)]
    return [(old[0], new[0]) for key, old in sides[0].items() if len(old) == len(new := sides[1].get(key, [])) == 1]


def _by_amount(figures: Iterable[Figure]) -> dict[object, list[Figure]]:
    found: dict[object, list[Figure]] = {}
    for one in figures:
        found.setdefault((one.kind, one.qualifier, _values(one)), []).append(one)
    return found


def _of_one_matter(found: Beside) -> Beside:
    def alone(pair: Pair[Thing]) -> Pair[Thing]:
        return pair if pair.before and pair.after else replace(pair, moved=Moved.ALONE)

    return Beside(tuple(map(alone, found.measures)), tuple(map(alone, found.figures)))


def main_figures(figures: Iterable[Figure], most: int) -> tuple[Figure, ...]:
    """Those that a reader asks for first, in the order of the text: how much and how fast, of what is named."""
    ranked = sorted(distinct(figures), key=lambda one: (-weight(one), one.start))[:most]
    return tuple(sorted(ranked, key=lambda one: one.start))


def weight(figure: Figure) -> int:
    """How early a reader asks for it."""
    terms = FIGURE_WEIGHTS.get(figure.kind, Weight.CONTENT) * 2 + 2 * (figure.kind is FigureKind.MONEY)
    return terms + (figure.previous is not None) + (figure.subject is not None) + (figure.measure is not None)


def distinct(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """A figure that is said again of the same thing counts once."""
    return tuple({(one.subject, one.quote): one for one in reversed(tuple(figures))}.values())[::-1]


def by(pair: Pair[Figure]) -> str:
    """How much a figure moved, for a reader: +67%, and +5 pt of a percentage."""
    if pair.by is None or pair.before is None:
        return ""
    kind, base = pair.before.kind, pair.before.high
    if kind in _NUMBERS or not base:
        return f"{pair.by:+f} {_NUMBERS.get(kind, '')}".strip()
    return f"{(pair.by / base * 100).quantize(Decimal(1)):+f}%"


def _all(
    olds: Sequence[Thing],
    news: Sequence[Thing],
    pairs: Iterable[tuple[Thing, Thing]],
    moved: Callable[[Thing, Thing], tuple[Moved, Decimal | None]],
) -> Iterator[Pair[Thing]]:
    """Everything of both, in the order of the second; what only the first has comes last."""
    by_new = {id(new): old for old, new in pairs}
    for new in news:
        old = by_new.get(id(new))
        yield Pair(None, new, Moved.ADDED) if old is None else Pair(old, new, *moved(old, new))
    gone = {id(old) for old in by_new.values()}
    yield from (Pair(old, None, Moved.DROPPED) for old in olds if id(old) not in gone)


# --- measures ------------------------------------------------------------------------------------------------------


def _measure_moved(old: Measure, new: Measure) -> tuple[Moved, None]:
    return (Moved.SAME if plain(old.heading) == plain(new.heading) else Moved.CHANGED), None


# --- figures -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Placed:
    figure: Figure
    subject: frozenset[str]
    around: frozenset[str]

    @classmethod
    def of(cls, text: str, figure: Figure) -> _Placed:
        return cls(figure, pieces(figure.subject or ""), surroundings(text, figure.start, figure.end))


def _same_figures(
    olds: Sequence[_Placed], news: Sequence[_Placed], joined: set[tuple[int, int]]
) -> list[tuple[Figure, Figure]]:
    """The figures that both have: first those of one subject, then those whose subjects may be one in other words."""

    def of_one_subject(old: _Placed, new: _Placed) -> float:
        named = old.figure.subject is not None and old.figure.subject == new.figure.subject
        return _figure_likeness(old, new, joined) if named else 0.0

    pairs = best_pairs(olds, news, of_one_subject, SAME_FIGURE)
    taken = {id(one) for pair in pairs for one in pair}
    olds, news = ([one for one in side if id(one) not in taken] for side in (olds, news))
    pairs += best_pairs(olds, news, lambda old, new: _figure_likeness(old, new, joined), SAME_FIGURE)
    return [(old.figure, new.figure) for old, new in pairs]


def _figure_likeness(old: _Placed, new: _Placed, joined: set[tuple[int, int]]) -> float:
    if not _comparable(old.figure, new.figure):
        return 0.0
    if not may_be_one(old.figure.subject, new.figure.subject, SUBJECTS_ALIKE):
        return 0.0
    subject = likeness(old.subject, new.subject) if old.subject and new.subject else 0.0
    together = (old.figure.measure, new.figure.measure) in joined
    score = likeness(old.around, new.around) + BY_SUBJECT * subject + BY_MEASURE * together
    return score + SAME_MEANING * (_values(old.figure) == _values(new.figure))


def _comparable(old: Figure, new: Figure) -> bool:
    """Whether one may be the other's new value: of one kind, and a level no amount of change (缩短60%)."""
    if old.kind is not new.kind or _is_change(old) != _is_change(new):
        return False
    if old.unit != new.unit:
        return old.kind is FigureKind.DURATION
    small, large = sorted((abs(old.high), abs(new.high)))
    return small == large or large <= MOST_TIMES * small


def _is_change(figure: Figure) -> bool:
    return figure.change is not None and figure.previous is None


def _figure_moved(old: Figure, new: Figure) -> tuple[Moved, Decimal | None]:
    if _values(old) == _values(new):
        return (Moved.SAME if old.qualifier is new.qualifier else Moved.CHANGED), None
    if old.unit != new.unit:
        return Moved.CHANGED, None
    by = new.high - old.high or new.low - old.low
    return (Moved.RAISED if by > 0 else Moved.LOWERED), by


def _values(figure: Figure) -> tuple[Decimal, Decimal, str]:
    return figure.low, figure.high, figure.unit
