"""A backup taken back into a place where nothing is: into SQLite or PostgreSQL, whichever it came from.

    unpack beside the target, each file compared -> the tables compared -> upgrade -> the archive's name -> the database

Until all of it was compared nothing stands under the names that the service uses.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from watcher.archive.files import sync_folder
from watcher.errors import BackupError
from watcher.store import search, snapshot
from watcher.store.copying import copy, refuse_what_holds_anything
from watcher.store.engine import VERSIONS, Database, file_of
from watcher.upkeep.manifest import DATABASE, EVIDENCE, Filled, Manifest
from watcher.upkeep.packing import unpack


def restore(backup: Path, address: str, archive: Path) -> Manifest:
    """Take a backup back into the database at `address` and the folder `archive`; both must hold nothing yet.

    Raises:
        BackupError: the backup is damaged or of a newer watcher, or something is there already.
        StoreError: the database cannot be written.
    """
    target = file_of(address)
    _refuse_what_is_there(address, target, archive)
    with _refusals_of(backup), _beside(archive) as folder:
        with backup.open("rb") as file:
            manifest = unpack(file, folder)
        taken = folder / DATABASE
        _compare(taken, manifest)
        Database.open(snapshot.address_of(taken)).close()  # brought to the schema of this program
        with _in_place(folder / EVIDENCE, archive):
            if target is None:
                _copy(taken, address)
            else:
                _index_anew(taken)
                _move(taken, Path(target))
    return manifest


def _refuse_what_is_there(address: str, target: str | None, archive: Path) -> None:
    if archive.exists() and any(archive.iterdir()):
        raise BackupError(f"{archive} holds files: a backup is taken back where there are none; move them away")
    if target is not None:
        if Path(target).exists():
            raise BackupError(f"{target} exists: a backup is taken back where there is no database; move it away")
        return
    database = Database.fresh(address)
    try:
        with database.read() as session:
            refuse_what_holds_anything(session.connection())
    finally:
        database.close()


def _compare(taken: Path, manifest: Manifest) -> None:
    if manifest.schema not in VERSIONS:
        raise BackupError(
            f"it has schema {manifest.schema}, this watcher ({VERSIONS[-1]}) is older: take it back with "
            f"watcher {manifest.watcher} or a newer one"
        )
    looked = snapshot.look(taken)
    held = {name: Filled(one.rows, one.digest) for name, one in looked.tables.items()}
    if (looked.schema, held) != (manifest.schema, manifest.tables):
        wrong = sorted(name for name in held.keys() | manifest.tables if held.get(name) != manifest.tables.get(name))
        raise BackupError(f"its database holds something else than was noted: {', '.join(wrong) or 'its schema'}")


def _copy(taken: Path, address: str) -> None:
    source, target = Database.open(snapshot.address_of(taken)), Database.fresh(address)
    try:
        copy(source, target)
    finally:
        source.close()
        target.close()


def _index_anew(taken: Path) -> None:
    """As a copy does: the backup is of the database's pages, and has what was wrong with its index."""
    database = Database.open(snapshot.address_of(taken))
    try:
        with database.write() as session:
            search.rebuild(session.connection())
    finally:
        database.close()


def _move(taken: Path, target: Path) -> None:
    """To its name; by a copy beside it where that is on another disk."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=target.parent, prefix=".watcher-restore-") as folder:
        draft = Path(shutil.move(taken, folder))
        draft.chmod(0o600)
        _sync(draft)
        draft.rename(target)
    sync_folder(target.parent)


@contextmanager
def _in_place(unpacked: Path, archive: Path) -> Iterator[None]:
    """The archive under its name; gone from there again where what comes after it fails."""
    unpacked.mkdir(exist_ok=True)
    for path in unpacked.iterdir():
        _sync(path)
    sync_folder(unpacked)
    unpacked.replace(archive)  # takes the place of an empty folder
    try:
        yield
    except BaseException:
        archive.replace(unpacked)
        raise
    sync_folder(archive.parent)


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


@contextmanager
def _beside(archive: Path) -> Iterator[Path]:
    archive.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=archive.parent, prefix=".watcher-restore-") as folder:
        yield Path(folder)


@contextmanager
def _refusals_of(backup: Path) -> Iterator[None]:
    try:
        yield
    except BackupError as error:
        raise BackupError(f"{backup}: {error}; nothing was taken back") from error
    except OSError as error:
        said = f"{error.filename or backup}: {error.strerror or error}"
        raise BackupError(f"{said}; nothing was taken back") from error
