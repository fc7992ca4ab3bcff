"""Since when a file beside a page cannot be read; which of the troubles of reading one may pass"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

# Noted until now as those of a file that was had, so that a baseline page without it seemed to be whole.
PASSING = ("maintenance", "crashed", "too_slow", "stays_away")


def upgrade() -> None:
    op.add_column("files", sa.Column("unread_since", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    files = sa.table("files", sa.column("unread_code"), sa.column("passing", sa.Boolean()))
    op.execute(files.update().where(files.c.unread_code.in_(PASSING)).values(passing=True))
