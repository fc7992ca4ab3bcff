"""The service on a shared database: a ticker, and workers that outlast it; SIGTERM finishes what is in hand."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

from procrastinate.exceptions import ConnectorException
from procrastinate.worker import Worker
from sqlalchemy.engine import make_url

from watcher.jobs.queue import HEARTBEAT_S, STALLED_S, Queue, cause, connected
from watcher.jobs.schema import prepare
from watcher.jobs.tasks import CHECKS, MESSAGES, Tasks
from watcher.jobs.ticker import Ticker
from watcher.schedule import DELIVERY_ROUNDS, DRAIN_S
from watcher.store import postgres
from watcher.threads import on_start

if TYPE_CHECKING:
    from watcher.app import App

log = logging.getLogger("watcher.jobs")

# How often an idle worker asks for jobs. A notification would come sooner, but a worker that listens ends with the
# connection it listens on, and waits for its jobs in hand before it can be started again.
POLL_S: Final = 0.5
# How soon a worker that the database's absence ended is started again, first and at most.
START_AGAIN_S: Final = (1.0, 10.0)
# A process whose worker was not heard for so long gives no sign of life: a restart of the database takes less.
LOST_S: Final = 60.0
# How often a worker does by itself what it need not: nobody aborts jobs of ours, and `_beating` says that it lives.
SELDOM_S: Final = 3600.0


async def serve(app: App, slots: int, *, on_ready: Callable[[], None] = lambda: None) -> None:
    """Run until SIGTERM or SIGINT: with `slots` passes at a time, or with none as a scheduler alone.

    Raises StoreError where the queue's tables cannot be used.
    """
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for name in ("procrastinate", "psycopg.pool"):  # what they would tell of failures, the store and this module tell
        logging.getLogger(name).setLevel(logging.CRITICAL)
    crew = _Crew()
    loop.set_exception_handler(crew.unheard)
    address = libpq(app.settings.database_url)
    await on_start(prepare, address)
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with connected(address) as queue:
        tasks = Tasks(app, queue)
        ticker = Ticker(app, queue, lambda: tasks.failures, lambda: crew.is_at_work(loop.time()))
        work = [_until(stop, ticker.run(), ticker.stop)]
        if slots:
            work += [_worker(queue, name, n, stop, crew) for name, n in ((CHECKS, slots), (MESSAGES, DELIVERY_ROUNDS))]
        enabled = sum(one.enabled for one in app.settings.sources)
        log.info("started sources=%d slots=%d (Ctrl-C or SIGTERM stops)", enabled, slots)
        on_ready()
        try:
            async with asyncio.TaskGroup() as group:
                for one in work:
                    group.create_task(one)
                await stop.wait()
                log.info("stopping: finishing what is in hand")
        finally:
            app.sign_off()
    log.info("stopped")


class _Crew:
    """The workers at work, one a queue; `heard`: when each last told the database that it lives."""

    def __init__(self) -> None:
        self.at_work: dict[str, Worker] = {}
        self.heard: dict[str, float] = {}

    def is_at_work(self, at: float) -> bool:
        """Whether no queue has been without its worker for long; `at` by the clock of the event loop."""
        return all(at - heard <= LOST_S for heard in self.heard.values())

    def unheard(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """An error that nobody waits for: mostly the end of a job, of which the connection broke or that was taken
        from us while we were cut off.

        What ended and is not noted would be in hand as long as its worker lives, and nobody would do it again. So the
        workers end, after what they really have in hand, and others take their place.
        """
        error = context.get("exception")
        if isinstance(error, ConnectorException):
            log.info("the end of a job could not be noted: %s", cause(error))
            for worker in self.at_work.values():
                worker.stop()  # type: ignore[no-untyped-call]
        else:
            loop.default_exception_handler(context)


async def _worker(queue: Queue, name: str, slots: int, stop: asyncio.Event, crew: _Crew) -> None:
    """Work off a queue until `stop`; what is in hand then is waited for, `DRAIN_S` at most."""
    clock, wait_s = asyncio.get_running_loop().time, START_AGAIN_S[0]
    while not stop.is_set():
        began = clock()
        worker = Worker(
            queue.app,
            queues=[name],
            name=name,
            concurrency=slots,
            listen_notify=False,
            fetch_job_polling_interval=POLL_S,
            abort_job_polling_interval=SELDOM_S,
            update_heartbeat_interval=SELDOM_S,
            stalled_worker_timeout=STALLED_S,
            shutdown_graceful_timeout=DRAIN_S,
            delete_jobs="always",
            install_signal_handlers=False,
        )
        crew.at_work[name] = worker
        crew.heard.setdefault(name, began)
        try:
            async with _beating(queue, worker, lambda: crew.heard.update({name: clock()})):
                await _until(stop, worker.run(), worker.stop)  # type: ignore[no-untyped-call]
        except ConnectorException as error:
            log.warning("queue=%s lost its database: %s", name, cause(error))
        else:
            if not stop.is_set():
                log.warning("queue=%s lost its database or the end of a job: begins anew", name)
        wait_s = START_AGAIN_S[0] if clock() - began > START_AGAIN_S[1] else min(wait_s * 2, START_AGAIN_S[1])
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), wait_s)


@asynccontextmanager
async def _beating(queue: Queue, worker: Worker, heard: Callable[[], object]) -> AsyncIterator[None]:
    """Say that a worker lives until its last job has ended.

    Its own heartbeat ends when it is told to stop, or its database is away: before it waits for its jobs, which would
    be given to others meanwhile. `heard` is told of each time that it was said.
    """
    ended = asyncio.Event()

    async def beat() -> None:
        while not ended.is_set():
            await asyncio.sleep(HEARTBEAT_S)
            if worker.worker_id is not None:
                with suppress(ConnectorException):
                    await queue.app.job_manager.update_heartbeat(worker.worker_id)
                    heard()

    beats = asyncio.create_task(beat())
    try:
        yield
    finally:
        ended.set()
        beats.cancel()
        await asyncio.wait((beats,))


async def _until(stop: asyncio.Event, work: Coroutine[Any, Any, object], end: Callable[[], object]) -> None:
    """Do `work` until it ends by itself, or after `stop`, which it is told by `end` and by being cancelled.

    By both: with Python 3.11 who is cancelled just as he is handed a connection keeps it and goes on (`wait_for`).
    """
    doing, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait((doing, stopping), return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopping.cancel()
        end()
        doing.cancel()
        await asyncio.wait((doing,))
    if not doing.cancelled():
        await doing


def libpq(address: str) -> str:
    """The address of a database as the driver takes it."""
    return postgres.libpq(make_url(address))
