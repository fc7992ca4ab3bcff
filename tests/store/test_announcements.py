from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from tests.store.examples import NOW, TEXT, extraction, full_extraction, listed, reading, source, told
from watcher.model import AnnouncementType, Region, Verdict
from watcher.news import FieldChange
from watcher.query import parse_query
from watcher.records.announcements import Filter
from watcher.records.pages import PageStatus
from watcher.records.passes import Action
from watcher.store import Store

LATER = NOW + timedelta(days=1)
CHANGES = (
    FieldChange(
        "figure:绿色改造项目", "最高奖补300万元", "最高奖补500万元", "对绿色改造项目最高奖补500万元", "绿色改造项目"
    ),
)


def test_an_announcement_comes_back_as_it_was_stored(store: Store) -> None:
    made = full_extraction()
    assert store.announcements.save(reading(listed(store), made), NOW)
    (record,) = store.lists.announcements(Filter())
    assert record.extraction == made
    assert (record.revision, record.source, record.first_seen, record.status) == (1, "bureau", NOW, "active")
    assert record.last_changed == record.first_seen
    assert [place.url for place in record.places] == ["http://bureau.example/art/1.html"]


def test_a_new_revision_keeps_the_old_one(store: Store) -> None:
    page = listed(store)
    store.announcements.save(reading(page), NOW)
    edited = extraction(TEXT.replace("300万元", "500万元"), title="某市出台8条措施（修订）")
    assert store.announcements.save(reading(page, edited, action=Action.REVISE, basis=1, changes=CHANGES), LATER)
    history = store.lists.announcement(1)
    assert history is not None
    assert [(one.number, one.seen_at, one.changes) for one in history.revisions] == [(1, NOW, ()), (2, LATER, CHANGES)]
    assert history.revisions[0].extraction == full_extraction()
    assert history.announcement.extraction == edited
    assert (history.announcement.first_seen, history.announcement.last_changed) == (NOW, LATER)


def test_a_decision_on_an_old_state_stores_nothing(store: Store) -> None:
    page = listed(store)
    store.announcements.save(reading(page), NOW)
    assert not store.announcements.save(reading(page, outgoing=told("new", "ops")), LATER)
    assert not store.announcements.save(
        reading(page, action=Action.REVISE, basis=2, outgoing=told("changed", "ops")), LATER
    )
    history = store.lists.announcement(1)
    assert history is not None
    assert len(history.revisions) == 1
    assert store.deliveries() == ()


def test_the_same_address_at_another_source_is_another_place(store: Store) -> None:
    store.sync_sources([source(), source("other")], NOW)
    store.announcements.save(reading(listed(store)), NOW)
    page = replace(listed(store, source_id="other"), key="bureau.example/art/1.html")
    assert store.announcements.save(reading(page, action=Action.SEEN, basis=1), LATER)
    (record,) = store.lists.announcements(Filter())
    assert [(place.source, place.first_seen) for place in record.places] == [("bureau", NOW), ("other", LATER)]
    assert store.lists.announcements(Filter(sources=("other",))) == (record,)


def test_an_unknown_announcement_is_none(store: Store) -> None:
    assert store.lists.announcement(7) is None
    assert store.announcements.known("bureau.example/art/7.html") is None


def test_the_stored_state_of_an_address_holds_its_document(store: Store) -> None:
    page = listed(store)
    store.announcements.save(reading(page), NOW)
    known = store.announcements.known(page.key)
    assert known is not None
    assert (known.basis, known.fingerprint, known.document.text) == (1, f"fingerprint of {TEXT}", TEXT)
    assert known.extraction == full_extraction()


def test_an_article_that_is_nothing_leaves_a_read_page_only(store: Store) -> None:
    page = listed(store)
    other = extraction("空气质量公报。", verdict=Verdict(AnnouncementType.OTHER, 0.1, ("没有措施",)))
    store.announcements.save(reading(page, other, action=Action.NOTHING), NOW)
    assert store.lists.announcements(Filter()) == store.lists.announcements(Filter(near_misses=True)) == ()
    (read,) = store.opened_since("bureau", NOW)
    assert (read.status, read.kept, read.digest) == (PageStatus.READ, False, "digest of 空气质量公报。")


