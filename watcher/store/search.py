"""The index behind `list --query`: which announcements have these words in their current text, newest first.

An FTS5 table of our own terms (`watcher.query.grams`), since FTS5's tokenizers split no Chinese and its trigrams find
nothing of two characters. It holds the terms and no text (contentless, without positions): a fifth of the text's size.
Beside what a text says, the terms name its type and region, so that words and filters are asked in one go.
What it names is read and looked at again by `lists`, so an entry too many costs time and never a wrong answer; an entry
that is missing is an announcement that nobody finds. Whoever changes an announcement's current revision calls `remove`
and `add` in the same transaction; an announcement's `first_seen` never changes.

On PostgreSQL another class with these methods takes its place (`trigrams`); nothing else knows FTS5.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import JSON, column, select, table, text
from sqlalchemy.engine import Connection
from sqlmodel.sql.sqltypes import UTCDateTime

from watcher.query import SEARCHED, Gram, Query, grams, grams_of, tags
from watcher.store import postgres, trigrams
from watcher.store.search_rows import Indexed, bounds, in_parts, indexed

# `ascii` takes every character beyond ASCII as part of a term; the point belongs to numbers, the line to tags.
TABLE: Final = (
    "CREATE VIRTUAL TABLE search USING fts5(terms, content='', columnsize=0, detail=none, "
    "tokenize=\"ascii tokenchars '._'\")"
)
# Terms of one word that are asked for: more of them narrow down no further.
_MOST_TERMS: Final = 24

Tags = Collection[Collection[str]]


class SearchIndex:
    """The index in the transaction of `connection`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, entry: int, first_seen: datetime, terms: Collection[str]) -> None:
        """Announcement `entry` has these terms (`watcher.query.terms_of`)."""
        self.put([indexed(entry, first_seen, terms)])

    def put(self, rows: Sequence[Indexed]) -> None:
        """The same of many."""
        statement = "INSERT INTO search (rowid, terms) VALUES (:row, :terms)"
        self._connection.execute(text(statement), [one._asdict() for one in rows])

    def finish(self) -> None:
        """What is made at once when all rows are there."""

    def remove(self, entry: int, first_seen: datetime, terms: Collection[str]) -> None:
        """Forget what `add` was given: the very same, since the index holds no text to find it by."""
        statement = "INSERT INTO search (search, rowid, terms) VALUES ('delete', :row, :terms)"
        self._connection.execute(text(statement), indexed(entry, first_seen, terms)._asdict())

    def newest(
        self, query: Query, tags: Tags = (), since: datetime | None = None, until: datetime | None = None
    ) -> Iterator[list[int]]:
        """Ids of announcements that may have the words, in parts: each part was first seen later than the next.

        Args:
            tags: of each of these groups an announcement has one.
            since: none first seen before.
            until: none first seen after.
        """
        wanted = {"terms": _expression(query, tags), **bounds(since, until)}
        within = "rowid >= :since AND rowid <= :until"
        statement = f"SELECT rowid FROM search WHERE search MATCH :terms AND {within} ORDER BY rowid DESC"
        return in_parts(self._connection.execute(text(statement), wanted).scalars())


def _expression(query: Query, tags: Tags) -> str:
    """The query in FTS5's language. Terms are letters and digits, and quoted: none is a command."""
    words = [" OR ".join(_all_of(grams_of(spelling)) for spelling in word.spellings) for word in query.words]
    groups = [" OR ".join(f'"{tag}"' for tag in group) for group in tags]
    return " AND ".join(f"({part})" for part in (*groups, *words))


def _all_of(terms: tuple[Gram, ...]) -> str:
    asked = [f'"{term.text}"{"*" if term.prefix else ""}' for term in terms[:_MOST_TERMS]]
    return f"({' AND '.join(asked)})"


def index_of(connection: Connection) -> SearchIndex | trigrams.TrigramIndex:
    """The index of whichever database this is."""
    return trigrams.TrigramIndex(connection) if postgres.is_postgres(connection) else SearchIndex(connection)


def create(connection: Connection) -> None:
    """Make the index, empty. For migrations."""
    for statement in _table(connection):
        connection.execute(text(statement))
    index_of(connection).finish()


def _table(connection: Connection) -> Sequence[str]:
    return trigrams.TABLE if postgres.is_postgres(connection) else (TABLE,)


def rebuild(connection: Connection) -> None:
    """Make the index anew from the texts that are there, a part of them in memory at a time. For migrations.

    Written in SQL of its own: it works at whatever revision of the schema a migration calls it.
    """
    connection.execute(text("DROP TABLE IF EXISTS search"))
    for statement in _table(connection):
        connection.execute(text(statement))
    index = index_of(connection)
    now, said = _ANNOUNCEMENTS.c, _REVISIONS.c
    current = (said.announcement_id == now.id) & (said.number == now.revision)
    query = select(now.id, now.first_seen, now.type, now.region_code, said.text, said.extraction)
    query = query.join(_REVISIONS, current).order_by(now.id)
    for rows in connection.execute(query, execution_options={"yield_per": _PART}).partitions():
        index.put([indexed(row.id, row.first_seen, _terms(row)) for row in rows])
    index.finish()


def _terms(row: Any) -> Collection[str]:
    fields = {**{name: row.extraction.get(name) or "" for name in SEARCHED}, "text": row.text}
    return grams(fields) | tags(row.type, row.region_code)


_PART: Final = 200
_ANNOUNCEMENTS: Final = table(
    "announcements",
    column("id"),
    column("revision"),
    column("first_seen", UTCDateTime()),
    column("type"),
    column("region_code"),
)
_REVISIONS: Final = table(
    "revisions", column("announcement_id"), column("number"), column("text"), column("extraction", JSON())
)
