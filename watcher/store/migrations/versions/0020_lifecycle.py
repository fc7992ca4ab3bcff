"""What documents say of each other, and the titles of those that are there"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    text = sqlmodel.sql.sqltypes.AutoString
    op.create_table(  # stays empty: what documents are called is in `names`, and this goes again
        "titles",
        sa.Column("announcement_id", sa.Integer(), nullable=False),
        sa.Column("number", text(), nullable=True),
        sa.Column("title", text(), nullable=True),
        sa.Column("draft", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["announcement_id"], ["announcements.id"], name=op.f("fk_titles_announcement_id")),
        sa.PrimaryKeyConstraint("announcement_id", name=op.f("pk_titles")),
    )
    op.create_table(
        "statements",
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("fate", text(), nullable=False),
        sa.Column("number", text(), nullable=True),
        sa.Column("title", text(), nullable=True),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("issuer", text(), nullable=True),
        sa.Column("published", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name=op.f("fk_statements_page_id")),
        sa.PrimaryKeyConstraint("page_id", "position", name=op.f("pk_statements")),
    )
    for table in ("titles", "statements"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            for column in ("number", "title"):
                batch_op.create_index(batch_op.f(f"ix_{table}_{column}"), [column], unique=False)
