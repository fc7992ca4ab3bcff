"""Where the walk over older pages of a listing goes on; of one that broke off before, the address is not known"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("sources", schema=None) as batch_op:
        batch_op.add_column(sa.Column("gap_url", sa.Text(), nullable=True))
    op.execute("UPDATE sources SET gap_since = NULL")
