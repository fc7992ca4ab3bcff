"""Logs of long ago are forgotten; what was found, who was told of it, and what still waits are not."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import SQLModel, select

from tests.store.examples import NOW, begun, finish, listed, reading, source, told
from watcher.news import EventKind
from watcher.records.deliveries import Batch, Outgoing, Recipient
from watcher.records.passes import PassEnd
from watcher.records.sources import Health, SourceState
from watcher.records.usual import Usual
from watcher.store import Store
from watcher.store.attempts import AttemptRow
from watcher.store.missing import AbsenceRow
from watcher.store.runs import DigestRunRow
from watcher.store.tables import DeliveryRow, EventRow

LATER = NOW + timedelta(days=1)


def rows(store: Store, table: type[SQLModel]) -> int:
    with store._database.read() as session:
        return len(session.exec(select(table)).all())


def tell(store: Store, kind: EventKind, now: datetime = NOW, *, digest: bool = False) -> None:
    """The news of a source in trouble, or out of it, for `ops`."""
    held = begun(store, source(), now)
    assert held is not None
    event = Outgoing(kind, {"kind": str(kind), "title": "某市局"}, (Recipient("ops", "why", now, digest),))
    assert finish(store, held, PassEnd(Health(SourceState.OK), None, None, event, Usual()), now)


def due(store: Store, now: datetime) -> Batch:
    batch = store.outbox.next_batch("ops", now + timedelta(minutes=1))
    assert batch is not None
    return batch


def test_the_log_of_what_was_sent_is_forgotten_and_what_it_was_about_stays(store: Store) -> None:
    assert store.announcements.save(reading(listed(store), outgoing=told("new", "ops")), NOW)
    batch = due(store, NOW)
    store.put_off(batch, "no answer", NOW, NOW)
    store.mark_sent(due(store, NOW), NOW)
    assert store.retention.forget(NOW) == 0  # nothing is older
    assert store.retention.forget(LATER) == 2
    assert (rows(store, AttemptRow), rows(store, DeliveryRow), rows(store, EventRow)) == (0, 1, 1)
    assert store.lists.announcement(1) is not None
    assert store.retention.forget(LATER) == 0


def test_the_news_of_a_source_in_trouble_goes_with_its_deliveries_once_they_are_sent(store: Store) -> None:
    tell(store, EventKind.SOURCE_TROUBLE)
    tell(store, EventKind.SOURCE_RECOVERED, NOW + timedelta(minutes=1))
    store.mark_sent(due(store, NOW), NOW)
    assert store.retention.forget(LATER) == 2  # the event that was told, and the log of that
    assert (rows(store, AttemptRow), rows(store, DeliveryRow), rows(store, EventRow)) == (0, 1, 1)
    store.mark_sent(due(store, LATER), LATER)
    assert rows(store, DeliveryRow) == 1


def test_what_a_held_subscription_waits_for_is_given_up_with_age(store: Store) -> None:
    assert store.announcements.save(reading(listed(store), outgoing=told("new", "ops")), NOW)
    assert store.announcements.save(reading(listed(store, 2), outgoing=told("new", "ops")), NOW)
    store.mark_failed(due(store, NOW), "550", NOW, pause=True)
    assert store.retention.forget(NOW) == 0
    assert store.retention.forget(LATER) == 2  # what waited, and the log of what was refused
    assert [one.status for one in store.deliveries()] == ["failed", "failed"]
    store.resume_subscription("ops")
    assert store.outbox.next_batch("ops", LATER) is None


def test_what_waits_keeps_the_log_of_its_tries(store: Store) -> None:
    assert store.announcements.save(reading(listed(store), outgoing=told("new", "ops")), NOW)
    store.put_off(due(store, NOW), "no answer", NOW, NOW)
    assert store.retention.forget(LATER) == 0
    assert rows(store, AttemptRow) == 1


def test_digest_runs_and_absences_that_are_over_are_forgotten(store: Store) -> None:
    page = listed(store)
    assert store.announcements.save(reading(page), NOW)
    with store._database.write() as session:
        session.add(DigestRunRow(subscription_id="ops", period=NOW, key="k", started_at=NOW, completed_at=NOW))
        session.add(DigestRunRow(subscription_id="ops", period=LATER, key="l", started_at=LATER))
        session.add(AbsenceRow(key=page.key, announcement_id=1, since=NOW))
    assert store.retention.forget(LATER) == 1
    assert rows(store, AbsenceRow) == 1  # it is not back
    assert rows(store, DigestRunRow) == 1


def test_more_than_a_part_is_forgotten(store: Store) -> None:
    with store._database.write() as session:
        session.add_all(AttemptRow(key=f"k{number}", at=NOW) for number in range(2500))
    assert store.retention.forget(LATER) == 2500
