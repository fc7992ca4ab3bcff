"""Clocks: China's, and those that are set: by how much, and which stored moments one may not have written. Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Final

# How far China's one time is ahead of UTC: the sites print their own day.
CHINA: Final = timedelta(hours=8)
# The clocks of machines that share a database agree within seconds (docs/scale.md); what is further ahead is wrong.
APART: Final = timedelta(minutes=1)
# A clock that is slewed, or put right by a second or two, disturbs nothing.
SET_S: Final = 5.0


def china_day(moment: datetime) -> date:
    """The day that an aware moment is of in China."""
    return moment.astimezone(timezone(CHINA)).date()


def is_ahead(moment: datetime | None, now: datetime) -> bool:
    """Whether `moment`, when something was done, lies in the future: the clock was ahead then, or is behind now."""
    return moment is not None and moment > now + APART


class Watch:
    """A clock held against one that cannot be set; both in seconds."""

    def __init__(self, wall_s: float, monotonic_s: float) -> None:
        self._between = wall_s - monotonic_s

    def was_set(self, wall_s: float, monotonic_s: float) -> float:
        """By how many seconds the clock was set since the last look, back where negative; 0.0 where it was not.

        A machine that slept finds its clock ahead, as the other stands still meanwhile.
        """
        by = wall_s - monotonic_s - self._between
        if abs(by) < SET_S:
            return 0.0
        self._between += by
        return by
