"""How the tables of these tests are written: one line a figure, so that a reader sees the expectation at a glance.

    "由30天缩短到10天 duration 10 day decrease <30 day"

quote, kind, value (low..high), unit, then in any order a qualifier, a direction and `<` the earlier value. A blank in
a quote is `_`.
"""

from __future__ import annotations

from decimal import Decimal

from watcher.extract.figures import find_figures
from watcher.model import Direction, Figure, FigureKind, Qualifier, Value

Facts = tuple[str, FigureKind, Decimal, Decimal, str, Qualifier, Direction | None, Value | None]


def expected(line: str) -> Facts:
    line, _, earlier = line.partition(" <")
    quote, kind, value, unit, *rest = line.split()
    low, high = _ends(value)
    qualifiers = [Qualifier(word) for word in rest if word in set(Qualifier)]
    changes = [Direction(word) for word in rest if word in set(Direction)]
    previous = Value(*_ends(earlier.split()[0]), earlier.split()[1]) if earlier else None
    qualifier = qualifiers[0] if qualifiers else Qualifier.EXACT
    change = changes[0] if changes else None
    return quote.replace("_", " "), FigureKind(kind), low, high, unit, qualifier, change, previous


def _ends(value: str) -> tuple[Decimal, Decimal]:
    low, _, high = value.partition("..")
    return Decimal(low), Decimal(high or low)


def facts(figure: Figure) -> Facts:
    return (
        figure.quote,
        figure.kind,
        figure.low,
        figure.high,
        figure.unit,
        figure.qualifier,
        figure.change,
        figure.previous,
    )


def found(text: str) -> list[Facts]:
    return [facts(figure) for figure in find_figures(text).figures]
