"""Processes of their own for what strangers wrote: a document that loops, eats memory or breaks a library ends its
worker and nothing else, and Python that is busy there does not hold up this process's event loop.

    parent: await in_worker(work, *args)  --pickled-->  child: python -m watcher.workers, one task at a time

A worker starts when there is a task for it, is used again, and ends after minutes without one, or with its parent. It
knows nothing of the parent's environment, where secrets are, and hears no Ctrl-C, so that what is in hand is finished.
Its limits bound what a document may cost; they are no jail for one that takes a library over. `concurrent.futures`
would do, could it end a single task.
"""

from __future__ import annotations

import atexit
import os
import pickle
import resource
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final, ParamSpec, TypeVar

from watcher.errors import ReadError, WatcherError
from watcher.read.limits import OCR_BYTES, OCR_S, WORKER_BYTES, WORKER_S
from watcher.threads import Pool

P = ParamSpec("P")
T = TypeVar("T")

Task = tuple[Callable[..., object], tuple[object, ...], dict[str, object]]
Answer = tuple[Any, WatcherError | RuntimeError | None]  # what was returned, or what was raised

# A service that looks at its sources every few minutes keeps them; to start one costs a third of a second.
IDLE_S: Final = 300.0
_NO_MEMORY: Final = 77  # exit status of a worker that ran out of it
# How libraries end a process that is given no more memory; SIGKILL is how the system does.
_ENDS_WITHOUT_MEMORY: Final = frozenset({-signal.SIGABRT, -signal.SIGTRAP, -signal.SIGKILL})


class Workers:
    """At most `size` workers, each with a thread that waits for it; usable from any event loop."""

    def __init__(self, size: int, *, limit_s: float = WORKER_S, limit_bytes: int = WORKER_BYTES) -> None:
        self._limits = (limit_s, limit_bytes)
        self._threads = Pool("worker", size)
        self._lock = threading.Lock()
        self._all: set[_Worker] = set()
        self._idle: list[_Worker] = []
        self._reaper: threading.Timer | None = None
        atexit.register(self.close)

    async def __call__(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The result of `work`, a function of a module, or the WatcherError that it raised.

        Raises:
            ReadError: `too_slow`, `too_large` or `crashed` where the task ended its worker.
            RuntimeError: a mistake of ours; it holds the worker's traceback.
        """
        result: T = await self._threads(self._ask, (work, args, kwargs))
        return result

    def close(self) -> None:
        """End every worker, whatever it is at; a later task starts one anew."""
        with self._lock:
            ended, self._all, self._idle = self._all, set(), []
        for worker in ended:
            worker.end()

    def _ask(self, task: Task) -> Any:
        worker = self._take()
        try:
            result, error = worker.ask(task)
        except (EOFError, OSError, pickle.UnpicklingError) as exc:
            raise _obituary(self._end(worker), *self._limits) from exc
        except BaseException:  # a mistake of ours, such as a task that cannot be pickled: half of it may be in the pipe
            self._end(worker)
            raise
        self._put_back(worker)
        if error is not None:
            try:
                raise error
            finally:
                del error  # else it would hold, by its traceback, itself and the page for as long as no collector comes
        return result

    def _end(self, worker: _Worker) -> int:
        with self._lock:
            self._all.discard(worker)
        return worker.end()

    def _take(self) -> _Worker:
        with self._lock:
            if self._idle:
                return self._idle.pop()
            worker = _Worker(*self._limits)
            self._all.add(worker)
            return worker

    def _put_back(self, worker: _Worker) -> None:
        with self._lock:
            if worker in self._all:
                worker.idle_since = time.monotonic()
                self._idle.append(worker)
                self._reap_later()

    def _reap_later(self) -> None:
        if self._reaper is None:
            self._reaper = threading.Timer(IDLE_S, self._reap)
            self._reaper.daemon = True
            self._reaper.start()

    def _reap(self) -> None:
        now = time.monotonic()
        with self._lock:
            self._reaper = None
            ended = {worker for worker in self._idle if now - worker.idle_since >= IDLE_S}
            self._all -= ended
            self._idle = [worker for worker in self._idle if worker not in ended]
            if self._idle:
                self._reap_later()
        for worker in ended:
            worker.end()


class _Worker:
    """One child, as its parent sees it."""

    def __init__(self, limit_s: float, limit_bytes: int) -> None:
        self.idle_since = 0.0
        self._process = subprocess.Popen(
            # -P: no module of the folder that the service was started in takes the place of ours.
            [sys.executable, "-P", "-m", "watcher.workers", str(limit_s), str(limit_bytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            start_new_session=True,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._tasks, self._answers = self._process.stdin, self._process.stdout

    def ask(self, task: Task) -> Answer:
        """The answer to a task; raises an error of the pipe or of pickle where the child ended over it."""
        pickle.dump(task, self._tasks, pickle.HIGHEST_PROTOCOL)
        self._tasks.flush()
        answer: Answer = pickle.load(self._answers)
        return answer

    def end(self) -> int:
        """End the child; returns what it ended with, a signal as a negative number."""
        self._process.kill()
        for pipe in (self._answers, self._tasks):
            with suppress(OSError):  # what was not sent is not missed
                pipe.close()
        return self._process.wait()


def _obituary(status: int, limit_s: float, limit_bytes: int) -> ReadError:
    if status == -signal.SIGALRM:
        return ReadError("too_slow", f"the document takes longer than {limit_s:g} s to read")
    if status == _NO_MEMORY or status in _ENDS_WITHOUT_MEMORY:
        return ReadError("too_large", f"the document takes more than {limit_bytes >> 20} MiB of memory to read")
    return ReadError("crashed", f"a library broke off over the document (status {status})", hint="it may be damaged")


def _serve(limit_s: float, limit_bytes: int) -> None:
    """The child: tasks from standard input, answers to standard output, until there are no more."""
    for limit, most in ((resource.RLIMIT_AS, limit_bytes), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(limit, (most, most))
    os.nice(5)  # the parent, which many sites and readers wait for, goes first
    tasks, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no answer
    while True:
        try:
            task: Task = pickle.load(tasks)
        except EOFError:
            return
        # Not caught: it ends the process, also one in a loop of C, and one whose parent is gone.
        signal.setitimer(signal.ITIMER_REAL, limit_s)
        answer = _answer(*task)
        signal.setitimer(signal.ITIMER_REAL, 0)
        pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)
        answers.flush()


def _answer(work: Callable[..., object], args: tuple[object, ...], kwargs: dict[str, object]) -> Answer:
    try:
        return work(*args, **kwargs), None
    except WatcherError as error:
        return None, error
    except MemoryError:
        os._exit(_NO_MEMORY)  # what is left of it would be missed by the next document
    except BaseException as error:  # noqa: BLE001  it is raised where the result is awaited
        return None, RuntimeError(f"{error!r}, in a worker:\n{''.join(traceback.format_exception(error))}")


in_worker: Final = Workers(max(1, min(os.cpu_count() or 1, 4)))
# A scan takes minutes: one at a time, and beside the others.
in_ocr: Final = Workers(1, limit_s=OCR_S, limit_bytes=OCR_BYTES)

if __name__ == "__main__":
    _serve(float(sys.argv[1]), int(sys.argv[2]))
