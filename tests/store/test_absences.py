"""Pages that are gone, and what becomes of their announcement, whoever finds it out first."""

from __future__ import annotations

from datetime import timedelta

from tests.store.examples import NOW, listed, note, reading, source, told
from watcher.model import Link
from watcher.records.pages import PageRecord
from watcher.records.passes import Action
from watcher.records.problem import Problem
from watcher.store import Store

GONE = Problem("http_404", "answered HTTP 404 Not Found")
DAY = timedelta(days=1)
LATER = NOW + DAY


def status(store: Store) -> str:
    history = store.lists.announcement(1)
    assert history is not None
    return history.announcement.status


def kept(store: Store, number: int = 1, source_id: str = "bureau") -> PageRecord:
    """A page that was read, as a pass gets it when it is due."""
    url = f"http://{source_id}.example/art/{number}.html"
    return next(page for page in store.opened_since(source_id, NOW - DAY) if page.url == url)


def gone(store: Store, page: PageRecord, basis: int = 1) -> bool:
    store.absences.note(page, GONE, LATER, NOW)
    return store.absences.believe(page, basis, told("withdrawn", "ops"), LATER)


def test_the_last_page_that_goes_withdraws_the_announcement_with_its_event(store: Store) -> None:
    store.announcements.save(reading(listed(store)), NOW)
    assert gone(store, kept(store))
    assert (status(store), [str(one.kind) for one in store.deliveries()]) == ("withdrawn", ["withdrawn"])
    assert not gone(store, kept(store))  # and only once
    assert len(store.deliveries()) == 1


def test_one_address_in_two_sources_is_one_page(store: Store) -> None:
    store.sync_sources([source(), source("portal")], NOW)
    store.announcements.save(reading(listed(store)), NOW)
    same = "http://bureau.example/art/1.html"
    note(store, [Link(same, "文章1")], "portal")
    (second,) = store.to_open("portal", NOW, 9)
    store.announcements.save(reading(second, action=Action.SEEN, basis=1), NOW)
    assert gone(store, kept(store))
    (elsewhere,) = store.opened_since("portal", NOW - DAY)
    assert elsewhere.absence is not None
    assert (elsewhere.absence.believed_at, elsewhere.next_check_at) == (LATER, LATER)


def test_nothing_is_believed_of_an_announcement_that_has_moved_on(store: Store) -> None:
    store.announcements.save(reading(listed(store)), NOW)
    page = kept(store)
    store.announcements.save(reading(page, action=Action.REVISE, basis=1), NOW)
    assert not gone(store, page, basis=1)
    assert (status(store), store.deliveries()) == ("active", ())


def test_a_reading_that_did_not_know_of_the_withdrawal_is_decided_again(store: Store) -> None:
    store.announcements.save(reading(listed(store)), NOW)
    page = kept(store)
    gone(store, page)
    assert not store.announcements.save(reading(page, action=Action.SEEN, basis=1), LATER)
    back = reading(page, action=Action.SEEN, basis=1, was_withdrawn=True, restored=told("restored", "ops"))
    assert store.announcements.save(back, LATER)
    assert (status(store), kept(store).absence) == ("active", None)
    assert sorted(str(one.kind) for one in store.deliveries()) == ["restored", "withdrawn"]


def test_the_pages_beside_one_are_the_nearest_of_its_site_that_were_read(store: Store) -> None:
    note(store, [Link("http://paper.example/art/1.html", "文章")])
    for number in range(1, 8):
        store.announcements.save(reading(listed(store, number), action=Action.NOTHING), NOW)
    note(store, [Link("http://bureau.example/art/9.html", "文章9")])  # not read yet
    beside = store.absences.beside(kept(store, 4), 4)
    assert sorted(page.url[-6:] for page in beside) == ["2.html", "3.html", "5.html", "6.html"]
