"""How much faster many documents are read by several processes (`watcher extract --jobs`)."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from time import monotonic


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds on the wall, and of CPU over all processes."""

    wall_s: float
    cpu_s: float


@dataclass(frozen=True, slots=True)
class Batch:
    """The fastest of several runs over `documents` documents, with one process and with `jobs`.

    `load` is how many processes of others wanted a core when it began: beside them, more processes gain less time
    on the wall, and the CPU time alone tells what the sharing costs.
    """

    documents: int
    jobs: int
    alone: Run
    shared: Run
    load: float


def speed_up(pages: list[Path], jobs: int, *, documents: int = 1000, rounds: int = 3) -> Batch:
    """Read `documents` documents (the pages over and over) by turns with one process and with `jobs`."""
    inputs = [str(pages[place % len(pages)]) for place in range(documents)]
    load = os.getloadavg()[0]
    turns = [(_run(inputs, 1), _run(inputs, jobs)) for _ in range(rounds)]
    alone, shared = (min(runs, key=lambda run: run.wall_s) for runs in zip(*turns, strict=True))
    return Batch(documents, jobs, alone, shared, load)


def _run(inputs: list[str], jobs: int) -> Run:
    command = [sys.executable, "-m", "watcher", "extract", *inputs, "--json", "--jobs", str(jobs)]
    start, before = monotonic(), os.times()
    done = subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = os.times()
    if done.returncode:
        raise SystemExit("a document could not be read: the times would not compare")
    cpu_s = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(monotonic() - start, cpu_s)
