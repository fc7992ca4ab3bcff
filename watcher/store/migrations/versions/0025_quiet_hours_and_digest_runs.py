"""Quiet hours, caps, languages; each digest that was put together"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    text, moment = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime()
    op.add_column("subscriptions", sa.Column("quiet", text(), nullable=True))
    op.add_column("subscriptions", sa.Column("max_per_hour", sa.Integer(), nullable=True))
    op.add_column("subscriptions", sa.Column("language", text(), nullable=True))
    op.create_index("ix_deliveries_sent", "deliveries", ["subscription_id", "sent_at"])
    op.create_table(
        "digest_runs",
        sa.Column("subscription_id", text(), nullable=False),
        sa.Column("period", moment, nullable=False),
        sa.Column("key", text(), nullable=False),
        sa.Column("started_at", moment, nullable=False),
        sa.Column("completed_at", moment, nullable=True),
        sa.ForeignKeyConstraint(["subscription_id"], ["subscriptions.id"], name=op.f("fk_digest_runs_subscription_id")),
        sa.PrimaryKeyConstraint("subscription_id", "period", name=op.f("pk_digest_runs")),
    )
    op.create_index("ix_digest_runs_key", "digest_runs", ["key"])
