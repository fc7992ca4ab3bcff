"""A backup of a state that is being written to, taken back into either kind of database."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tarfile
import time
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text
from sqlalchemy.engine import make_url

from tests.store import filling
from tests.store.examples import NOW
from tests.upkeep.conftest import State
from watcher.errors import BackupError, StoreError
from watcher.store import search, snapshot
from watcher.store.engine import VERSIONS, Database, make_engine
from watcher.store.soundness import flaws
from watcher.store.upgrade import configuration
from watcher.upkeep.backup import back_up
from watcher.upkeep.manifest import Filled, Manifest
from watcher.upkeep.packing import packed, unpack, zstd
from watcher.upkeep.restore import restore

BACKUP = """
import sys
from tests.upkeep.test_backup import Path, State, backup_of
backup_of(State(sys.argv[1], Path(sys.argv[2])), Path(sys.argv[3]))
"""


def backup_of(state: State, to: Path) -> tuple[Path, Manifest]:
    database = Database.open(state.address)
    try:
        return back_up(database, state.archive, to, NOW)
    finally:
        database.close()


def test_what_was_there_is_taken_back(state: State, place: State, tmp_path: Path) -> None:
    path, manifest = backup_of(state, tmp_path / "backups")
    assert path == tmp_path / "backups" / "watcher-20260302T010000Z.tar.zst"
    assert os.listdir(path.parent) == [path.name]
    assert path.stat().st_mode & 0o777 == 0o600
    assert (manifest.schema, manifest.made_at, manifest.missing) == (VERSIONS[-1], NOW, ())
    assert manifest.tables["announcements"].rows == 3
    assert set(manifest.files) == {"watcher.db", "archive/watcher-20260302.warc.gz"}
    assert restore(path, place.address, place.archive) == manifest
    assert place.assert_whole() == 3
    with state.opened() as (before, _), place.opened() as (after, _):
        assert after.lists.announcement(2) == before.lists.announcement(2)
        assert after.subscriptions() == before.subscriptions()
        assert after.sources() == before.sources()
    with place.opened() as (store, archive):
        place.add(store, archive, 4)
    assert place.assert_whole() == 4


def test_the_files_of_several_machines_are_taken_back(state: State, place: State, tmp_path: Path) -> None:
    with state.opened() as (store, archive):
        for number, machine in enumerate(("w1", "db-2.example.org"), 4):
            state.add(store, replace(archive, machine=machine), number)
    path, manifest = backup_of(state, tmp_path)
    assert len(manifest.files) == 4
    restore(path, place.address, place.archive)
    assert place.assert_whole() == 5


def test_what_is_taken_back_is_found_whatever_the_index_was(state: State, place: State, tmp_path: Path) -> None:
    database = Database.open(state.address)
    with database.write() as session:
        connection = session.connection()
        connection.execute(text("DROP TABLE search"))
        search.create(connection)
    database.close()
    restore(backup_of(state, tmp_path)[0], place.address, place.archive)
    database = Database.open(place.address)
    assert list(flaws(database)) == []
    database.close()


def test_a_backup_under_load_is_of_one_moment(state: State, place: State, tmp_path: Path) -> None:
    with state.being_written():
        made = [backup_of(state, tmp_path / f"{number}.tar.zst") for number in range(3)]
    assert state.assert_whole() > made[-1][1].tables["announcements"].rows  # it went on being written to
    counts = [manifest.tables["announcements"].rows for _, manifest in made]
    assert counts == sorted(set(counts))
    path, manifest = made[-1]
    restore(path, place.address, place.archive)
    assert place.assert_whole() == manifest.tables["announcements"].rows == manifest.tables["captures"].rows
    with state.opened() as (before, _), place.opened() as (after, _):
        for number in range(1, counts[-1] + 1):
            assert after.lists.announcement(number) == before.lists.announcement(number)


def test_any_tar_that_knows_zstd_shows_what_is_in_it(state: State, tmp_path: Path) -> None:
    path, _ = backup_of(state, tmp_path)
    with path.open("rb") as file, zstd.ZstdFile(file) as unpacking, tarfile.open(fileobj=unpacking, mode="r|") as tar:
        assert [one.name for one in tar] == ["watcher.db", "archive/watcher-20260302.warc.gz", "manifest.json"]


def test_evidence_that_is_gone_is_named_and_the_rest_is_kept(state: State, place: State, tmp_path: Path) -> None:
    (file,) = state.archive.iterdir()
    content = file.read_bytes()
    file.write_bytes(content[:-10])
    path, manifest = backup_of(state, tmp_path / "short.tar.zst")
    assert manifest.missing == (file.name,)
    assert manifest.files["archive/" + file.name].bytes == len(content) - 10
    restore(path, place.address, place.archive)
    assert (place.archive / file.name).read_bytes() == content[:-10]
    file.unlink()
    _, manifest = backup_of(state, tmp_path / "none.tar.zst")
    assert (manifest.missing, set(manifest.files)) == ((file.name,), {"watcher.db"})


def test_no_file_is_overwritten(state: State, tmp_path: Path) -> None:
    target = tmp_path / "mine.tar.zst"
    target.write_text("mine")
    with pytest.raises(BackupError, match=r"mine\.tar\.zst exists: name another file"):
        backup_of(state, target)
    assert target.read_text() == "mine"


def test_a_place_that_cannot_be_written_is_said(state: State, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BackupError, match=r"deep: Not a directory; no backup was made"):
        backup_of(state, tmp_path / "file" / "deep")


@pytest.mark.parametrize("spoil", ["flip", "cut", "empty", "other"])
def test_a_backup_that_is_damaged_is_refused_and_leaves_nothing(state: State, tmp_path: Path, spoil: str) -> None:
    path, _ = backup_of(state, tmp_path / "backups")
    content = bytearray(path.read_bytes())
    if spoil == "flip":
        content[len(content) // 2] ^= 255
    others: dict[str, bytes | bytearray] = {"cut": content[: len(content) // 2], "empty": b"", "other": b"PK\3\4" * 99}
    path.write_bytes(others.get(spoil, content))
    other = tmp_path / "other"
    with pytest.raises(BackupError, match=r"(damaged|cut short).*nothing was taken back"):
        restore(path, f"sqlite:///{other}/watcher.db", other / "archive")
    assert list(other.iterdir()) == []


def rewritten(path: Path, **changes: object) -> Path:
    """A backup whose manifest says something else, whole in itself."""
    folder = path.parent / "unpacked"
    folder.mkdir()
    with path.open("rb") as file:
        manifest = unpack(file, folder)
    fields = {name: getattr(manifest, name) for name in Manifest.__dataclass_fields__} | changes
    other = path.with_name("rewritten.tar.zst")
    with other.open("xb") as out, packed(out, 0) as packer:
        for name in manifest.files:
            packer.add(name, folder / name)
        packer.finish(Manifest(**fields))
    return other


def test_a_database_that_is_not_what_was_noted_is_refused(state: State, tmp_path: Path) -> None:
    path, manifest = backup_of(state, tmp_path)
    tables = {**manifest.tables, "figures": manifest.tables["revisions"]}
    with pytest.raises(BackupError, match="holds something else than was noted: figures; nothing was taken back"):
        restore(rewritten(path, tables=tables), f"sqlite:///{tmp_path}/o/watcher.db", tmp_path / "o" / "archive")


def test_a_backup_of_a_newer_watcher_is_refused(state: State, tmp_path: Path) -> None:
    path, _ = backup_of(state, tmp_path)
    newer = rewritten(path, schema="9999", watcher="99.1")
    with pytest.raises(
        BackupError, match=r"it has schema 9999, this watcher \(\d+\) is older: take it back with watcher 99"
    ):
        restore(newer, f"sqlite:///{tmp_path}/o/watcher.db", tmp_path / "o" / "archive")


def test_a_member_that_would_be_written_elsewhere_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "hostile.tar.zst"
    for name in ("../watcher.db", "/etc/passwd", "archive/../../x", "archive/other"):
        with (
            path.open("wb") as out,
            zstd.ZstdFile(out, "w") as packing,
            tarfile.open(fileobj=packing, mode="w|") as tar,
        ):
            info = tarfile.TarInfo(name)
            info.size = 4
            tar.addfile(info, BytesIO(b"evil"))
        with pytest.raises(BackupError, match="no backup of watcher"):
            restore(path, f"sqlite:///{tmp_path}/o/watcher.db", tmp_path / "o" / "archive")
    assert list((tmp_path / "o").iterdir()) == []


def test_nothing_is_taken_back_over_what_is_there(state: State, place: State, tmp_path: Path) -> None:
    path, _ = backup_of(state, tmp_path)
    with place.opened() as (store, _):
        assert store.sources()
    with pytest.raises(
        (BackupError, StoreError), match=r"exists: a backup is taken back where|the target is not empty"
    ):
        restore(path, place.address, place.archive)
    with pytest.raises(BackupError, match="holds files: a backup is taken back where there are none"):
        restore(path, f"sqlite:///{tmp_path}/new.db", state.archive)
    assert not (tmp_path / "new.db").exists()


def test_what_fails_at_its_end_leaves_no_archive(state: State, tmp_path: Path) -> None:
    """The folder of the database is a file."""
    path, _ = backup_of(state, tmp_path)
    (tmp_path / "taken").write_text("")
    with pytest.raises(BackupError, match="nothing was taken back"):
        restore(path, f"sqlite:///{tmp_path}/taken/watcher.db", tmp_path / "o" / "archive")
    assert list((tmp_path / "o").iterdir()) == []


def test_a_backup_of_an_earlier_schema_is_upgraded(tmp_path: Path, place: State) -> None:
    """Its tables are compared as they were, then brought to this program's schema."""
    old = tmp_path / "watcher.db"
    engine = make_engine(make_url(f"sqlite:///{old}"))
    with engine.begin() as connection:
        command.upgrade(configuration(connection), "0020")
        filling.fill(connection)
    engine.dispose()
    looked = snapshot.look(old)
    path = tmp_path / "old.tar.zst"
    with path.open("xb") as out, packed(out, 0) as packer:
        packer.add("watcher.db", old)
        tables = {name: Filled(one.rows, one.digest) for name, one in looked.tables.items()}
        packer.finish(Manifest("0.0.9", "0020", NOW, tables, packer.held))
    restore(path, place.address, place.archive)
    with place.opened() as (store, _):
        assert len(store.sources()) == filling.ROWS + 1
        assert store.lists.announcement(1) is not None


