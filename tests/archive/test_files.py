"""The files themselves: records at the end, whatever a killed or a second writer does."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from tests.archive.answers import answer
from tests.archive.warcio import check, index
from watcher.archive.files import append
from watcher.archive.names import file_of
from watcher.archive.warc import digest_of, record

FIRST, SECOND, THIRD = (record(answer(body), digest_of(body), None) for body in (b"one", b"two" * 500, b"three"))
WRITER = """
import sys
from pathlib import Path
from tests.archive.answers import answer
from watcher.archive.files import append
from watcher.archive.warc import digest_of, record
for number in range(40):
    body = f"{sys.argv[2]}-{number}".encode() * 50
    append(Path(sys.argv[1]), [record(answer(body), digest_of(body), None)], 0)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "archive" / "watcher-20260302.warc.gz"


@pytest.mark.parametrize(
    ("moment", "name"),
    [
        (datetime(2026, 3, 2, 23, 59, tzinfo=UTC), "watcher-20260302.warc.gz"),
        (datetime(2026, 3, 2, 1, 0, tzinfo=timezone(timedelta(hours=8))), "watcher-20260301.warc.gz"),
    ],
)
def test_a_file_holds_one_day_in_utc(moment: datetime, name: str) -> None:
    assert file_of(moment) == name


def test_each_machine_has_a_file_of_its_own() -> None:
    moment = datetime(2026, 3, 2, tzinfo=UTC)
    assert file_of(moment, "w1.example_org") == "watcher-20260302.w1-example-org.warc.gz"


def test_records_are_added_at_the_end_and_found_at_their_offsets(path: Path) -> None:
    (first,) = append(path, [FIRST], 0)
    second, third = append(path, [SECOND, THIRD], first + len(FIRST))
    assert [int(one["offset"]) for one in index(path)] == [0, first, second, third]
    assert path.read_bytes()[second:third] == SECOND
    assert check(path) == ""


@pytest.mark.parametrize("known", [True, False], ids=["its end is known", "read from the start"])
@pytest.mark.parametrize("length", [1, 2, 20, -9, -1, 0])
def test_a_record_that_a_killed_writer_left_is_cut_off(path: Path, length: int, known: bool) -> None:
    (first,) = append(path, [FIRST], 0)
    end = path.stat().st_size
    with path.open("ab") as file:
        file.write(SECOND[:length] or bytes(700))  # zeros: what a loss of power may leave
    assert append(path, [THIRD], end if known else 0) == [end]
    assert [int(one["offset"]) for one in index(path)] == [0, first, end]
    assert check(path) == ""


def test_a_whole_record_that_the_database_does_not_know_of_stays(path: Path) -> None:
    (first,) = append(path, [FIRST], 0)
    (second,) = append(path, [SECOND], first + len(FIRST))
    (third,) = append(path, [THIRD], first + len(FIRST))
    assert third == second + len(SECOND)


def test_a_file_that_is_shorter_than_the_database_believes_is_read_from_its_start(path: Path) -> None:
    (first,) = append(path, [FIRST], 0)
    (second,) = append(path, [SECOND], 1_000_000)
    assert second == first + len(FIRST)
    assert check(path) == ""


def test_several_processes_write_one_file(path: Path) -> None:
    started = [subprocess.Popen([sys.executable, "-c", WRITER, str(path), name]) for name in ("a", "b", "c")]
    assert [process.wait(60) for process in started] == [0, 0, 0]
    found = index(path, fields="warc-type,warc-payload-digest")
    assert len({one["warc-payload-digest"] for one in found[1:]}) == len(found) - 1 == 120
    assert check(path) == ""


def test_a_full_disk_adds_nothing(path: Path) -> None:
    append(path, [FIRST], 0)
    before = path.read_bytes()
    # A file size limit stands for the disk: the record is begun and cannot be finished.
    code = (
        "import resource, sys; from pathlib import Path; from tests.archive.test_files import *; "
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({len(before) + 5}, {len(before) + 5})); "
        "append(Path(sys.argv[1]), [SECOND], 0)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=False)
    assert "OSError: [Errno 27] File too large" in done.stderr
    assert path.read_bytes() == before
