"""Mail addresses that refused, and those to which nothing is sent for that"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    text, moment = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime()
    op.create_table(
        "suppressions",
        sa.Column("address", text(), nullable=False),
        sa.Column("since", moment, nullable=False),
        sa.Column("refusals", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("suppressed_at", moment, nullable=True),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_suppressions")),
    )
