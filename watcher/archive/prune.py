"""Old files removed, but for what is still needed of them.

Needed: the answer behind the current text of an announcement, whatever its age; and a body that a younger record, or
one that stays, refers to. A file that holds some of it is written anew without the rest, each record byte for byte.

    copies to the disk -> one transaction -> old files removed

A crash leaves a file too many, which the next run removes.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO, Protocol

from watcher.archive.files import sync_folder
from watcher.archive.members import BrokenMember, read_member
from watcher.archive.names import beginning_of, is_file, next_copy
from watcher.archive.warc import warcinfo
from watcher.records.captures import FiledCapture, Location


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was done, in files; `kept` counts the records that old files still hold, `freed` bytes.

    `damaged` names files that were left alone, since a record that is needed of them cannot be read.
    """

    removed: int
    rewritten: int
    kept: int
    freed: int
    damaged: tuple[str, ...]


class Index(Protocol):
    """What pruning asks of the database (`store.captures`)."""

    def in_file(self, file: str) -> tuple[FiledCapture, ...]: ...

    def needed(self, before: str) -> frozenset[int]: ...

    def retain(self, before: str, moved: Mapping[int, Location]) -> frozenset[str]: ...


def prune(folder: Path, index: Index, oldest: date) -> Pruned:
    """Remove what lies in files of days before `oldest`; nobody writes to these any more.

    Raises:
        OSError: the disk refuses; what is needed is still there.
        StoreError: the same.
    """
    before = beginning_of(oldest)
    size, needed = _size(_files(folder, before)), index.needed(before)
    moved: dict[int, Location] = {}
    rewritten, damaged = [], []
    for path in _files(folder, before):
        filed = index.in_file(path.name)
        kept = [one for one in filed if one.id in needed]
        if not kept or len(kept) == len(filed):
            continue
        try:
            moved |= _rewrite(path, kept)
            rewritten.append(path)
        except BrokenMember:
            damaged.append(path.name)
    holding = index.retain(before, moved)
    gone = [path for path in _files(folder, before) if path.name not in holding]
    for path in gone:
        path.unlink()
    removed = len(set(gone).difference(rewritten))
    return Pruned(removed, len(rewritten), len(needed), size - _size(_files(folder, before)), tuple(damaged))


def _files(folder: Path, before: str) -> list[Path]:
    return sorted(path for path in folder.glob("watcher-*") if is_file(path.name) and path.name < before)


def _size(files: Iterable[Path]) -> int:
    return sum(path.stat().st_size for path in files)


def _rewrite(path: Path, kept: Sequence[FiledCapture]) -> dict[int, Location]:
    """Copy what is kept of a file into the next one of its day; returns where each capture lies there."""
    target = path.with_name(next_copy(path.name, (one.name for one in path.parent.iterdir())))
    with path.open("rb") as old, target.open("xb") as new:
        try:
            new.write(warcinfo(target.name))
            moved = {one.id: _copied(old, one, new, target.name) for one in kept}
            new.flush()
            os.fsync(new.fileno())
        except (OSError, BrokenMember):
            target.unlink()
            raise
    sync_folder(path.parent)
    return moved


def _copied(old: BinaryIO, one: FiledCapture, new: BinaryIO, name: str) -> Location:
    assert one.capture.location is not None
    member = read_member(old, one.capture.location.offset)
    if member is None:
        raise BrokenMember(one.capture.location.offset)
    place = Location(name, new.tell(), member.length)
    old.seek(member.offset)
    new.write(old.read(member.length))
    return place
