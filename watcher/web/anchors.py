"""Addresses of places on an announcement's page, which shows a long text in parts and not all figures. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from watcher.model import Extraction, Figure
from watcher.web import marking

MOST_FIGURES: Final = 60  # rows of the table, unless all are asked for


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses of places in a text and of rows beside it, from the view that shows part `part` of it.

    `revision`: a parameter, "" for the current one; `everything`: every figure has its row.
    """

    found: Extraction
    bounds: Sequence[tuple[int, int]]
    part: int
    revision: str
    everything: bool

    @property
    def rows(self) -> int:
        """How many figures have a row."""
        return len(self.found.figures) if self.everything else min(MOST_FIGURES, len(self.found.figures))

    def to(self, kind: str, number: int, place: int) -> str:
        """The mark of what stands at `place` of the text."""
        there = marking.part_of(place, self.bounds)
        return f"{'' if there == self.part else self.of_part(there)}#{kind}-{number}"

    def row(self, kind: str, number: int) -> str:
        """The row of what is marked in the text: it may stand only where all figures are."""
        shown = kind != "figure" or number <= self.rows
        return f"{'' if shown else self.all_figures}#{kind}-row-{number}"

    def measure_of(self, figure: Figure) -> str | None:
        """The heading of the measure that a figure is of; None where none has its number.

        Numbers begin anew in every file: of several headings the last one before the figure is meant.
        """
        numbered = enumerate(self.found.measures, 1)
        alike = [(place, one) for place, one in numbered if one.number == figure.measure]
        before = [(place, one) for place, one in alike if one.start <= figure.start]
        meant = before[-1:] or alike[:1]
        return next((self.to("measure", place, one.start) for place, one in meant), None)

    def of_part(self, number: int) -> str:
        return self._view(number, self.everything)

    @property
    def all_figures(self) -> str:
        """This part of the text, beside all figures."""
        return self._view(self.part, everything=True)

    def _view(self, part: int, everything: bool) -> str:
        one_part = len(self.bounds) == 1
        asked = (self.revision, "" if one_part else f"part={part}", "figures=all" if everything else "")
        return f"?{'&'.join(filter(None, asked))}"


def figure_address(number: int, announcement: int, found: Extraction) -> str:
    """The mark of figure `number` of an announcement, from another page."""
    bounds = marking.parts(found.text)
    part = marking.part_of(found.figures[number - 1].start, bounds)
    return f"/announcements/{announcement}{f'?part={part}' if part > 1 else ''}#figure-{number}"
