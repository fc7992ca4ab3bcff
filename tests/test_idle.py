"""A pass that finds nothing costs the database a few rows, however long the list is."""

from __future__ import annotations

from pathlib import Path

from benchmarks.store import fill, idle
from watcher.store.engine import Database


def test_a_pass_that_finds_nothing_writes_the_same_few_rows_for_a_short_list_and_a_long(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/watcher.db"
    database = Database.open(address)
    fill.fill(database, 150)
    short, long = (idle.measure(database, address, str(tmp_path), entries) for entries in (8, 24))
    database.close()
    assert (short.entries, long.entries) == (8, 24)
    assert (short.not_modified, short.same_entries) == (long.not_modified, long.same_entries)
    assert max(long.not_modified, long.same_entries) <= 4
