"""Why a number is not a key figure: the rules in their order, from the extraction contract's list of what does not
count.

The reasons are shown to users as they stand (`extract --explain`).
"""

from __future__ import annotations

from collections.abc import Callable

from watcher.extract.figures import codes, names, parts, times
from watcher.extract.figures.amounts import Amount
from watcher.extract.figures.context import Context
from watcher.model import FigureKind

Rule = Callable[[Context, Amount], str | None]

NAMING: tuple[Rule, ...] = (names.in_title, names.in_quotation)
# What makes an amount impossible comes first, so that the reason is the plainest one.
_ANY: tuple[Rule, ...] = (
    names.in_title,
    names.ordinal,
    names.item,
    names.no_number,
    codes.code,
    names.no_unit,
    names.restated,
)
_COUNTS: tuple[Rule, ...] = (
    names.in_quotation,
    times.frequency,
    times.page_views,
    times.score,
    names.article,
    names.ordinal_two,
    names.set_phrase,
    names.code,
    names.places,
    names.zero,
    names.sitting,
    names.district,
    names.class_name,
    names.formula,
    names.address,
    names.bare_scale,
    parts.rhetorical,
)
_TIMES: tuple[Rule, ...] = (
    names.in_quotation,
    times.date,
    times.period,
    times.frequency,
    times.service_hours,
    names.article,
    names.code,
    names.formula,
    names.bare_scale,
)
_BY_KIND: dict[FigureKind, tuple[Rule, ...]] = {
    FigureKind.COUNT: _COUNTS,
    FigureKind.DURATION: _TIMES,
    FigureKind.RATIO: (names.in_quotation, times.clock, times.frequency),
    FigureKind.MONEY: (times.frequency, names.bare_scale),
    FigureKind.QUANTITY: (times.frequency, names.article, names.bare_scale),
    FigureKind.PERCENT: (names.slogan,),
}


def reason(context: Context, amount: Amount) -> str | None:
    """The first reason why `amount` is not a figure, None where it is one."""
    found = first(_ANY, context, amount)
    if found is not None or amount.unit is None:
        return found
    return first(_BY_KIND[amount.unit.kind], context, amount)


def first(rules: tuple[Rule, ...], context: Context, amount: Amount) -> str | None:
    for rule in rules:
        found = rule(context, amount)
        if found is not None:
            return found
    return None
