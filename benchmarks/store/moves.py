"""`python -m benchmarks.store.moves`: a state copied to PostgreSQL, backed up while it is written to, and taken back.

Needs the programs of a PostgreSQL server (`make test-deps`).
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from benchmarks.environments import ROOT, environ
from benchmarks.store import fill
from tests import postgres
from watcher.archive import FOLDER
from watcher.store import Store, copying
from watcher.store.contents import Sum, summed
from watcher.store.engine import Database
from watcher.upkeep.backup import back_up
from watcher.upkeep.restore import restore

# What a writer adds in one transaction, so that a state of one moment has a multiple of it.
AT_ONCE: Final = 10
# What the writer leaves alone: it must come back as it was.
STILL: Final = ("announcements", "revisions", "figures", "places", "deadlines", "bands", "readings")


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.store.moves", description=__doc__)
    options.add_argument("--sizes", type=int, nargs="+", default=[5_000, 20_000], metavar="N", help="announcements")
    given = options.parse_args()
    print("| announcements | filled s | rows | tables s | search index s | compared s | backup s | MB | restore s |")
    print("|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    with postgres.running(fsync=True) as server:
        for size in given.sizes:
            with tempfile.TemporaryDirectory() as folder:
                measure(size, Path(folder), server.make())


def measure(size: int, folder: Path, server: str) -> None:
    """One line of the table."""
    address, began = f"sqlite:///{folder}/watcher.db", time.monotonic()
    database = Database.open(address)
    fill.fill(database, size)
    filled_s = time.monotonic() - began
    rows, tables_s, search_s, compared_s = copied(database, server)
    with written_to(address):
        began = time.monotonic()
        path, manifest = back_up(database, folder / FOLDER, folder / "backups", datetime.now(UTC))
        backup_s = time.monotonic() - began
    began = time.monotonic()
    place = f"sqlite:///{folder}/restored.db"
    restore(path, place, folder / "restored")
    restore_s = time.monotonic() - began
    compare(database, place)
    database.close()
    print(
        f"| {size:,} | {filled_s:.1f} | {manifest.rows:,} | {tables_s:.1f} | {search_s:.1f} | {compared_s:.1f} "
        f"| {backup_s:.1f} | {path.stat().st_size / 1e6:.1f} | {restore_s:.1f} |",
        flush=True,
    )
    assert rows <= manifest.rows


def copied(source: Database, address: str) -> tuple[int, float, float, float]:
    """The rows of a copy, and the seconds of its parts."""
    target, marks = Database.open(address), [time.monotonic()]

    def told(name: str, _rows: int) -> None:
        if name != "search":
            del marks[1:]  # the last table's counts
        marks.append(time.monotonic())

    sums = copying.copy(source, target, told)
    marks.append(time.monotonic())
    target.close()
    began, tables, search, end = marks
    return sum(one.rows for one in sums.values()), tables - began, search - tables, end - search


@contextmanager
def written_to(address: str) -> Iterator[None]:
    """Another process writes all the while."""
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.store.writer", address, str(AT_ONCE)],
        cwd=ROOT,
        env=environ(),
        stdout=subprocess.PIPE,
    ) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()  # it has begun
        try:
            yield
            assert writer.poll() is None
        finally:
            writer.kill()


def compare(database: Database, restored: str) -> None:
    """What was taken back is of one moment, and as it was: raises SystemExit."""
    before, after = sums(database), Database.open(restored)
    found = sums(after)
    if wrong := [name for name in STILL if name in before and before[name] != found[name]]:
        raise SystemExit(f"taken back otherwise: {', '.join(wrong)}")
    written = Store(after).waiting(fill.sources()[0].id)
    after.close()
    if not written or written % AT_ONCE:
        raise SystemExit(f"not of one moment: {written} entries, of which {AT_ONCE} are written at once")


def sums(database: Database) -> dict[str, Sum]:
    with database.read() as session:
        return summed(session.connection())


if __name__ == "__main__":
    main()
