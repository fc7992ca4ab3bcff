from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count

import pytest
from sqlmodel import select

from tests.store.examples import NOW, listed, reading, subscription, told
from watcher.errors import UsageError
from watcher.records.deliveries import Batch
from watcher.store import Store
from watcher.store.attempts import AttemptRow

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
numbers = count(1)


def announce(store: Store, *subscriptions: str, **how: object) -> None:
    """One more new announcement for these subscriptions."""
    outgoing = told("new", *subscriptions, **how)  # type: ignore[arg-type]
    assert store.announcements.save(reading(listed(store, next(numbers)), outgoing=outgoing), NOW)


def due(store: Store, subscription_id: str = "ops", now: object = NOW) -> Batch:
    batch = store.outbox.next_batch(subscription_id, now)  # type: ignore[arg-type]
    assert batch is not None
    return batch


def test_a_message_holds_the_ids_that_only_the_store_knows(store: Store) -> None:
    announce(store, "ops")
    batch = due(store)
    assert (batch.event["id"], batch.event["revision"], batch.event["why"]) == (1, 1, "订阅了全部公告")
    assert batch.subscription == subscription()
    (record,) = store.deliveries()
    assert (record.key, record.announcement, record.status) == (batch.key, 1, "waiting")


def test_what_was_accepted_is_not_sent_again(store: Store) -> None:
    announce(store, "ops")
    store.mark_sent(due(store), NOW + MINUTE)
    assert store.outbox.next_batch("ops", NOW + HOUR) is None
    assert store.due_subscriptions(NOW + HOUR) == ()
    assert [(one.status, one.sent_at, one.attempts) for one in store.deliveries()] == [("sent", NOW + MINUTE, 1)]


def test_a_refused_message_is_tried_again_under_its_key_and_holds_up_the_later_ones(store: Store) -> None:
    announce(store, "ops")
    announce(store, "ops")
    first = due(store)
    store.put_off(first, "503", NOW + MINUTE, NOW)
    assert store.outbox.next_batch("ops", NOW) is None
    assert store.due_subscriptions(NOW) == ()
    again = due(store, now=NOW + MINUTE)
    assert (again.key, again.attempts) == (first.key, 1)
    store.mark_sent(again, NOW + MINUTE)
    assert due(store).event["id"] == 2


def test_a_paused_subscription_keeps_what_waits(store: Store) -> None:
    announce(store, "ops")
    store.pause_subscription("ops", "holiday")
    assert store.outbox.next_batch("ops", NOW) is None
    assert store.due_subscriptions(NOW) == ()
    store.resume_subscription("ops")
    assert store.due_subscriptions(NOW) == ("ops",)


def test_a_digest_takes_what_is_due_and_retries_the_same_message(store: Store) -> None:
    for _ in range(2):
        announce(store, "ops", due_at=NOW + HOUR, digest=True)
    assert store.outbox.next_batch("ops", NOW) is None
    batch = due(store, now=NOW + HOUR)
    items = batch.event["items"]
    assert isinstance(items, list)
    assert (batch.event["kind"], batch.reason, [item["id"] for item in items]) == ("digest", None, [1, 2])
    store.put_off(batch, "503", NOW + HOUR + MINUTE, NOW + HOUR)
    announce(store, "ops", due_at=NOW + HOUR, digest=True)  # decided before, written after the digest was put together
    again = due(store, now=NOW + HOUR + MINUTE)
    assert (again.key, again.event) == (batch.key, batch.event)
    store.mark_sent(again, NOW + HOUR)
    late = due(store, now=NOW + HOUR + MINUTE)
    assert late.key != batch.key
    store.mark_sent(late, NOW + HOUR)
    assert {one.status for one in store.deliveries()} == {"sent"}


def test_one_subscription_does_not_hold_up_another(store: Store) -> None:
    store.add_subscription(subscription("mine"), NOW)
    announce(store, "ops", "mine")
    store.put_off(due(store), "down", NOW + HOUR, NOW)
    assert store.due_subscriptions(NOW) == ("mine",)


