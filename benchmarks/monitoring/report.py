"""The measurements as tables, each with its aims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from benchmarks.monitoring import passes
from benchmarks.monitoring.alerts import EVERY_S, Delays, spread
from benchmarks.monitoring.bench import CONNECTIONS
from benchmarks.monitoring.passes import CHANGEDETECTION, CHECK, FLOOR, PASS, PASS_DEFAULT, URLWATCH, Compared
from benchmarks.monitoring.service import Idle

STALL_MS: Final = 100.0


@dataclass(frozen=True, slots=True)
class Aim:
    """Something that shall be at most (or at least) so much; `unit` stands behind both numbers."""

    what: str
    limit: float
    measured: float
    unit: str
    at_least: bool = False

    @property
    def reached(self) -> bool:
        return self.measured >= self.limit if self.at_least else self.measured <= self.limit


def aims_table(aims: Sequence[Aim]) -> str:
    lines = ["| aim | limit | measured | |", "|---|--:|--:|---|"]
    for aim in aims:
        sign = "≥" if aim.at_least else "≤"
        mark = "reached" if aim.reached else "**missed**"
        lines.append(f"| {aim.what} | {sign} {aim.limit:g} {aim.unit} | {aim.measured:.2f} {aim.unit} | {mark} |")
    return "\n".join(lines)


def passes_table(compared: Compared, reference: str) -> str:
    """Medians over the rounds, and the median of the ratios to `reference` in the same round."""
    lines = ["| | s | CPU s | MiB | wall × | CPU × |", "|---|--:|--:|--:|--:|--:|"]
    for name in compared.spent:
        wall_s, cpu_s, memory_mb = (compared.median(name, what) for what in ("wall_s", "cpu_s", "memory_mb"))
        ratios = " | ".join(f"{compared.ratio(name, reference, what):.2f}" for what in ("wall_s", "cpu_s"))
        lines.append(f"| {name} | {wall_s:.2f} | {cpu_s:.2f} | {memory_mb:.0f} | {ratios} |")
    stall = f"watcher's event loop stalled {compared.worst('stall_ms'):.0f} ms at most"
    return "\n".join([*lines, "", f"{stall}, {compared.worst('at_work_ms'):.0f} ms of one at its own work."])


def unchanged(compared: Compared) -> str:
    aims = [
        Aim("the pass, wall", 1.8, compared.ratio(PASS, FLOOR, "wall_s"), "× floor"),
        Aim("the pass, CPU", 1.8, compared.ratio(PASS, FLOOR, "cpu_s"), "× floor"),
        *(
            Aim(f"with its start, {label}", limit, compared.ratio(CHECK, peer, what), f"× {name}")
            for label, what in (("wall", "wall_s"), ("CPU", "cpu_s"))
            for peer, name, limit in ((URLWATCH, "urlwatch", 1.0), (CHANGEDETECTION, "changedetection.io", 0.35))
        ),
        Aim("memory at most", 120.0, compared.median(CHECK, "memory_mb"), "MiB"),
        _stall(compared.worst("at_work_ms")),
    ]
    return f"{passes_table(compared, FLOOR)}\n\n{aims_table(aims)}"


def slow(compared: Compared, columns: int) -> str:
    ideal_s = columns * passes.SLOW_S / CONNECTIONS
    peers = {"urlwatch": URLWATCH, "changedetection.io": CHANGEDETECTION}
    aims = [
        Aim(f"{CONNECTIONS} connections", 1.1, compared.median(PASS, "wall_s") / ideal_s, f"× ideal ({ideal_s:.0f} s)"),
        *(
            Aim(f"default connections, {how}faster than {name}", 3.0, compared.ratio(peer, ours, "wall_s"), "×", True)
            for how, ours in (("the pass: ", PASS_DEFAULT), ("its start counted too: ", CHECK))
            for name, peer in peers.items()
        ),
        _stall(compared.worst("at_work_ms")),
    ]
    return f"{passes_table(compared, PASS_DEFAULT)}\n\n{aims_table(aims)}"


def changing(compared: Compared) -> str:
    aims = [
        Aim("CPU, the pass", 1.0, compared.ratio(PASS, URLWATCH, "cpu_s"), "× urlwatch"),
        Aim("CPU, its start counted too", 1.0, compared.ratio(CHECK, URLWATCH, "cpu_s"), "× urlwatch"),
        _stall(compared.worst("at_work_ms")),
    ]
    return f"{passes_table(compared, URLWATCH)}\n\n{aims_table(aims)}"


def latency(found: dict[str, list[float | None]]) -> str:
    lines = ["| from the check's start to the webhook | median s | largest s | lost |", "|---|--:|--:|--:|"]
    for name, values in found.items():
        told = [value for value in values if value is not None]
        numbers = f"{median(told):.2f} | {max(told):.2f}" if told else "– | –"
        lines.append(f"| {name} | {numbers} | {len(values) - len(told)} |")
    alone = [value for value in next(iter(found.values())) if value is not None]
    aims = [Aim("the column alone", 0.5, median(alone) if alone else float("inf"), "s")]
    return "\n".join([*lines, "", aims_table(aims)])


def scheduled(idle: Idle, sources: int) -> str:
    aims = [
        Aim(f"memory with {sources:,} sources", 300.0, idle.memory_mb, "MiB"),
        Aim("CPU while nothing is due", 2.0, idle.cpu_percent, "% of a core"),
        _stall(idle.at_work_ms),
    ]
    return aims_table(aims)


def delays(found: Delays, columns: int) -> str:
    lines = [
        f"| {columns:,} columns, each every {EVERY_S} s; s to the webhook's acceptance | median | 95 % | largest |",
        "|---|--:|--:|--:|",
    ]
    for label, values in (
        ("from publication", found.from_publication),
        ("from the next request for the list", found.from_request),
    ):
        lines.append(f"| {label} | {' | '.join(f'{value:.2f}' for value in spread(values))} |")
    service = found.service
    told = f"{len(found.from_publication)} alerts, {found.lost} lost; {service.memory_mb:.0f} MiB"
    lines += ["", f"{told}, {service.cpu_percent:.0f} % of a core."]
    return "\n".join([*lines, "", aims_table([_stall(service.at_work_ms)])])


def _stall(at_work_ms: float) -> Aim:
    return Aim("stall of the event loop", STALL_MS, at_work_ms, "ms")
