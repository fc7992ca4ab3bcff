"""The measurements as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmarks.store.calls import Timing
from benchmarks.store.idle import Writes


def calls_table(by_size: Mapping[int, Mapping[str, Timing]]) -> str:
    """Milliseconds of CPU of each call at each size, and how many times the smallest's the largest is."""
    sizes = list(by_size)
    head = " | ".join(f"{size:,}" for size in sizes)
    lines = [f"| CPU ms | {head} | growth | answers |", f"|---|{'--:|' * (len(sizes) + 2)}"]
    for name in by_size[sizes[0]]:
        timings = [by_size[size][name] for size in sizes]
        numbers = " | ".join(f"{timing.ms:.2f}" for timing in timings)
        growth = timings[-1].ms / timings[0].ms
        lines.append(f"| {name} | {numbers} | {growth:.1f} × | {_answers(timings)} |")
    return "\n".join(lines)


def _answers(timings: Sequence[Timing]) -> str:
    first, last = timings[0].answers, timings[-1].answers
    return str(first) if first == last else f"{first} to {last}"


def size_table(bytes_by_size: Mapping[int, Mapping[str, int]]) -> str:
    """Bytes on disk an announcement, the whole and by its parts."""
    sizes = list(bytes_by_size)
    lines = [f"| KB an announcement | {' | '.join(f'{size:,}' for size in sizes)} |", f"|---|{'--:|' * len(sizes)}"]
    for part in bytes_by_size[sizes[0]]:
        shares = " | ".join(f"{bytes_by_size[size][part] / size / 1000:.1f}" for size in sizes)
        lines.append(f"| {part} | {shares} |")
    return "\n".join(lines)


def writes_table(by_size: Mapping[int, Sequence[Writes]]) -> str:
    lines = [
        "| stored | entries in the list | rows, answered 304 | rows, same entries in other bytes |",
        "|--:|--:|--:|--:|",
    ]
    for size, counted in by_size.items():
        for one in counted:
            lines.append(f"| {size:,} | {one.entries} | {one.not_modified} | {one.same_entries} |")
    return "\n".join(lines)
