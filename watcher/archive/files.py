"""The files of the archive: one a day (UTC), records added at the end under a lock.

Machines that share a folder have files of their own in it: locks do not reach over every network.

A writer that is killed leaves a torn record at the end; the next one cuts it off before it writes.
"""

from __future__ import annotations

import fcntl
import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from watcher.archive.members import sound_end
from watcher.archive.warc import warcinfo

log = logging.getLogger("watcher.archive")


def append(path: Path, records: Sequence[bytes], known_end: int) -> list[int]:
    """Write records (whole gzip members) to the end of the file and to the disk; returns the offset of each.

    Args:
        known_end: up to here the file is known to be whole; what follows is looked at before anything is added.
    Raises:
        OSError: nothing was added.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with _locked(path) as file:
        end = _mend(file, path, known_end)
        if end == 0:
            end = _write(file, 0, warcinfo(path.name))
            sync_folder(path.parent)
        _write(file, end, b"".join(records))
        return [end + sum(map(len, records[:index])) for index in range(len(records))]


@contextmanager
def _locked(path: Path) -> Iterator[BinaryIO]:
    """The file, held by this writer alone; unbuffered, so that a failed write is not tried again at the close."""
    with path.open("a+b", buffering=0) as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # the close lets go of it, as the death of the process does
        yield file


def _mend(file: BinaryIO, path: Path, known_end: int) -> int:
    """Cut off what a killed writer left behind the last whole record; returns where the file ends now."""
    size = file.seek(0, os.SEEK_END)
    end = sound_end(file, known_end if known_end <= size else 0)
    if end < size:
        log.warning("archive file=%s cut_off_bytes=%d: a record that was never finished", path, size - end)
        file.truncate(end)
    return end


def _write(file: BinaryIO, end: int, content: bytes) -> int:
    """Add `content` at `end`, the end of the file; returns the new end."""
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[file.write(rest) :]
        os.fsync(file.fileno())
    except OSError:
        with suppress(OSError):
            file.truncate(end)
        raise
    return end + len(content)


def sync_folder(folder: Path) -> None:
    """Make the name of a new file last through a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
