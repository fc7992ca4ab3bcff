"""A number that stays about the same from pass to pass, and what is usual for it: learned, and learned anew."""

from __future__ import annotations

from datetime import datetime, timedelta
from statistics import median_low
from typing import Final

from watcher.records.usual import Level

# Readings of which the median is usual: four strange ones in nine do not move it.
WINDOW: Final = 9
# What is off for as long is the new usual. A week: whoever was told has had a working day to look, and a site that is
# being rebuilt is done. A few passes: one reading after a week of downtime confirms nothing.
NEW_USUAL_AFTER: Final = timedelta(days=7)
NEW_USUAL_PASSES: Final = 5


def usual(level: Level, readings: int = 1) -> float | None:
    """What is usual, None before `readings` were taken."""
    return median_low(level.recent) if len(level.recent) >= readings else None


def after_reading(level: Level, value: float, now: datetime, *, off: bool) -> Level:
    """The level after a pass that read `value`, which is `off` the usual or not."""
    if not off:
        return Level((*level.recent, value)[-WINDOW:])
    passes, since = level.off + 1, level.off_since or now
    if passes >= NEW_USUAL_PASSES and now - since >= NEW_USUAL_AFTER:
        return Level((value,))
    return Level(level.recent, passes, since)
