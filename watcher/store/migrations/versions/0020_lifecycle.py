"""What documents say of each other, and the titles of those that are there"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

from watcher.lifecycle import titles_of

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

# As they are at this revision of the schema, whatever becomes of the models.
ANNOUNCEMENTS = sa.table("announcements", sa.column("id"), sa.column("revision"))
REVISIONS = sa.table("revisions", sa.column("announcement_id"), sa.column("number"), sa.column("extraction", sa.JSON()))
PART = 200  # readings in memory at a time


def upgrade() -> None:
    titles = _tables()
    connection = op.get_bind()
    current = (ANNOUNCEMENTS.c.id == REVISIONS.c.announcement_id) & (ANNOUNCEMENTS.c.revision == REVISIONS.c.number)
    read = sa.select(ANNOUNCEMENTS.c.id, REVISIONS.c.extraction).join(REVISIONS, current)
    for entry, found in connection.execute(read, execution_options={"yield_per": PART}):
        number, title, draft = titles_of(*(found.get(one) for one in ("title", "document_title", "document_number")))
        connection.execute(
            titles.insert(), {"announcement_id": entry, "number": number, "title": title, "draft": draft}
        )


def _tables() -> sa.Table:
    text = sqlmodel.sql.sqltypes.AutoString
    titles = op.create_table(
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
    return titles
