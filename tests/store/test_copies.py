"""What is looked at as the possible original of a fresh text."""

from __future__ import annotations

import json
from dataclasses import replace

from alembic import command
from sqlalchemy import text
from sqlalchemy.engine import make_url

from tests.identity.pairs import MEASURES_, NEWS_, NOTE, REPORT_
from tests.identity.texts import Page
from tests.store.examples import NOW, extraction, listed, reading
from watcher.codec import encode_extraction
from watcher.identity.likeness import bands
from watcher.model import AnnouncementType, Credit, Region, Verdict
from watcher.records.copies import Copied, Neighbour
from watcher.records.pages import PageRecord
from watcher.records.passes import Action, Reading
from watcher.store import Store
from watcher.store.engine import make_engine
from watcher.store.upgrade import configuration

SOURCE = (
    "INSERT INTO sources (id, name, url, enabled, configured, created_at, rule, state, failures, told, entries)"
    " VALUES ('bureau', '某市局', 'http://bureau.example/list/', true, true, '2026-01-01', '', 'ok', 0, false, 3)"
)
ANNOUNCEMENT = (
    "INSERT INTO announcements (id, key, url, source_id, status, first_seen, last_changed, revision, type, score)"
    " VALUES (1, 'a.cn/1', 'http://a.cn/1', 'bureau', 'active', '2026-01-01', '2026-01-01', 1, 'measures_news', 0.9)"
)
REVISION = (
    "INSERT INTO revisions (announcement_id, number, seen_at, fingerprint, text, extraction, document, changes)"
    """ VALUES (1, 1, '2026-01-01', 'f', :text, :extraction, '{}', '[]')"""
)
NEAR_MISS = Verdict(AnnouncementType.OTHER, 0.4, near_miss=True)


def read(page: Page, entry: PageRecord, **changes: object) -> Reading:
    made = extraction(page.text, title=page.title, figures=(), region=Region("云州市", "140215"))
    return reading(entry, made, bands=bands(page.title, page.text), **changes)


def near(store: Store, page: Page) -> tuple[Neighbour, ...]:
    return store.copies.near(bands(page.title, page.text), "elsewhere.example/1", None).neighbours


def test_a_copy_finds_its_original_first_with_what_tells_them_apart(store: Store) -> None:
    for number, page in enumerate((REPORT_, NEWS_, MEASURES_), 1):
        store.announcements.save(read(page, listed(store, number)), NOW)
    first, *_ = near(store, NEWS_.cut(3).titled("云州拿出实招"))
    key = "bureau.example/art/2.html"
    assert first == Neighbour(2, NEWS_.title, NEWS_.text, "140215", key, ((key, "文章2"),))


def test_what_an_announcement_said_before_is_found_too(store: Store) -> None:
    entry, edited = listed(store), NEWS_.swap(("300", "500"))
    store.announcements.save(read(NEWS_, entry), NOW)
    store.announcements.save(read(edited, entry, action=Action.REVISE, basis=1), NOW)
    assert {one.text for one in near(store, NEWS_)} == {NEWS_.text, edited.text}


def test_a_near_miss_is_marked(store: Store) -> None:
    fresh = read(NEWS_, listed(store))
    store.announcements.save(replace(fresh, extraction=replace(fresh.extraction, verdict=NEAR_MISS)), NOW)
    assert [one.near_miss for one in near(store, NEWS_)] == [True]


def test_nothing_is_near_an_unrelated_or_a_short_text(store: Store) -> None:
    store.announcements.save(read(NEWS_, listed(store)), NOW)
    assert near(store, REPORT_) == near(store, Page("通知", "见附件。")) == ()


def test_the_texts_of_an_older_database_are_found(empty: str) -> None:
    engine = make_engine(make_url(empty))
    with engine.begin() as connection:
        command.upgrade(configuration(connection), "0005")
    said = json.dumps(encode_extraction(extraction(NEWS_.text, title="云州市出台措施", region=None)))
    with engine.begin() as connection:
        for statement in (SOURCE, ANNOUNCEMENT, REVISION):
            values = {"text": NEWS_.text, "extraction": said} if "revisions" in statement else {}
            connection.execute(text(statement), values)
    engine.dispose()
    store = Store.open(empty)
    assert near(store, NEWS_.cut(4)) == (Neighbour(1, "云州市出台措施", NEWS_.text, None, "a.cn/1"),)
    store.close()


