"""Procrastinate's tables in our database: made where they are absent, upgraded by its own migrations where older."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import psycopg
from procrastinate.schema import SchemaManager

from watcher.errors import StoreError, StoreLost
from watcher.store import postgres

# The advisory lock under which one process at a time looks and changes; any number that nobody else uses here.
LOCK: Final = 8_020_260_302
# Which migration was the last, kept as the comment of this table: Procrastinate keeps it nowhere.
TABLE: Final = "procrastinate_jobs"


def prepare(address: str) -> None:
    """Bring the tables to the installed version; `address` is the database as libpq takes it.

    Raises StoreError where they cannot be used: a newer Procrastinate made them, or something else did; StoreLost where
    the server is away.
    """
    files = sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"))
    try:
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])  # ends with the connection
            for script, name in scripts(_found(connection), files):
                connection.execute(f"{script};\nCOMMENT ON TABLE {TABLE} IS '{name}'".encode())
    except psycopg.Error as error:
        cause = (str(error).splitlines() or [type(error).__name__])[0]
        kind = StoreLost if postgres.was_lost(error) else StoreError
        raise kind(f"the tables of the queue could not be made: {cause}") from error


def scripts(found: str | None, files: Sequence[Path]) -> list[tuple[str, str]]:
    """What is to be run, each in a transaction of its own, and the version after it.

    `found`: the last migration that was applied, None where there are no tables.
    """
    names = [file.stem for file in files]
    if found is None:
        return [(SchemaManager.get_schema(), names[-1])]
    if found not in names:
        raise StoreError(
            f"the queue's tables in the database ({found or 'of unknown version'}) are not those of a Procrastinate "
            f"that this watcher knows ({names[-1]}): install the watcher that made them, or drop them while nothing "
            "runs; what is in them is made anew"
        )
    return [(file.read_text("utf-8"), file.stem) for file in files[names.index(found) + 1 :]]


def _found(connection: psycopg.Connection) -> str | None:
    asked = f"SELECT to_regclass('{TABLE}')::oid, coalesce(obj_description(to_regclass('{TABLE}'), 'pg_class'), '')"
    row = connection.execute(asked.encode()).fetchone()
    assert row is not None
    return None if row[0] is None else str(row[1])
