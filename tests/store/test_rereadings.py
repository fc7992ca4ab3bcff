"""A revision that is read again replaces what it was read as, everywhere, and is no edit."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from tests.store.examples import NOW, TEXT, extraction, full_extraction, listed, money, reading, source, told
from watcher.model import AnnouncementType, Document, Extraction, Verdict
from watcher.query import parse_query
from watcher.records.announcements import Filter, Judgement, Opinion
from watcher.records.captures import Capture, Location
from watcher.records.passes import Action
from watcher.records.rereadings import Reread, Scope
from watcher.store import Store

LATER = NOW + timedelta(days=1)
NEW_TEXT = "市生态环境局出台8条措施。对绿色改造项目最高奖补500万元，垃圾焚烧除外。"
NEAR = Verdict(AnnouncementType.OTHER, 0.4, near_miss=True)


def captures(page: int, *files: str) -> tuple[Capture, ...]:
    return tuple(
        Capture(page, "http://a.example/", "http://a.example/", NOW, f"sha256:{file}", Location(file, 0, 9))
        for file in files
    )


def saved(store: Store, made: Extraction | None = None, number: int = 1, **changes: object) -> None:
    """An announcement with evidence."""
    page = listed(store, number)
    assert store.announcements.save(
        reading(page, made, captures=captures(page.id, f"{number}.warc.gz"), **changes), NOW
    )


def read_as(store: Store, made: Extraction, fingerprint: str = "new", revision: int = 1) -> None:
    store.rereadings.replace([Reread(revision, Document("另题", made.text), made, fingerprint)], LATER)


def test_the_new_reading_takes_the_place_of_the_old_one(store: Store) -> None:
    saved(store, outgoing=told("new", "ops"))
    made = extraction(NEW_TEXT, title="新题", figures=(money(NEW_TEXT, "最高奖补500万元", 5_000_000),))
    read_as(store, made)
    history = store.lists.announcement(1)
    assert history is not None
    (revision,) = history.revisions
    assert (revision.extraction, revision.reread_at, revision.seen_at) == (made, LATER, NOW)
    assert history.announcement.extraction == made
    assert (history.announcement.revision, history.announcement.last_changed) == (1, NOW)
    assert [one.kind for one in store.deliveries()] == ["new"]
    known = store.announcements.known("bureau.example/art/1.html")
    assert known is not None
    assert (known.fingerprint, known.basis, known.document.title) == ("new", 1, "另题")


def test_its_figures_and_its_words_are_found_and_the_old_ones_are_not(store: Store) -> None:
    saved(store)
    read_as(store, extraction(NEW_TEXT, figures=(money(NEW_TEXT, "最高奖补500万元", 5_000_000),)))
    with store._database.read() as session:
        figures = session.connection().execute(text("SELECT revision_id, low FROM figures")).all()
        deadlines = session.connection().execute(text("SELECT * FROM deadlines")).all()
    assert (list(map(tuple, figures)), deadlines) == ([(1, 5_000_000.0)], [])
    assert [one.id for one in store.lists.announcements(Filter(query=parse_query("垃圾焚烧")))] == [1]
    assert store.lists.announcements(Filter(query=parse_query("首次申领"))) == ()


@pytest.mark.parametrize("old", [NEAR, full_extraction().verdict])
def test_it_moves_between_announcements_and_near_misses(store: Store, old: Verdict) -> None:
    new = full_extraction().verdict if old is NEAR else NEAR
    saved(store, replace(full_extraction(), verdict=old))
    read_as(store, replace(full_extraction(), verdict=new))
    assert len(store.lists.announcements(Filter())) == (old is NEAR)
    assert len(store.lists.announcements(Filter(near_misses=True))) == (old is not NEAR)
    (page,) = store.opened_since("bureau", NOW)
    assert (page.fingerprint, page.kept) == ("new", True)


def test_an_older_revision_leaves_the_current_one_alone(store: Store) -> None:
    saved(store)
    page = store.opened_since("bureau", NOW)[0]
    edited = extraction(TEXT.replace("300万元", "500万元"), title="修订")
    assert store.announcements.save(reading(page, edited, action=Action.REVISE, basis=1), LATER)
    read_as(store, extraction(NEW_TEXT, title="新题"))
    (record,) = store.lists.announcements(Filter())
    assert record.extraction == edited
    history = store.lists.announcement(1)
    assert history is not None
    assert [one.extraction.title for one in history.revisions] == ["新题", "修订"]
    assert store.lists.announcements(Filter(query=parse_query("垃圾焚烧"))) == ()


def test_what_was_said_of_a_figure_follows_it(store: Store) -> None:
    first, second = "最高奖补300万元", "15个工作日"
    saved(store, extraction(figures=(money(TEXT, second, 15), money(TEXT, first, 3_000_000))))
    opinions = [
        Opinion(Judgement.WRONG_FIGURE, 0, "为期限"),
        Opinion(Judgement.WRONG_FIGURE, 1),
        Opinion(Judgement.RELEVANT),
    ]
    store.feedback.add(1, 1, opinions, NOW)
    read_as(store, extraction(figures=(money(TEXT, first, 3_000_000),)))
    history = store.lists.announcement(1)
    assert history is not None
    assert [one.opinion for one in history.feedback] == [
        Opinion(Judgement.NOTE, None, "15个工作日 is wrong, and no longer read: 为期限"),
        Opinion(Judgement.WRONG_FIGURE, 0),
        Opinion(Judgement.RELEVANT),
    ]


def test_revisions_are_handed_out_in_parts_by_announcement(store: Store) -> None:
    for number in (1, 2):
        saved(store, number=number)
    page = next(page for page in store.opened_since("bureau", NOW) if page.url.endswith("/1.html"))
    edited = extraction("改了。")
    store.announcements.save(
        reading(page, edited, action=Action.REVISE, basis=1, captures=captures(page.id, "b.warc.gz", "c.warc.gz")),
        LATER,
    )
    first = store.rereadings.revisions(Scope(), (0, 0), 2)
    assert [(one.announcement, one.number) for one in first] == [(1, 1), (1, 2)]
    assert (first[1].document.text, first[1].fingerprint, first[1].source) == (
        "改了。",
        "fingerprint of 改了。",
        "bureau",
    )
    assert [one.digest for one in first[1].captures] == ["sha256:b.warc.gz", "sha256:c.warc.gz"]
    (last,) = store.rereadings.revisions(Scope(), (1, 2), 2)
    assert (last.announcement, last.number, last.extraction) == (2, 1, full_extraction())
    assert store.rereadings.revisions(Scope(), (2, 1), 2) == ()


@pytest.mark.parametrize(
    ("scope", "counted"),
    [
        (Scope(), (1, 2)),
        (Scope(since=NOW), (1, 2)),
        (Scope(since=datetime(2026, 4, 1, tzinfo=UTC)), (0, 0)),
        (Scope(sources=("bureau",)), (1, 1)),
        (Scope(sources=("other",)), (0, 1)),
        (Scope(sources=("bureau", "other")), (1, 2)),
    ],
)
def test_revisions_are_counted_with_and_without_evidence(store: Store, scope: Scope, counted: tuple[int, int]) -> None:
    store.sync_sources([source(), source("other")], NOW)
    saved(store)
    store.announcements.save(reading(listed(store, 1, "other")), NOW)
    page = listed(store, 2)
    lost = replace(captures(page.id, "x")[0], location=None, problem="full")
    store.announcements.save(reading(page, extraction("二。"), captures=(lost,)), NOW)
    assert store.rereadings.count(scope) == counted
    assert len(store.rereadings.revisions(scope, (0, 0), 10)) == counted[0]


def test_the_last_answer_of_a_file_is_that_of_the_newest_revision_which_has_it(store: Store) -> None:
    page = listed(store)
    store.announcements.save(reading(page, captures=captures(page.id, "page", "old")), NOW)
    edited = extraction("二。")
    again = reading(page, edited, action=Action.REVISE, basis=1, captures=captures(page.id, "page2", "new"))
    assert store.announcements.save(again, NOW)
    found = store.captures.of_file(page.id, "http://a.example/")
    assert found is not None
    assert found.digest in {"sha256:page2", "sha256:new"}
    assert store.captures.of_file(page.id, "http://a.example/other") is None
    assert store.captures.of_file(page.id + 1, "http://a.example/") is None
