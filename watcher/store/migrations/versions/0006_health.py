"""What is usual for a source, and when its trouble is news again"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sqlmodel.sql.sqltypes.UTCDateTime()
    usual = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    with op.batch_alter_table("sources", schema=None) as batch_op:
        batch_op.add_column(sa.Column("since", moment, nullable=True))
        batch_op.add_column(sa.Column("strikes", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("recovered", moment, nullable=True))
        batch_op.add_column(sa.Column("retry_at", moment, nullable=True))
        batch_op.add_column(sa.Column("usual", usual, nullable=False, server_default="{}"))
    # A source that was in trouble under the older version has been told, or has its failures counted.
    op.execute("UPDATE sources SET strikes = failures, since = last_ok")
