"""Bring a database to the schema of this program by the migrations in the package; the only importer of Alembic."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy.engine import Connection, Engine

from watcher.store import postgres


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's configuration without a file; `connection` is used as it is, in its transaction."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine) -> None:
    """Apply what is missing in one transaction; of several processes that start at once, the first one does it."""
    with engine.begin() as connection:
        if not postgres.is_postgres(connection):
            command.upgrade(configuration(connection), "head")
            return
        postgres.take_turn(connection)
        postgres.check_encoding(connection)
        command.upgrade(configuration(connection), "head")
        postgres.order_by_code_point(connection)
