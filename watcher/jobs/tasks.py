"""What each job does, and what becomes of one that fails."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, time
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job

from watcher.deadlines.hours import FROM
from watcher.errors import WatcherError
from watcher.heartbeat import EVERY_S as BEAT_EVERY_S
from watcher.jobs.queue import Due, Queue, cause
from watcher.schedule import TIDY_HOUR
from watcher.threads import in_store

if TYPE_CHECKING:
    from watcher.app import App

log = logging.getLogger("watcher.jobs")

CHECK, DELIVER, REMIND, TIDY, BEAT = "check", "deliver", "remind", "tidy", "beat"
# The round of the sign of life in which a job last failed, whichever process it was one of.
FAILED: Final = "failed"
# Two queues, so that slow sites do not keep messages waiting, nor slow channels the sites.
CHECKS, MESSAGES = "checks", "messages"
TIDY_FROM: Final = time(TIDY_HOUR)
# A job that failed is tried again after so long …
AGAIN_S: Final = 60
# … and so often, before it is left to whoever finds it due.
MOST_TRIES: Final = 10


class NotNowError(WatcherError):
    """Another process is at it, or this one cannot do it: nobody's mistake."""


class Again(BaseRetryStrategy):
    """Logs and counts what a job failed with, and lets it wait in the queue, so that it is not found due at once."""

    def __init__(self) -> None:
        self.failures = 0

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, asyncio.CancelledError):  # we are about to end: it is due for the others
            return None
        if isinstance(exception, NotNowError):
            log.info("job=%s put off: %s", job.queueing_lock, exception)
        else:
            self.failures += 1
            said = _said(exception)
            trace = None if said else exception
            what = said or "a mistake in watcher"
            log.error("job=%s failed failures=%d %s", job.queueing_lock, self.failures, what, exc_info=trace)
        return RetryDecision(retry_in={"seconds": AGAIN_S}) if job.attempts < MOST_TRIES else None


def _said(exception: BaseException) -> str | None:
    """What a job failed with; None where that is a mistake of ours."""
    if isinstance(exception, ConnectorException):
        return f"queue: {cause(exception)}"
    return str(exception) if isinstance(exception, WatcherError) else None


class Tasks:
    """The jobs of one process, registered with the queue."""

    def __init__(self, app: App, queue: Queue) -> None:
        self._app, self._queue = app, queue
        self._again = Again()
        for name, run, of in (
            (CHECK, self._check, CHECKS),
            (DELIVER, self._deliver, MESSAGES),
            (REMIND, self._remind, MESSAGES),
            (TIDY, self._tidy, MESSAGES),
            (BEAT, self._beat, MESSAGES),
        ):
            queue.app.task(name=name, queue=of, retry=self._again)(run)
        app.send_found = self._send_found

    @property
    def failures(self) -> int:
        """How many times a job of this process failed."""
        return self._again.failures

    async def _check(self, subject: str) -> None:
        source = self._app.settings.source(subject)
        if source is None:
            raise NotNowError(f"the sources.yaml of this worker has no source {subject}; let all have the same")
        report = await self._app.check_source(source)
        if report.busy:
            raise NotNowError("another process is checking it, or has read another address for it")

    async def _send_found(self) -> None:
        due = await in_store(self._app.store.due_subscriptions, self._app.now())
        await self._queue.add([Due(DELIVER, one) for one in due])

    async def _deliver(self, subject: str) -> None:
        await self._app.deliver_due([subject])

    async def _remind(self, subject: str) -> None:  # noqa: ARG002  all jobs have one
        day = day_from(FROM, self._app.now(), ZoneInfo(self._app.settings.options.timezone))
        await self._app.remind()
        await in_store(self._app.store.rounds.done, REMIND, day)

    async def _tidy(self, subject: str) -> None:  # noqa: ARG002
        day = day_from(TIDY_FROM, self._app.now(), ZoneInfo(self._app.settings.options.timezone))
        await self._app.tidy()
        await in_store(self._app.store.rounds.done, TIDY, day)

    async def _beat(self, subject: str) -> None:  # noqa: ARG002
        """Say that all is well with all processes: that this job was queued, taken and done shows most of it, and no
        job failed in the round that ended, nor in this one so far.
        """
        assert self._app.heartbeat is not None  # or it would not be queued
        number, rounds = beating(self._app.now()), self._app.store.rounds
        failed = await in_store(rounds.last, FAILED)
        if failed is None or not number - 1 <= failed <= number:  # or of a round that a clock ahead has named
            await self._app.heartbeat.call()
        await in_store(rounds.done, BEAT, number)


def day_from(hour: time, now: datetime, zone: ZoneInfo) -> int:
    """The round of a day's work that is to be done: this day's, once its hour has come."""
    local = now.astimezone(zone)
    return local.date().toordinal() - (local.time() < hour)


def beating(now: datetime) -> int:
    """The round of the sign of life."""
    return int(now.timestamp()) // BEAT_EVERY_S
