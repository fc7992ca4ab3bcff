"""The measurements as tables."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks import page
from benchmarks.environments import UnavailableError
from benchmarks.extraction.batch import Batch
from benchmarks.extraction.environments import GPL, HTML, OURS, versions
from benchmarks.extraction.limits import Cost
from benchmarks.extraction.speed import Row

_NAMED = {
    OURS: ("lxml", "beautifulsoup4"),
    HTML: ("trafilatura", "readability-lxml", "lxml", "beautifulsoup4", "recognizers-text"),
    GPL: ("jionlp",),
}


def speed_table(rows: Sequence[Row], reference: str) -> str:
    """Milliseconds and ratios, the reference as 1."""
    lines = [f"| | CPU ms a page | × {reference} | largest × |", "|---|--:|--:|--:|"]
    for row in rows:
        numbers = f"{row.ms:.1f} | {row.ratio:.2f} | {row.worst:.2f}"
        lines.append(f"| {row.label} | {f'– | – | skipped: {row.skipped}' if row.skipped else numbers} |")
    return "\n".join(lines)


def cost_table(costs: Sequence[Cost]) -> str:
    lines = ["| document | s | CPU s | MB | answer |", "|---|--:|--:|--:|---|"]
    for cost in costs:
        over = "" if cost.within else " **over**"
        numbers = f"{cost.wall_s:.1f} | {cost.cpu_s:.1f} | {cost.memory_mb:.0f}"
        lines.append(f"| {cost.name} | {numbers} | `{cost.answer}`{over} |")
    return "\n".join(lines)


def growth_table(small: Sequence[Cost], large: Sequence[Cost], start_s: float, times: int) -> str:
    """CPU seconds at two sizes; `start_s`, what the program takes to start, is taken off before dividing."""
    lines = [f"| document | 1 × | {times} × | growth | answer |", "|---|--:|--:|--:|---|"]
    for one, other in zip(small, large, strict=True):
        growth = (other.cpu_s - start_s) / max(one.cpu_s - start_s, 0.05)
        lines.append(f"| {one.name} | {one.cpu_s:.1f} | {other.cpu_s:.1f} | {growth:.1f} | `{other.answer}` |")
    return "\n".join(lines)


def batch_table(batch: Batch) -> str:
    gain = batch.alone.wall_s / batch.shared.wall_s
    lines = [f"| {batch.documents} documents | s | CPU s |", "|---|--:|--:|"]
    for jobs, run in ((1, batch.alone), (batch.jobs, batch.shared)):
        lines.append(f"| `--jobs {jobs}` | {run.wall_s:.1f} | {run.cpu_s:.1f} |")
    return "\n".join([*lines, "", f"{gain:.2f} × as fast, the machine's load beforehand {batch.load:.1f}."])


def circumstances(command: str) -> str:
    """The line under a table: how, when, on what."""
    found = []
    for environment, names in _NAMED.items():
        try:
            installed = versions(environment)
        except UnavailableError:
            continue
        found += [f"{name} {installed[name]}" for name in names if name in installed]
    return page.circumstances(command, list(dict.fromkeys(found)))
