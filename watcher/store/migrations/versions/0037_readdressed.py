"""Where a page stood before, and until when, and which were left behind"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("pages", sa.Column("former", sqlmodel.sql.sqltypes.AutoString(), nullable=True))
    op.add_column("pages", sa.Column("readdressed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    op.add_column("pages", sa.Column("left_behind", sa.Boolean(), nullable=False, server_default=sa.false()))
    some = sa.text("former IS NOT NULL")
    op.create_index("ix_pages_former", "pages", ["former"], sqlite_where=some, postgresql_where=some)
