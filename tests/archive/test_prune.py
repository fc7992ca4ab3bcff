"""Old files go, and nothing that is still needed with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.archive.answers import answer
from tests.archive.warcio import check, index
from tests.store.examples import NOW, extraction, full_extraction, listed, reading, source
from watcher.archive import Archive
from watcher.archive.prune import Pruned, prune
from watcher.archive.verify import verify
from watcher.model import AnnouncementType, Verdict
from watcher.records.passes import Action
from watcher.store import Store

OLD, YOUNG = datetime(2020, 3, 2, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC)
OLDEST = date(2021, 3, 2)
NEAR_MISS = extraction("几乎。", verdict=Verdict(AnnouncementType.OTHER, 0.4, near_miss=True))


class Shelf:
    """Announcements with evidence of chosen days."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store, self.archive = store, Archive(folder, store)

    def store_page(self, number: int, body: bytes, day: datetime, *, near_miss: bool = False) -> None:
        self._save(number, body, day, near_miss=near_miss)

    def revise(self, number: int, body: bytes, day: datetime, *, basis: int) -> None:
        self._save(number, body, day, basis=basis)

    def _save(self, number: int, body: bytes, day: datetime, *, near_miss: bool = False, basis: int = 0) -> None:
        if basis:
            page = next(one for one in self.store.opened_since("bureau", NOW) if one.url.endswith(f"/{number}.html"))
        else:
            page = listed(self.store, number)
        captures = self.archive.keep(page.id, [answer(body, url=page.url, at=day)])
        made = NEAR_MISS if near_miss else full_extraction()
        action = Action.REVISE if basis else Action.CREATE
        assert self.store.announcements.save(reading(page, made, action=action, basis=basis, captures=captures), NOW)

    def prune(self, oldest: date = OLDEST) -> Pruned:
        return prune(self.archive.folder, self.store.captures, oldest)

    def files(self) -> dict[str, list[str]]:
        """The records of each file, without the first."""
        return {
            path.name: [one["warc-type"] for one in index(path)[1:]] for path in sorted(self.archive.folder.iterdir())
        }

    def bodies(self, number: int = 1) -> list[bytes | None]:
        """Of each revision what its evidence holds, None where there is none any more."""
        history = self.store.lists.announcement(number)
        assert history is not None
        return [self.archive.read(one.captures[0]).body if one.captures else None for one in history.revisions]

    def assert_sound(self) -> None:
        """Nothing dangles: each file reads, and the database and the files agree."""
        files = sorted(self.archive.folder.iterdir())
        assert check(*files) == ""
        assert {path.name for path in files} == set(self.store.captures.files())
        for path in files:
            read = verify(path, self.store.captures.in_file(path.name))
            assert (read.faults, read.spare) == ([], 0)


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    store = Store.open(f"sqlite:///{tmp_path}/watcher.db")
    store.sync_sources([source()], NOW)
    yield Shelf(store, tmp_path / "archive")
    store.close()


def test_a_file_that_nobody_needs_is_removed(shelf: Shelf) -> None:
    shelf.store_page(1, b"first", OLD)
    shelf.store_page(2, b"near", OLD, near_miss=True)
    shelf.revise(1, b"second", YOUNG, basis=1)
    size = (shelf.archive.folder / "watcher-20200302.warc.gz").stat().st_size
    assert shelf.prune() == Pruned(removed=1, rewritten=0, kept=0, freed=size, damaged=())
    assert shelf.files() == {"watcher-20260302.warc.gz": ["response"]}
    assert shelf.bodies(1) == [None, b"second"]
    shelf.assert_sound()


def test_the_current_text_of_an_announcement_keeps_its_evidence_at_any_age(shelf: Shelf) -> None:
    shelf.store_page(1, b"current", OLD)
    shelf.store_page(2, b"near", OLD, near_miss=True)
    done = shelf.prune()
    assert (done.removed, done.rewritten, done.kept) == (0, 1, 1)
    assert done.freed > 0
    assert shelf.files() == {"watcher-20200302-2.warc.gz": ["response"]}
    assert shelf.bodies(1) == [b"current"]
    shelf.assert_sound()


def test_files_of_several_machines_are_pruned_alike(shelf: Shelf) -> None:
    for number, machine in enumerate(("w1", "w2", "3")):
        shelf.archive = replace(shelf.archive, machine=machine)
        shelf.store_page(2 * number, f"current of {machine}".encode(), OLD)
        shelf.store_page(2 * number + 1, f"near of {machine}".encode(), OLD, near_miss=True)
    assert sorted(shelf.files()) == [f"watcher-20200302.{machine}.warc.gz" for machine in ("3", "w1", "w2")]
    done = shelf.prune()
    assert (done.removed, done.rewritten, done.kept) == (0, 3, 3)
    assert sorted(shelf.files()) == [f"watcher-20200302-{number}.warc.gz" for number in (2, 3, 4)]
    assert [shelf.bodies(number) for number in (1, 3, 5)] == [
        [f"current of {one}".encode()] for one in ("w1", "w2", "3")
    ]
    shelf.assert_sound()


