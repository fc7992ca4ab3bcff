"""When what an event tells was first seen"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("events", sa.Column("seen_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
