"""Why a number is not a key figure: the rules in their order, from the extraction contract's list of what does not
count.

The reasons are shown to users as they stand (`extract --explain`).
"""

from __future__ import annotations

from collections.abc import Callable

from watcher.extract.figures import names, parts, times
from watcher.extract.figures.amounts import Amount
from watcher.extract.figures.context import Context

Rule = Callable[[Context, Amount], str | None]

NAMING: tuple[Rule, ...] = (names.in_title, names.in_quotation)
# What makes an amount impossible comes first, so that the reason is the plainest one.
RULES: tuple[Rule, ...] = (
    names.in_title,
    names.ordinal,
    names.item,
    names.no_number,
    names.no_unit,
    names.in_quotation,
    times.date,
    times.period,
    times.frequency,
    times.clock,
    times.service_hours,
    times.page_views,
    names.article,
    names.ordinal_two,
    names.set_phrase,
    names.code,
    names.places,
    names.zero,
    names.sitting,
    parts.rhetorical,
    names.bare_scale,
    names.class_name,
    names.formula,
)


def reason(context: Context, amount: Amount, rules: tuple[Rule, ...] = RULES) -> str | None:
    """The first reason why `amount` is not a figure, None where it is one."""
    return next((found for rule in rules if (found := rule(context, amount)) is not None), None)
