"""`watcher archive`: verify and prune as a user runs them."""

from __future__ import annotations

import re

import pytest

from tests.cli.conftest import Installation


def test_verify_reads_every_record_and_says_what_is_damaged(watched: Installation) -> None:
    watched.run("check")
    whole = watched.run("archive", "verify")
    assert (whole.status, whole.out) == (0, "1 file, 3 records: all as they were kept\n")
    (file,) = (watched.folder / "state" / "archive").iterdir()
    content = bytearray(file.read_bytes())
    content[-40] ^= 255
    file.write_bytes(content)
    damaged = watched.run("archive", "verify")
    assert damaged.status == 1
    first, last = damaged.out.splitlines()
    assert re.fullmatch(rf"✗ {file.name} at \d+: damaged; announcement \d, revision 1, http://127\S+html", first)
    assert last == "1 file, 3 records: 1 missing or damaged"


def test_prune_keeps_what_is_needed(watched: Installation) -> None:
    watched.run("check")
    folder = watched.folder / "state" / "archive"
    (folder / "watcher-20200302.warc.gz").write_bytes(b"of a watcher that is gone")
    done = watched.run("archive", "prune", "--keep", "5y")
    assert done.status == 0
    assert re.fullmatch(
        r"before 20\d\d-\d\d-\d\d: 1 file removed, 0 written anew, 0\.0 MB freed; "
        r"0 records stay, which current announcements or later records need\n",
        done.out,
    )
    assert len(list(folder.iterdir())) == 1
    assert watched.run("archive", "verify").status == 0


@pytest.mark.parametrize("keep", ["5", "5m", "-5y", "1d", "47h", "9999y"])
def test_prune_refuses_what_is_no_span(watched: Installation, keep: str) -> None:
    refused = watched.run("archive", "prune", f"--keep={keep}")
    assert refused.status == 2
    assert re.fullmatch(r"watcher: --keep '.+': expected (an age such as 90d, 52w, 5y|at least 2d, .*)\n", refused.err)


@pytest.mark.parametrize("command", [["verify"], ["prune", "--keep", "5y"]])
def test_without_a_database_there_is_nothing_to_do(installation: Installation, command: list[str]) -> None:
    assert installation.run("archive", *command).out.startswith("Nothing yet: there is no database")
