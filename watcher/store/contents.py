"""What a database holds, table by table: rows in the order of their keys, counted, and summed up in a digest.

The tables are those that the database itself names, whatever its schema's version. A digest is that of the rows'
meaning: the same on SQLite and on PostgreSQL, however each of them stores a moment or the keys of JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import Column, MetaData, Table, select
from sqlalchemy.engine import Connection

from watcher.store.postgres import without_nul
from watcher.store.table_names import is_kept

_PART: Final = 1000  # rows in memory at a time
# Beyond it a float has no digits behind the point, and PostgreSQL's JSON writes it as a whole number.
_WHOLE: Final = 1e15

Rows = Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Sum:
    """What a table holds: how many rows, and the SHA-256 of all of them, in hexadecimal digits."""

    rows: int
    digest: str


class Adder:
    """Sums up rows that come in parts; how they are parted makes no difference."""

    def __init__(self) -> None:
        self._rows = 0
        self._digest = sha256()

    def add(self, rows: Rows) -> None:
        if rows:
            self._rows += len(rows)
            self._digest.update(f"{_written(rows)[1:-1]},".encode())

    @property
    def sum(self) -> Sum:
        return Sum(self._rows, self._digest.hexdigest())


def tables_of(connection: Connection) -> list[Table]:
    """The tables that hold what is kept, each after those that it refers to."""
    found = MetaData()
    found.reflect(connection, only=lambda name, _: is_kept(name))
    return found.sorted_tables


def columns_of(table: Table) -> list[Column[Any]]:
    """The columns, computed ones too, in an order that does not depend on how the table came about."""
    return sorted(table.columns, key=lambda one: one.name)


def read(connection: Connection, table: Table) -> Iterator[Rows]:
    """The rows in the order of their keys, in parts; values in the order of `columns_of`."""
    query = select(*columns_of(table)).order_by(*table.primary_key.columns)
    for part in connection.execute(query, execution_options={"yield_per": _PART}).partitions():
        yield [tuple(row) for row in part]


def summed(connection: Connection, tables: Iterable[Table] | None = None) -> dict[str, Sum]:
    """Each table's sum, by its name."""
    found = {}
    for table in tables_of(connection) if tables is None else tables:
        adder = Adder()
        for rows in read(connection, table):
            adder.add(rows)
        found[table.name] = adder.sum
    return found


def _written(rows: Rows) -> str:
    written = _json(rows)
    # Seldom, and so looked for in what is written instead of in every value.
    return _json(_plain(rows)) if any(sign in written for sign in ("\\u0000", "e+", "-0.0")) else written


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_moment)


def _moment(value: object) -> str:
    """Days and moments; SQLite hands the latter out as UTC that does not say so."""
    if isinstance(value, datetime):
        return (value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no column holds a {type(value).__name__}")


def _plain(value: object) -> object:
    """A value as both databases can hold it: no NUL, no negative zero, large floats as whole numbers."""
    if isinstance(value, str):
        return without_nul(value)
    if isinstance(value, float):
        return int(value) if abs(value) > _WHOLE and value.is_integer() else value + 0.0
    if isinstance(value, Mapping):
        return {without_nul(name): _plain(one) for name, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
