from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text

from tests.store.examples import (
    NOW,
    TEXT,
    deadline,
    extraction,
    full_extraction,
    listed,
    reading,
    source,
    subscription,
    told,
)
from watcher.deadlines.remind import remind
from watcher.model import AnnouncementType, Extraction, Verdict
from watcher.news import EventKind
from watcher.records.passes import Action
from watcher.settings import Subscription
from watcher.store import Store

ZONE = "Asia/Shanghai"
DAY = date(2026, 6, 30)
MORNING = datetime(2026, 6, 16, 0, 30, tzinfo=UTC)  # 08:30 in Shanghai, 14 days before


def reader(name: str = "ops", *remind: int) -> Subscription:
    return subscription(name, on=(EventKind.NEW, EventKind.DEADLINE), remind=remind or (14, 3))


@pytest.fixture
def filled(store: Store) -> Store:
    """One announcement whose deadline is the end of June, found in March, and a reader who asked to be reminded."""
    store.sync_subscriptions([reader()], NOW)
    store.announcements.save(reading(listed(store)), NOW)
    return store


def keys(store: Store) -> list[str]:
    with store._database.read() as session:
        query = text("SELECT key FROM events WHERE kind = 'deadline' ORDER BY id")
        return list(session.connection().execute(query).scalars())


def test_a_deadline_is_told_once_a_span_however_often_it_is_looked_at(filled: Store) -> None:
    for day in range(-3, 20):
        for hour in (0, 5, 14):
            remind(filled, MORNING + timedelta(days=day, hours=hour), ZONE)
    assert keys(filled) == ["deadline:1:2026-06-30:14", "deadline:1:2026-06-30:3"]
    due = [one.due_at for one in reversed(filled.deliveries())]
    # The evening before already writes what the morning sends.
    assert due == [MORNING, MORNING + timedelta(days=11)]


def test_a_restart_between_writing_and_sending_sends_once(filled: Store) -> None:
    assert remind(filled, MORNING, ZONE) == 1
    assert remind(filled, MORNING, ZONE) == 0
    batch = filled.outbox.next_batch("ops", MORNING)
    assert batch is not None
    assert batch.event["deadline"] == {
        "date": "2026-06-30", "days_left": 14, "tasks": ["完成"], "sentences": ["2026年6月底前完成"],
    }  # fmt: skip
    assert batch.event["id"] == 1
    filled.mark_sent(batch, MORNING)
    assert filled.outbox.next_batch("ops", MORNING) is None


def test_a_reader_who_comes_later_gets_the_same_event(filled: Store) -> None:
    remind(filled, MORNING, ZONE)
    filled.sync_subscriptions([reader(), reader("late")], MORNING)
    assert remind(filled, MORNING + timedelta(days=1), ZONE) == 1
    assert keys(filled) == ["deadline:1:2026-06-30:14"]
    assert {one.subscription for one in filled.deliveries()} == {"ops", "late"}


def test_who_got_the_alert_since_the_span_began_is_not_reminded(store: Store) -> None:
    store.sync_subscriptions([reader()], NOW)
    found_at = MORNING + timedelta(days=5)
    store.announcements.save(reading(listed(store), outgoing=told("new", "ops")), found_at)
    assert remind(store, found_at, ZONE) == 0
    assert remind(store, MORNING + timedelta(days=11), ZONE) == 1


@pytest.mark.parametrize("column", ["status = 'withdrawn'", "type = 'other'"])
def test_what_is_withdrawn_or_was_only_a_near_miss_reminds_nobody(filled: Store, column: str) -> None:
    with filled._database.write() as session:
        session.connection().execute(text(f"UPDATE announcements SET {column}"))
    assert remind(filled, MORNING, ZONE) == 0


def revise(store: Store, made: Extraction) -> None:
    page = next(iter(store.opened_since("bureau", NOW)))
    assert store.announcements.save(reading(page, made, action=Action.REVISE, basis=1), NOW + timedelta(days=1))


def test_a_deadline_that_moved_reminds_of_its_new_day_alone(filled: Store) -> None:
    moved = TEXT.replace("2026年6月底前", "2026年7月底前")
    revise(filled, extraction(moved, deadlines=(deadline(moved, "2026年7月底前", date(2026, 7, 31)),)))
    for day in range(60):
        remind(filled, MORNING + timedelta(days=day), ZONE)
    assert keys(filled) == ["deadline:1:2026-07-31:14", "deadline:1:2026-07-31:3"]


def test_a_new_reading_of_the_same_deadline_reminds_of_nothing_twice(filled: Store) -> None:
    remind(filled, MORNING, ZONE)
    reworded = "通知如下。" + TEXT
    revise(filled, extraction(reworded, deadlines=(deadline(reworded, "2026年6月底", DAY),)))
    assert remind(filled, MORNING + timedelta(days=1), ZONE) == 0


def test_what_changed_while_it_was_read_is_left_for_the_next_look(filled: Store) -> None:
    from watcher.deadlines.reminders import reminders

    (coming,) = filled.reminders.coming(filled.reminders.days(DAY, DAY))
    made = list(reminders(coming, filled.audience(), MORNING, ZONE))
    revise(filled, full_extraction())
    assert filled.reminders.add(made, MORNING) == 0
    assert remind(filled, MORNING, ZONE) == 1


