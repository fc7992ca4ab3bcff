"""Since when a file beside a page cannot be read"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("files", sa.Column("unread_since", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
