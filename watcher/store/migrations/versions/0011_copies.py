"""Pages are found by their address alone, and by what they name as their original"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    some = sa.text("original IS NOT NULL")
    with op.batch_alter_table("pages", schema=None) as batch_op:
        batch_op.add_column(sa.Column("original", sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.create_index(batch_op.f("ix_pages_key"), ["key"], unique=False)
        batch_op.create_index("ix_pages_original", ["original"], sqlite_where=some, postgresql_where=some)
