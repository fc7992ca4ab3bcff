"""Where a command writes what it makes: a file that appears whole or not at all, or standard output."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from watcher.errors import UsageError


@contextmanager
def opened(path: Path | None) -> Iterator[BinaryIO]:
    """The bytes of `path`, which takes its place when the block ends well; standard output without a path.

    Raises UsageError where the file cannot be written.
    """
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        if path.exists() and not path.is_file():  # a device or a pipe: nothing may take its place
            with path.open("wb") as out:
                yield out
            return
        with _draft(path.resolve()) as out:
            yield out
    except OSError as exc:
        raise UsageError(f"--out {path}: {exc.strerror or exc}") from exc


@contextmanager
def _draft(target: Path) -> Iterator[BinaryIO]:
    """A file beside `target` that is renamed to it at the end, so that a reader never sees half of one."""
    draft = target.with_name(f".{target.name}.{uuid4().hex[:8]}")
    try:
        with draft.open("xb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
