"""`python -m benchmarks.faults [--write]`: what becomes of news where a sink, a process or a site fails."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from benchmarks import page
from benchmarks.environments import UnavailableError
from benchmarks.faults.products import PRODUCTS, Product, made
from benchmarks.monitoring.__main__ import libraries
from benchmarks.monitoring.target import Target, serving

COLUMNS: Final = 3
CYCLES: Final = 3
PAUSE_S: Final = 8.0  # between two passes; the first retry of a delivery comes within ten seconds
_NOT_HERE: Final = "not installed"


def failing_sink(product: Product, target: Target) -> str:
    """The sink refuses during the pass that finds the news, and accepts from then on."""
    target.set(sink=True)
    news = target.publish(1)
    product.cycle()
    target.set()
    return _arrived(product, target, news.title)


def crash(product: Product, target: Target) -> str:
    """Killed when the news was read; the sink refused until then, so that nothing was accepted before."""
    target.set(sink=True)
    news = target.publish(1)
    product.killed(news)
    target.set()
    return _arrived(product, target, news.title)


def maintenance(product: Product, target: Target) -> str:
    """Every list is a page of maintenance for one pass: whoever is told of that is told of nothing."""
    began = time.monotonic()
    target.set(maintenance=True)
    product.cycle()
    target.set()
    product.cycle()
    return f"{target.deliveries(product.sink, began)} false alerts"


def backdated(product: Product, target: Target) -> str:
    """Pages have a date alone, and the change one that is older than what is known: the server answers 304."""
    news = target.publish(1)
    return _arrived(product, target, news.title)


# By its row: the fault, and how the site is before it comes.
SCENARIOS: Final[dict[str, tuple[Callable[[Product, Target], str], dict[str, bool]]]] = {
    "the sink refuses for one pass": (failing_sink, {}),
    "killed when the news was read": (crash, {}),
    "a page of maintenance for one pass": (maintenance, {}),
    "`Last-Modified` of a change two minutes back": (backdated, {"by_date": True}),
}


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.faults", description=__doc__)
    options.add_argument("--write", action="store_true", help=f"put the table into {page.PAGE.name}")
    given = options.parse_args()
    lines = [f"| fault | {' | '.join(PRODUCTS)} |", "|---|" + "---|" * len(PRODUCTS)]
    for row, (scenario, before) in SCENARIOS.items():
        lines.append(f"| {row} | {' | '.join(_run(name, scenario, before) for name in PRODUCTS)} |")
        print(lines[-1], file=sys.stderr, flush=True)
    table = "\n".join([*lines, "", page.circumstances("python -m benchmarks.faults", libraries())])
    print(table)
    if given.write:
        page.put("faults", table)


def _run(name: str, scenario: Callable[[Product, Target], str], before: dict[str, bool]) -> str:
    """One product with a site and a state of its own."""
    with tempfile.TemporaryDirectory() as folder, serving(COLUMNS) as target:
        target.set(**before)
        try:
            with made(name, target, Path(folder) / "state") as product:
                time.sleep(1.1)  # a second is the least that Last-Modified tells apart
                return scenario(product, target)
        except UnavailableError:
            return _NOT_HERE


def _arrived(product: Product, target: Target, title: str) -> str:
    """What came of a piece of news within a few passes."""
    for _ in range(CYCLES):
        time.sleep(PAUSE_S)
        product.cycle()
    count = target.told(product.sink, title)
    return f"delivered{f' {count} times' if count > 1 else ''}" if count else "lost"


if __name__ == "__main__":
    main()
