"""Whether a source has been without a new entry for much longer than its own rhythm.

The rhythm is that in which watcher's own passes first saw new entries; dates in a list are what a site says.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from watcher.clocks import china_day
from watcher.counted import counted
from watcher.health.states import Sign
from watcher.records.problem import Problem
from watcher.records.sources import SourceState
from watcher.records.usual import Rhythm

# Pauses before there is a rhythm.
PAUSES: Final = 5
# The least silence that is one. The longest holidays of the State Council's yearly notice are Spring Festival with
# 9 days (2026) and National Day with Mid-Autumn with 8 (2025); with slow days before and after, eleven or twelve days
# without news are ordinary for a daily column. It also keeps a source's first 14 days free of `silent`.
LEAST: Final = timedelta(days=14)
# Of the longest pause of late: a monthly column may skip a month.
MUCH_LONGER: Final = 3
# What is left of the longest pause with each new day of entries: a third after 36 of them. So a holiday, or a summer,
# counts for the weeks after it, not for ever.
FADE: Final = 0.97


def after_entries(rhythm: Rhythm, added: int, now: datetime) -> Rhythm:
    """The rhythm after a pass that saw so many new entries; a baseline's are not new."""
    if not added:
        return rhythm
    if rhythm.last is None:
        return Rhythm(now)
    if china_day(rhythm.last) == china_day(now):  # entries of one day come in several passes
        return Rhythm(now, rhythm.pauses, rhythm.longest)
    return Rhythm(now, rhythm.pauses + 1, max(now - rhythm.last, rhythm.longest * FADE))


def silence(rhythm: Rhythm, now: datetime) -> Sign | None:
    """The sign that nothing new came for much longer than usual."""
    if rhythm.last is None or rhythm.pauses < PAUSES:
        return None
    quiet = now - rhythm.last
    if quiet <= max(LEAST, rhythm.longest * MUCH_LONGER):
        return None
    longest = max(round(rhythm.longest / timedelta(days=1)), 1)
    message = f"no new entry for {quiet.days} days; the longest pause of late was {counted(longest, 'day')}"
    hint = "open the column: if it has news, `watcher sources test` shows what is found; if it was given up, remove it"
    facts = (("days", f"{quiet.days}"), ("longest", f"{longest}"))
    return Sign(SourceState.SILENT, Problem("silent", message, hint, facts))
