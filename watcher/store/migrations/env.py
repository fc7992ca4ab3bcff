"""Alembic's entry: runs the migrations on the connection that `upgrade` hands over."""

from alembic import context
from sqlmodel import SQLModel

from watcher.store import attempts as _attempts  # noqa: F401  (registers its table)
from watcher.store import captures as _captures  # noqa: F401
from watcher.store import copies as _copies  # noqa: F401
from watcher.store import lifecycles as _lifecycles  # noqa: F401
from watcher.store import missing as _missing  # noqa: F401
from watcher.store import readings as _readings  # noqa: F401
from watcher.store import robots as _robots  # noqa: F401
from watcher.store import rounds as _rounds  # noqa: F401
from watcher.store import runs as _runs  # noqa: F401
from watcher.store import standings as _standings  # noqa: F401
from watcher.store import suppressions as _suppressions  # noqa: F401
from watcher.store import tables as _tables  # noqa: F401  (registers the others)
from watcher.store.table_names import has_model


def _is_model(name: str | None, kind: str, _parents: object) -> bool:
    return kind != "table" or name is None or has_model(name)


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,  # SQLite cannot alter most things in place
    compare_type=True,
    include_name=_is_model,
)
context.run_migrations()
