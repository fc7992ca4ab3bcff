from __future__ import annotations

import socket
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from tests.store.examples import NOW, begun, finish, listed, note, reading, source, told
from watcher.errors import ClaimLost
from watcher.model import Link, Validators
from watcher.records.overviews import Articles
from watcher.records.passes import ListingMark, PassEnd
from watcher.records.problem import Problem
from watcher.records.sources import Health, SourceState
from watcher.records.usual import Away, Level, Lost, Rhythm, Trust, Unopened, Usual
from watcher.settings import CssRule
from watcher.store import Store
from watcher.store.claims import ClaimRow

LINKS = [
    Link(f"http://bureau.example/art/{number}.html", f"文章{number}", date(2026, 3, 9 - number)) for number in (1, 2, 3)
]
READ = PassEnd(Health(SourceState.OK, last_ok=NOW), ListingMark(Validators('"a"', "Mon"), "digest", 3))


USUAL = Usual(
    entries=Level((20.0, 19.0), 2, NOW),
    seconds=Level((0.25,)),
    rhythm=Rhythm(NOW, 3, timedelta(days=2)),
    trust=Trust(7, caught=True),
    unopened=Unopened(3, 2, Problem("http_404", "gone", "look for it")),
    title="工作动态",
    kinds=("bureau.example/art/#.html",),
    doubted_since=NOW,
    away=Away(4, 1, 2, NOW, NOW, NOW, Problem("home_page", "leads home", "look for it")),
    lost=Lost(NOW - timedelta(days=9), NOW, "no older page is seen", NOW),
)


def urls(store: Store, limit: int = 100) -> list[str]:
    return [page.url[-6] for page in store.to_open("bureau", NOW, limit)]


def test_a_source_is_checked_by_one_at_a_time(store: Store) -> None:
    first = begun(store, source(), NOW)
    assert first is not None
    assert begun(store, source(), NOW + timedelta(seconds=29)) is None
    assert store.renew([(first.claim, NOW + timedelta(seconds=29))]) == [True]
    assert begun(store, source(), NOW + timedelta(seconds=58)) is None
    store.release([first.claim])
    assert begun(store, source(), NOW) is not None


def test_a_claim_whose_lease_ended_is_taken_over_and_lost(store: Store) -> None:
    first = begun(store, source(), NOW)
    second = begun(store, source(), NOW + timedelta(seconds=31))
    assert first is not None
    assert second is not None
    assert store.renew([(first.claim, NOW + timedelta(seconds=32))]) == [False]
    store.release([first.claim])  # must not free what another holds
    assert begun(store, source(), NOW + timedelta(seconds=33)) is None


def test_a_dead_process_of_this_host_holds_nothing(store: Store) -> None:
    dead = ClaimRow(
        key="source:bureau", owner=f"{socket.gethostname()}|1|12345", token="x", until=NOW + timedelta(days=1)
    )
    with store._database.write() as session:
        session.add(dead)
    assert begun(store, source(), NOW) is not None


def test_a_process_of_another_host_is_respected_until_its_lease_ends(store: Store) -> None:
    with store._database.write() as session:
        session.add(
            ClaimRow(key="source:bureau", owner="elsewhere|1|12345", token="x", until=NOW + timedelta(seconds=9))
        )
    assert begun(store, source(), NOW) is None
    assert begun(store, source(), NOW + timedelta(seconds=10)) is not None


def test_a_source_never_synchronised_is_not_checked(store: Store) -> None:
    assert begun(store, source("nobody"), NOW) is None


def test_of_many_passes_begun_at_once_only_those_that_are_free_are_held(store: Store) -> None:
    others = [source(f"bureau-{number}") for number in range(3)]
    store.sync_sources([source(), *others], NOW)
    taken = begun(store, others[1])
    unknown, twice = source("nobody"), others[2]
    wanted = [(one, NOW) for one in (source(), others[0], others[1], unknown, twice, twice)]
    held = store.passes.begin(wanted)
    assert taken is not None
    assert [one.source.id if one else None for one in held] == ["bureau", "bureau-0", None, None, "bureau-2", None]


def test_of_many_passes_that_end_at_once_one_that_lost_its_claim_writes_nothing(store: Store) -> None:
    others = [source(f"bureau-{number}") for number in range(3)]
    store.sync_sources(others, NOW)
    held = [one for one in store.passes.begin([(one, NOW) for one in others]) if one is not None]
    begun(store, others[1], NOW + timedelta(hours=1))
    ends = (READ, READ, replace(READ, mark=None))
    assert store.passes.finish([(one, end, NOW) for one, end in zip(held, ends, strict=True)]) == [True, False, True]
    records = [store.source(one.id) for one in others]
    assert [(one.health.state, one.entries) for one in records if one] == [
        (SourceState.OK, 3),
        (SourceState.NEW, 0),
        (SourceState.OK, 0),
    ]


