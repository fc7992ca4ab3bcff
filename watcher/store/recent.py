"""The last passes over a source, as the JSON of one column: of a fixed size, written with the row in each pass."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

from watcher.records import PassNote

# Two days at half an hour; the row is written with each pass, so it stays small.
MOST: Final = 96


def encode(notes: Sequence[PassNote]) -> list[list[Any]]:
    return [
        [int(one.at.timestamp()), round(one.took_s, 2), one.entries, one.found, one.problem] for one in notes[-MOST:]
    ]


def decode(found: Sequence[Sequence[Any]]) -> tuple[PassNote, ...]:
    return tuple(
        PassNote(datetime.fromtimestamp(at, UTC), took_s, entries, news, problem)
        for at, took_s, entries, news, problem in found
    )
