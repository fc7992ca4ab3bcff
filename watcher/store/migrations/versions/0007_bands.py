"""The bands of the texts that are there, by which their copies are found"""

import sqlalchemy as sa
from alembic import op

from watcher.identity.likeness import bands

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# As they are at this revision of the schema, whatever becomes of the models.
REVISIONS = sa.table("revisions", sa.column("id"), sa.column("text"), sa.column("extraction", sa.JSON()))
PART = 200  # texts in memory at a time


def upgrade() -> None:
    made = op.create_table(
        "bands",
        sa.Column("band", sa.BigInteger(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["revision_id"], ["revisions.id"], name=op.f("fk_bands_revision_id")),
        sa.PrimaryKeyConstraint("band", "revision_id", name=op.f("pk_bands")),
        sqlite_with_rowid=False,
    )
    connection = op.get_bind()
    texts = sa.select(REVISIONS.c.id, REVISIONS.c.text, REVISIONS.c.extraction).order_by(REVISIONS.c.id)
    for number, text, extraction in connection.execute(texts, execution_options={"yield_per": PART}):
        rows = [{"band": band, "revision_id": number} for band in bands(extraction.get("title"), text)]
        if rows:
            connection.execute(made.insert(), rows)
