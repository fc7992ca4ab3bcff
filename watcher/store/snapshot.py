"""A database as one SQLite file, of one moment, while others go on writing to it; and what such a file holds.

SQLite copies itself page by page (its backup interface) in one step: done in several, each write of another process
in between would begin it anew, and a busy service would never let it end. In WAL mode nobody waits for it. What is on
PostgreSQL is copied table by table (`copying`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import Connection, make_url

from watcher.errors import StoreError
from watcher.store.contents import Sum, summed
from watcher.store.copying import copy
from watcher.store.engine import Database, make_engine, translated, version_of


@dataclass(frozen=True, slots=True)
class Look:
    """What a database file holds: its schema's version, each table's sum."""

    schema: str
    tables: dict[str, Sum]


def take(source: Database, path: Path) -> None:
    """Write all that `source` holds at this moment into a new file.

    Raises:
        StoreError: the database is damaged, or the file cannot be written.
    """
    if source.is_postgres:
        target = Database.fresh(address_of(path))
        copy(source, target)
        target.close()
    else:
        with source.read() as session, translated(str(path)), closing(sqlite3.connect(path)) as target_file:
            driver = session.connection().connection.driver_connection
            assert isinstance(driver, sqlite3.Connection)
            _back_up(driver, target_file)
    with _connected(path) as connection:
        found = connection.execute(text("PRAGMA quick_check(1)")).scalar_one()
    if found != "ok":
        raise StoreError(f"the database is damaged ({found}); `watcher db check` says more")


def look(path: Path) -> Look:
    """What a file holds, at the schema that it has. Raises StoreError."""
    with _connected(path) as connection:
        schema = version_of(connection)
        if schema is None:
            raise StoreError(f"{path.name} is no database of watcher")
        return Look(schema, summed(connection))


def address_of(path: Path) -> str:
    return f"sqlite:///{path}"


def _back_up(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    try:
        source.backup(target)
    except sqlite3.Error as error:
        raise StoreError(f"database: {error}") from error


@contextmanager
def _connected(path: Path) -> Iterator[Connection]:
    engine = make_engine(make_url(address_of(path)))
    try:
        with translated(f" {path}"), engine.execution_options(readonly=True).connect() as connection:
            yield connection
    finally:
        engine.dispose()
