"""Jobs in the tables of Procrastinate: put there once each, and taken from workers that died."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import Job, Status
from psycopg_pool import AsyncConnectionPool

from watcher.store.postgres import CONNECT

# A worker says this often that it lives …
HEARTBEAT_S: Final = 2.0
# … and its jobs are another's when it has not for so long. A worker that was only cut off finds its claims taken.
STALLED_S: Final = 10.0
# Connections of one process to the queue, beside those of its store.
MOST_CONNECTIONS: Final = 4

# The names of what waits, will be tried again later, or is being done.
_THERE: Final = "SELECT queueing_lock FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"
# A moment further ahead was written before the clock of the database was set back: no job is put off for so long.
_AHEAD: Final = "now() + interval '10 minutes'"
# A worker that lives says so within seconds, by the clock as it is now; of one that does not, jobs are free again soon.
_WORKERS: Final = f"UPDATE procrastinate_workers SET last_heartbeat = now() WHERE last_heartbeat > {_AHEAD}"
_PUT_OFF: Final = (
    f"UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo' AND scheduled_at > {_AHEAD}"
)


@dataclass(frozen=True, slots=True)
class Due:
    """A job: what is to be done, and to what (the id of a source, of a subscription)."""

    task: str
    subject: str = ""

    @property
    def name(self) -> str:
        """Of one name one job waits at most. No lock says that one is done at most: to look for locks makes the taking
        of a job slow by as many as wait, and claims see to it.
        """
        return f"{self.task}:{self.subject}"


def cause(error: ConnectorException) -> str:
    """What the driver said, in one line: the library's own words are three lines that say nothing."""
    return (str(error.__cause__ or error).strip().splitlines() or [type(error).__name__])[0]


class Queue:
    """The jobs of all processes; `app` is where tasks are registered and workers run."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def there(self) -> frozenset[str]:
        """The names of all jobs."""
        rows = await self.app.connector.execute_query_all_async(_THERE)
        return frozenset(row["queueing_lock"] for row in rows)

    async def add(self, wanted: Sequence[Due]) -> None:
        """Queue what is not there yet, in this order."""
        there = await self.there() if wanted else frozenset()
        jobs = [self._job(one) for one in wanted if one.name not in there]
        if not jobs:
            return
        try:
            await self.app.job_manager.batch_defer_jobs_async(jobs)
        except AlreadyEnqueued:  # another process added one of them since we looked
            for job in jobs:
                await self._add(job)

    async def _add(self, job: Job) -> None:
        try:
            await self.app.job_manager.defer_job_async(job)
        except AlreadyEnqueued:
            return

    def _job(self, due: Due) -> Job:
        made = self.app.configure_task(due.task, queueing_lock=due.name)
        return made.make_new_job(subject=due.subject)

    async def mend_clock(self) -> None:
        """Let nothing wait for a moment of a clock that was set back since."""
        for statement in (_WORKERS, _PUT_OFF):
            await self.app.connector.execute_query_async(statement)

    async def drop_stalled(self) -> int:
        """Take away the jobs of workers that are gone; returns how many. What is still due is queued again."""
        stalled = list(await self.app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_S))
        for job in stalled:
            try:
                await self.app.job_manager.finish_job(job, Status.ABORTED, delete_job=True)
            except ConnectorException:  # it ended after all; where the database is away, the next round finds it
                continue
        return len(stalled)


@asynccontextmanager
async def connected(address: str) -> AsyncIterator[Queue]:
    """The queue in a database, at an address as libpq takes it; its tables must be there (`schema.prepare`).

    Where the server is away the first who asks is told so, as at any later time.
    """
    kwargs: dict[str, Any] = {**CONNECT, "autocommit": True}  # all that is asked of a queue is one statement each
    pool = AsyncConnectionPool(
        address,
        kwargs=kwargs,
        min_size=1,
        max_size=MOST_CONNECTIONS,
        open=False,
        check=AsyncConnectionPool.check_connection,
    )
    async with pool, App(connector=PsycopgConnector()).open_async(pool) as app:
        yield Queue(app)
