"""What robots.txt files said, from one process to the next"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    text = sqlmodel.sql.sqltypes.AutoString
    op.create_table(
        "robots",
        sa.Column("site", text(), nullable=False),
        sa.Column("token", text(), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("until", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("site", name=op.f("pk_robots")),
    )
