"""The way of a text through the grammar, one stage after the other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from watcher.extract.figures.amounts import MOST, Amount, scan
from watcher.extract.figures.changes import join_changes
from watcher.extract.figures.context import Context
from watcher.extract.figures.drafts import Draft, draft
from watcher.extract.figures.groups import join_ranges, share_units, share_with_ends
from watcher.extract.figures.heads import Rows
from watcher.extract.figures.implied import with_money
from watcher.extract.figures.qualifiers import Bound, bound
from watcher.extract.figures.ranks import rank
from watcher.extract.figures.rejects import NAMING, first, reason
from watcher.extract.figures.subjects import subjects
from watcher.extract.figures.zones import Zones
from watcher.model import Figure, Rejected
from watcher.rows import BORDER


@dataclass(frozen=True, slots=True)
class FigureScan:
    """The figures and the rejected numbers of one text, each in order of appearance; no span lies in another."""

    figures: tuple[Figure, ...]
    rejected: tuple[Rejected, ...]


def find_figures(text: str) -> FigureScan:
    """Every key figure of a cleaned text; `measure` is left to the caller, who knows the outline. Never raises."""
    rows = Rows(text)
    text = text.replace(BORDER, "\n")  # a cell is a paragraph of its own: no number takes its unit from the next one
    context = Context(text, Zones(text))
    numbers = scan(text)
    unread = numbers.pop() if len(numbers) == MOST else None
    amounts = _grouped(context, numbers)
    bounded: list[tuple[Amount, Bound]] = []
    rejected: list[Rejected] = []
    lower = 0
    for amount in amounts:
        ranked = rank(text, amount)
        why = first(NAMING, context, amount) if ranked else reason(context, amount)
        if why is not None:
            rejected.append(Rejected(text[amount.start : amount.end], amount.start, amount.end, why))
        elif ranked is not None:
            bounded.append(ranked)
        else:
            bounded.append((amount, bound(text, amount, lower)))
        lower = bounded[-1][1].end if why is None else amount.end
    drafts = [made for pair in bounded if (made := draft(*pair)) is not None]
    joined = join_changes(text, drafts)
    figures = (
        _figure(text, draft, subject) for draft, subject in zip(joined, subjects(text, joined, rows), strict=True)
    )
    if unread is not None:
        rejected.append(_unread(text, unread))
    return FigureScan(tuple(figures), tuple(rejected))


def _unread(text: str, amount: Amount) -> Rejected:
    return Rejected(text[amount.start : amount.end], amount.start, amount.end, "数字太多，其后的不再读取")


def _grouped(context: Context, numbers: list[Amount]) -> list[Amount]:
    text = context.text
    priced = [with_money(text, amount) for amount in numbers]
    ranged = join_ranges(text, priced, context.stands_alone)
    ranged = share_with_ends(text, ranged, context.stands_alone)
    return share_units(text, ranged, context.stands_alone)


def _figure(text: str, draft: Draft, subject: str | None) -> Figure:
    return Figure(
        quote=text[draft.bound.start : draft.bound.end],
        start=draft.bound.start,
        end=draft.bound.end,
        kind=draft.kind,
        low=_plain(draft.value.low),
        high=_plain(draft.value.high),
        unit=draft.value.unit,
        qualifier=draft.bound.qualifier,
        change=draft.change,
        previous=draft.previous
        and replace(draft.previous, low=_plain(draft.previous.low), high=_plain(draft.previous.high)),
        subject=subject,
    )


def _plain(value: Decimal) -> Decimal:
    """5.0 as 5, without an exponent."""
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()
