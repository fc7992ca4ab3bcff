"""Reminders of deadlines"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Text  # as Alembic writes it inside of JSONB
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql")
SUBSCRIPTIONS = sa.table("subscriptions", sa.column("id"), sa.column("on", JSON), sa.column("remind", JSON))
# What `deadline` in `on` means without `remind`.
DAYS = [14, 3]


def upgrade() -> None:
    op.create_index("ix_deadlines_date", "deadlines", ["date"])
    op.add_column("subscriptions", sa.Column("remind", JSON, nullable=False, server_default="[]"))
    connection = op.get_bind()
    for name, kinds in connection.execute(sa.select(SUBSCRIPTIONS.c.id, SUBSCRIPTIONS.c.on)).all():
        if "deadline" in kinds:
            connection.execute(SUBSCRIPTIONS.update().where(SUBSCRIPTIONS.c.id == name).values(remind=DAYS))
    with op.batch_alter_table("subscriptions") as batch_op:
        batch_op.alter_column("remind", server_default=None)