def test_a_record_is_copied_byte_for_byte(shelf: Shelf) -> None:
    shelf.store_page(1, b"current", OLD)
    shelf.store_page(2, b"near", OLD, near_miss=True)
    (kept, _) = shelf.store.captures.in_file("watcher-20200302.warc.gz")
    assert kept.capture.location is not None
    before = (shelf.archive.folder / "watcher-20200302.warc.gz").read_bytes()[kept.capture.location.offset :]
    shelf.prune()
    after = (shelf.archive.folder / "watcher-20200302-2.warc.gz").read_bytes()
    assert after.endswith(before[: kept.capture.location.length])


def test_a_body_that_a_younger_record_refers_to_stays(shelf: Shelf) -> None:
    shelf.store_page(1, b"A", OLD)
    shelf.revise(1, b"B", OLD, basis=1)
    shelf.revise(1, b"A", YOUNG, basis=2)
    shelf.prune()
    assert shelf.files() == {"watcher-20200302-2.warc.gz": ["response"], "watcher-20260302.warc.gz": ["revisit"]}
    assert shelf.bodies() == [b"A", None, b"A"]
    shelf.assert_sound()


def test_a_body_that_an_old_record_that_stays_refers_to_stays_too(shelf: Shelf) -> None:
    shelf.store_page(1, b"A", OLD)
    shelf.revise(1, b"B", OLD + timedelta(days=1), basis=1)
    shelf.revise(1, b"A", OLD + timedelta(days=2), basis=2)
    done = shelf.prune()
    assert (done.removed, done.rewritten, done.kept) == (1, 0, 2)
    assert shelf.files() == {"watcher-20200302.warc.gz": ["response"], "watcher-20200304.warc.gz": ["revisit"]}
    shelf.assert_sound()


def test_a_record_and_the_earlier_one_that_it_refers_to_go_together(shelf: Shelf) -> None:
    shelf.store_page(1, b"A", OLD)
    shelf.revise(1, b"B", OLD + timedelta(days=1), basis=1)
    shelf.revise(1, b"A", OLD + timedelta(days=2), basis=2)
    shelf.revise(1, b"C", YOUNG, basis=3)
    assert shelf.prune().removed == 3
    assert shelf.bodies() == [None, None, None, b"C"]
    shelf.assert_sound()


def test_a_file_that_is_needed_whole_is_left_alone_and_so_is_a_day_within_the_span(shelf: Shelf) -> None:
    shelf.store_page(1, b"current", OLD)
    shelf.store_page(2, b"near", datetime(2021, 3, 2, tzinfo=UTC), near_miss=True)
    before = {path.name: path.read_bytes() for path in shelf.archive.folder.iterdir()}
    assert shelf.prune() == Pruned(removed=0, rewritten=0, kept=1, freed=0, damaged=())
    assert {path.name: path.read_bytes() for path in shelf.archive.folder.iterdir()} == before


def test_what_was_written_anew_is_pruned_again_as_it_ages(shelf: Shelf) -> None:
    for number in (1, 2):
        shelf.store_page(number, b"%d" % number, OLD)
    shelf.store_page(3, b"near", OLD, near_miss=True)
    shelf.prune()
    shelf.revise(1, b"new", YOUNG, basis=1)
    assert shelf.prune().rewritten == 1
    assert shelf.files() == {"watcher-20200302-3.warc.gz": ["response"], "watcher-20260302.warc.gz": ["response"]}
    assert shelf.bodies(2) == [b"2"]
    shelf.assert_sound()
    assert shelf.prune() == Pruned(removed=0, rewritten=0, kept=1, freed=0, damaged=())


def test_what_a_broken_off_run_left_is_removed_by_the_next(shelf: Shelf) -> None:
    shelf.store_page(1, b"current", OLD)
    original = shelf.archive.folder / "watcher-20200302.warc.gz"
    for number in (2, 7):
        (shelf.archive.folder / f"watcher-20200302-{number}.warc.gz").write_bytes(original.read_bytes())
    assert shelf.prune().removed == 2
    shelf.assert_sound()


def test_a_damaged_file_is_left_as_it_is_and_named(shelf: Shelf) -> None:
    shelf.store_page(1, b"current", OLD)
    shelf.store_page(2, b"near", OLD, near_miss=True)
    shelf.store_page(3, b"near", OLD + timedelta(days=1), near_miss=True)
    path = shelf.archive.folder / "watcher-20200302.warc.gz"
    (kept, _) = shelf.store.captures.in_file(path.name)
    assert kept.capture.location is not None
    content = bytearray(path.read_bytes())
    content[kept.capture.location.offset + 40] ^= 255
    path.write_bytes(content)
    done = shelf.prune()
    assert (done.removed, done.rewritten, done.damaged) == (1, 0, (path.name,))
    assert path.read_bytes() == content
    assert [one.name for one in shelf.archive.folder.iterdir()] == [path.name]


def test_other_files_in_the_folder_are_not_ours_to_remove(shelf: Shelf) -> None:
    shelf.archive.folder.mkdir()
    for name in ("notes.txt", "watcher-2020.warc.gz", "watcher-20200302.warc.gz.bak"):
        (shelf.archive.folder / name).write_text("mine")
    assert shelf.prune() == Pruned(removed=0, rewritten=0, kept=0, freed=0, damaged=())
    assert len(list(shelf.archive.folder.iterdir())) == 3
