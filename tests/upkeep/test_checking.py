"""Evidence that the database names is looked for where it should be."""

from __future__ import annotations

from pathlib import Path

import pytest

from watcher.records.captures import Location
from watcher.upkeep.checking import lost_evidence

RECORD = b"\x1f\x8b\x08" + b"." * 17
KNOWN = [Location("a.warc.gz", 0, 20), Location("a.warc.gz", 20, 20), Location("b.warc.gz", 0, 20)]


@pytest.mark.parametrize(
    ("first", "second", "lines"),
    [
        (RECORD * 2, RECORD, []),
        (RECORD * 3, RECORD * 2, []),  # others came behind
        (RECORD * 2, None, ["b.warc.gz: No such file or directory: 1 answers were in it"]),
        (RECORD * 2, b"", ["b.warc.gz: 1 of 1 answers are not in it"]),
        (RECORD + RECORD[:-1], RECORD, ["a.warc.gz: 1 of 2 answers are not in it"]),
        (b"." * 40, RECORD, ["a.warc.gz: 2 of 2 answers are not in it"]),
    ],
)
def test_a_file_that_lacks_some_is_a_line(tmp_path: Path, first: bytes, second: bytes | None, lines: list[str]) -> None:
    (tmp_path / "a.warc.gz").write_bytes(first)
    if second is not None:
        (tmp_path / "b.warc.gz").write_bytes(second)
    assert [one.text.removeprefix(f"{tmp_path}/") for one in lost_evidence(tmp_path, KNOWN)] == lines