def test_a_pass_knows_whether_a_page_is_due(store: Store) -> None:
    def is_due(now: datetime) -> bool:
        held = begun(store, now=now)
        assert held is not None
        store.release([held.claim])
        return held.due

    assert not is_due(NOW)
    page = listed(store)
    assert is_due(NOW), "never opened"
    store.page_failed(page, Problem("http_500", "broken"), NOW + timedelta(minutes=10))
    assert (is_due(NOW + timedelta(minutes=9)), is_due(NOW + timedelta(minutes=10))) == (False, True)
    store.announcements.save(reading(page, next_check_at=NOW + timedelta(hours=1)), NOW)
    assert (is_due(NOW + timedelta(minutes=59)), is_due(NOW + timedelta(hours=1))) == (False, True)


def test_the_end_of_a_pass_is_what_the_next_one_begins_with(store: Store) -> None:
    held = begun(store, source(), NOW)
    assert held is not None
    assert held.source.health.state is SourceState.NEW
    problem = Problem("no_links", "the page holds no list", "see sources test")
    health = Health(SourceState.LAYOUT_CHANGED, problem, NOW, 3, 4, True, NOW, NOW, NOW, NOW, NOW)
    end = replace(READ, health=health, outgoing=told("source_trouble", "ops"), usual=USUAL)
    assert finish(store, held, end, NOW)
    store.release([held.claim])
    again = begun(store, source(), NOW)
    assert again is not None
    assert (again.source.health, again.source.usual) == (health, USUAL)
    assert (again.source.validators, again.source.digest, again.source.entries) == (
        Validators('"a"', "Mon"),
        "digest",
        3,
    )
    assert [delivery.kind for delivery in store.deliveries()] == ["source_trouble"]


def test_entries_are_opened_newest_first_and_new_ones_before_the_baseline(store: Store) -> None:
    assert note(store, LINKS[1:], baseline=True) == 2
    assert note(store, LINKS, baseline=False) == 1
    assert urls(store) == ["1", "2", "3"]
    new = Link("http://bureau.example/art/0.html", "文章0")
    note(store, [*LINKS, new], baseline=False)
    assert urls(store) == ["0", "1", "2", "3"]
    assert urls(store, 1) == ["0"]


def test_variants_of_one_address_are_one_entry(store: Store) -> None:
    variants = [
        Link("http://bureau.example/art/1.html", "a"),
        Link("https://BUREAU.example:443/art/1.html?utm_source=x#top", "b"),
    ]
    assert note(store, variants, baseline=True) == 1
    assert note(store, variants, baseline=False) == 0


def test_an_entry_that_failed_waits_for_its_retry(store: Store) -> None:
    page = listed(store)
    store.page_failed(page, Problem("timeout_read", "slow"), NOW + timedelta(minutes=10))
    assert store.to_open("bureau", NOW, 9) == ()
    (again,) = store.to_open("bureau", NOW + timedelta(minutes=10), 9)
    assert again.attempts == 1
    store.page_failed(again, Problem("http_404", "gone"), None)
    assert store.to_open("bureau", NOW + timedelta(days=400), 9) == ()


def test_a_read_page_that_fails_later_stays_read(store: Store) -> None:
    store.announcements.save(reading(listed(store)), NOW)
    (page,) = store.to_recheck("bureau", NOW + timedelta(hours=1), 9)
    store.page_failed(page, Problem("http_500", "broken"), NOW + timedelta(hours=2))
    assert store.to_open("bureau", NOW + timedelta(hours=1), 9) == ()
    assert store.to_recheck("bureau", NOW + timedelta(hours=1), 9) == ()
    (page,) = store.to_recheck("bureau", NOW + timedelta(hours=2), 9)
    store.page_unchanged(page, None)
    assert store.to_recheck("bureau", NOW + timedelta(days=99), 9) == ()


def test_articles_that_cannot_be_read_now_are_counted_with_the_reason(store: Store) -> None:
    store.announcements.save(reading(listed(store)), NOW)
    assert store.overviews.articles(NOW) == {"bureau": Articles(1, 0)}
    (page,) = store.opened_since("bureau", NOW)
    store.page_failed(page, Problem("home_page", "leads home"), NOW)
    assert store.overviews.articles(NOW) == {"bureau": Articles(1, 1, "leads home", page.url)}
    assert store.overviews.articles(NOW)["bureau"].none_read
    assert store.overviews.articles(NOW + timedelta(days=1)) == {}
    store.page_unchanged(page, NOW)
    assert not store.overviews.articles(NOW)["bureau"].none_read


