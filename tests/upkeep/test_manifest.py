"""The manifest of a backup: written and read, and what of the files differs from it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests.store.examples import NOW
from watcher.archive.names import file_of
from watcher.errors import BackupError
from watcher.upkeep.manifest import EVIDENCE, Filled, Held, Manifest, decode, encode, faults, is_member

HELD = Held(3, "aa")
MANIFEST = Manifest("0.1.0", "0028", NOW, {"pages": Filled(2, "bb")}, {"watcher.db": HELD}, ("x.warc.gz",))


def test_what_is_written_is_read() -> None:
    assert decode(encode(MANIFEST)) == MANIFEST
    assert MANIFEST.rows == 2


@pytest.mark.parametrize(
    "written", [b"", b"\xff", b"[]", b"{}", b'{"format": 1}', encode(MANIFEST).replace(b'"rows"', b'"lines"')]
)
def test_what_is_no_manifest_is_refused(written: bytes) -> None:
    with pytest.raises(BackupError, match=r"its manifest\.json cannot be read"):
        decode(written)


def test_a_later_format_is_refused() -> None:
    later = json.dumps({**json.loads(encode(MANIFEST)), "format": 2}).encode()
    with pytest.raises(BackupError, match="it is of format 2: it was made by a newer watcher"):
        decode(later)


@pytest.mark.parametrize(
    ("found", "wrong"),
    [
        ({"watcher.db": HELD}, []),
        ({}, ["watcher.db is missing"]),
        ({"watcher.db": replace(HELD, digest="cc")}, ["watcher.db is damaged"]),
        ({"watcher.db": replace(HELD, bytes=4)}, ["watcher.db is damaged"]),
        ({"watcher.db": HELD, "a": HELD}, ["a does not belong to it"]),
    ],
)
def test_files_are_held_against_it(found: dict[str, Held], wrong: list[str]) -> None:
    assert list(faults(MANIFEST, found)) == wrong


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        ("watcher.db", True),
        ("archive/watcher-20260302.warc.gz", True),
        ("archive/watcher-20260302-2.warc.gz", True),
        ("archive/watcher-20260302.w1.warc.gz", True),
        ("archive/watcher-20260302.a/b.warc.gz", False),
        ("archive/watcher-20260302...warc.gz", False),
        ("archive/../watcher-20260302.warc.gz", False),
        ("archive/watcher-2026.warc.gz", False),
        ("/watcher.db", False),
        ("watcher.db\n", False),
        ("manifest.json", False),
    ],
)
def test_only_names_of_ours_are_written(name: str, ours: bool) -> None:
    assert is_member(name) is ours


@pytest.mark.parametrize("machine", ["", "w1", "db-2.example.org", "3f9c2d1e8a77", "工作站", "a_b"])
def test_whatever_a_machine_is_called_its_file_may_be_held(machine: str) -> None:
    assert is_member(EVIDENCE + file_of(NOW, machine))
