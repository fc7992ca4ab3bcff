"""Lists are read in the order of an index; the search index knows types and regions"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

from watcher.store.search import rebuild

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ORDER = ["first_seen", "published", "id"]


def upgrade() -> None:
    stored = True if op.get_bind().dialect.name == "postgresql" else None  # SQLite adds no stored one to what has rows
    for name, digits in (("province", 2), ("prefecture", 4)):
        made = sa.Computed(f"substr(region_code, 1, {digits})", persisted=stored)
        op.add_column("announcements", sa.Column(name, sa.String(), made))
    op.drop_index("ix_announcements_region_code", "announcements")
    for name in ("type", "province", "prefecture", "region_code"):
        op.create_index(f"ix_announcements_{name}", "announcements", [name, *ORDER])
    changed = sa.text("revision > 1")
    op.create_index("ix_announcements_changed", "announcements", ORDER, sqlite_where=changed, postgresql_where=changed)
    _announced()
    rebuild(op.get_bind())


def _announced() -> None:
    """Each place gets the moment of its announcement."""
    op.add_column("places", sa.Column("announced", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    moment = "SELECT first_seen FROM announcements WHERE announcements.id = places.announcement_id"
    op.execute(f"UPDATE places SET announced = ({moment})")
    with op.batch_alter_table("places") as batch_op:
        batch_op.alter_column("announced", existing_type=sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False)
        batch_op.create_index("ix_places_source_id", ["source_id", "announced"])
