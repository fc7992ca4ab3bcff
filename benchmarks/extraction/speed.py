"""The comparison: every method on every page, round after round, so that a busy machine is as busy for all."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.environments import UnavailableError
from benchmarks.extraction.environments import GPL, HTML, OURS, Method, Worker

CONTENT = (
    Method("watcher extract", OURS, "**watcher extract**: bytes to JSON, every field"),
    Method("trafilatura", HTML, "trafilatura: main text alone"),
    Method("readability-lxml", HTML, "readability-lxml: main part of the page alone"),
    Method("BeautifulSoup parse", HTML, "BeautifulSoup on lxml: parse alone"),
    Method("lxml parse", HTML, "lxml: parse alone"),
)
FIGURES = (
    Method("watcher figures", OURS, "**watcher**: figures with bounds, changes, subjects"),
    Method("recognizers-text", HTML, "recognizers-text: currency, percentage, dimension, number"),
    Method("jionlp", GPL, "jionlp: money and time alone"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One method over all pages: milliseconds a page (median over pages of the median over rounds), and its ratio
    to the reference's on the same page: median and largest. `skipped` says why there are no numbers."""

    label: str
    ms: float = 0.0
    ratio: float = 0.0
    worst: float = 0.0
    skipped: str = ""


def compare(methods: Sequence[Method], reference: str, paths: Sequence[Path], rounds: int) -> list[Row]:
    """One row a method; `reference` names the method that counts as 1."""
    samples, skipped = _sample(methods, paths, rounds)
    base = {path: median(times) for path, times in samples[reference].items()}
    rows = []
    for method in methods:
        if method.name in skipped:
            rows.append(Row(method.label, skipped=skipped[method.name]))
            continue
        times = {path: median(taken) for path, taken in samples[method.name].items()}
        ratios = [times[path] / base[path] for path in times if path in base]
        rows.append(Row(method.label, median(times.values()), median(ratios), max(ratios)))
    return rows


def _sample(
    methods: Sequence[Method], paths: Sequence[Path], rounds: int
) -> tuple[dict[str, dict[Path, list[float]]], dict[str, str]]:
    """Milliseconds by method and page, and the methods that could not run, with the reason."""
    samples: dict[str, dict[Path, list[float]]] = {method.name: {} for method in methods}
    skipped: dict[str, str] = {}
    with ExitStack() as stack:
        workers: dict[str, Worker] = {}
        for turn in range(rounds):
            print(f"round {turn + 1} of {rounds}", file=sys.stderr)
            for path in paths:
                for method in (one for one in methods if one.name not in skipped):
                    try:
                        if method.environment not in workers:
                            workers[method.environment] = stack.enter_context(Worker(method.environment))
                        taken = workers[method.environment].measure(method.name, path)
                    except UnavailableError as exc:
                        skipped[method.name] = str(exc)
                        continue
                    samples[method.name].setdefault(path, []).append(taken)
    return samples, skipped
