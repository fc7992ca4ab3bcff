"""Announcements that were edited in the same way, on one card: what changed in each of them, and which they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from watcher.render.card import Card, Listed
from watcher.render.wording import Wording

MOST_PAGES: Final = 50


def alike(cards: Sequence[Card], words: Wording) -> Card:
    """One card for announcements that were edited in the same way."""
    pages = tuple(Listed(card.headline, card.url) for card in cards)
    changes = tuple(replace(change, quote="") for change in cards[0].changes)
    return replace(
        cards[0],
        headline=words.alike.format(n=len(cards)),
        byline=(),
        changes=changes,
        figures=(),
        more_figures=0,
        measures=(),
        more_measures=0,
        deadlines=(),
        notes=(),
        unread=(),
        url=None,
        item_url=None,
        pages=pages[:MOST_PAGES],
        more_pages=len(pages[MOST_PAGES:]),
    )


def merged(cards: Sequence[Card], words: Wording) -> Iterator[Card]:
    """The cards of a group; what was edited in the same way is one, where the first of it stood."""
    same: dict[object, list[Card]] = {}
    for index, card in enumerate(cards):
        same.setdefault((card.kind, tuple(change.text for change in card.changes) or index), []).append(card)
    return (found[0] if len(found) == 1 else alike(found, words) for found in same.values())
