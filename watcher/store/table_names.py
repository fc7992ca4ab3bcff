"""Which of a database's tables are whose. Pure.

Beside the tables of our models there are those of the search index, which is made of SQL (on SQLite of several tables),
those of the queue on PostgreSQL (`jobs.schema`), and Alembic's.
"""

from __future__ import annotations

from typing import Final

_VERSION: Final = "alembic_version"
_INDEX: Final = "search"
_OTHERS: Final = ("search_", "procrastinate_")
# Who is at work, and on what: nobody is on a copy.
_PASSING: Final = ("claims", "hosts", "rounds")


def has_model(name: str) -> bool:
    return name not in (_VERSION, _INDEX) and not name.startswith(_OTHERS)


def is_kept(name: str) -> bool:
    """Whether what is in it is state: copied, backed up, counted and compared."""
    return has_model(name) and name not in _PASSING
