"""`python -m benchmarks.extraction [speed] [limits] [batch]`: measure, print, and with --write put it into the docs."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from benchmarks import page
from benchmarks.extraction import batch, limits, pages, report, speed
from benchmarks.extraction.hostile import LINEAR

_MEGABYTE = 1_000_000


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.extraction", description=__doc__)
    options.add_argument(
        "parts", nargs="*", default=[*PARTS], metavar="PART", help=f"of {', '.join(PARTS)}; all without"
    )
    options.add_argument("--rounds", type=int, default=9, help="how often each page is read")
    options.add_argument("--write", action="store_true", help=f"put the tables into {page.PAGE.name}")
    given = options.parse_args()
    if unknown := set(given.parts) - set(PARTS):
        options.error(f"no such part: {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory() as folder:
        for part in given.parts:
            for name, table in PARTS[part](Path(folder), given.rounds).items():
                print(f"\n## {name}\n{table}", flush=True)
                if given.write:
                    page.put(name, table)


def _speed(folder: Path, rounds: int) -> dict[str, str]:
    command = f"python -m benchmarks.extraction speed --rounds {rounds}"
    ours = pages.write_ours(folder)
    tables = {"pages of ours": report.speed_table(_compared(ours, rounds), "trafilatura")}
    if saved := pages.saved():
        tables["saved pages"] = report.speed_table(_compared(saved, rounds), "trafilatura")
    else:
        print(f"saved pages skipped: {pages.SAVED} is not here", file=sys.stderr)
    texts = pages.write_texts(ours, folder)
    found = speed.compare(speed.FIGURES, "watcher figures", texts, rounds)
    tables["figures"] = report.speed_table(found, "watcher")
    tables["speed circumstances"] = report.circumstances(command)
    return tables


def _compared(paths: list[Path], rounds: int) -> list[speed.Row]:
    return speed.compare(speed.CONTENT, "trafilatura", paths, rounds)


def _limits(folder: Path, _rounds: int) -> dict[str, str]:
    empty = folder / "empty.txt"
    empty.write_bytes(b"")
    start_s = min(limits.cost_of("start", empty).cpu_s for _ in range(3))
    small, large = (limits.hostile_costs(size * _MEGABYTE, LINEAR) for size in (1, 5))
    return {
        "ten megabytes": report.cost_table(limits.hostile_costs(10 * _MEGABYTE)),
        "broken input": report.cost_table(limits.broken_costs()),
        "growth": report.growth_table(small, large, start_s, 5),
        "limits circumstances": report.circumstances("python -m benchmarks.extraction limits"),
    }


def _batch(folder: Path, rounds: int) -> dict[str, str]:
    cores = os.cpu_count() or 1
    measured = batch.speed_up(pages.write_ours(folder), cores, rounds=min(rounds, 3))
    told = report.circumstances("python -m benchmarks.extraction batch")
    return {"batch": f"{report.batch_table(measured)} {told}"}


PARTS = {"speed": _speed, "limits": _limits, "batch": _batch}

if __name__ == "__main__":
    main()