def test_a_damaged_database_is_not_backed_up(tmp_path: Path) -> None:
    state = State(f"sqlite:///{tmp_path}/watcher.db", tmp_path)
    with state.opened() as (store, archive):
        for number in range(1, 30):
            state.add(store, archive, number)
    with sqlite3.connect(tmp_path / "watcher.db") as connection:
        leaf = "SELECT pageno FROM dbstat WHERE name = 'revisions' AND pagetype = 'leaf' ORDER BY pageno DESC"
        page = connection.execute(leaf).fetchone()[0] - 1
    with (tmp_path / "watcher.db").open("r+b") as file:
        file.seek(page * 4096)
        file.write(b"\xff" * 200)
    with pytest.raises(StoreError, match=r"malformed|damaged"):
        backup_of(state, tmp_path / "backups")
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_backup_that_is_killed_leaves_nothing_under_its_name(state: State, tmp_path: Path) -> None:
    to = tmp_path / "backups"
    process = subprocess.Popen([sys.executable, "-c", BACKUP, state.address, str(state.folder), str(to)])
    while not to.exists():
        assert process.poll() is None
        time.sleep(0.001)
    process.kill()
    process.wait()
    assert not list(to.glob("*.tar.zst"))
    path, _ = backup_of(state, to)
    assert path.exists()


def test_the_manifest_is_readable_by_people(state: State, tmp_path: Path) -> None:
    path, manifest = backup_of(state, tmp_path)
    with path.open("rb") as file, zstd.ZstdFile(file) as unpacking, tarfile.open(fileobj=unpacking, mode="r|") as tar:
        written = next(json.load(tar.extractfile(one)) for one in tar if one.name == "manifest.json")  # type: ignore[arg-type]
    assert written["tables"]["announcements"] == {"rows": 3, "digest": manifest.tables["announcements"].digest}
    assert written["made_at"] == "2026-03-02T01:00:00+00:00"
