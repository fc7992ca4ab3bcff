"""`python -m benchmarks.delivery`: match many subscriptions against an announcement, and drain a long queue."""

from __future__ import annotations

import argparse
import gc
import tempfile
from importlib.metadata import version
from typing import Final

from benchmarks import page
from benchmarks.delivery import drain, matching
from benchmarks.delivery.hooks import ANSWER_S
from watcher.cli.service import GARBAGE

SUBSCRIPTIONS: Final = 1000
MATCH_MS: Final = 100
CHANNELS, EACH = 100, 100
MOST_TIMES_IDEAL: Final = 2.0


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.delivery", description=__doc__)
    options.add_argument("--rounds", type=int, default=3, help="how often the queue is drained; the fastest counts")
    options.add_argument("--write", action="store_true", help=f"put the table into {page.PAGE.name}")
    given = options.parse_args()
    gc.set_threshold(*GARBAGE)  # as the service does
    table = measure(given.rounds)
    print(table)
    if given.write:
        page.put("delivery", table)


def measure(rounds: int) -> str:
    middle, worst = matching.measure(SUBSCRIPTIONS, 100)
    found = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            found.append(drain.measure(f"sqlite:///{folder}/watcher.db", CHANNELS, EACH))
    best = min(found, key=lambda one: one.took_s)
    times = best.took_s / best.ideal_s
    aims = [
        (
            f"{SUBSCRIPTIONS:,} subscriptions matched against one announcement",
            f"≤ {MATCH_MS} ms",
            f"{middle:.1f} ms, the worst of 100 {worst:.1f} ms",
            worst <= MATCH_MS,
        ),
        (
            f"{best.messages:,} deliveries over {CHANNELS} webhooks that take {ANSWER_S * 1000:.0f} ms",
            f"≤ {MOST_TIMES_IDEAL:g} × the ideal {best.ideal_s:.1f} s",
            f"{times:.1f} ×: {best.took_s:.1f} s, of which {best.cpu_s:.1f} s of CPU",
            times <= MOST_TIMES_IDEAL,
        ),
    ]
    lines = ["| aim | limit | measured | |", "|---|---|---|---|"]
    lines += [
        f"| {aim} | {limit} | {measured} | {'reached' if met else 'missed'} |" for aim, limit, measured, met in aims
    ]
    command = f"python -m benchmarks.delivery --rounds {rounds}"
    return "\n".join(
        [*lines, "", page.circumstances(command, [f"SQLAlchemy {version('sqlalchemy')}", f"httpx {version('httpx')}"])]
    )


if __name__ == "__main__":
    main()
