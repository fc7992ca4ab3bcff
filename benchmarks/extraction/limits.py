"""What hostile and broken documents cost: the program itself as a process on a file, by time, memory and answer."""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks import processes
from benchmarks.extraction.hostile import BROKEN, REPEATED, Hostile

MAX_SECONDS, MAX_MEGABYTES = 10.0, 500.0
_GIVE_UP_S = 60.0
_ERROR_LINE = 1_000  # bytes within which a line says that it is an error


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the wall and of CPU, the most memory held at once in MB, and `result` or the error's code."""

    name: str
    wall_s: float
    cpu_s: float
    memory_mb: float
    answer: str

    @property
    def within(self) -> bool:
        return self.cpu_s <= MAX_SECONDS and self.memory_mb <= MAX_MEGABYTES and self.answer != FAILED


FAILED = "no answer"


def hostile_costs(size: int, kinds: tuple[Hostile, ...] = REPEATED) -> list[Cost]:
    """The cost of each kind of document at `size` bytes."""
    with tempfile.TemporaryDirectory() as folder:
        costs = []
        for kind in kinds:
            path = Path(folder) / f"document{kind.suffix}"
            path.write_bytes(kind.body(size))
            costs.append(_reported(cost_of(kind.name, path)))
        return costs


def broken_costs() -> list[Cost]:
    """The cost of each broken document."""
    with tempfile.TemporaryDirectory() as folder:
        costs = []
        for broken in BROKEN:
            path = Path(folder) / f"document{broken.suffix}"
            path.write_bytes(broken.make())
            costs.append(_reported(cost_of(broken.name, path)))
        return costs


def cost_of(name: str, path: Path) -> Cost:
    """The cost of `watcher extract PATH --json`; a process that hangs is ended after a minute."""
    out = path.with_suffix(".out")
    command = [sys.executable, "-m", "watcher", "extract", str(path), "--json"]
    spent, status = processes.run(command, out, at_most_s=_GIVE_UP_S)
    answer = _answer(out) if status in (0, 1) else FAILED
    return Cost(name, spent.wall_s, spent.cpu_s, spent.memory_mb, answer)


def _answer(out: Path) -> str:
    with out.open("rb") as file:
        line = file.readline()
        if not line.startswith(b'{"input"') or not line.endswith(b"}\n") or file.read(1):
            return FAILED
    return str(json.loads(line)["error"]["code"]) if b'"error": {' in line[:_ERROR_LINE] else "result"


def _reported(cost: Cost) -> Cost:
    print(f"{cost.name}: {cost.cpu_s:.1f} s, {cost.memory_mb:.0f} MB, {cost.answer}", file=sys.stderr)
    return cost
