"""A figure in the making: an amount with its bounds, and what is found out about it stage by stage."""

from __future__ import annotations

from dataclasses import dataclass

from watcher.extract.figures.amounts import Amount
from watcher.extract.figures.qualifiers import Bound
from watcher.model import Direction, FigureKind, Value


@dataclass(frozen=True, slots=True)
class Draft:
    """`value` is what the amount measures, `bound` the span that is quoted."""

    amount: Amount
    kind: FigureKind
    value: Value
    bound: Bound
    change: Direction | None = None
    previous: Value | None = None
    subject: str | None = None


def draft(amount: Amount, bound: Bound) -> Draft | None:
    """The draft of an amount, None where it has no number or no unit."""
    if amount.low is None or amount.high is None or amount.unit is None:
        return None
    return Draft(amount, amount.unit.kind, Value(amount.low, amount.high, amount.unit.name), bound)
