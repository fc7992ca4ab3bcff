"""Announcements counted by the day of their publication, from an index alone"""

from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    columns = ["published", "first_seen", "region_code", "type"]
    op.create_index("ix_announcements_published", "announcements", columns)
