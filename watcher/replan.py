"""The scheduler of a machine whose clock may be set: what it has planned moves with the clock.

APScheduler waits for moments of the wall clock. Set back by hours, it would start nothing for hours; set ahead, it
would list every start that it missed, a delivery round each two seconds, before it goes on.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from apscheduler.job import Job
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from watcher.clocks import Watch

log = logging.getLogger("watcher.schedule")

# How often the clock is looked at, beside each time that a job is due.
LOOK_EVERY_S: Final = 5.0


class Scheduler(AsyncIOScheduler):  # type: ignore[misc]  # the library has no types
    """Looks at the clock whenever it wakes, before it starts what is due.

    Args:
        wall: the clock that may be set, seconds since 1970.
        on_set_back: is told that it was set back.
    """

    def __init__(
        self, *, wall: Callable[[], float] = time.time, on_set_back: Callable[[], object] = lambda: None, **options: Any
    ) -> None:
        super().__init__(**options)
        self._wall, self._on_set_back = wall, on_set_back
        self._watch = Watch(wall(), time.monotonic())

    def wakeup(self) -> None:
        by = self._watch.was_set(self._wall(), time.monotonic())
        if by:
            self._replan(by)
        super().wakeup()

    async def look(self) -> None:
        """Wake it again and again, until cancelled: its own timer may have been set for a moment that is hours away."""
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            self.wakeup()

    def _replan(self, by: float) -> None:
        now = datetime.fromtimestamp(self._wall(), self.timezone)
        tell(log, by)
        for job in self.get_jobs():
            job.modify(next_run_time=planned(job, by, now))
        if by < 0:
            self._on_set_back()


def planned(job: Job, by: float, now: datetime) -> datetime | None:
    """When a job runs next, as the clock was set by so many seconds; None for a cron line that has no time."""
    when: datetime | None = job.next_run_time
    if when is None:
        return None
    if by > 0:  # as late as it is by the new clock, once and not by the times that it missed
        return max(when, now)
    if isinstance(job.trigger, IntervalTrigger):
        return min(max(when + timedelta(seconds=by), now), when)
    found: datetime | None = job.trigger.get_next_fire_time(None, now)
    return found if found is None else min(found, when)


def tell(log: logging.Logger, by: float) -> None:
    """One line of a clock that was set: "clock set back by 8:00:00"."""
    span = timedelta(seconds=round(abs(by)))
    log.warning("clock set %s by %s: what was planned is planned anew", "back" if by < 0 else "ahead", span)
