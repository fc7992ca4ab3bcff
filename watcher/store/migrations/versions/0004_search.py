"""The search index, with the texts that are there"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

from watcher.query import SEARCHED
from watcher.store.search import TABLE, SearchIndex

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# As they are at this revision of the schema, whatever becomes of the models.
ANNOUNCEMENTS = sa.table(
    "announcements",
    sa.column("id"),
    sa.column("revision"),
    sa.column("first_seen", sqlmodel.sql.sqltypes.UTCDateTime()),
)
REVISIONS = sa.table(
    "revisions",
    sa.column("announcement_id"),
    sa.column("number"),
    sa.column("text"),
    sa.column("extraction", sa.JSON()),
)
PART = 200  # texts in memory at a time


def upgrade() -> None:
    op.execute(TABLE)
    connection = op.get_bind()
    index = SearchIndex(connection)
    current = (REVISIONS.c.announcement_id == ANNOUNCEMENTS.c.id) & (REVISIONS.c.number == ANNOUNCEMENTS.c.revision)
    texts = sa.select(ANNOUNCEMENTS.c.id, ANNOUNCEMENTS.c.first_seen, REVISIONS.c.text, REVISIONS.c.extraction)
    query = texts.join(REVISIONS, current).order_by(ANNOUNCEMENTS.c.id)
    for entry, first_seen, text, extraction in connection.execute(query, execution_options={"yield_per": PART}):
        fields = {**{name: extraction.get(name) for name in SEARCHED}, "text": text}
        index.add(entry, first_seen, {name: said for name, said in fields.items() if said})