def test_a_day_that_was_dropped_while_it_was_looked_up_is_left_out(filled: Store) -> None:
    days = filled.reminders.days(DAY, DAY)
    revise(filled, extraction("2026年6月底前的要求取消。"))
    assert filled.reminders.coming(days) == ()


def test_nobody_asked_nothing_is_read(store: Store) -> None:
    store.announcements.save(reading(listed(store)), NOW)
    assert remind(store, MORNING, ZONE) == 0


def test_the_region_of_the_source_counts_where_the_announcement_has_none(store: Store) -> None:
    store.sync_sources([source(region="370000")], NOW)
    store.announcements.save(
        reading(listed(store), extraction(region=None, deadlines=full_extraction().deadlines)), NOW
    )
    (coming,) = store.reminders.coming(store.reminders.days(DAY, DAY))
    assert coming.region == "370000"


def test_an_announcement_may_have_many_days(store: Store) -> None:
    words = "2026年3月底前报名。2026年9月底前验收。2026年9月30日前公示。"
    days = {
        "2026年3月底前": date(2026, 3, 31),
        "2026年9月底前": date(2026, 9, 30),
        "2026年9月30日前": date(2026, 9, 30),
    }
    found = extraction(
        words,
        deadlines=tuple(deadline(words, quote, day) for quote, day in days.items()),
        verdict=Verdict(AnnouncementType.MEASURES_DOCUMENT, 0.9),
    )
    store.announcements.save(reading(listed(store), found), NOW)
    assert store.reminders.days(date(2026, 1, 1), date(2026, 12, 31)) == (
        (1, date(2026, 3, 31)),
        (1, date(2026, 9, 30)),
    )


# --- what a reminder that waited says --------------------------------------------------------------------------------


def left(store: Store, at: datetime) -> object:
    """How many days the message that is due then says are left; None where there is none."""
    batch = store.outbox.next_batch("ops", at, ZONE)
    return None if batch is None else batch.event["deadline"]["days_left"]  # type: ignore[index]


@pytest.mark.parametrize("days", [0, 1, 14])
def test_the_days_left_are_those_of_the_day_on_which_it_is_sent(filled: Store, days: int) -> None:
    remind(filled, MORNING, ZONE)
    assert left(filled, MORNING + timedelta(days=days)) == 14 - days
    assert left(filled, MORNING + timedelta(days=days)) == 14 - days  # it may have arrived: the same once more


def test_nothing_is_told_of_a_day_that_is_over_when_it_could_be_sent(filled: Store) -> None:
    remind(filled, MORNING, ZONE)
    assert left(filled, MORNING + timedelta(days=15)) is None
    assert [one.status for one in filled.deliveries()] == ["settled"]


def test_a_deadline_that_moved_while_its_reminder_waited_is_not_told_of_its_old_day(filled: Store) -> None:
    remind(filled, MORNING, ZONE)
    moved = TEXT.replace("2026年6月底前", "2026年7月底前")
    revise(filled, extraction(moved, deadlines=(deadline(moved, "2026年7月底前", date(2026, 7, 31)),)))
    assert left(filled, MORNING) is None


@pytest.mark.parametrize("change", ["status = 'withdrawn'", "type = 'other'"])
def test_what_went_while_its_reminder_waited_is_not_told(filled: Store, change: str) -> None:
    remind(filled, MORNING, ZONE)
    if change.startswith("type"):
        revise(filled, extraction(verdict=Verdict(AnnouncementType.OTHER, 0.1), deadlines=full_extraction().deadlines))
    else:
        with filled._database.write() as session:
            session.connection().execute(text(f"UPDATE announcements SET {change}"))
    assert left(filled, MORNING) is None


def test_a_document_that_lapsed_while_its_reminder_waited_is_not_told(filled: Store) -> None:
    remind(filled, MORNING, ZONE)
    revise(filled, extraction(deadlines=full_extraction().deadlines, valid_until=date(2026, 6, 20)))
    assert left(filled, MORNING + timedelta(days=1)) == 13
    assert left(filled, MORNING + timedelta(days=8)) is None


def test_a_digest_leaves_out_the_reminder_that_is_over_and_keeps_the_other(store: Store) -> None:
    store.sync_subscriptions([reader()], NOW)
    store.announcements.save(reading(listed(store)), NOW)
    later = TEXT.replace("2026年6月底前", "2026年7月底前")
    found = extraction(later, deadlines=(deadline(later, "2026年7月底前", date(2026, 7, 31)),))
    store.announcements.save(reading(listed(store, 2), found), NOW)
    with store._database.write() as session:
        session.connection().execute(text("UPDATE subscriptions SET deliver = 'daily 09:00'"))
    for days in range(40):
        remind(store, MORNING + timedelta(days=days), ZONE)
    batch = store.outbox.next_batch("ops", MORNING + timedelta(days=40), ZONE)
    assert batch is not None
    told_of = [(item["deadline"]["date"], item["deadline"]["days_left"]) for item in batch.event["items"]]  # type: ignore[attr-defined]
    assert told_of == [("2026-07-31", 5)]
