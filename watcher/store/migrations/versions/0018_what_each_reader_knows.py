"""What each reader knows of an announcement, and what his next message tells him"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

# Who was sent an alert knows the newest revision that one was of.
KNOWN = """
INSERT INTO standings (announcement_id, subscription_id, revision)
SELECT events.announcement_id, deliveries.subscription_id, max(events.revision)
FROM deliveries JOIN events ON events.id = deliveries.event_id
WHERE deliveries.status = 'sent' AND events.kind IN ('new', 'changed', 'wording', 'restored')
  AND events.announcement_id IS NOT NULL AND events.revision IS NOT NULL
GROUP BY events.announcement_id, deliveries.subscription_id
"""


def upgrade() -> None:
    text = sqlmodel.sql.sqltypes.AutoString()
    op.create_table(
        "standings",
        sa.Column("announcement_id", sa.Integer(), nullable=False),
        sa.Column("subscription_id", text, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["announcement_id"], ["announcements.id"], name=op.f("fk_standings_announcement_id")),
        sa.ForeignKeyConstraint(["subscription_id"], ["subscriptions.id"], name=op.f("fk_standings_subscription_id")),
        sa.PrimaryKeyConstraint("announcement_id", "subscription_id", name=op.f("pk_standings")),
        sqlite_with_rowid=False,
    )
    op.execute(KNOWN)
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.add_column(sa.Column("known", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("told", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("unsure", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.drop_constraint(op.f("ck_deliveries_status"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_deliveries_status"), "status IN ('waiting', 'sent', 'failed', 'settled')"
        )
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.alter_column("unsure", server_default=None)
