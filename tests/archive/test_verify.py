"""What is wrong with a file, told record by record."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.archive.answers import answer
from watcher.archive.files import append
from watcher.archive.verify import Fault, verify
from watcher.archive.warc import digest_of, record
from watcher.records.captures import Capture, FiledCapture, Location, Payload

BODIES = (b"one" * 200, b"two" * 200, b"three" * 200)
RECORDS = tuple(record(answer(body), digest_of(body), None) for body in BODIES)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "watcher-20260302.warc.gz"


@pytest.fixture
def filed(path: Path) -> list[FiledCapture]:
    """Three answers, each the evidence of an announcement."""
    offsets = append(path, RECORDS, 0)
    return [
        FiledCapture(number, number, 1, capture(body, Location(path.name, offset, len(packed))))
        for number, (body, offset, packed) in enumerate(zip(BODIES, offsets, RECORDS, strict=True), 1)
    ]


def capture(body: bytes, location: Location, payload: Payload | None = None) -> Capture:
    page = answer(body)
    return Capture(1, page.url, page.final_url, page.fetched_at, digest_of(body), location, payload)


def at(filed: list[FiledCapture], place: int) -> int:
    location = filed[place].capture.location
    assert location is not None
    return location.offset


def test_a_whole_file_has_no_faults(path: Path, filed: list[FiledCapture]) -> None:
    read = verify(path, filed)
    assert (read.records, read.spare, read.faults) == (4, 0, [])


def test_what_nothing_refers_to_is_counted(path: Path, filed: list[FiledCapture]) -> None:
    read = verify(path, filed[:1])
    assert (read.records, read.spare, read.faults) == (4, 2, [])


def test_a_removed_file_is_missing_record_by_record(path: Path, filed: list[FiledCapture]) -> None:
    path.unlink()
    assert verify(path, filed).faults == [Fault(at(filed, place), "missing", filed[place]) for place in range(3)]


@pytest.mark.parametrize("harm", [lambda _: 0, lambda byte: byte ^ 1], ids=["zeros", "one bit"])
def test_a_damaged_record_hides_none_behind_it(
    path: Path, filed: list[FiledCapture], harm: Callable[[int], int]
) -> None:
    content = bytearray(path.read_bytes())
    middle = at(filed, 1) + 100
    content[middle : middle + 20] = bytes(map(harm, content[middle : middle + 20]))
    path.write_bytes(content)
    assert verify(path, filed).faults == [Fault(at(filed, 1), "damaged", filed[1])]


def test_damage_that_concerns_nothing_is_told_as_such(path: Path, filed: list[FiledCapture]) -> None:
    content = bytearray(path.read_bytes())
    content[at(filed, 1) + 50] ^= 1
    path.write_bytes(content)
    assert verify(path, [filed[0], filed[2]]).faults == [Fault(at(filed, 1), "damaged", None)]


def test_a_file_cut_short_lacks_what_stood_behind(path: Path, filed: list[FiledCapture]) -> None:
    path.write_bytes(path.read_bytes()[: at(filed, 1) + 40])
    assert verify(path, filed).faults == [
        Fault(at(filed, 1), "damaged", filed[1]), Fault(at(filed, 2), "missing", filed[2]),
    ]  # fmt: skip


def test_what_a_killed_writer_left_is_no_fault(path: Path, filed: list[FiledCapture]) -> None:
    with path.open("ab") as file:
        file.write(RECORDS[0][:90])
    assert verify(path, filed).faults == []


def test_another_answer_in_the_place_of_one_is_noticed(path: Path, filed: list[FiledCapture]) -> None:
    swapped = FiledCapture(1, 1, 1, capture(b"other", filed[0].capture.location or Location("", 0, 0)))
    assert verify(path, [swapped, *filed[1:]]).faults == [Fault(at(filed, 0), "another answer", swapped)]


def test_a_record_without_its_body_is_not_taken_for_one_with_it(path: Path) -> None:
    earlier = Payload(1, "http://a.example/", answer().fetched_at, Location(path.name, 0, 1))
    packed = record(answer(), digest_of(answer().body), earlier)
    (offset,) = append(path, [packed], 0)
    place = Location(path.name, offset, len(packed))
    whole = FiledCapture(1, 1, 1, capture(answer().body, place))
    again = FiledCapture(1, 1, 1, capture(answer().body, place, earlier))
    assert verify(path, [again]).faults == []
    assert verify(path, [whole]).faults == [Fault(offset, "another answer", whole)]