def test_one_message_is_in_flight_a_subscription(store: Store) -> None:
    claim = store.claim_subscription("ops", NOW)
    assert claim is not None
    assert store.claim_subscription("ops", NOW) is None
    store.release([claim])
    assert store.claim_subscription("ops", NOW) is not None


def test_a_failed_one_is_retried_on_demand(store: Store) -> None:
    announce(store, "ops")
    store.mark_failed(due(store), "gone", NOW, pause=False)
    assert store.outbox.next_batch("ops", NOW) is None
    (failed,) = store.deliveries("failed")
    store.retry_delivery(failed.id, NOW + HOUR)
    batch = due(store, now=NOW + HOUR)
    assert (batch.key, batch.attempts, batch.since) == (failed.key, 0, NOW + HOUR)


def test_a_waiting_one_is_retried_at_once_on_demand(store: Store) -> None:
    announce(store, "ops")
    store.put_off(due(store), "503", NOW + HOUR, NOW)
    (waiting,) = store.deliveries("waiting")
    store.retry_delivery(waiting.id, NOW)
    assert due(store).key == waiting.key


def test_what_was_sent_or_never_was_cannot_be_retried(store: Store) -> None:
    announce(store, "ops")
    store.mark_sent(due(store), NOW)
    with pytest.raises(UsageError, match="was sent"):
        store.retry_delivery(1, NOW)
    with pytest.raises(UsageError, match="no delivery 9"):
        store.retry_delivery(9, NOW)


def test_deliveries_are_listed_newest_first(store: Store) -> None:
    for _ in range(3):
        announce(store, "ops")
    store.mark_sent(due(store), NOW)
    assert [one.id for one in store.deliveries()] == [3, 2, 1]
    assert [one.id for one in store.deliveries("waiting", limit=1)] == [3]
    assert [one.title for one in store.deliveries("sent")] == ["某市出台8条措施支持企业"]


def test_a_message_refused_for_good_after_its_subscription_was_removed_is_only_failed(store: Store) -> None:
    store.add_subscription(subscription("mine"), NOW)
    store.announcements.save(reading(listed(store), outgoing=told("new", "mine")), NOW)
    batch = store.outbox.next_batch("mine", NOW)
    assert batch is not None
    store.remove_subscription("mine", NOW)
    store.mark_failed(batch, "HTTP 410", NOW, pause=True)
    assert [one.status for one in store.deliveries()] == ["failed"]
    assert [one.subscription.id for one in store.subscriptions()] == ["ops"]


def attempts(store: Store, announcement: int = 1) -> list[tuple[datetime, str | None]]:
    (telling,) = store.stories.of_announcement(announcement).tellings
    (told,) = telling.told
    return [(one.at, one.error) for one in told.attempts]


def test_every_attempt_is_kept_with_what_the_channel_answered(store: Store) -> None:
    announce(store, "ops")
    assert attempts(store) == []
    store.put_off(due(store), "HTTP 503", NOW + MINUTE, NOW)
    store.mark_failed(due(store, now=NOW + MINUTE), "HTTP 410", NOW + MINUTE, pause=False)
    store.retry_delivery(1, NOW + HOUR)
    store.mark_sent(due(store, now=NOW + HOUR), NOW + HOUR)
    assert attempts(store) == [(NOW, "HTTP 503"), (NOW + MINUTE, "HTTP 410"), (NOW + HOUR, None)]


def test_an_attempt_at_a_digest_is_one_of_each_of_its_items(store: Store) -> None:
    for _ in range(2):
        announce(store, "ops", digest=True)
    store.mark_sent(due(store), NOW)
    assert [attempts(store, number) for number in (1, 2)] == [[(NOW, None)]] * 2
    with store._database.read() as session:
        assert len(session.exec(select(AttemptRow)).all()) == 1
