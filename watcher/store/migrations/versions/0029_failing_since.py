"""Since when a subscription's channel has refused all that it was sent"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("subscriptions", sa.Column("failing_since", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
