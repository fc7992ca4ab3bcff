"""One table of what documents are called; what the pages that are there say of others, by its keys"""

from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

from watcher.codec import decode_extraction
from watcher.followups.citing import called, names_of, number_key
from watcher.lifecycle.statements import may_say, statements
from watcher.model import Extraction

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

# As they are at this revision of the schema, whatever becomes of the models.
ANNOUNCEMENTS = sa.table("announcements", *map(sa.column, ("id", "revision", "issuer", "region_code")))
REVISIONS = sa.table(
    "revisions",
    *map(sa.column, ("announcement_id", "number", "fingerprint", "text")),
    sa.column("extraction", sa.JSON()),
)
PAGES = sa.table(
    "pages",
    *map(sa.column, ("id", "source_id", "announcement_id", "title", "status", "fingerprint")),
    *map(sa.column, ("etag", "last_modified", "digest", "next_check_at", "first_seen")),
)
SOURCES = sa.table("sources", sa.column("id"), sa.column("region"))
NAMES = sa.table(
    "names", *map(sa.column, ("announcement_id", "position", "key", "own", "role", "written", "body", "year"))
)
SAID = sa.table(
    "statements",
    *map(sa.column, ("page_id", "position", "fate", "number", "title", "quote", "issuer")),
    sa.column("published", sa.Date()),
)
PART = 200  # texts in memory at a time
Row = dict[str, Any]


def upgrade() -> None:
    op.drop_table("titles")
    connection = op.get_bind()
    kept = list(_kept(connection))
    op.drop_table("statements")
    said = _statements()
    if kept:
        connection.execute(said.insert(), kept)
    connection.execute(NAMES.delete())
    for announcement, fingerprint, found in _texts(connection):
        if rows := list(_names(announcement, found)):
            connection.execute(NAMES.insert(), rows)
        if may_say(found) and (what := statements(found)):
            read_so = sa.select(PAGES.c.id).where(
                PAGES.c.announcement_id == announcement, PAGES.c.fingerprint == fingerprint
            )
            rows = [row for page in connection.execute(read_so).scalars() for row in _said(page, what, found)]
            if rows:
                connection.execute(said.insert(), rows)
    _read_again(connection)


def _texts(connection: sa.Connection) -> Iterator[tuple[int, str, Extraction]]:
    now, said = ANNOUNCEMENTS.c, REVISIONS.c
    current = (said.announcement_id == now.id) & (said.number == now.revision)
    texts = sa.select(now.id, said.fingerprint, said.extraction, said.text).join(REVISIONS, current).order_by(now.id)
    for entry, mark, extraction, text in connection.execute(texts, execution_options={"yield_per": PART}):
        yield entry, mark, decode_extraction(extraction, text)


def _names(announcement: int, found: Extraction) -> Iterator[Row]:
    for position, name in enumerate(names_of(found)):
        for key in dict.fromkeys(name.keys):
            yield {
                "announcement_id": announcement,
                "position": position,
                "key": key,
                "own": name.role == "own",
                "role": str(name.role),
                "written": name.written,
                "body": name.body,
                "year": name.year,
            }


def _said(page: int, what: Iterable[Any], found: Extraction) -> Iterator[Row]:
    for position, one in enumerate(what):
        for key in dict.fromkeys(one.name.keys):
            yield {
                "page_id": page,
                "position": position,
                "key": key,
                "fate": one.fate.value,
                "written": one.name.written,
                "quote": one.quote,
                "issuer": found.issuer,
                "published": found.published,
            }


def _kept(connection: sa.Connection) -> Iterator[Row]:
    """The statements of pages of which no text is stored, by their keys of now."""
    others = sa.select(SAID, SOURCES.c.region).join(PAGES, PAGES.c.id == SAID.c.page_id)
    others = others.join(SOURCES, SOURCES.c.id == PAGES.c.source_id).where(PAGES.c.announcement_id.is_(None))
    for one in connection.execute(others).mappings().all():
        same = {name: one[name] for name in ("page_id", "position", "fate", "quote", "issuer", "published")}
        number = one["number"] and number_key(one["number"])
        for key in [number] if number else _by_title(connection, one):
            yield {**same, "key": key, "written": one["title"] or one["number"]}


def _by_title(connection: sa.Connection, one: Any) -> Iterable[str]:
    """A title alone means a document of the same body: it is of the places of that."""
    of_body = sa.select(ANNOUNCEMENTS.c.region_code).where(ANNOUNCEMENTS.c.issuer == one["issuer"]).distinct()
    places = [one["region"], *connection.execute(of_body).scalars()]
    return dict.fromkeys(key for place in places for key in called(one["title"] or "", place).keys)


def _read_again(connection: sa.Connection) -> None:
    """Let pages of which no text is stored be read again, where their titles say that something is repealed."""
    repeals = PAGES.c.title.like("%废止%") | PAGES.c.title.like("%失效%")
    of_none = PAGES.c.announcement_id.is_(None) & (PAGES.c.status == "read")
    unknown = dict.fromkeys(("etag", "last_modified", "digest"))
    soon = PAGES.update().where(of_none, repeals).values(next_check_at=PAGES.c.first_seen, **unknown)
    connection.execute(soon)


def _statements() -> sa.Table:
    text = sqlmodel.sql.sqltypes.AutoString
    made = op.create_table(
        "statements",
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", text(), nullable=False),
        sa.Column("fate", text(), nullable=False),
        sa.Column("written", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("issuer", text(), nullable=True),
        sa.Column("published", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name=op.f("fk_statements_page_id")),
        sa.PrimaryKeyConstraint("page_id", "position", "key", name=op.f("pk_statements")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_statements_key", "statements", ["key"])
    return made
