"""What is due by our tables becomes jobs. Every process has a ticker, and one of all does each round."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from procrastinate.exceptions import ConnectorException

from watcher.clocks import Watch
from watcher.deadlines.hours import FROM
from watcher.errors import StoreError
from watcher.jobs.due import Plan
from watcher.jobs.queue import Due, Queue, cause
from watcher.jobs.tasks import BEAT, CHECK, DELIVER, FAILED, REMIND, TIDY, TIDY_FROM, beating, day_from
from watcher.replan import tell
from watcher.store.rounds import TICK, TICK_S
from watcher.threads import in_store

if TYPE_CHECKING:
    from watcher.app import App

log = logging.getLogger("watcher.jobs")

# Checks that wait at most, which workers do in some seconds: a long queue is slow to take from, and the rest stays due.
MOST_WAITING: Final = 2000


class Ticker:
    """The rounds of one process."""

    def __init__(self, app: App, queue: Queue, failures: Callable[[], int], at_work: Callable[[], bool]) -> None:
        """`failures` counts the jobs of this process that failed; `at_work` says whether its workers are."""
        self._app, self._queue = app, queue
        self._failures, self._at_work, self._told = failures, at_work, 0
        self._zone = ZoneInfo(app.settings.options.timezone)
        self._plan = Plan(app.settings.sources, self._zone)
        self._stopped = False
        self._watch, self._was_set_back = Watch(time.time(), time.monotonic()), False

    async def run(self) -> None:
        """Look every `TICK_S` until cancelled or told to stop; outlasts the database's absence."""
        first = True
        while not self._stopped:
            try:
                if first:  # what the configuration says of reminders may be new
                    await self._queue.add([Due(REMIND)])
                    first = False
                await self._look_at_clock()
                await self._tell_failures()
                await self.tick()
            except StoreError as error:
                log.warning("tick failed %s", error)
            except ConnectorException as error:
                log.warning("tick failed queue: %s", cause(error))
            else:
                if self._at_work():
                    self._app.sign_of_life()
            await asyncio.sleep(TICK_S)

    def stop(self) -> None:
        self._stopped = True

    async def _look_at_clock(self) -> None:
        if by := self._watch.was_set(time.time(), time.monotonic()):
            tell(log, by)
            self._was_set_back = self._was_set_back or by < 0
        if self._was_set_back:
            await self._app.set_back()
            self._was_set_back = False

    async def _tell_failures(self) -> None:
        """For the sign of life, which another process may give."""
        if (count := self._failures()) != self._told:
            await in_store(self._app.store.rounds.done, FAILED, beating(self._app.now()))
            self._told = count

    async def tick(self) -> None:
        """Queue what is due, where this round is ours."""
        if not await in_store(self._app.store.rounds.take, TICK, TICK_S):
            return
        await self._queue.mend_clock()
        if dropped := await self._queue.drop_stalled():
            log.warning("jobs=%d taken from workers that are gone", dropped)
        await self._queue.add([*await self._messages(), *await self._rounds(), *await self._checks()])

    async def _messages(self) -> list[Due]:
        return [Due(DELIVER, one) for one in await in_store(self._app.store.due_subscriptions, self._app.now())]

    async def _rounds(self) -> list[Due]:
        now, last = self._app.now(), self._app.store.rounds.last
        wanted = {REMIND: day_from(FROM, now, self._zone), TIDY: day_from(TIDY_FROM, now, self._zone)}
        if self._app.heartbeat is not None:
            wanted[BEAT] = beating(now)
        return [Due(name) for name, number in wanted.items() if await in_store(last, name) != number]

    async def _checks(self) -> list[Due]:
        now = self._app.now()
        due = self._plan.due(await in_store(self._app.store.passes.rest, now), now)
        if not due:
            return []
        there = await self._queue.there()
        wanted = [job for one in due if (job := Due(CHECK, one)).name not in there]
        return wanted[: max(MOST_WAITING - sum(name.startswith(f"{CHECK}:") for name in there), 0)]
