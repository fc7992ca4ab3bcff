"""Bring a database to the schema of this program by the migrations in the package; the only importer of Alembic."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy.engine import Connection, Engine


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's configuration without a file; `connection` is used as it is, in its transaction."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine) -> None:
    """Apply what is missing in one transaction; of several processes that start at once, the first one does it."""
    with engine.begin() as connection:
        command.upgrade(configuration(connection), "head")
