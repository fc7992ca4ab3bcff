"""A backup made while the service is at work: the database of one moment, and the evidence that it knows of.

    snapshot of the database -> what of the archive it names -> one file, read back -> its name

Files of the archive only grow, so that of each as much as the snapshot knows of is copied, whatever is added meanwhile.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from watcher import __version__
from watcher.archive.files import sync_folder
from watcher.errors import BackupError
from watcher.store import Store, snapshot
from watcher.store.engine import Database
from watcher.upkeep.manifest import DATABASE, EVIDENCE, Filled, Manifest
from watcher.upkeep.packing import Packer, packed, unpack

SUFFIX: Final = ".tar.zst"


def back_up(database: Database, archive: Path, to: Path, now: datetime) -> tuple[Path, Manifest]:
    """Write a backup; its file appears whole, or not at all.

    Args:
        archive: the folder of the evidence.
        to: a file whose name ends in `.tar.zst`, which must not exist; or a folder, where it is named by its moment.
    Raises:
        BackupError: it cannot be written there.
        StoreError: the database cannot be read, or is damaged.
    """
    target = to if to.name.endswith(SUFFIX) else to / f"watcher-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}{SUFFIX}"
    if target.exists():
        raise BackupError(f"{target} exists: name another file")
    with _refusals_of(target), _beside(target) as folder:
        taken, draft = folder / DATABASE, folder / "draft"
        snapshot.take(database, taken)
        manifest = _write(draft, taken, archive, now)
        with draft.open("rb") as file:
            unpack(file)
        draft.rename(target)
        sync_folder(target.parent)
    return target, manifest


def _write(draft: Path, taken: Path, archive: Path, now: datetime) -> Manifest:
    looked, missing = snapshot.look(taken), []
    with open(draft, "xb", opener=_for_its_owner) as out:
        with packed(out, now.timestamp()) as packer:
            packer.add(DATABASE, taken)
            for name, end in _ends(taken).items():
                if _pack(packer, archive / name, end) < end:
                    missing.append(name)
            tables = {name: Filled(one.rows, one.digest) for name, one in looked.tables.items()}
            manifest = Manifest(__version__, looked.schema, now, tables, packer.held, tuple(missing))
            packer.finish(manifest)
        out.flush()
        os.fsync(out.fileno())
    return manifest


def _ends(taken: Path) -> dict[str, int]:
    store = Store.open(snapshot.address_of(taken))
    try:
        return store.captures.ends()
    finally:
        store.close()


def _pack(packer: Packer, path: Path, end: int) -> int:
    """Add what is there of a file up to where its last known record ends; returns how much that was."""
    try:
        length = min(path.stat().st_size, end)
        packer.add(EVIDENCE + path.name, path, length)
    except FileNotFoundError:  # removed by hand, or pruned since the snapshot was taken
        return 0
    return length


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A folder on the same disk, gone at the end."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=target.parent, prefix=".watcher-backup-") as folder:
        yield Path(folder)


def _for_its_owner(path: str, flags: int) -> int:
    """What is in it holds the addresses of channels, and so secrets."""
    return os.open(path, flags, 0o600)


@contextmanager
def _refusals_of(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BackupError(f"{error.filename or target}: {error.strerror or error}; no backup was made") from error
