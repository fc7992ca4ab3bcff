"""What may stand behind a number and make it an amount: money, per cent, times, physical units, classifiers.

The words themselves are in `unit_tables`; here is how they are looked up.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from watcher.extract.figures import unit_tables as tables
from watcher.extract.figures.unit_tables import ONE
from watcher.model import FigureKind


@dataclass(frozen=True, slots=True)
class Unit:
    """`name` is what the contract prints; the number is multiplied by `factor` to be in it."""

    kind: FigureKind
    name: str
    factor: Decimal = ONE


def _table() -> dict[str, Unit]:
    units = {name: Unit(FigureKind.COUNT, name) for name in tables.CLASSIFIERS.split()}
    units |= {name: Unit(FigureKind.QUANTITY, name) for name in tables.PHYSICAL.split()}
    units |= {name: Unit(FigureKind.MONEY, code) for name, code in tables.CURRENCIES.items()}
    units |= {name: Unit(FigureKind.PERCENT, "%", factor) for name, factor in tables.PERCENT.items()}
    units |= {name: Unit(FigureKind.RATIO, "1", factor) for name, factor in tables.RATIOS.items()}
    units |= {words: Unit(FigureKind.COUNT, name) for words, name in tables.RENAMED.items()}
    for code, names in tables.DURATIONS.items():
        units |= {name: Unit(FigureKind.DURATION, code) for name in names.split()}
    return units


UNITS = _table()
_LENGTHS: dict[str, tuple[int, ...]] = {
    first: tuple(sorted({len(name) for name in UNITS if name[0] == first}, reverse=True))
    for first in {n[0] for n in UNITS}
}

_BLANKS = " \u3000\t\xa0"


def after_blanks(text: str, place: int) -> int:
    """The next place that holds no blank; at most two are skipped, as typesetting leaves them between number and
    unit."""
    for _ in range(2):
        if place < len(text) and text[place] in _BLANKS:
            place += 1
    return place


def unit_at(text: str, place: int) -> tuple[Unit, str, int] | None:
    """The longest unit written at `place`: what it means, its words, its end. 度 counts only as 度电."""
    place = after_blanks(text, place)
    first = text[place : place + 1]
    for length in _LENGTHS.get(first, ()):
        name = text[place : place + length]
        unit = UNITS.get(name)
        if unit is not None and _stands_alone(text, name, place + len(name)):
            return unit, name, place + len(name)
    return None


def _stands_alone(text: str, name: str, end: int) -> bool:
    following = text[end : end + 1]
    if name == "度":
        return following == "电"
    if name[-1].isascii() and name[-1].isalnum():
        return not (following.isascii() and following.isalnum())
    return not following or following not in tables.OTHER_WORD.get(name, "")
