"""`python -m benchmarks.store`: fill a store from a seed and measure its calls as it grows."""

from __future__ import annotations

import argparse
import os
import sqlite3
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Final

from benchmarks import page
from benchmarks.store import calls, fill, idle, near, report
from watcher.store import Store
from watcher.store.engine import Database

SIZES: Final = (1_000, 3_000, 10_000, 30_000, 100_000)
# Entries in the list of a pass that finds nothing.
LISTS: Final = (20, 100)


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.store", description=__doc__)
    options.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N", help="announcements, ascending")
    options.add_argument("--rounds", type=int, default=15, help="how often each call is made; the fastest counts")
    options.add_argument("--keep", metavar="FILE", help="fill this database, or go on with it, and leave it there")
    options.add_argument("--write", action="store_true", help=f"put the tables into {page.PAGE.name}")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(given.keep or f"{folder}/watcher.db")
        for name, table in measure(path, given.sizes, given.rounds).items():
            print(f"\n## {name}\n{table}", flush=True)
            if given.write:
                page.put(name, table)


def measure(path: Path, sizes: list[int], rounds: int) -> dict[str, str]:
    """The tables of all sizes, by the name of their place in the page."""
    address = f"sqlite:///{path}"
    database = Database.open(address)
    timings, found, sizes_on_disk, writes = {}, {}, {}, {}
    for size in sizes:
        print(f"filling to {size:,}", file=sys.stderr, flush=True)
        fill.fill(database, size)
        timings[size] = calls.measure(Store(database), size, rounds)
        found[size] = near.measure(Store(database), size, rounds)
        sizes_on_disk[size] = on_disk(path)
        writes[size] = [idle.measure(database, address, str(path.parent), entries) for entries in LISTS]
    database.close()
    command = f"python -m benchmarks.store --rounds {rounds}"
    libraries = [f"SQLite {sqlite3.sqlite_version}", f"SQLAlchemy {version('sqlalchemy')}"]
    return {
        "store calls": report.calls_table(timings),
        "store copies": report.calls_table(found),
        "store size": report.size_table(sizes_on_disk),
        "store writes": report.writes_table(writes),
        "store circumstances": page.circumstances(command, libraries),
    }


# What the parts of the file hold, by how the names of their tables begin.
PARTS: Final = {
    "texts and extractions": "revisions",
    "figures": "figures",
    "search": "search",
    "copies": "bands",
    "pages": "pages",
    "how pages were read": "readings",
}


def on_disk(path: Path) -> dict[str, int]:
    """Bytes of the file once all is in it, of its largest parts, and of the rest: lists, places, other indexes."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    tables = dict(connection.execute("SELECT name, pgsize FROM dbstat WHERE aggregate = TRUE"))
    connection.close()
    whole = os.path.getsize(path)
    parts = {
        part: sum(size for name, size in tables.items() if name.removeprefix("sqlite_autoindex_").startswith(stem))
        for part, stem in PARTS.items()
    }
    return {"the whole file": whole, **parts, "the rest": whole - sum(parts.values())}


if __name__ == "__main__":
    main()
