"""Alembic's entry: runs the migrations on the connection that `upgrade` hands over."""

from importlib import import_module
from pkgutil import iter_modules

from alembic import context
from sqlmodel import SQLModel

import watcher.store
from watcher.store.table_names import has_model


def _is_model(name: str | None, kind: str, _parents: object) -> bool:
    return kind != "table" or name is None or has_model(name)


for module in iter_modules(watcher.store.__path__):  # each registers its tables, if it has any
    import_module(f"watcher.store.{module.name}")

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,  # SQLite cannot alter most things in place
    compare_type=True,
    include_name=_is_model,
)
context.run_migrations()
