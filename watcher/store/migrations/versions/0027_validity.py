"""Until when documents are valid, to be looked up by the day"""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

# As they are at this revision of the schema, whatever becomes of the models.
ANNOUNCEMENTS = sa.table("announcements", *map(sa.column, ("id", "revision")), sa.column("valid_until", sa.Date()))
REVISIONS = sa.table("revisions", sa.column("announcement_id"), sa.column("number"), sa.column("extraction", sa.JSON()))


def upgrade() -> None:
    op.add_column("announcements", sa.Column("valid_until", sa.Date(), nullable=True))
    op.create_index("ix_announcements_valid_until", "announcements", ["valid_until"])
    connection, now, said = op.get_bind(), ANNOUNCEMENTS.c, REVISIONS.c
    current = (said.announcement_id == now.id) & (said.number == now.revision)
    until = said.extraction["valid_until"].as_string()
    wanted = sa.select(now.id, until).join(REVISIONS, current).where(until.is_not(None))
    for entry, day in connection.execute(wanted).all():
        values = {"valid_until": date.fromisoformat(day)}
        connection.execute(ANNOUNCEMENTS.update().where(now.id == entry).values(values))
