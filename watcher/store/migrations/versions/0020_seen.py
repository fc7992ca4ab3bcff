"""When what an event tells was first seen"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("events", sa.Column("seen_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
