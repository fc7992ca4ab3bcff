"""The way of a text through the grammar, one stage after the other."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from watcher.extract.figures import rejects
from watcher.extract.figures.amounts import Amount, scan
from watcher.extract.figures.changes import Draft, join_changes
from watcher.extract.figures.groups import join_ranges, share_bounds, share_units
from watcher.extract.figures.qualifiers import Bound, bound
from watcher.extract.figures.ranks import rank
from watcher.extract.figures.subjects import with_subjects
from watcher.extract.figures.zones import Zones
from watcher.model import Figure, Rejected


@dataclass(frozen=True, slots=True)
class FigureScan:
    """The figures and the rejected numbers of one text, each in order of appearance; no span lies in another."""

    figures: tuple[Figure, ...]
    rejected: tuple[Rejected, ...]


def find_figures(text: str) -> FigureScan:
    """Every key figure of a cleaned text; `measure` is left to the caller, who knows the outline. Never raises."""
    context = rejects.Context(text, Zones(text))
    amounts = _grouped(context)
    bounded: list[tuple[Amount, Bound]] = []
    rejected: list[Rejected] = []
    lower = 0
    for amount in amounts:
        ranked = rank(text, amount)
        reason = rejects.in_name(context, amount) if ranked else rejects.reason(context, amount)
        if reason is not None:
            rejected.append(Rejected(text[amount.start : amount.end], amount.start, amount.end, reason))
        elif ranked is not None:
            bounded.append(ranked)
        else:
            bounded.append((amount, bound(text, amount, lower)))
        lower = bounded[-1][1].end if reason is None else amount.end
    drafts = [Draft(*pair) for pair in share_bounds(text, bounded)]
    finished = with_subjects(text, join_changes(text, drafts))
    return FigureScan(tuple(_figure(text, draft) for draft in finished), tuple(rejected))


def _grouped(context: rejects.Context) -> list[Amount]:
    def alone(amount: Amount) -> bool:
        return rejects.stands_alone(context, amount)

    text = context.text
    return share_units(text, join_ranges(text, scan(text), alone), alone)


def _figure(text: str, draft: Draft) -> Figure:
    amount, span = draft.amount, draft.bound
    assert amount.low is not None and amount.high is not None and amount.unit is not None
    return Figure(
        quote=text[span.start : span.end],
        start=span.start,
        end=span.end,
        kind=amount.unit.kind,
        low=_plain(amount.low),
        high=_plain(amount.high),
        unit=amount.unit.name,
        qualifier=span.qualifier,
        change=draft.change,
        previous=draft.previous,
        subject=draft.subject,
    )


def _plain(value: Decimal) -> Decimal:
    """5.0 as 5, without an exponent."""
    return value.to_integral_value() if value == value.to_integral_value() else value.normalize()
