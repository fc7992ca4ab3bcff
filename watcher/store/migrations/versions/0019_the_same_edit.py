"""Events of one edit on many pages"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    some = sa.text("edit IS NOT NULL")
    op.add_column("events", sa.Column("edit", sqlmodel.sql.sqltypes.AutoString(), nullable=True))
    op.create_index("ix_events_edit", "events", ["edit"], sqlite_where=some, postgresql_where=some)