def fill(store: Store) -> None:
    """Five items: 1 of 潍坊, 2 of 济南 a day later, 3 of 江苏, 4 without a region, 5 a near miss."""
    regions = (
        Region("山东省潍坊市", "370700"),
        Region("山东省济南市", "370100"),
        Region("江苏省", "320000"),
        None,
        None,
    )
    for number, region in enumerate(regions, 1):
        verdict = Verdict(AnnouncementType.MEASURES_NEWS if number < 4 else AnnouncementType.PROGRESS_REPORT, 0.9)
        if number == 5:
            verdict = Verdict(AnnouncementType.OTHER, 0.4, near_miss=True)
        made = extraction(
            f"第{number}篇，支持100%清洁生产_{number}。",
            region=region,
            title=f"标题{number}",
            verdict=verdict,
            published=None if number == 4 else date(2026, 2, number),
        )
        page = replace(listed(store, number), first_seen=NOW + timedelta(days=number == 2))
        store.announcements.save(reading(page, made), NOW)


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (Filter(), [2, 3, 1, 4]),
        (Filter(near_misses=True), [5]),
        (Filter(limit=2), [2, 3]),
        (Filter(since=NOW + timedelta(hours=1)), [2]),
        (Filter(regions=("370000",)), [2, 1]),
        (Filter(regions=("37",)), [2, 1]),
        (Filter(regions=("320100", "370100")), [2]),
        (Filter(regions=("320100", "330000")), []),
        (Filter(regions=("370100",)), [2]),
        (Filter(regions=("320100",)), []),
        (Filter(types=("progress_report",)), [4]),
        (Filter(sources=("bureau",)), [2, 3, 1, 4]),
        (Filter(sources=("none",)), []),
        (Filter(query=parse_query("第3篇")), [3]),
        (Filter(query=parse_query("标题2")), [2]),
        (Filter(query=parse_query("100%清洁")), [2, 3, 1, 4]),
        (Filter(query=parse_query("1%清")), []),
        (Filter(query=parse_query("生产_1")), [1]),
        (Filter(query=parse_query("生产%1")), []),
        (Filter(changed=True), []),
        (Filter(regions=("370000",), query=parse_query("第1篇")), [1]),
    ],
)
def test_lists_are_filtered_and_newest_first(store: Store, wanted: Filter, ids: list[int]) -> None:
    fill(store)
    assert [record.id for record in store.lists.announcements(wanted)] == ids


def found_in(store: Store, code: str) -> tuple[list[int], list[int]]:
    """Those that a region's filter finds, alone and with words."""
    wanted = Filter(regions=(code,))
    worded = replace(wanted, query=parse_query("清洁生产"))
    return [one.id for one in store.lists.announcements(wanted)], [one.id for one in store.lists.announcements(worded)]


def test_an_announcement_that_names_no_region_is_of_its_source_s(store: Store) -> None:
    store.sync_sources([source(region="370700")], NOW)
    fill(store)
    assert found_in(store, "370700") == ([1, 4], [1, 4])
    assert found_in(store, "320000") == ([3], [3])
    fourth = store.lists.announcements(Filter(types=("progress_report",)))[0]
    assert (fourth.region_code, fourth.extraction.region) == ("370700", None)


def test_the_region_of_a_source_may_be_given_later_changed_and_taken_away(store: Store) -> None:
    fill(store)
    for region, code, ids in (("370700", "370700", [1, 4]), ("330100", "330000", [4]), (None, "330000", [])):
        store.sync_sources([source(region=region)], NOW)
        assert found_in(store, code) == (ids, ids)
    assert found_in(store, "370700") == ([1], [1])


def test_an_edit_that_names_a_region_wins_over_the_source_s(store: Store) -> None:
    store.sync_sources([source(region="370700")], NOW)
    fill(store)
    page = next(page for page in store.opened_since("bureau", NOW) if page.url.endswith("/4.html"))
    made = extraction("第4篇，支持清洁生产。", region=Region("江苏省", "320000"), title="标题4")
    assert store.announcements.save(reading(page, made, action=Action.REVISE, basis=1), LATER)
    assert found_in(store, "370700") == ([1], [1])
    assert found_in(store, "320000") == ([4, 3], [4, 3])


def test_an_edited_near_miss_counts_from_the_day_it_became_an_announcement(store: Store) -> None:
    fill(store)
    page = next(page for page in store.opened_since("bureau", NOW) if page.url.endswith("/5.html"))
    assert store.announcements.save(reading(page, full_extraction(), action=Action.REVISE, basis=1), LATER)
    assert [record.id for record in store.lists.announcements(Filter(changed=True))] == [5]


def test_figures_and_deadlines_are_rows_of_their_revision(store: Store) -> None:
    page = listed(store)
    store.announcements.save(reading(page), NOW)
    store.announcements.save(reading(page, extraction("没有数字了。"), action=Action.REVISE, basis=1), LATER)
    with store._database.read() as session:
        connection = session.connection()
        figures = connection.execute(text("SELECT revision_id, kind, low, unit, subject FROM figures")).all()
        deadlines = connection.execute(text("SELECT revision_id, date, quote FROM deadlines")).all()
    assert list(map(tuple, figures)) == [(1, "money", 3000000.0, "CNY", "绿色改造项目")]
    assert [(row, str(day), quote) for row, day, quote in deadlines] == [(1, "2026-06-30", "2026年6月底前")]


def test_what_happened_once_cannot_be_told_twice(store: Store) -> None:
    page = listed(store)
    store.announcements.save(reading(page, outgoing=told("new", "ops")), NOW)
    assert not store.announcements.save(reading(page, action=Action.SEEN, basis=1, late=told("new", "ops")), LATER)
    assert len(store.deliveries()) == 1
