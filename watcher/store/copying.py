"""One database copied into another that is empty, of whichever kind the two are.

    one state of the source -> one transaction of the target -> read back and compared -> committed

What differs when it is read back, or breaks off in between, leaves the target as empty as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Table, insert, select
from sqlalchemy.engine import Connection

from watcher.errors import StoreError
from watcher.store import search
from watcher.store.contents import Adder, Rows, Sum, columns_of, read, summed, tables_of
from watcher.store.engine import Database
from watcher.store.postgres import copy_in, follow_ids, is_postgres

Told = Callable[[str, int], object]  # of each table: its name, how many rows it had


def copy(source: Database, target: Database, told: Told = lambda _name, _rows: None) -> dict[str, Sum]:
    """Copy all that `source` holds; both have the schema of this program. Returns each table's sum.

    Args:
        told: is told of each table that was copied, and of the search index.
    Raises:
        StoreError: `target` holds something, or what was read back from it is not what was written.
    """
    with source.read() as reading, target.write() as writing:
        there, here = reading.connection(), writing.connection()
        refuse_what_holds_anything(here)
        found = {}
        for table in tables_of(there):
            found[table.name] = _copied(there, here, table)
            told(table.name, found[table.name].rows)
        search.rebuild(here)  # from the texts: what the source has may be what is wrong with it
        told("search", found["announcements"].rows)
        if is_postgres(here):
            follow_ids(here)
        if wrong := differing(found, summed(here)):
            raise StoreError(f"what was copied reads back otherwise: {', '.join(wrong)}; nothing was kept")
    return found


def refuse_what_holds_anything(connection: Connection) -> None:
    """Raise StoreError where a table has a row."""
    for table in tables_of(connection):
        if connection.execute(select(1).select_from(table).limit(1)).first() is not None:
            raise StoreError(f"the target is not empty: its table {table.name} has rows; name another database")


def differing(one: Mapping[str, Sum], other: Mapping[str, Sum]) -> list[str]:
    """The tables that do not hold the same in both."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def _copied(source: Connection, target: Connection, table: Table) -> Sum:
    adder = Adder()
    stored = [(place, one) for place, one in enumerate(columns_of(table)) if one.computed is None]
    places, columns = zip(*stored, strict=True)
    write = copy_in if is_postgres(target) else _insert
    for rows in read(source, table):
        adder.add(rows)
        write(target, table, columns, [[row[place] for place in places] for row in rows])
    return adder.sum


def _insert(target: Connection, table: Table, columns: Sequence[Column[Any]], rows: Rows) -> None:
    names = [one.name for one in columns]
    target.execute(insert(table), [dict(zip(names, row, strict=True)) for row in rows])
