"""From news on the site to the webhook: one check at a time, and under the load of a service on short intervals."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.monitoring.bench import Bench
from benchmarks.monitoring.service import Idle, running
from benchmarks.monitoring.target import News

_WITHIN_S: Final = 60.0
EVERY_S: Final = 20


def one_by_one(bench: Bench, rounds: int) -> dict[str, list[float | None]]:
    """Seconds from the start of a check to the delivery, by who checked; None: never."""
    # Made before there is news, which their first passes would take for what was there.
    service, ours, urlwatch = bench.changedetection, bench.with_default, bench.urlwatch

    def pass_over_one(news: News) -> float:
        return ours.make_pass(news.column).began

    def whole_check(_: News) -> float:
        return _timed(bench.check)

    def whole_urlwatch(_: News) -> float:
        return _timed(urlwatch.make_pass)

    checks: dict[str, tuple[str, Callable[[News], float]]] = {
        "**watcher**, the column alone": ("ours", pass_over_one),
        f"**watcher check** of all {bench.target.columns:,} columns, with its start": ("ours", whole_check),
        f"urlwatch over all {bench.target.columns:,}, with its start": ("urlwatch", whole_urlwatch),
        "changedetection.io, the column alone": (
            "changedetection",
            lambda news: service.check(bench.target.url(news.column)),
        ),
    }
    found: dict[str, list[float | None]] = {name: [] for name in checks}
    columns = iter(random.Random(1).sample(range(bench.target.columns), rounds * len(checks)))
    for _ in range(rounds):
        for name, (sink, check) in checks.items():
            news = bench.target.publish(next(columns))
            time.sleep(1.1)  # a second is the least that Last-Modified tells apart
            began = check(news)
            arrived = bench.target.arrived(news, sink, within_s=_WITHIN_S)
            found[name].append(None if arrived is None else arrived - began)
            print(f"{name}: {found[name][-1]}", file=sys.stderr, flush=True)
    return found


def _timed(run: Callable[[], object]) -> float:
    began = time.monotonic()
    run()
    return began


@dataclass(frozen=True, slots=True)
class Delays:
    """Seconds from publication to acceptance, and of those the ones after the list was next asked for; how many were
    lost; what the service spent meanwhile."""

    from_publication: list[float]
    from_request: list[float]
    lost: int
    service: Idle


def under_load(bench: Bench, log: Path, news_count: int) -> Delays:
    """Something is published each second while every column is checked each `EVERY_S` seconds."""
    chance = random.Random(2)
    with running(bench.config(every=f"{EVERY_S}s"), bench.state, log) as service:
        time.sleep(2 * EVERY_S)  # the first passes, close together, are over
        service.settle()
        published = []
        for column in chance.sample(range(bench.target.columns), news_count):
            published.append(bench.target.publish(column))
            time.sleep(chance.uniform(0.5, 1.5))
        whole, after = [], []
        for news in published:
            arrived = bench.target.arrived(news, "ours", within_s=3 * EVERY_S)
            asked = bench.target.asked(news)
            if arrived is not None and asked is not None:
                whole.append(arrived - news.at)
                after.append(arrived - asked)
        spent = service.end()
    return Delays(whole, after, news_count - len(whole), spent)


def spread(values: list[float]) -> tuple[float, float, float]:
    """Median, 95th percentile and largest."""
    ordered = sorted(values)
    return median(ordered), ordered[min(int(len(ordered) * 0.95), len(ordered) - 1)], ordered[-1]
