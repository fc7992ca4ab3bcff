"""Whether a list holds far fewer entries than usual: part of it is no longer found, or no longer there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from watcher.clocks import CHINA
from watcher.counted import counted
from watcher.health.level import after_reading, usual
from watcher.health.states import Sign
from watcher.model import Link
from watcher.records.problem import Problem
from watcher.records.sources import SourceState
from watcher.records.usual import Level

# A list of five may well have two entries next month.
SMALL: Final = 6
# Between a list from which a few were taken down and one of which a script or a box holds the rest now. Lists have a
# page's worth of entries (15, 20); what a changed layout leaves of them is a box of "latest" or a few pinned ones.
FAR_FEWER: Final = 1 / 3


def collapsed(level: Level, entries: int) -> bool:
    known = usual(level)
    return known is not None and known >= SMALL and entries < known * FAR_FEWER


def is_collapse(level: Level, links: Sequence[Link], now: datetime) -> bool:
    """Whether a list lost most of its entries, other than by the turn of the year."""
    return collapsed(level, len(links)) and not is_new_year(links, now)


def after_listing(level: Level, entries: int, now: datetime, *, fresh_year: bool = False) -> tuple[Level, Sign | None]:
    """The level after a list of `entries`, and the sign that it is far shorter than usual.

    Args:
        fresh_year: a list that shrank is that of the year that began; its size starts anew.
    """
    known = usual(level)
    if fresh_year and collapsed(level, entries):
        return Level((entries,)), None
    fresh = after_reading(level, entries, now, off=collapsed(level, entries))
    if known is None or not fresh.off:
        return fresh, None
    told = counted(entries, "entry", "entries")
    message = f"the list has {told}, usually {known:.0f}: part of it may not be found any more"
    hint = "compare `watcher sources test` with the page; name the list by `listing: {css: {item: …}}` if it is wrong"
    facts = (("entries", f"{entries}"), ("usual", f"{known:.0f}"))
    return fresh, Sign(SourceState.LAYOUT_CHANGED, Problem("fewer_entries", message, hint, facts))


def is_new_year(links: Sequence[Link], now: datetime) -> bool:
    """Whether a list is one of the year that began: columns by year start anew each January.

    Until the end of February, since little is published before Spring Festival.
    """
    today = now + CHINA
    return today.month <= 2 and all(link.published is not None and link.published.year == today.year for link in links)
