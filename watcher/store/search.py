"""The index behind `list --query`: which announcements have these words in their current text, newest first.

An FTS5 table of our own terms (`watcher.query.grams`), since FTS5's tokenizers split no Chinese and its trigrams find
nothing of two characters. It holds the terms and no text (contentless, without positions): a fifth of the text's size.
What it names is read and looked at again by `lists`, so an entry too many costs time and never a wrong answer; an entry
that is missing is an announcement that nobody finds. Whoever changes the text of an announcement's current revision
calls `remove` and `add` in the same transaction; an announcement's `first_seen` never changes.

Another database needs another class with these methods; nothing else knows FTS5.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import groupby
from typing import Final

from sqlalchemy import text
from sqlalchemy.engine import Connection

from watcher.query import Gram, Query, grams, grams_of

# `ascii` takes every character beyond ASCII as part of a term; the point belongs to numbers.
TABLE: Final = (
    "CREATE VIRTUAL TABLE search USING fts5(terms, content='', columnsize=0, detail=none, "
    "tokenize=\"ascii tokenchars '.'\")"
)
# Row ids sort as lists do: seconds since then, and in the lower half the id of the announcement.
_EPOCH: Final = datetime(2020, 1, 1, tzinfo=UTC)
_ID_BITS: Final = 32
# Ids are handed out in parts that grow: a full list needs one, a filter that little passes does not ask for each.
_FIRST_PART: Final = 64
_LARGEST_PART: Final = 1024
# Terms of one word that are asked for: more of them narrow down no further.
_MOST_TERMS: Final = 24


class SearchIndex:
    """The index in the transaction of `connection`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, entry: int, first_seen: datetime, fields: Mapping[str, str]) -> None:
        """Announcement `entry` says `fields` (`watcher.query.fields_of`)."""
        self._write("INSERT INTO search (rowid, terms) VALUES (:row, :terms)", entry, first_seen, fields)

    def remove(self, entry: int, first_seen: datetime, fields: Mapping[str, str]) -> None:
        """Forget what `add` was given: the very same, since the index holds no text to find it by."""
        statement = "INSERT INTO search (search, rowid, terms) VALUES ('delete', :row, :terms)"
        self._write(statement, entry, first_seen, fields)

    def _write(self, statement: str, entry: int, first_seen: datetime, fields: Mapping[str, str]) -> None:
        terms = " ".join(sorted(grams(fields)))
        self._connection.execute(text(statement), {"row": _row(first_seen, entry), "terms": terms})

    def newest(self, query: Query, since: datetime | None = None) -> Iterator[list[int]]:
        """Ids of announcements that may have the words, in parts: each part was first seen later than the next.

        `since`: none first seen before.
        """
        wanted = {"terms": _expression(query), "since": _row(since, 0) if since else -(2**63)}
        statement = "SELECT rowid FROM search WHERE search MATCH :terms AND rowid >= :since ORDER BY rowid DESC"
        found = self._connection.execute(text(statement), wanted)
        part: list[int] = []
        size = _FIRST_PART
        for _, same_second in groupby(found.scalars(), lambda row: row >> _ID_BITS):
            part += (row & (1 << _ID_BITS) - 1 for row in same_second)
            if len(part) >= size:
                yield part
                part, size = [], min(size * 2, _LARGEST_PART)
        if part:
            yield part


def _row(first_seen: datetime, entry: int) -> int:
    return (int((first_seen - _EPOCH).total_seconds()) << _ID_BITS) + entry


def _expression(query: Query) -> str:
    """The query in FTS5's language. Terms are letters and digits, and quoted: none is a command."""
    return " AND ".join(
        f"({' OR '.join(_all_of(grams_of(spelling)) for spelling in word.spellings)})" for word in query.words
    )


def _all_of(terms: tuple[Gram, ...]) -> str:
    asked = [f'"{term.text}"{"*" if term.prefix else ""}' for term in terms[:_MOST_TERMS]]
    return f"({' AND '.join(asked)})"
