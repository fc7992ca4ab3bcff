"""What a job costs that does nothing: queued, taken, ended."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

from benchmarks import processes
from watcher.jobs.queue import Due, Queue, connected
from watcher.jobs.schema import prepare
from watcher.jobs.worker import libpq


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds of one job: on the wall, of CPU here, of CPU in PostgreSQL."""

    wall_ms: float
    cpu_ms: float
    server_ms: float


def measure(address: str, count: int, slots: int, server: int) -> Cost:
    """`count` jobs of one worker with so many slots, queued in portions as the ticker does."""
    place = libpq(address)
    prepare(place)
    return asyncio.run(_measure(place, count, slots, server))


async def _measure(place: str, count: int, slots: int, server: int) -> Cost:
    done = 0

    async def nothing(subject: str) -> None:  # noqa: ARG001  as all jobs have one
        nonlocal done
        done += 1

    async with connected(place) as queue:
        queue.app.task(name="nothing", queue="checks")(nothing)
        began, cpu, other = time.monotonic(), time.process_time(), processes.cpu_s(server)
        for start in range(0, count, 2000):
            await queue.add([Due("nothing", f"column-{number}") for number in range(start, min(start + 2000, count))])
            await _work_off(queue, slots)
        spent = time.monotonic() - began, time.process_time() - cpu, processes.cpu_s(server) - other
    assert done == count
    return Cost(*(one / count * 1000 for one in spent))


async def _work_off(queue: Queue, slots: int) -> None:
    await queue.app.run_worker_async(
        queues=["checks"],
        concurrency=slots,
        wait=False,
        listen_notify=False,
        delete_jobs="always",
        install_signal_handlers=False,
    )
