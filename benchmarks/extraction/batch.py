"""How much faster many documents are read by several processes (`watcher extract --jobs`)."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import monotonic


@dataclass(frozen=True, slots=True)
class Batch:
    """Seconds on the wall for `documents` documents with one process and with `jobs`."""

    documents: int
    jobs: int
    alone_s: float
    shared_s: float


def speed_up(pages: list[Path], jobs: int, *, documents: int = 1000, rounds: int = 3) -> Batch:
    """Read `documents` documents (the pages over and over) by turns with one process and with `jobs`."""
    inputs = [str(pages[place % len(pages)]) for place in range(documents)]
    taken: dict[int, list[float]] = {1: [], jobs: []}
    for _ in range(rounds):
        for count, times in taken.items():
            times.append(_seconds(inputs, count))
    return Batch(documents, jobs, median(taken[1]), median(taken[jobs]))


def _seconds(inputs: list[str], jobs: int) -> float:
    command = [sys.executable, "-m", "watcher", "extract", *inputs, "--json", "--jobs", str(jobs)]
    start = monotonic()
    done = subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if done.returncode:
        raise SystemExit("a document could not be read: the times would not compare")
    return monotonic() - start
