"""Pools of threads, so that work of one kind never waits for work of another.

A claim is renewed in time though every mail server hangs, every page is being read (by `workers`) and a thousand lists
wait to be written; a server that never answers does not hold up the end of the process: its threads are daemons.
"""

from __future__ import annotations

import asyncio
import logging
import math
import threading
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from queue import SimpleQueue
from typing import Any, Final, Generic, ParamSpec, TypeVar

from watcher.errors import StoreError, StoreLost

P = ParamSpec("P")
T = TypeVar("T")
A = TypeVar("A")
R = TypeVar("R")

log = logging.getLogger("watcher.threads")

# How long a database may be away, as it is while its server restarts, before what waits for it is broken off …
PATIENCE_S: Final = 300.0
# … and how soon it is asked again, first and at most.
ASK_AGAIN_S: Final = (0.1, 5.0)
# The most that one transaction is given: some milliseconds of work, after which others have their turn.
AT_ONCE: Final = 100
# In a crowd, how long one waits for others to share its transaction with; who comes alone waits for nobody.
GATHER_S: Final = 0.01

Task = tuple[Future[object], Callable[[], object]]


class Pool:
    """At most `size` threads that work off what they are given, in order; started when they are needed."""

    def __init__(self, name: str, size: int) -> None:
        self._name, self._size, self._threads, self._unfinished = name, size, 0, 0
        self._tasks: SimpleQueue[Task] = SimpleQueue()
        self._lock = threading.Lock()
        self._groups: dict[object, _Group[Any, Any]] = {}

    async def __call__(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The result of `work` (or what it raised), done by a thread of this pool."""
        future: Future[T] = Future()
        self._tasks.put((future, partial(work, *args, **kwargs)))  # type: ignore[arg-type]  # both of the same T
        self._grow()
        try:
            return await asyncio.wrap_future(future)
        finally:
            del future  # else what it raised would hold, by its traceback, itself and what was asked

    async def together(self, work: Callable[[Sequence[A]], Sequence[R]], asked: A) -> R:
        """What `work` answers for `asked`, given to it with whatever else is asked of it while it is busy.

        So that many who write at once share a transaction (a group commit), and one alone does not wait for others. An
        error that is not the store's is looked for one by one, and is raised where it belongs.
        """
        key = (asyncio.get_running_loop(), work)
        group = self._groups.get(key)
        if group is None:
            group = self._groups[key] = _Group(lambda part: self(work, part), lambda: self._groups.pop(key))
        result: R = await group.join(asked)
        return result

    def _grow(self) -> None:
        """One thread more, where all have something to do, be it that they have not begun with it."""
        with self._lock:
            self._unfinished += 1
            if self._unfinished <= self._threads or self._threads >= self._size:
                return
            self._threads += 1
        threading.Thread(target=self._serve, name=f"{self._name}-{self._threads}", daemon=True).start()

    def _serve(self) -> None:
        while True:
            future, work = self._tasks.get()
            if future.set_running_or_notify_cancel():
                _run(future, partial(self._counted, work))
            else:
                self._finished()
            del future, work  # an idle thread keeps no page alive

    def _counted(self, work: Callable[[], object]) -> object:
        """The result of `work`; whoever gets it finds its thread idle."""
        try:
            return work()
        finally:
            self._finished()

    def _finished(self) -> None:
        with self._lock:
            self._unfinished -= 1


class SharedPool(Pool):
    """A pool of which those who ask one server take a part at most: where it hangs, others go on."""

    def __init__(self, name: str, size: int, each: int) -> None:
        super().__init__(name, size)
        self._each = each
        self._places: dict[object, _Place] = {}

    async def of(self, server: object, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """As the pool itself, with at most `each` at a time of those with an equal `server`."""
        key = (asyncio.get_running_loop(), server)
        place = self._places.setdefault(key, _Place(asyncio.Semaphore(self._each)))
        place.users += 1
        try:
            async with place.free:
                return await self(work, *args, **kwargs)
        finally:
            place.users -= 1
            if not place.users:
                del self._places[key]


@dataclass(slots=True)
class _Place:
    """`users`: who is there or waits for it."""

    free: asyncio.Semaphore
    users: int = 0


class StorePool(Pool):
    """A pool that outlasts the absence of the database, for `patience_s`: what that broke off is asked again.

    Its methods stand that: what was committed, though the answer was lost, changes nothing a second time.
    """

    def __init__(self, name: str, size: int, patience_s: float = PATIENCE_S) -> None:
        super().__init__(name, size)
        self._patience_s = patience_s
        self._lost_at: float | None = None

    async def __call__(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        clock = asyncio.get_running_loop().time
        wait_s, began = ASK_AGAIN_S[0], clock()
        while True:
            try:
                result = await super().__call__(work, *args, **kwargs)
            except StoreLost as error:
                if clock() - began > self._patience_s:
                    raise
                self._lost(error, clock())
                await asyncio.sleep(wait_s)
                wait_s = min(wait_s * 2, ASK_AGAIN_S[1])
            else:
                self._back(clock())
                return result

    def _lost(self, error: StoreLost, now: float) -> None:
        """One line for all who wait."""
        if self._lost_at is None:
            self._lost_at = now
            log.warning("%s; asking again", error)

    def _back(self, now: float) -> None:
        if self._lost_at is not None:
            log.warning("database is back after_s=%.1f", now - self._lost_at)
            self._lost_at = None


class _Group(Generic[A, R]):
    """Those who wait for one piece of work; it is over when nobody does."""

    def __init__(self, work: Callable[[Sequence[A]], Awaitable[Sequence[R]]], over: Callable[[], object]) -> None:
        self._work, self._over = work, over
        self._waiting: list[tuple[A, asyncio.Future[R]]] = []
        self._task = asyncio.create_task(self._work_off())

    def join(self, asked: A) -> asyncio.Future[R]:
        future = asyncio.get_running_loop().create_future()
        self._waiting.append((asked, future))
        return future

    async def _work_off(self) -> None:
        try:
            while self._waiting:
                part, self._waiting = self._waiting[:AT_ONCE], self._waiting[AT_ONCE:]
                await self._do(part)
                if 0 < len(self._waiting) < AT_ONCE:
                    await asyncio.sleep(GATHER_S)
        finally:
            self._over()

    async def _do(self, part: Sequence[tuple[A, asyncio.Future[R]]]) -> None:
        try:
            results = await self._work([asked for asked, _ in part])
        except Exception as error:  # noqa: BLE001  it is raised where the result is awaited
            if len(part) > 1 and not isinstance(error, StoreError):
                for one in part:
                    await self._do([one])
                return
            for _, future in part:
                _settle(future, error)
        else:
            for (_, future), result in zip(part, results, strict=True):
                _settle(future, result)


def _settle(future: asyncio.Future[R], result: R | Exception) -> None:
    if future.done():  # whoever waited was cancelled
        return
    if isinstance(result, Exception):
        future.set_exception(result)
    else:
        future.set_result(result)


def _run(future: Future[object], work: Callable[[], object]) -> None:
    try:
        result = work()
    except BaseException as error:  # noqa: BLE001  it is raised where the result is awaited
        future.set_exception(error)
    else:
        future.set_result(result)
    finally:
        del future, work  # as in `Pool.__call__`


# Transactions queue for one writer anyway; readers need a few threads beside it.
in_store: Final = StorePool("store", 8)
# What keeps a claim: behind the first lists of a thousand sources it would come too late for all of them.
on_lease: Final = StorePool("lease", 1)
# The steps of a service's start: it waits for its database for as long as that takes.
on_start: Final = StorePool("start", 1, math.inf)
# Comparisons and messages: pure Python, of which one thread runs at a time.
on_cpu: Final = Pool("cpu", 2)
# Channels that block: each hanging server holds one for as long as its timeout.
on_channel: Final = Pool("channel", 128)
# Mail, most of which goes to one server, that takes so many connections at once and hardly more; as many are left for
# three others.
on_mail: Final = SharedPool("mail", 128, 32)
