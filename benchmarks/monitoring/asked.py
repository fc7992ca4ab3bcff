"""A process that is asked for one pass after another: the side of the process, and that of the benchmark.

In:  ["PASS", ARGUMENTS…], a line of JSON      Out: what the pass spent, as a line of JSON
"""

from __future__ import annotations

import asyncio
import json
import resource
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from benchmarks.environments import ROOT, environ
from benchmarks.monitoring.stalls import watched


@dataclass(frozen=True, slots=True)
class Passed:
    """One pass: seconds on the wall and of CPU, the most memory that the process held so far in MB, the event loop's
    longest stall in ms and how much of one this process was at work, the moment it began, and what it found."""

    wall_s: float
    cpu_s: float
    memory_mb: float
    stall_ms: float
    at_work_ms: float
    began: float
    found: dict[str, int]


async def answer(make_pass: Callable[..., Awaitable[dict[str, int]]]) -> None:
    """Make the passes that standard input asks for, until it ends."""
    while line := await asyncio.to_thread(sys.stdin.readline):
        async with watched() as stalls:
            began, cpu_s = time.monotonic(), time.process_time()
            found = await make_pass(*json.loads(line))
            wall_s, cpu_s = time.monotonic() - began, time.process_time() - cpu_s
        memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        passed = Passed(wall_s, cpu_s, memory_mb, stalls.longest_ms, stalls.at_work_ms, began, found)
        print(json.dumps(asdict(passed)), flush=True)


class Asked:
    """The process, as the benchmark sees it."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def make_pass(self, *arguments: Any) -> Passed:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(arguments) + "\n")
        self._process.stdin.flush()
        return Passed(**json.loads(self._process.stdout.readline()))


@contextmanager
def asked(module: str, *arguments: str) -> Iterator[Asked]:
    """`python -m MODULE ARGUMENTS…`, ended with the block."""
    command: Sequence[str] = [sys.executable, "-m", module, *arguments]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environ()
    ) as process:
        try:
            yield Asked(process)
        finally:
            process.kill()
