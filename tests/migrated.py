"""New SQLite databases as copies of one that was migrated: all migrations anew were most of the time of most tests.

What is copied is what the program's own upgrade made, in this run. Older databases are upgraded as ever
(`tests/store/test_upgrade.py`), and processes that a test starts cold make theirs by migrating.
"""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from functools import cache

from sqlalchemy.engine import Engine, make_url

from watcher.store import engine as real
from watcher.store.upgrade import upgrade


def use() -> None:
    """From now on, in this process and those forked from it, a new SQLite file is filled by copying."""
    real._upgrade = _upgrade


def _upgrade(engine: Engine) -> None:
    with engine.connect() as connection:
        file = connection.connection.driver_connection
        if not isinstance(file, sqlite3.Connection) or _has_tables(file):
            return upgrade(engine)
        with closing(sqlite3.connect(":memory:")) as made:
            made.deserialize(new_file())
            made.backup(file)
    return None


def _has_tables(file: sqlite3.Connection) -> bool:
    return bool(file.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0])


@cache
def new_file() -> bytes:
    """An SQLite file of this program's schema without rows."""
    with tempfile.TemporaryDirectory() as folder:
        made = real.make_engine(make_url(f"sqlite:///{folder}/watcher.db"))
        upgrade(made)
        made.dispose()
        with closing(sqlite3.connect(f"{folder}/watcher.db")) as file:
            file.execute("PRAGMA journal_mode=DELETE")  # a database in memory has no other
            return file.serialize()