def test_a_good_answer_ends_a_row_of_failures_and_leaves_its_validators(store: Store) -> None:
    store.announcements.save(reading(listed(store)), NOW)
    (page,) = store.opened_since("bureau", NOW)
    for _ in range(4):
        store.page_failed(page, Problem("http_500", "broken"), NOW)
    store.page_unchanged(page, NOW, Validators('"v2"', None))
    (again,) = store.opened_since("bureau", NOW)
    assert (again.attempts, again.validators) == (0, Validators('"v2"', None))
    store.page_unchanged(page, NOW)  # 304: those that were asked with still hold
    assert store.opened_since("bureau", NOW)[0].validators == Validators('"v2"', None)


def test_what_was_known_before_a_moment(store: Store) -> None:
    note(store, LINKS[2:], baseline=True)
    note(store, LINKS, baseline=False, now=NOW + timedelta(hours=1))
    keys = [f"bureau.example/art/{number}.html" for number in (1, 2, 3, 4)]
    assert store.known_keys("bureau", keys, None) == set(keys[:3])
    assert store.known_keys("bureau", keys, NOW + timedelta(hours=1)) == {keys[2]}


def test_the_oldest_and_the_newest_day_beside_an_entry(store: Store) -> None:
    assert store.oldest_listed("bureau") is None
    assert store.newest_listed("bureau", NOW) is None
    days = [date(2026, 6, 3), date(2026, 5, 30), None]
    note(store, [replace(one, published=day) for one, day in zip(LINKS, days, strict=False)], baseline=True)
    assert (store.oldest_listed("bureau"), store.oldest_listed("other")) == (date(2026, 5, 30), None)
    assert store.newest_listed("bureau", NOW) is None  # of those that were seen before
    assert store.newest_listed("bureau", NOW + timedelta(hours=1)) == date(2026, 6, 3)


def test_a_listing_of_a_hundred_thousand_entries_can_be_looked_up(store: Store) -> None:
    note(store, LINKS, baseline=True)
    keys = [f"bureau.example/art/{number}.html" for number in range(100_000)]
    assert store.known_keys("bureau", keys, None) == set(keys[1:4])


def test_a_changed_address_starts_with_a_new_baseline(store: Store) -> None:
    held = begun(store, source(), NOW)
    assert held is not None
    store.add_entries(held, LINKS, baseline=True, now=NOW)
    assert finish(store, held, READ, NOW)
    store.release([held.claim])
    store.sync_sources([source(url="http://bureau.example/other/")], NOW)
    record = store.source("bureau")
    assert record is not None
    assert (record.baseline_at, record.digest, record.validators) == (None, None, Validators())


def test_a_process_that_knows_another_address_neither_begins_nor_goes_on(store: Store) -> None:
    held = begun(store, source(), NOW)
    assert held is not None
    moved = source(url="http://bureau.example/other/")
    store.sync_sources([moved], NOW)
    with pytest.raises(ClaimLost):
        store.add_entries(held, LINKS, baseline=False, now=NOW)
    assert not finish(store, held, READ, NOW)
    assert begun(store, source(), NOW) is None
    anew = begun(store, moved, NOW)
    assert anew is not None
    assert (anew.source.baseline_at, anew.source.digest, urls(store)) == (None, None, [])


def test_a_changed_rule_reads_the_listing_anew_without_a_new_baseline(store: Store) -> None:
    held = begun(store, source(), NOW)
    assert held is not None
    store.add_entries(held, LINKS, baseline=True, now=NOW)
    assert finish(store, held, READ, NOW)
    store.release([held.claim])
    store.sync_sources([source(listing=CssRule(item="li"))], NOW)
    record = store.source("bureau")
    assert record is not None
    assert (record.baseline_at, record.digest, record.validators) == (NOW, None, Validators())


def test_a_source_that_left_the_configuration_stays_with_its_finds(store: Store) -> None:
    store.announcements.save(reading(listed(store)), NOW)
    store.sync_sources([source("other")], NOW)
    assert {record.id: record.configured for record in store.sources()} == {"bureau": False, "other": True}
    assert store.lists.announcement(1) is not None
    store.sync_sources([source()], NOW)
    assert {record.id: record.configured for record in store.sources()} == {"bureau": True, "other": False}