def test_a_copy_that_another_process_stored_since_the_look_up_makes_the_decision_void(
    address: str, store: Store
) -> None:
    other = Store.open(address)
    entry, copy = listed(store, 1), listed(store, 2)
    looked_at = [one.copies.near(bands(NEWS_.title, NEWS_.text), "k", None).latest for one in (store, other)]
    assert store.announcements.save(read(NEWS_, entry, copied=Copied(looked_at=looked_at[0])), NOW)
    void = read(NEWS_.led(NOTE), copy, copied=Copied(looked_at=looked_at[1]))
    assert not other.announcements.save(void, NOW)
    unrelated = read(REPORT_, copy, copied=Copied(looked_at=looked_at[1]))
    assert other.announcements.save(unrelated, NOW)
    other.close()


def test_a_page_joins_what_it_is_a_copy_of_and_may_become_its_link(store: Store) -> None:
    entry, copy, original = (listed(store, number) for number in (1, 2, 3))
    store.announcements.save(read(NEWS_, entry), NOW)
    assert store.announcements.save(read(NEWS_, copy, action=Action.JOIN, basis=1, copied=Copied(joins=1)), NOW)
    stands = read(NEWS_.led(NOTE), original, action=Action.REVISE, basis=1, copied=Copied(joins=1), stands=True)
    assert store.announcements.save(stands, NOW)
    known = store.announcements.known(copy.key)
    assert known is not None
    assert (known.id, known.key, known.url, known.basis) == (1, original.key, original.url, 2)
    history = store.lists.announcement(1)
    assert history is not None
    assert {place.url for place in history.announcement.places} == {entry.url, copy.url, original.url}


def test_a_page_that_another_process_joined_elsewhere_is_decided_anew(store: Store) -> None:
    entry, other, copy = (listed(store, number) for number in (1, 2, 3))
    store.announcements.save(read(NEWS_, entry), NOW)
    store.announcements.save(read(REPORT_, other), NOW)
    assert store.announcements.save(read(NEWS_, copy, action=Action.JOIN, basis=1, copied=Copied(joins=1)), NOW)
    assert not store.announcements.save(read(REPORT_, copy, action=Action.JOIN, basis=1, copied=Copied(joins=2)), NOW)
    leaves = Copied(joins=2, leaves=1)
    assert store.announcements.save(read(REPORT_, copy, action=Action.JOIN, basis=1, copied=leaves), NOW)
    known = store.announcements.known(copy.key)
    assert known is not None
    assert known.id == 2


def test_a_link_to_the_original_makes_neighbours_of_texts_that_share_little(store: Store) -> None:
    entry, copy = listed(store, 1), listed(store, 2)
    store.announcements.save(read(NEWS_, entry), NOW)
    naming = read(REPORT_, copy)
    credit = Credit(original_url="http://www.origin.example/5.html")
    store.announcements.save(replace(naming, extraction=replace(naming.extraction, credit=credit)), NOW)
    found = store.copies.near(frozenset(), "origin.example/5.html", entry.key).neighbours
    assert [(one.announcement, one.linked, one.names_it) for one in found] == [(2, True, True), (1, True, False)]


def test_of_a_form_that_many_filled_in_the_latest_are_looked_at_and_a_copy_is_still_found(store: Store) -> None:
    """Their common sentences lead to all of them; a text's own lead to its copies, however many came in between."""
    forms = [
        NEWS_.led(f"第{number}期服务企业专报，编发日期由本局办公室另行通知，内部刊物注意保存。") for number in range(60)
    ]
    for number, form in enumerate(forms):
        store.announcements.save(read(form, listed(store, number)), NOW)
    assert near(store, forms[3])[0].text == forms[3].text


def _own_sentence(number: int) -> str:
    steps = "、".join(
        f"第{chr(0x4E00 + 37 * number + step)}{chr(0x5200 + 11 * number + step)}项工作" for step in range(30)
    )
    return f"本期专报说的是{steps}，均已按期办结并向企业逐一反馈。"
