"""The search index on PostgreSQL: the same terms as in FTS5 (`search`), each a word of a text that pg_trgm indexes.

pg_trgm alone finds no Chinese word of two characters: it has no three. But of a word it takes the blanks around it too:
of ` 环评 ` the trigrams `␣␣环`, `␣环评` and `环评␣`. So each term that is looked for, of one character or two, a number
or the beginning of a Latin word, has trigrams of its own, and LIKE, which the index serves, decides on whole terms.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.engine import Connection

from watcher.query import Gram, Query, grams_of
from watcher.store.search_rows import Indexed, bounds, in_parts, indexed, row_of

TABLE: Final = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    'CREATE TABLE search ("row" bigint PRIMARY KEY, terms text NOT NULL)',
)
# After the rows, where there are many: to put each into it takes several times as long.
INDEX: Final = "CREATE INDEX search_terms ON search USING gin (terms gin_trgm_ops)"
# The newest texts are looked at in their order, the first time so many.
_LOOKED_AT: Final = 256
# What at least one in so many of them has is met soon in that order; to collect from the index all that have it would
# take longer than to meet a list of them (the root of 100,000 texts by 50 of a list).
_RARE: Final = 45
_MOST_TERMS: Final = 24

Tags = Collection[Collection[str]]


class TrigramIndex:
    """The index in the transaction of `connection`; its methods are those of `search.SearchIndex`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, entry: int, first_seen: datetime, terms: Collection[str]) -> None:
        self.put([indexed(entry, first_seen, terms)])

    def put(self, rows: Sequence[Indexed]) -> None:
        statement = 'INSERT INTO search ("row", terms) VALUES (:row, :terms)'
        written = [{"row": one.row, "terms": f" {one.terms} "} for one in rows]
        self._connection.execute(text(statement), written)

    def finish(self) -> None:
        self._connection.execute(text(INDEX))

    def remove(self, entry: int, first_seen: datetime, terms: Collection[str]) -> None:  # noqa: ARG002
        self._connection.execute(text('DELETE FROM search WHERE "row" = :row'), {"row": row_of(first_seen, entry)})

    def newest(
        self, query: Query, tags: Tags = (), since: datetime | None = None, until: datetime | None = None
    ) -> Iterator[list[int]]:
        has, wanted = _condition(query, tags)
        return in_parts(self._rows(has, {**wanted, **bounds(since, until)}))

    def _rows(self, has: str, wanted: dict[str, Any]) -> Iterator[int]:
        """Those that have the terms, newest first: met in their order while they are many, then from the index."""
        within = '"row" >= :since AND "row" <= :until'
        in_order = f'SELECT "row", {has} FROM search WHERE {within} ORDER BY "row" DESC LIMIT :most'
        seen = met = 0
        most = _LOOKED_AT
        while met * _RARE >= seen:
            rows = self._connection.execute(text(in_order), {**wanted, "most": most}).all()
            found = [row for row, has_it in rows if has_it]
            yield from found
            if len(rows) < most:
                return
            wanted = {**wanted, "until": rows[-1][0] - 1}
            seen, met, most = seen + len(rows), met + len(found), most * 2
        from_index = f'SELECT "row" FROM search WHERE {within} AND {has} ORDER BY "row" DESC'
        yield from self._connection.execute(text(from_index), wanted).scalars()


def _condition(query: Query, tags: Tags) -> tuple[str, dict[str, str]]:
    """Which texts have the words, as SQL with its parameters."""
    wanted: dict[str, str] = {}

    def has(term: Gram) -> str:
        name = f"term_{len(wanted)}"
        wanted[name] = f"% {_escaped(term.text)}{'' if term.prefix else ' '}%"
        return f"terms LIKE :{name}"

    def all_of(terms: Collection[Gram]) -> str:
        return f"({' AND '.join(map(has, terms))})"

    groups = [" OR ".join(has(Gram(tag)) for tag in group) for group in tags]
    words = [" OR ".join(all_of(grams_of(one)[:_MOST_TERMS]) for one in word.spellings) for word in query.words]
    return " AND ".join(f"({part})" for part in (*groups, *words)), wanted


def _escaped(term: str) -> str:
    """Tags begin with a line, which LIKE takes for any character."""
    return term.replace("_", r"\_")
