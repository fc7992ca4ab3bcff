from __future__ import annotations

from datetime import timedelta

import pytest
from alembic import command
from sqlalchemy import text
from sqlalchemy.engine import make_url

from tests.store.examples import NOW, TEXT, extraction, full_extraction, listed, reading, source, subscription
from watcher.errors import UsageError
from watcher.records.announcements import Feedback, Filter, Judgement, Opinion
from watcher.records.passes import Action
from watcher.store import Store
from watcher.store.engine import VERSIONS, make_engine
from watcher.store.upgrade import configuration

LATER = NOW + timedelta(days=1)
NOT_RELEVANT = Opinion(Judgement.NOT_RELEVANT, note="处罚通报")
WRONG_FIGURE = Opinion(Judgement.WRONG_FIGURE, 0)
RELEVANT = Opinion(Judgement.RELEVANT)


def edited(store: Store) -> None:
    """Announcement 1 with one figure at revision 1 and none at revision 2."""
    page = listed(store)
    store.announcements.save(reading(page), NOW)
    store.announcements.save(reading(page, extraction("没有数字了。"), action=Action.REVISE, basis=1), LATER)


def said(store: Store, announcement_id: int = 1) -> tuple[Feedback, ...]:
    history = store.lists.announcement(announcement_id)
    assert history is not None
    return history.feedback


def test_what_people_say_stands_beside_the_announcement_oldest_first(store: Store) -> None:
    store.announcements.save(reading(listed(store)), NOW)
    store.feedback.add(1, 1, [NOT_RELEVANT, WRONG_FIGURE], NOW)
    store.feedback.add(1, 1, [RELEVANT], LATER)
    assert said(store) == (Feedback(1, NOT_RELEVANT, NOW), Feedback(1, WRONG_FIGURE, NOW), Feedback(1, RELEVANT, LATER))
    (record,) = store.lists.announcements(Filter())
    assert record.extraction == full_extraction()


def test_anew_forgets_what_was_said_of_this_one_only(store: Store) -> None:
    for number in (1, 2):
        store.announcements.save(reading(listed(store, number)), NOW)
        store.feedback.add(number, 1, [NOT_RELEVANT], NOW)
    store.feedback.add(1, 1, [RELEVANT], LATER, anew=True)
    assert said(store, 1) == (Feedback(1, RELEVANT, LATER),)
    assert said(store, 2) == (Feedback(1, NOT_RELEVANT, NOW),)
    store.feedback.add(1, 1, [], LATER, anew=True)
    assert said(store, 1) == ()


@pytest.mark.parametrize(
    ("announcement", "revision", "figure", "part"),
    [
        (7, 1, None, "no announcement 7 with a revision 1"),
        (1, 3, None, "no announcement 1 with a revision 3"),
        (1, 1, 1, "announcement 1 has figures 1 to 1, none is number 2"),
        (1, 1, -1, "none is number 0"),
        (1, 2, 0, "announcement 1 has no figures, none is number 1"),
    ],
)
def test_what_does_not_exist_cannot_be_judged(
    store: Store, announcement: int, revision: int, figure: int | None, part: str
) -> None:
    edited(store)
    store.feedback.add(1, 1, [RELEVANT], NOW)
    wrong = Opinion(Judgement.NOT_RELEVANT) if figure is None else Opinion(Judgement.WRONG_FIGURE, figure)
    with pytest.raises(UsageError, match=part):
        store.feedback.add(announcement, revision, [NOT_RELEVANT, wrong], LATER, anew=True)
    assert said(store) == (Feedback(1, RELEVANT, NOW),)


def test_judged_ones_come_with_the_revision_spoken_of_last_and_its_page(store: Store) -> None:
    edited(store)
    store.announcements.save(reading(listed(store, 2)), NOW)
    store.announcements.save(reading(listed(store, 3)), NOW)
    store.feedback.add(3, 1, [WRONG_FIGURE], NOW)
    store.feedback.add(1, 2, [NOT_RELEVANT], NOW)
    store.feedback.add(1, 1, [WRONG_FIGURE], LATER)
    first, third = store.lists.judged()
    assert (first.announcement.id, first.announcement.revision, first.document.text) == (1, 1, TEXT)
    assert first.announcement.extraction == full_extraction()
    assert first.feedback == (Feedback(2, NOT_RELEVANT, NOW), Feedback(1, WRONG_FIGURE, LATER))
    assert (third.announcement.id, third.feedback) == (3, (Feedback(1, WRONG_FIGURE, NOW),))


@pytest.mark.parametrize("version", VERSIONS[:-1])
def test_a_database_of_an_older_version_is_upgraded_when_it_is_opened(empty: str, version: str) -> None:
    engine = make_engine(make_url(empty))
    with engine.begin() as connection:
        command.upgrade(configuration(connection), version)
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO sources (id, name, url, enabled, configured, created_at, rule, state, failures, told, "
                "entries) VALUES ('old', '旧', 'http://old.example/', true, true, '2026-01-01', 'r', 'ok', 0, false, 3)"
            )
        )
    engine.dispose()
    store = Store.open(empty)
    assert [(one.id, one.name, one.entries) for one in store.sources()] == [("old", "旧", 3)]
    store.sync_sources([source()], NOW)
    store.sync_subscriptions([subscription()], NOW)
    store.announcements.save(reading(listed(store)), NOW)
    store.feedback.add(1, 1, [NOT_RELEVANT], NOW)
    store.close()
    again = Store.open(empty)
    assert said(again) == (Feedback(1, NOT_RELEVANT, NOW),)
    again.close()
