"""Pages that go on at other addresses, with their announcements, places and absences; others are left behind."""

from __future__ import annotations

import threading
from collections.abc import Collection
from datetime import timedelta

import pytest

from tests.store.examples import NOW, begun, listed, note, reading, source
from tests.store.test_absences import GONE, LATER, kept
from watcher.errors import ClaimLost
from watcher.model import Link
from watcher.readdressed import Move, Readdressed
from watcher.records.pages import PageRecord, Stood
from watcher.records.passes import Action
from watcher.records.usual import Pursuit
from watcher.store import Store, announcements

OLD, NEW = "http://bureau.example/art/{}.html", "http://bureau.example/content/{}"


def move(page: PageRecord, url: str) -> Move:
    was = Stood(page.id, page.key, page.url, page.title, page.listed, page.first_seen)
    return Move(was, Link(url, page.title, page.listed))


def begin(store: Store, *moves: Move, source_id: str = "bureau", listed: Collection[str] = ()) -> None:
    held = begun(store, source(source_id))
    assert held is not None
    store.readdressing.begin(held, Readdressed(moves, listed, NOW + timedelta(minutes=1)), NOW)
    store.release([held.claim])


def pages(store: Store, source_id: str = "bureau") -> list[PageRecord]:
    return list(store.opened_since(source_id, NOW - timedelta(days=1)))


def test_a_page_goes_on_with_its_announcement_and_its_place(store: Store) -> None:
    store.announcements.save(reading(listed(store)), NOW)
    begin(store, move(kept(store), NEW.format(1)))
    (page,) = pages(store)
    assert (page.url, page.former, page.is_unread_here) == (NEW.format(1), "bureau.example/art/1.html", True)
    assert page.next_check_at == NOW  # it may have been edited on the way
    known = store.announcements.known(page.key)
    assert known is not None
    assert (known.key, known.url) == (page.key, NEW.format(1))
    history = store.lists.announcement(1)
    assert history is not None
    assert [place.url for place in history.announcement.places] == [NEW.format(1)]
    assert store.readdressing.former("bureau", ["bureau.example/art/1.html", "bureau.example/art/2.html"]) == {
        "bureau.example/art/1.html"
    }


def test_what_is_missing_is_so_at_its_new_address_until_it_is_read_there(store: Store) -> None:
    store.announcements.save(reading(listed(store)), NOW)
    store.absences.note(kept(store), GONE, LATER, NOW)
    begin(store, move(kept(store), NEW.format(1)))
    (page,) = pages(store)
    assert page.absence is not None
    store.announcements.save(reading(page, action=Action.SEEN, basis=1), LATER)
    assert pages(store)[0].absence is None


def test_an_absence_stays_with_the_address_that_another_source_lists_still(store: Store) -> None:
    store.sync_sources([source(), source("portal")], NOW)
    store.announcements.save(reading(listed(store)), NOW)
    note(store, [Link(OLD.format(1), "文章1")], "portal")
    (second,) = store.to_open("portal", NOW, 9)
    store.announcements.save(reading(second, action=Action.SEEN, basis=1), NOW)
    store.absences.note(kept(store), GONE, LATER, NOW)
    begin(store, move(kept(store), NEW.format(1)))
    assert (pages(store)[0].absence, pages(store, "portal")[0].absence is None) == (None, False)


def test_an_address_that_is_anothers_is_left_alone(store: Store) -> None:
    first = listed(store, 1)
    store.announcements.save(reading(first), NOW)
    note(store, [Link(NEW.format(1), "又一篇")])
    begin(store, move(kept(store), NEW.format(1)))
    assert [page.url for page in pages(store)] == [OLD.format(1)]


def test_who_goes_back_is_not_looked_at_once_more(store: Store) -> None:
    """Servers that do not agree show one address, then the other."""
    store.announcements.save(reading(listed(store)), NOW)
    begin(store, move(kept(store), NEW.format(1)))
    (page,) = pages(store)
    store.page_unchanged(page, LATER)
    begin(store, move(page, OLD.format(1)))
    (page,) = pages(store)
    assert (page.url, page.next_check_at) == (OLD.format(1), LATER)


