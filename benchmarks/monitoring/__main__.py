"""`python -m benchmarks.monitoring [--only PART …]`: measure, print, and with --write put it into the docs."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Final

from benchmarks import page
from benchmarks.monitoring import alerts, passes, report, service
from benchmarks.monitoring.bench import Bench, bench
from benchmarks.monitoring.target import serving

CHANGING_SHARE: Final = 5  # of the columns one in so many is enough for pages that change each time
IDLE_S: Final = 60.0


@dataclass
class Run:
    """What was asked for, and the site that most parts share."""

    columns: int
    rounds: int
    sources: int
    folder: Path
    stack: ExitStack

    @cached_property
    def bench(self) -> Bench:
        return self.stack.enter_context(bench(self.columns, self.folder / "unchanged"))


def _unchanged(run: Run) -> str:
    return report.unchanged(passes.unchanged(run.bench, run.rounds))


def _slow(run: Run) -> str:
    return report.slow(passes.slow(run.bench, max(run.rounds // 2, 1)), run.columns)


def _changing(run: Run) -> str:
    with bench(run.columns // CHANGING_SHARE, run.folder / "changing") as changing:
        return report.changing(passes.changing(changing, run.rounds))


def _latency(run: Run) -> str:
    return report.latency(alerts.one_by_one(run.bench, 2 * run.rounds))


def _delay(run: Run) -> str:
    return report.delays(alerts.under_load(run.bench, run.folder / "delay.log", 20 * run.rounds), run.columns)


def _scheduled(run: Run) -> str:
    with serving(run.sources) as target:
        return report.scheduled(service.scheduled(target, run.folder, IDLE_S), run.sources)


PARTS: Final[dict[str, Callable[[Run], str]]] = {
    "unchanged": _unchanged,
    "slow": _slow,
    "latency": _latency,
    "delay": _delay,
    "changing": _changing,
    "scheduled": _scheduled,
}


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.monitoring", description=__doc__)
    options.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), metavar="PART", help=", ".join(PARTS))
    options.add_argument("--columns", type=int, default=1000, help="pages of the site")
    options.add_argument("--sources", type=int, default=10_000, help="sources of the idle service")
    options.add_argument("--rounds", type=int, default=5, help="how often each pass is made")
    options.add_argument("--write", action="store_true", help=f"put the tables into {page.PAGE.name}")
    given = options.parse_args()
    command = f"python -m benchmarks.monitoring --rounds {given.rounds}"
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        run = Run(given.columns, given.rounds, given.sources, Path(folder), stack)
        for part in given.only:
            name, table = f"watching: {part}", PARTS[part](run)
            table += f"\n\n{page.circumstances(f'{command} --only {part}', libraries())}"
            print(f"\n## {name}\n{table}", flush=True)
            if given.write:
                page.put(name, table)


def libraries() -> list[str]:
    here = Path(__file__).parent
    pinned = [line for name in ("changedetection", "urlwatch") for line in _lines(here / f"requirements-{name}.txt")]
    peers = [line.replace("==", " ") for line in pinned if line.startswith(("changedetection.io==", "urlwatch=="))]
    return [f"httpx {version('httpx')}", *peers]


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


if __name__ == "__main__":
    main()
