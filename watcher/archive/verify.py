"""Every record of a file read, and compared with what the database says of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from watcher.archive.members import BrokenMember, read_member
from watcher.archive.warc import Record, parse
from watcher.records.captures import FiledCapture


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at an offset of a file; `filed` is the evidence that should be there, if any."""

    offset: int
    problem: str
    filed: FiledCapture | None = None


@dataclass(slots=True)
class Verified:
    """What was read of a file, and what is wrong with it. `spare` counts whole records that nothing refers to."""

    file: str
    records: int = 0
    spare: int = 0
    faults: list[Fault] = field(default_factory=list)


def verify(path: Path, filed: Sequence[FiledCapture]) -> Verified:
    """Read a file from its start to its end; `filed` is what the database has in it.

    What a killed writer left at the end is no fault: the next one cuts it off. Raises OSError where it cannot be read.
    """
    expected = {one.capture.location.offset: one for one in filed if one.capture.location}
    read, offsets = Verified(path.name), sorted(expected)
    if path.exists():
        with path.open("rb") as file:
            for offset, record in _records(file, offsets):
                one = expected.pop(offset, None)
                read.records += 1
                read.spare += one is None and record is not None and record.kind != "warcinfo"
                if problem := _problem(record, one):
                    read.faults.append(Fault(offset, problem, one))
    read.faults += (Fault(offset, "missing", one) for offset, one in expected.items())
    return read


def _records(file: BinaryIO, offsets: Sequence[int]) -> Iterator[tuple[int, Record | None]]:
    """The records by their offsets, None for what is none; behind it goes on at the next of `offsets`."""
    at = 0
    while True:
        try:
            member = read_member(file, at)
            if member is None:
                return
            yield at, parse(member.content)
            at = member.end
        except BrokenMember:
            later = bisect_right(offsets, at)
            if later == len(offsets) and at not in offsets:
                return  # never finished, and never referred to
            yield at, None
            if later == len(offsets):
                return
            at = offsets[later]


def _problem(record: Record | None, filed: FiledCapture | None) -> str | None:
    """What is wrong with a record, in a word."""
    if record is None or not record.intact:
        return "damaged"
    if filed is None:
        return None
    kind = "revisit" if filed.capture.payload else "response"
    stored = (kind, filed.capture.answered_by, filed.capture.digest)
    return None if (record.kind, record.url, record.digest) == stored else "another answer"
