"""The last passes over a source, as the JSON of one column: of a fixed size, written with the row in each pass."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

from watcher.records.sources import PassNote

# Two days at half an hour; the row is written with each pass, so it stays small.
MOST: Final = 96


def added(found: Sequence[Sequence[Any]], note: PassNote) -> list[Sequence[Any]]:
    """What stands in the column after one more pass. The notes before are not read: that was a fifth of a pass."""
    fresh = [int(note.at.timestamp()), round(note.took_s, 2), note.entries, note.found, note.problem]
    return [*found[1 - MOST :], fresh]


def decode(found: Sequence[Sequence[Any]]) -> tuple[PassNote, ...]:
    """What `added` wrote."""
    return tuple(
        PassNote(datetime.fromtimestamp(at, UTC), took_s, entries, news, problem)
        for at, took_s, entries, news, problem in found
    )
