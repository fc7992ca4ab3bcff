"""The rows of the search index: numbers in the order of lists, and the parts in which they are handed out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Final, NamedTuple

# Row ids sort as lists do: seconds since then, and in the lower half the id of the announcement.
_EPOCH: Final = datetime(2020, 1, 1, tzinfo=UTC)
_ID_BITS: Final = 32
_FIRST: Final = -(2**63)
_LAST: Final = 2**63 - 1
# Ids are handed out in parts that grow: a full list needs one, a filter that little passes does not ask for each.
_FIRST_PART: Final = 64
_LARGEST_PART: Final = 1024


def row_of(first_seen: datetime, entry: int) -> int:
    """A row's id, in the order of the list; of a moment that no announcement has, the first or the last there is."""
    return min(max(((first_seen - _EPOCH) // timedelta(seconds=1) << _ID_BITS) + entry, _FIRST), _LAST)


class Indexed(NamedTuple):
    """A row of the index: its number, its terms parted by blanks."""

    row: int
    terms: str


def indexed(entry: int, first_seen: datetime, terms: Collection[str]) -> Indexed:
    """What stands in the index for an announcement."""
    return Indexed(row_of(first_seen, entry), " ".join(sorted(terms)))


def bounds(since: datetime | None, until: datetime | None) -> dict[str, int]:
    """The first and the last row of what was first seen from `since` to `until`."""
    return {
        "since": row_of(since, 0) if since else _FIRST,
        "until": row_of(until, 2**_ID_BITS - 1) if until else _LAST,
    }


def in_parts(rows: Iterable[int]) -> Iterator[list[int]]:
    """The announcements of rows in descending order, in parts: each part was first seen later than the next."""
    part: list[int] = []
    size = _FIRST_PART
    for _, same_second in groupby(rows, lambda row: row >> _ID_BITS):
        part += (row & (1 << _ID_BITS) - 1 for row in same_second)
        if len(part) >= size:
            yield part
            part, size = [], min(size * 2, _LARGEST_PART)
    if part:
        yield part
