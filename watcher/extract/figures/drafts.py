"""A figure in the making: an amount with its bounds, and what is found out about it stage by stage."""

from __future__ import annotations

import re
from dataclasses import dataclass

from watcher.extract.figures.amounts import Amount
from watcher.extract.figures.qualifiers import Bound
from watcher.model import Direction, FigureKind, Value

_LONGEST_LIST = 12  # more than any list that 分别 was seen to hand out; keeps the cost linear
_JOINT = re.compile(r"[ ]?(?:[、/]|和|及|与|或)?[ ]?")


@dataclass(frozen=True, slots=True)
class Draft:
    """`value` is what the amount measures, `bound` the span that is quoted."""

    amount: Amount
    kind: FigureKind
    value: Value
    bound: Bound
    change: Direction | None = None
    previous: Value | None = None


def draft(amount: Amount, bound: Bound) -> Draft | None:
    """The draft of an amount, None where it has no number or no unit."""
    if amount.low is None or amount.high is None or amount.unit is None:
        return None
    return Draft(amount, amount.unit.kind, Value(amount.low, amount.high, amount.unit.name), bound)


def side_by_side(text: str, drafts: list[Draft], index: int) -> int:
    """How many figures of one kind stand next to each other from `index` on: 5个、3个、1个工作日 are three."""
    size = 1
    while size < _LONGEST_LIST and index + size < len(drafts):
        one, other = drafts[index + size - 1], drafts[index + size]
        if one.kind is not other.kind or not _JOINT.fullmatch(text, one.bound.end, other.bound.start):
            break
        size += 1
    return size
