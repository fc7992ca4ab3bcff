"""The pace of hosts over all processes"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hosts",
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("not_before", sa.Float(), nullable=False),
        sa.Column("under_way", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False, server_default="{}"),
        sa.PrimaryKeyConstraint("host", name=op.f("pk_hosts")),
    )
    if op.get_bind().dialect.name == "postgresql":  # nothing in it outlives a crash, so no write of it waits for a disk
        op.execute("ALTER TABLE hosts SET UNLOGGED")
