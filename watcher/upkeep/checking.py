"""Whether the evidence that the database names is there: each record where it should be, and whole enough to be one.

What is in a record is read by `watcher archive verify`, which takes as long as the archive is large.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import BinaryIO, Final

from watcher.errors import StoreError, StoreLost
from watcher.records.captures import Location
from watcher.records.soundness import Flaw

_GZIP: Final = b"\x1f\x8b\x08"  # RFC 1952: how each record begins
_BACKUP: Final = "the database does not say where it is; a backup does"
_ADVICE: Final = "`watcher archive verify` names what it is the evidence of; a backup holds it as it was"


def lost_evidence(archive: Path, known: Iterable[Location]) -> Iterator[Flaw]:
    """A line for each file that lacks some of what the database knows to be in it; one where it cannot say what.

    Args:
        known: in the order of the files.
    """
    try:
        yield from _lost(archive, known)
    except StoreLost:
        raise
    except StoreError as error:
        yield Flaw("evidence", f"could not be looked at to the end: {error}", _BACKUP)


def _lost(archive: Path, known: Iterable[Location]) -> Iterator[Flaw]:
    for name, places in groupby(known, lambda one: one.file):
        listed = list(places)
        try:
            with (archive / name).open("rb") as file:
                lost = sum(not _is_there(file, one) for one in listed)
        except OSError as error:
            yield Flaw("evidence", f"{archive / name}: {error.strerror}: {len(listed)} answers were in it", _ADVICE)
            continue
        if lost:
            yield Flaw("evidence", f"{archive / name}: {lost} of {len(listed)} answers are not in it", _ADVICE)


def _is_there(file: BinaryIO, place: Location) -> bool:
    file.seek(place.offset)
    if file.read(len(_GZIP)) != _GZIP:
        return False
    file.seek(place.offset + place.length - 1)
    return len(file.read(1)) == 1
