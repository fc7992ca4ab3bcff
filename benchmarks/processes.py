"""What a process costs: one that is run to its end, or one that lives on, with all its children."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.environments import ROOT, environ

_TICKS_A_SECOND: Final = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds on the wall and of CPU (user and system), and the most memory held at once in MB."""

    wall_s: float
    cpu_s: float
    memory_mb: float


def run(
    command: Sequence[str], out: Path, *, at_most_s: float, environment: dict[str, str] | None = None
) -> tuple[Spent, int | None]:
    """What `command` spent and its exit status, None where it had to be ended; its output is in `out`."""
    launch = [sys.executable, str(Path(__file__).with_name("launch.py")), str(at_most_s), str(out), *command]
    done = subprocess.run(
        launch, check=True, capture_output=True, text=True, cwd=ROOT, env=environ() | (environment or {})
    )
    found = json.loads(done.stdout)
    return Spent(found["wall_s"], found["cpu_s"], found["memory_mb"]), found["status"]


def cpu_s(pid: int) -> float:
    """Seconds of CPU that a process and its children, ended ones included, have used so far."""
    return sum(sum(map(int, _fields(one)[13:17])) for one in _family(pid)) / _TICKS_A_SECOND


def memory_mb(pid: int, what: str = "VmRSS") -> float:
    """Memory of a process and its children in MiB: what they hold (`VmRSS`), or held at most (`VmHWM`)."""
    return sum(_status(one, what) for one in _family(pid)) / 1024


def _family(pid: int) -> Iterator[int]:
    yield pid
    for thread in Path(f"/proc/{pid}/task").iterdir():
        with suppress(FileNotFoundError):  # a thread that has just ended
            for child in (thread / "children").read_text("ascii").split():
                yield from _family(int(child))


def _fields(pid: int) -> list[str]:
    """/proc/PID/stat, with the bracketed name as one field: 13 to 16 are its and its children's ticks (proc(5))."""
    head, _, rest = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")
    return [str(pid), head.partition("(")[2], *rest.split()]


def _status(pid: int, what: str) -> int:
    """A field of /proc/PID/status in kB."""
    lines = Path(f"/proc/{pid}/status").read_text("utf-8", "replace").splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{what}:")), 0)
