"""Variants of an address (www, mobile host, index page, slash) are one page"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from watcher.addresses import canonical

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _rewrite("pages", owner="source_id")
    _rewrite("announcements", owner="''")


def _rewrite(table: str, *, owner: str) -> None:
    """Give each row the key of its address, which is unique for each owner.

    Of several rows that turn out to be one page the first gets it. The others keep the key that they had: nothing that
    was found or told is lost, and new entries find the first.
    """
    connection = op.get_bind()
    rows = connection.execute(sa.text(f"SELECT id, {owner}, key, url FROM {table} ORDER BY id")).all()
    taken = {(row[1], row[2]) for row in rows}
    changed = []
    for row_id, owned_by, old, url in rows:
        new = canonical(url)
        if new != old and (owned_by, new) not in taken:
            taken.add((owned_by, new))
            changed.append({"id": row_id, "key": new})
    if changed:
        connection.execute(sa.text(f"UPDATE {table} SET key = :key WHERE id = :id"), changed)
