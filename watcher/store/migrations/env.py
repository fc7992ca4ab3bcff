"""Alembic's entry: runs the migrations on the connection that `upgrade` hands over."""

from alembic import context
from sqlmodel import SQLModel

from watcher.store import captures as _captures  # noqa: F401  (registers its table)
from watcher.store import tables as _tables  # noqa: F401  (registers the others)

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,  # SQLite cannot alter most things in place
    compare_type=True,
)
context.run_migrations()
