"""A digest by mail that stays below the size at which mail programs cut: they would hide why it comes and its way out.

Its least important items become headlines, and where these are too many, a line says how many are left.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from watcher.importance import KINDS
from watcher.render.card import Card

if TYPE_CHECKING:
    from watcher.render.message import View

# Gmail cuts at about 102 kB (102,400 bytes of HTML), of which its own marks of a link take some.
LARGEST_BYTES: Final = 90_000


def brief(view: View, made: Callable[[View], str]) -> str:
    """What is `made` of a view, or of one with as much of it as there is room for."""
    whole = made(view)
    count = sum(len(cards) for _, cards in view.groups)
    if not count or _size(whole) <= LARGEST_BYTES:
        return whole
    headlines = _reduced(view, 0, count)
    if _size(made(headlines)) <= LARGEST_BYTES:
        return _largest(count, lambda full: made(_reduced(view, full, count)))
    return _largest(count, lambda shown: made(_reduced(view, 0, shown)))


def _largest(count: int, made: Callable[[int], str]) -> str:
    """What is made of the largest number that leaves it small enough, by bisection."""
    low, high, best = 0, count - 1, made(0)
    while low < high:
        middle = (low + high + 1) // 2
        found = made(middle)
        if _size(found) <= LARGEST_BYTES:
            low, best = middle, found
        else:
            high = middle - 1
    return best


def _reduced(view: View, full: int, shown: int) -> View:
    """The `full` most important items as they are, the next ones up to `shown` as headlines, the others counted."""
    places = [
        (_kind(card), at, group, card) for group, (_, cards) in enumerate(view.groups) for at, card in enumerate(cards)
    ]
    places.sort(key=lambda place: place[:3])
    kept = {(group, at): card if number < full else _headline(card)
            for number, (_, at, group, card) in enumerate(places[:shown])}  # fmt: skip
    groups = [
        (name, tuple(kept[group, at] for at in range(len(cards)) if (group, at) in kept))
        for group, (name, cards) in enumerate(view.groups)
    ]
    left_out = sum(_items(card) for *_, card in places[shown:])
    return replace(view, groups=tuple((name, cards) for name, cards in groups if cards), left_out=left_out)


def _items(card: Card) -> int:
    """Pages that were edited alike are one card."""
    return len(card.pages) + card.more_pages or 1


def _kind(card: Card) -> int:
    return KINDS.index(card.kind) if card.kind in KINDS else len(KINDS)


def _headline(card: Card) -> Card:
    nothing: tuple[()] = ()
    return replace(
        card, byline=nothing, changes=nothing, figures=nothing, more_figures=0, measures=nothing, more_measures=0,
        deadlines=nothing, notes=nothing, unread=nothing, pages=card.pages[:0] if card.url else card.pages,
    )  # fmt: skip


def _size(html: str) -> int:
    return len(html.encode())
