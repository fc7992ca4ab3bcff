"""Whether a source answers much slower than it usually does."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from watcher.health.level import after_reading, usual
from watcher.health.states import Sign
from watcher.records.problem import Problem
from watcher.records.sources import SourceState
from watcher.records.usual import Level

# Readings before anything is usual: the first may have found a cold cache.
READINGS: Final = 5
# Times vary by a factor of two or three from hour to hour; a few seconds more hold nobody up.
MUCH_LONGER: Final = 5
MUCH_LONGER_S: Final = 3.0
# One slow pass is the network; several in a row are the site.
IN_A_ROW: Final = 3


def after_answer(level: Level, took_s: float, now: datetime) -> tuple[Level, Sign | None]:
    """The level after an answer that took so long, and the sign that several in a row were slow."""
    known = usual(level, READINGS)
    slow = known is not None and took_s > max(known * MUCH_LONGER, known + MUCH_LONGER_S)
    fresh = after_reading(level, round(took_s, 2), now, off=slow)
    if known is None or fresh.off < IN_A_ROW:
        return fresh, None
    message = f"the list takes {took_s:.1f} s to come, usually {known:.1f} s; {fresh.off} passes in a row were as slow"
    hint = "a site that slows us down may soon refuse us: a longer `every`, or a `proxy` nearer to it, may help"
    facts = (("took", f"{took_s:.1f}"), ("usual", f"{known:.1f}"), ("times", f"{fresh.off}"))
    return fresh, Sign(SourceState.SLOW, Problem("slow", message, hint, facts))
