"""Since when others are told that a subscription cannot be reached"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("subscriptions", sa.Column("trouble_since", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
