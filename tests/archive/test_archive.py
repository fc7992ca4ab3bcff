"""Evidence kept with a real database, and read back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.archive.answers import NOON, answer
from tests.archive.warcio import check, index
from tests.store.examples import NOW, listed, reading, source, subscription
from watcher.archive import Archive
from watcher.errors import ArchiveError
from watcher.model import Head, Page
from watcher.records.captures import Capture
from watcher.records.passes import Action
from watcher.store import Store

OTHER = "http://other.example/art/1.html"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path}/watcher.db")
    opened.sync_sources([source()], NOW)
    opened.sync_subscriptions([subscription()], NOW)
    yield opened
    opened.close()


@pytest.fixture
def archive(tmp_path: Path, store: Store) -> Archive:
    return Archive(tmp_path / "archive", store)


def keep(archive: Archive, store: Store, *answers: Page, revision: int = 1) -> tuple[Capture, ...]:
    """Answers kept and stored as the evidence of a revision; as the database tells of them."""
    page = listed(store) if revision == 1 else store.opened_since("bureau", NOW)[0]
    captures = archive.keep(page.id, answers)
    action = Action.CREATE if revision == 1 else Action.REVISE
    assert store.announcements.save(reading(page, action=action, basis=revision - 1, captures=captures), NOW)
    return store.captures.of_revision(1, revision)


def bare(page: Page) -> Page:
    return replace(page, head=Head())


def test_answers_read_back_as_they_were_fetched(archive: Archive, store: Store) -> None:
    page = replace(answer("<p>正文</p>".encode("gb18030")), charset="gbk", final_url=OTHER)
    page = replace(page, head=Head("HTTP/1.1", "OK", (("Content-Type", "Text/HTML; charset=GBK"),)))
    sheet = replace(
        answer(b"PK\x03\x04" + bytes(500), url="http://bureau.example/a.xlsx"),
        charset=None,
        media_type="application/zip",
    )
    sheet = replace(sheet, head=Head(fields=(("Content-Type", "application/zip"),)))
    kept = keep(archive, store, page, sheet)
    assert [archive.read(one) for one in kept] == [bare(page), bare(sheet)]
    assert check(*archive.folder.iterdir()) == ""


def test_the_database_knows_every_record_by_its_place_and_digest(archive: Archive, store: Store) -> None:
    kept = keep(archive, store, answer(b"one"), answer(b"two"))
    (path,) = archive.folder.iterdir()
    found = index(path)[1:]
    assert [(one["offset"], one["length"], one["warc-payload-digest"]) for one in found] == [
        (str(one.location.offset), str(one.location.length), one.digest) for one in kept if one.location
    ]


def test_the_same_body_again_is_kept_once(archive: Archive, store: Store) -> None:
    body = b"a long text " * 100
    (first,) = keep(archive, store, answer(body))
    again = answer(body, url=OTHER, at=NOON + timedelta(days=1))
    (second,) = keep(archive, store, again, revision=2)
    third = answer(body, at=NOON + timedelta(days=2))
    (last,) = keep(archive, store, third, revision=3)
    assert [one["warc-type"] for path in sorted(archive.folder.iterdir()) for one in index(path)] == [
        "warcinfo", "response", "warcinfo", "revisit", "warcinfo", "revisit",
    ]  # fmt: skip
    assert second.payload is not None
    assert last.payload is not None
    assert second.payload.location == last.payload.location == first.location
    assert [archive.read(one) for one in (second, last)] == [bare(again), bare(third)]
    assert check(*archive.folder.iterdir()) == ""


def test_a_body_whose_file_was_removed_is_kept_anew(archive: Archive, store: Store) -> None:
    keep(archive, store, answer())
    shutil.rmtree(archive.folder)
    again = answer(at=NOON + timedelta(days=1))
    (second,) = keep(archive, store, again, revision=2)
    assert archive.read(second) == bare(again)


def test_what_a_full_disk_cannot_take_is_told_and_read_as_such(
    archive: Archive, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    archive.folder.mkdir()
    (archive.folder / "watcher-20260302.warc.gz").symlink_to("/dev/full")
    (kept,) = keep(archive, store, answer())
    assert (kept.location, kept.problem) == (
        None, f"{archive.folder}/watcher-20260302.warc.gz: No space left on device",
    )  # fmt: skip
    assert "No space left on device" in caplog.text
    with pytest.raises(ArchiveError, match=r"not kept: .*No space left"):
        archive.read(kept)


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda path: path.unlink(), "No such file"),
        (lambda path: path.write_bytes(path.read_bytes()[:-3]), r"no whole record at offset \d+"),
        (lambda path: path.write_bytes(b"x" * path.stat().st_size), r"no whole record at offset \d+"),
        (lambda path: path.write_bytes(path.read_bytes()[:60]), r"no record at offset \d+"),
    ],
    ids=["removed", "torn", "overwritten", "cut short"],
)
def test_evidence_that_is_not_there_whole_is_an_error_with_its_place(
    archive: Archive, store: Store, harm: object, said: str
) -> None:
    (kept,) = keep(archive, store, answer())
    (path,) = archive.folder.iterdir()
    assert callable(harm)
    harm(path)
    with pytest.raises(ArchiveError, match=rf"watcher-20260302.warc.gz: {said}"):
        archive.read(kept)


def test_a_record_in_the_place_of_another_is_noticed(archive: Archive, store: Store) -> None:
    first, second = keep(archive, store, answer(b"one"), answer(b"two"))
    with pytest.raises(ArchiveError, match="not the body that was kept"):
        archive.read(replace(first, location=second.location))
