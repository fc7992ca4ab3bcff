"""The queue's tables and what is put into them, on a real server."""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job
from procrastinate.schema import SchemaManager

from watcher.errors import StoreError
from watcher.jobs.queue import STALLED_S, Due, Queue, cause, connected
from watcher.jobs.schema import prepare, scripts
from watcher.jobs.tasks import AGAIN_S, MOST_TRIES, Again, NotNowError

pytestmark = pytest.mark.postgres
FILES = sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"))
OLDER = "02.14.01_01_add_indexes_for_fetch_job"
DONE: list[str] = []


def count(address: str, query: str) -> int:
    with psycopg.connect(address, autocommit=True) as connection:
        row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return int(row[0])


async def note(subject: str) -> None:
    DONE.append(subject)


def with_task(queue: Queue) -> Queue:
    queue.app.task(name="note", queue="notes")(note)
    return queue


async def work_off(queue: Queue) -> list[str]:
    DONE.clear()
    await queue.app.run_worker_async(
        wait=False, listen_notify=False, delete_jobs="always", install_signal_handlers=False
    )
    return sorted(DONE)


def test_the_tables_are_made_once_by_whoever_is_first(address: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(prepare, [address] * 4))
    prepare(address)
    assert count(address, "SELECT count(*) FROM procrastinate_jobs") == 0


async def test_older_tables_are_upgraded_and_keep_their_jobs(address: str) -> None:
    older = [file for file in FILES if file.stem <= OLDER]
    with psycopg.connect(address, autocommit=True) as connection:
        for file in older:
            connection.execute(file.read_bytes())
        connection.execute(f"COMMENT ON TABLE procrastinate_jobs IS '{OLDER}'".encode())
        connection.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, lock, queueing_lock, args)"
            """ VALUES ('notes', 'note', 'note:old', 'note:old', '{"subject": "old"}')"""
        )
    prepare(address)
    async with connected(address) as queue:
        await with_task(queue).add([Due("note", "old"), Due("note", "new")])
        assert await work_off(queue) == ["new", "old"]


@pytest.mark.parametrize("found", ["99.00.00_01_of_the_future", ""])
def test_tables_of_another_version_are_refused_in_one_line(found: str) -> None:
    with pytest.raises(StoreError, match="not those of a Procrastinate that this watcher knows"):
        scripts(found, FILES)


def test_a_server_that_is_not_there_is_said_in_one_line() -> None:
    with pytest.raises(StoreError, match=r"^the tables of the queue could not be made: .*$"):
        prepare("postgresql://nobody@127.0.0.1:1/nowhere")


async def test_of_many_who_add_a_job_one_does(address: str) -> None:
    prepare(address)
    async with connected(address) as one, connected(address) as other:
        for queue in (one, other):
            with_task(queue)
        wanted = [Due("note", str(number)) for number in range(50)]
        await asyncio.gather(*(queue.add(wanted[shift:]) for shift in range(5) for queue in (one, other)))
        assert await one.there() == {job.name for job in wanted}
        assert await work_off(other) == sorted(job.subject for job in wanted)
        assert await one.there() == frozenset()


@pytest.mark.parametrize(
    ("error", "tried", "again", "counted", "logged"),
    [
        (ZeroDivisionError("planted"), 0, True, 1, "ZeroDivisionError: planted"),
        (StoreError("database: disk full"), 0, True, 1, "job=check:a failed failures=1 database: disk full"),
        (StoreError("database: disk full"), MOST_TRIES, False, 1, "disk full"),
        (NotNowError("another is at it"), 0, True, 0, "job=check:a put off: another is at it"),
        (asyncio.CancelledError(), 0, False, 0, ""),
    ],
)
def test_a_job_that_failed_waits_in_the_queue_and_is_told_of(
    error: BaseException, tried: int, again: bool, counted: int, logged: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "watcher.jobs")
    decider = Again()
    job = Job(id=1, queue="checks", lock=None, queueing_lock="check:a", task_name="check", attempts=tried)
    decision = decider.get_retry_decision(exception=error, job=job)
    assert (decision is not None, decider.failures) == (again, counted)
    assert logged in caplog.text
    if decision is not None:
        assert decision.retry_at is not None
        assert timedelta(seconds=50) < decision.retry_at - datetime.now(UTC) <= timedelta(seconds=AGAIN_S)


async def test_what_the_queue_lost_is_said_in_the_drivers_words(address: str) -> None:
    """There are no tables: it could be anything."""
    async with connected(address) as queue:
        with pytest.raises(ConnectorException) as lost:
            await queue.there()
    assert "\n" in str(lost.value)
    assert cause(lost.value) == 'relation "procrastinate_jobs" does not exist'


async def test_what_is_being_done_is_not_queued_again_and_is_taken_from_a_worker_that_is_gone(address: str) -> None:
    prepare(address)
    async with connected(address) as queue:
        await with_task(queue).add([Due("note", "a"), Due("note", "b")])
        worker = await queue.app.job_manager.register_worker()
        taken = await queue.app.job_manager.fetch_job(None, worker)
        assert taken is not None
        await queue.add([Due("note", "a")])
        assert count(address, "SELECT count(*) FROM procrastinate_jobs") == 2
        assert await queue.drop_stalled() == 0  # it lives
        silent = f"UPDATE procrastinate_workers SET last_heartbeat = now() - interval '{STALLED_S + 1} seconds'"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(silent.encode())
        assert await queue.drop_stalled() == 1
        await queue.add([Due("note", "a")])
        assert await work_off(queue) == ["a", "b"]


async def test_a_clock_that_is_set_back_holds_no_job(address: str) -> None:
    """One was put off, another was at a worker that died, by a clock hours ahead."""
    prepare(address)
    async with connected(address) as queue:
        await with_task(queue).add([Due("note", "held"), Due("note", "put off")])
        worker = await queue.app.job_manager.register_worker()
        assert await queue.app.job_manager.fetch_job(None, worker) is not None
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("UPDATE procrastinate_workers SET last_heartbeat = now() + interval '8 hours'")
            connection.execute(
                "UPDATE procrastinate_jobs SET scheduled_at = now() + interval '8 hours' WHERE status = 'todo'"
            )
        assert await work_off(queue) == []
        await queue.mend_clock()
        assert await work_off(queue) == ["put off"]
        with psycopg.connect(address, autocommit=True) as connection:
            assert connection.execute(
                "UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '1 minute'"
                " WHERE last_heartbeat <= now()"
            ).rowcount
        assert await queue.drop_stalled() == 1
