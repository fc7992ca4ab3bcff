"""Which measure of one text is which of another: by its heading and by what is written under it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from watcher.change.likeness import likeness, pieces
from watcher.change.pairing import best_pairs
from watcher.model import Extraction, Measure

# How alike headings and texts must be, each from 0 to 1, added; tried on labelled documents of one kind: a lower value
# pairs 加强人才培训 with 加强技术供给, a higher one loses 轻微违法免罚 and 包容免罚.
SAME_MEASURE: Final = 0.52
# Characters of a measure's text.
LONGEST: Final = 400


@dataclass(frozen=True, slots=True)
class _Text:
    """A measure with what is written under its heading, in pieces."""

    measure: Measure
    heading: frozenset[str]
    under: frozenset[str]


def pairs_of_measures(before: Extraction, after: Extraction) -> list[tuple[Measure, Measure]]:
    """The measures that both have, the most alike first."""
    found = best_pairs(_texts(before), _texts(after), _likeness, SAME_MEASURE)
    return [(old.measure, new.measure) for old, new in found]


def _texts(found: Extraction) -> Sequence[_Text]:
    ends = [*(one.start for one in found.measures[1:]), len(found.text)]
    return [
        _Text(one, pieces(one.heading), pieces(found.text[one.start : min(end, one.start + LONGEST)]))
        for one, end in zip(found.measures, ends, strict=False)
    ]


def _likeness(old: _Text, new: _Text) -> float:
    return likeness(old.heading, new.heading) + likeness(old.under, new.under)
