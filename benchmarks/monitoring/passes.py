"""Passes side by side, round after round, so that a busy machine is as busy for all: unchanged, slow, ever changing."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from statistics import median
from typing import Final

from benchmarks.monitoring.asked import Asked, Passed
from benchmarks.monitoring.bench import CONNECTIONS, Bench, quiet
from benchmarks.processes import Spent

SLOW_S: Final = 0.2

FLOOR: Final = "httpx, ETag, BeautifulSoup: the floor"
PASS: Final = f"**watcher**, the pass alone, {CONNECTIONS} connections"
PASS_DEFAULT: Final = "**watcher**, the pass alone, default connections"
CHECK: Final = "**watcher check**, from start to end"
URLWATCH: Final = "urlwatch, from start to end"
CHANGEDETECTION: Final = "changedetection.io, running"

Run = Callable[[], Spent | Passed]


@dataclass(slots=True)
class Compared:
    """What each spent, a pass a round; `stall_ms` and `at_work_ms`: the worst of watcher's event loop."""

    spent: dict[str, list[Spent | Passed]] = field(default_factory=dict)

    def median(self, name: str, what: str) -> float:
        return float(median(getattr(spent, what) for spent in self.spent[name]))

    def ratio(self, name: str, other: str, what: str) -> float:
        """The median over the rounds of how many times `other` a pass spent."""
        pairs = zip(self.spent[name], self.spent[other], strict=True)
        return float(median(getattr(one, what) / getattr(two, what) for one, two in pairs))

    def worst(self, what: str) -> float:
        passed = (one for spent in self.spent.values() for one in spent if isinstance(one, Passed))
        return max((float(getattr(one, what)) for one in passed if "opened" in one.found), default=0.0)


def unchanged(bench: Bench, rounds: int) -> Compared:
    """Every page as it was, and answered at once with 304."""
    return _compare(
        rounds,
        {
            FLOOR: partial(bench.floor.make_pass, CONNECTIONS),
            PASS: partial(_quiet_pass, bench.with_ten),
            CHECK: partial(bench.check, CONNECTIONS),
            URLWATCH: bench.urlwatch.make_pass,
            CHANGEDETECTION: partial(bench.changedetection.make_pass, bench.target.columns),
        },
    )


def slow(bench: Bench, rounds: int) -> Compared:
    """The same, each answer after `SLOW_S`."""
    bench.target.set(delay_s=SLOW_S)
    try:
        return _compare(
            rounds,
            {
                PASS: partial(_quiet_pass, bench.with_ten),
                PASS_DEFAULT: partial(_quiet_pass, bench.with_default),
                CHECK: bench.check,
                URLWATCH: bench.urlwatch.make_pass,
                CHANGEDETECTION: partial(bench.changedetection.make_pass, bench.target.columns),
            },
        )
    finally:
        bench.target.set()


def changing(bench: Bench, rounds: int) -> Compared:
    """Pages that count their visits: other bytes each time, the same entries."""
    bench.target.set(counts_visits=True)
    runs: dict[str, Run] = {
        PASS: partial(_quiet_pass, bench.with_ten),
        CHECK: partial(bench.check, CONNECTIONS),
        URLWATCH: bench.urlwatch.make_pass,
        CHANGEDETECTION: partial(bench.changedetection.make_pass, bench.target.columns),
    }
    try:
        return _compare(rounds, runs)
    finally:
        bench.target.set()


def _quiet_pass(watcher: Asked) -> Passed:
    return quiet(watcher.make_pass(None))


def _compare(rounds: int, runs: dict[str, Run]) -> Compared:
    compared = Compared({name: [] for name in runs})
    for turn in range(rounds):
        for name, run in runs.items():
            spent = run()
            compared.spent[name].append(spent)
            told = f"{spent.wall_s:.2f} s, CPU {spent.cpu_s:.2f} s, {spent.memory_mb:.0f} MiB"
            print(f"round {turn + 1} of {rounds}: {name}: {told}", file=sys.stderr, flush=True)
    return compared
