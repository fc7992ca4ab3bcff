"""What a hostile document does to the process that reads it, it does to nothing else."""

from __future__ import annotations

import asyncio
import ctypes
import gc
import os
import pickle
import signal
import subprocess
import sys
import time
import weakref
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from watcher.errors import ReadError
from watcher.read import read_document
from watcher.threads import on_cpu
from watcher.workers import Workers

LIMIT_S = 2.0


@pytest.fixture
def workers() -> Iterator[Workers]:
    made = Workers(2, limit_s=LIMIT_S, limit_bytes=1 << 30)
    yield made
    made.close()


async def test_a_document_is_read_and_its_worker_used_again(workers: Workers) -> None:
    document = await workers(read_document, "对企业给予最高300万元奖励。".encode(), name="a.txt")
    assert document.text == "对企业给予最高300万元奖励。"
    assert await workers(os.getpid) == await workers(os.getpid) != os.getpid()


async def test_what_a_document_deserves_is_raised_whole(workers: Workers) -> None:
    with pytest.raises(ReadError) as here:
        read_document(b"%PDF-1.4\n", name="a.pdf")
    with pytest.raises(ReadError) as there:
        await workers(read_document, b"%PDF-1.4\n", name="a.pdf")
    assert there.value.code == here.value.code == "not_a_pdf"
    assert (str(there.value), there.value.hint) == (str(here.value), here.value.hint)


async def fails(pool: Callable[..., Awaitable[object]]) -> weakref.ref[Counter[str]]:
    """What a task that failed was given: a number cannot be made of it."""
    given: Counter[str] = Counter()
    with suppress(Exception):
        await pool(int, given)
    return weakref.ref(given)


@pytest.mark.parametrize("where", ["process", "thread"])
async def test_what_a_task_was_given_is_freed_when_it_has_failed(workers: Workers, where: str) -> None:
    gc.disable()  # a document may be 20 MB, of which the collector knows nothing: it may come an hour later
    try:
        given = await fails(workers if where == "process" else on_cpu)
        async with asyncio.timeout(20):  # its thread ends with it after it was answered
            while given() is not None:
                await asyncio.sleep(0.01)
    finally:
        gc.enable()


@pytest.mark.parametrize(
    ("work", "argument", "code"),
    [
        (time.sleep, 60.0, "too_slow"),
        (sum, range(10**18), "too_slow"),  # a loop of C, which no signal handler of Python would end
        (bytearray, 4 << 30, "too_large"),
        (os._exit, 0, "crashed"),
        (ctypes.string_at, 1, "crashed"),
    ],
    ids=["waits", "loops", "eats memory", "exits", "segfaults"],
)
async def test_a_task_past_its_limits_ends_its_worker_alone(
    workers: Workers, work: object, argument: object, code: str
) -> None:
    beside = asyncio.create_task(workers(time.sleep, LIMIT_S / 2))
    began = time.monotonic()
    with pytest.raises(ReadError) as caught:
        await workers(work, argument)  # type: ignore[arg-type]  # each takes its own
    assert caught.value.code == code
    assert time.monotonic() - began < LIMIT_S + 5
    await beside
    assert await workers(abs, -3) == 3


async def test_a_mistake_of_ours_comes_with_its_traceback(workers: Workers) -> None:
    with pytest.raises(RuntimeError, match="in a worker") as caught:
        await workers(int, "no number")
    assert "ValueError" in str(caught.value)
    assert "in _answer" in str(caught.value)


async def test_a_mistake_on_the_way_to_a_worker_leaves_none_behind(workers: Workers) -> None:
    for _ in range(4):
        with pytest.raises((AttributeError, pickle.PicklingError)):
            await workers(len, lambda: None)  # type: ignore[arg-type]
    assert await workers(len, "abc") == 3
    assert len(workers._all) == 1


async def test_the_event_loop_goes_on_while_a_worker_is_busy(workers: Workers) -> None:
    busy = asyncio.create_task(workers(sum, range(10**7)))
    worst, last = 0.0, time.monotonic()
    while not busy.done():
        await asyncio.sleep(0.001)
        worst, last = max(worst, time.monotonic() - last), time.monotonic()
    assert worst < 0.1


async def test_a_worker_knows_no_secret(workers: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMTP_PASS", "hidden")
    assert await workers(os.getenv, "SMTP_PASS") is None


async def test_one_without_a_task_for_long_ends(workers: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("watcher.workers.IDLE_S", 0.0)
    process = await workers(os.getpid)
    deadline = time.monotonic() + 10
    while Path(f"/proc/{process}").exists() and time.monotonic() < deadline:
        await asyncio.sleep(0.01)
    assert not Path(f"/proc/{process}").exists()
    assert await workers(abs, -3) == 3


IN_HAND = """
import asyncio, os, time
from watcher.workers import in_worker
async def main():
    print(await in_worker(os.getpid), flush=True)
    print(await in_worker(time.sleep, 1.0), flush=True)
asyncio.run(main())
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_workers_end_with_their_parent(number: int) -> None:
    parent = subprocess.Popen([sys.executable, "-c", IN_HAND], stdout=subprocess.PIPE, text=True)
    with parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        parent.send_signal(number)
    deadline = time.monotonic() + 10
    while Path(f"/proc/{worker}").exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not Path(f"/proc/{worker}").exists()


def test_control_c_of_the_terminal_does_not_reach_a_worker() -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", f"import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n{IN_HAND}"],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    with parent:
        assert parent.stdout is not None
        parent.stdout.readline()
        os.killpg(parent.pid, signal.SIGINT)
        assert parent.stdout.readline() == "None\n"
    assert parent.returncode == 0
