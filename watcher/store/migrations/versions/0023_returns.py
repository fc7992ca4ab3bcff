"""Pages that were gone and are back"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sqlmodel.sql.sqltypes.UTCDateTime
    op.create_table(
        "returns",
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("since", moment(), nullable=False),
        sa.Column("announcement_id", sa.Integer(), nullable=False),
        sa.Column("believed_at", moment(), nullable=True),
        sa.Column("back_at", moment(), nullable=False),
        sa.ForeignKeyConstraint(["announcement_id"], ["announcements.id"], name=op.f("fk_returns_announcement_id")),
        sa.PrimaryKeyConstraint("key", "since", name=op.f("pk_returns")),
    )
    op.create_index("ix_returns_announcement_id", "returns", ["announcement_id"])
