"""What the announcements that are there are called and cite; bodies by their name"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

from watcher.codec import decode_extraction
from watcher.followups.citing import names_of

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

# As they are at this revision of the schema, whatever becomes of the models.
ANNOUNCEMENTS = sa.table("announcements", sa.column("id"), sa.column("revision"))
REVISIONS = sa.table(
    "revisions",
    sa.column("announcement_id"),
    sa.column("number"),
    sa.column("text"),
    sa.column("extraction", sa.JSON()),
)
PART = 200  # texts in memory at a time


def upgrade() -> None:
    op.create_index("ix_announcements_issuer", "announcements", ["issuer"])
    made = op.create_table(
        "names",
        sa.Column("announcement_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.Column("role", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("written", sa.Text(), nullable=False),
        sa.Column("body", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["announcement_id"], ["announcements.id"], name=op.f("fk_names_announcement_id")),
        sa.PrimaryKeyConstraint("announcement_id", "position", "key", name=op.f("pk_names")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_names_key", "names", ["key", "own", "announcement_id"])
    now, said = ANNOUNCEMENTS.c, REVISIONS.c
    current = (said.announcement_id == now.id) & (said.number == now.revision)
    texts = sa.select(now.id, said.extraction, said.text).join(REVISIONS, current).order_by(now.id)
    connection = op.get_bind()
    for announcement, extraction, text in connection.execute(texts, execution_options={"yield_per": PART}):
        rows = [
            {
                "announcement_id": announcement,
                "position": position,
                "key": key,
                "own": name.role == "own",
                "role": str(name.role),
                "written": name.written,
                "body": name.body,
                "year": name.year,
            }
            for position, name in enumerate(names_of(decode_extraction(extraction, text)))
            for key in dict.fromkeys(name.keys)
        ]
        if rows:
            connection.execute(made.insert(), rows)