@pytest.mark.parametrize(
    ("urls", "behind"),
    [
        ([OLD.format(2)], {OLD.format(2)}),
        (["http://elsewhere.example/x/2.html"], set()),  # an original that another site has
        ([OLD.format(2), OLD.format(3)], {OLD.format(2)}),  # the other stands in the list
    ],
)
def test_what_had_an_address_of_the_same_kind_and_is_not_met_is_left_behind(
    store: Store, urls: list[str], behind: set[str]
) -> None:
    note(store, [Link(url, f"文章{url}") for url in [OLD.format(1), OLD.format(9), *urls]])
    for page in store.to_open("bureau", NOW, 9):
        store.announcements.save(reading(page, fingerprint=page.key, bands=frozenset()), NOW)
    moves = [move(kept(store, number), NEW.format(number)) for number in (1, 9)]
    begin(store, *moves, listed={"bureau.example/art/3.html"})
    assert {page.url for page in pages(store) if page.left_behind} == behind
    held = begun(store)
    assert held is not None
    store.readdressing.stop(held)
    assert not any(page.left_behind for page in pages(store))


def test_what_is_met_later_is_left_behind_no_more(store: Store) -> None:
    note(store, [Link(OLD.format(number), f"文章{number}") for number in (1, 2, 9)])
    for page in store.to_open("bureau", NOW, 9):
        store.announcements.save(reading(page, fingerprint=page.key, bands=frozenset()), NOW)
    begin(store, move(kept(store), NEW.format(1)), move(kept(store, 9), NEW.format(9)))
    held = begun(store)
    assert held is not None
    store.readdressing.go_on(held, Readdressed([move(kept(store, 2), NEW.format(2))], (), NOW), NOW)
    assert {page.url: page.left_behind for page in pages(store)} == {NEW.format(number): False for number in (1, 2, 9)}


def test_one_that_is_put_up_again_says_nothing_of_the_others(store: Store) -> None:
    note(store, [Link(OLD.format(number), f"文章{number}") for number in (1, 2)])
    for page in store.to_open("bureau", NOW, 9):
        store.announcements.save(reading(page, fingerprint=page.key, bands=frozenset()), NOW)
    begin(store, move(kept(store), NEW.format(1)))
    assert not any(page.left_behind for page in pages(store))


def test_where_as_many_stay_in_the_list_as_move_nothing_is_left_behind(store: Store) -> None:
    note(store, [Link(OLD.format(number), f"文章{number}") for number in (1, 2, 3)])
    for page in store.to_open("bureau", NOW, 9):
        store.announcements.save(reading(page, fingerprint=page.key, bands=frozenset()), NOW)
    begin(store, move(kept(store), NEW.format(1)), listed={"bureau.example/art/2.html", "bureau.example/content/1"})
    assert not any(page.left_behind for page in pages(store))


def test_what_an_older_page_shows_where_it_stood_is_not_left_behind(store: Store) -> None:
    note(store, [Link(OLD.format(number), f"文章{number}") for number in (1, 2, 3, 9)])
    for page in store.to_open("bureau", NOW, 9):
        store.announcements.save(reading(page, fingerprint=page.key, bands=frozenset()), NOW)
    begin(store, move(kept(store), NEW.format(1)), move(kept(store, 9), NEW.format(9)))
    held = begun(store)
    assert held is not None
    store.readdressing.go_on(held, Readdressed([], {"bureau.example/art/2.html"}, NOW), NOW)
    assert [page.url for page in pages(store) if page.left_behind] == [OLD.format(3)]


def test_where_to_look_for_the_rest_is_written_with_the_first(store: Store) -> None:
    store.announcements.save(reading(listed(store)), NOW)
    held, left = begun(store), Pursuit(NOW, "http://bureau.example/list/2.html")
    assert held is not None
    store.readdressing.begin(held, Readdressed([move(kept(store), NEW.format(1))], (), NOW, left), NOW)
    found = store.source("bureau")
    assert found is not None
    assert found.usual.pursuit == left
    store.release([held.claim])
    with pytest.raises(ClaimLost):
        store.readdressing.begin(held, Readdressed([], (), NOW), NOW)


def test_beside_another_writer_an_address_has_one_announcement(store: Store) -> None:
    """Another source's page is stored at an address to which this source's page is about to move."""
    store.sync_sources([source("a"), source("b")], NOW)
    store.announcements.save(reading(listed(store, 1, "a"), fingerprint="a", bands=frozenset()), NOW)
    (mine,), other = pages(store, "a"), listed(store, 2, "b")
    mover = threading.Thread(target=begin, args=(store, move(mine, other.url)), kwargs={"source_id": "a"})
    with store._database.write() as session:
        assert announcements._save(session, reading(other, fingerprint="b", bands=frozenset()), NOW, "Asia/Shanghai")
        session.flush()
        mover.start()
        mover.join(0.3)  # it waits for its turn
    mover.join()
    assert [page.url for page in pages(store, "a")] == [mine.url]
    known = store.announcements.known(other.key)
    assert known is not None
    assert known.id == 2
