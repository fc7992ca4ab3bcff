"""Announcements by their last change, as feeds have them"""

from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_announcements_latest", "announcements", ["last_changed", "published", "id"])
