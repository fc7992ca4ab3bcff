"""Three pools of threads, so that work of one kind never waits for work of another.

A claim is renewed in time though every mail server hangs and every page is being read (by `workers`); a server that
never answers does not hold up the end of the process: its threads are daemons.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from queue import SimpleQueue
from typing import Final, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

Task = tuple[Future[object], Callable[[], object]]


class Pool:
    """At most `size` threads that work off what they are given, in order; started when they are needed."""

    def __init__(self, name: str, size: int) -> None:
        self._name, self._size, self._threads, self._idle = name, size, 0, 0
        self._tasks: SimpleQueue[Task] = SimpleQueue()
        self._lock = threading.Lock()

    async def __call__(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The result of `work` (or what it raised), done by a thread of this pool."""
        future: Future[T] = Future()
        self._tasks.put((future, partial(work, *args, **kwargs)))  # type: ignore[arg-type]  # both of the same T
        self._grow()
        return await asyncio.wrap_future(future)

    def _grow(self) -> None:
        with self._lock:
            if self._idle or self._threads >= self._size:
                return
            self._threads += 1
        threading.Thread(target=self._serve, name=f"{self._name}-{self._threads}", daemon=True).start()

    def _serve(self) -> None:
        while True:
            with self._lock:
                self._idle += 1
            future, work = self._tasks.get()
            with self._lock:
                self._idle -= 1
            if future.set_running_or_notify_cancel():
                _run(future, work)
            del future, work  # an idle thread keeps no page alive


def _run(future: Future[object], work: Callable[[], object]) -> None:
    try:
        result = work()
    except BaseException as error:  # noqa: BLE001  it is raised where the result is awaited
        future.set_exception(error)
    else:
        future.set_result(result)


# Transactions queue for one writer anyway; readers and renewals need a few threads beside it.
in_store: Final = Pool("store", 8)
# Pages and messages: pure Python, of which one thread runs at a time, beside libraries that let go of the interpreter.
on_cpu: Final = Pool("cpu", 2)
# Channels that block, mail above all: each hanging server holds one for as long as its timeout.
on_channel: Final = Pool("channel", 32)
