from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.store.examples import NOW, listed, reading, source, subscription, told
from tests.store.test_absences import gone, kept
from watcher.records.deliveries import Batch
from watcher.records.passes import Action
from watcher.store import Store
from watcher.store.crowd import KEPT, Asker
from watcher.store.heads import FURTHEST

LATER = NOW + timedelta(minutes=1)


def announce(store: Store, *names: str, kind: str = "new", digest: bool = False, count: int = 1) -> None:
    for _ in range(count):
        page = listed(store, len(store.deliveries(limit=None)) + 1)
        assert store.announcements.save(reading(page, outgoing=told(kind, *names, digest=digest)), NOW)


def next_of(store: Store, name: str, sent: Batch | None = None) -> Batch | None:
    return store.crowd.exchange([Asker(name, LATER, sent)])[0]


def test_a_plain_message_is_the_one_that_the_outbox_would_send(tmp_path: Path) -> None:
    batches = []
    for name in ("crowd", "alone"):
        store = Store.open(f"sqlite:///{tmp_path}/{name}.db")
        store.sync_sources([source()], NOW)
        store.sync_subscriptions([subscription(language="en")], NOW)
        announce(store, "ops", count=2)
        first = next_of(store, "ops") if name == "crowd" else store.outbox.next_batch("ops", LATER)
        assert first is not None
        (_, waiting) = store.deliveries()
        assert first.key == waiting.key
        assert (first.token, first.subscription) == (store.subscriptions()[0].token, subscription(language="en"))
        told_as = (first.event, first.reason, first.attempts, first.since, first.seen_at)
        if name == "crowd":
            assert next_of(store, "ops", first) is not None
        else:
            store.mark_sent(first, LATER)
            assert store.outbox.next_batch("ops", LATER) is not None
        left = [(one.status, one.attempts, one.sent_at, one.last_error) for one in store.deliveries()]
        with store._database.read() as session:
            written = [
                [tuple(row) for row in session.connection().exec_driver_sql(query)]
                for query in (
                    "SELECT * FROM standings",
                    "SELECT blocked_until FROM subscriptions",
                    "SELECT status, unsure, known, told FROM deliveries",
                    "SELECT at, error FROM attempts",
                )
            ]
        batches.append((told_as, left, written))
        store.close()
    assert batches[0] == batches[1]


@pytest.mark.parametrize(
    "otherwise",
    [
        lambda store: store.pause_subscription("ops", "on holiday"),
        lambda store: store.sync_subscriptions([subscription(quiet="09:00-11:00")], NOW),
        lambda store: store.sync_subscriptions([subscription(max_per_hour=9)], NOW),
        lambda store: store.put_off(store.outbox.next_batch("ops", NOW), "503", NOW, NOW),
        lambda store: store.outbox.next_batch("ops", NOW),  # it may have arrived
        lambda store: gone(store, kept(store)),
        lambda store: store.announcements.save(
            reading(kept(store), action=Action.SEEN, basis=1, outgoing=told("repost", "ops")), NOW
        ),
    ],
    ids=["paused", "quiet hours", "a cap", "tried", "unsure", "withdrawn", "more of it"],
)
def test_what_is_not_plain_is_left_to_the_outbox(store: Store, otherwise: Callable[[Store], object]) -> None:
    announce(store, "ops")
    otherwise(store)
    assert next_of(store, "ops") is None


def test_what_was_written_while_the_clock_was_wrong_is_due(store: Store) -> None:
    store.sync_subscriptions([subscription("ops"), subscription("other")], NOW)
    announce(store, "ops", "other")
    tried = store.outbox.next_batch("other", NOW)
    assert tried is not None
    store.put_off(tried, "503", NOW, NOW)
    ahead = NOW - FURTHEST - timedelta(days=1)  # a clock that goes back by so much
    assert store.crowd.exchange([Asker("ops", ahead)])[0] is not None
    assert store.outbox.next_batch("other", ahead) is not None


@pytest.mark.parametrize(("kind", "digest"), [("repost", False), ("new", True)])
def test_what_is_not_new_or_for_a_digest_is_left_to_the_outbox(store: Store, kind: str, digest: bool) -> None:
    announce(store, "ops", kind=kind, digest=digest)
    assert next_of(store, "ops") is None


def test_many_are_served_at_once_each_in_its_order(store: Store) -> None:
    names = [f"reader-{n}" for n in range(120)]
    store.sync_subscriptions([subscription(name) for name in names], NOW)
    announce(store, *names)
    announce(store, *names[:60])
    sent: dict[str, Batch | None] = dict.fromkeys(names)
    told_of: dict[str, list[object]] = {name: [] for name in names}
    for _ in range(3):
        found = store.crowd.exchange([Asker(name, LATER, sent[name]) for name in names])
        sent = dict(zip(names, found, strict=True))
        for name, batch in sent.items():
            told_of[name] += [batch.event["id"]] if batch else []
    assert told_of == {name: [1, 2] if name in names[:60] else [1] for name in names}
    assert {one.status for one in store.deliveries(limit=None)} == {"sent"}


def test_it_keeps_few_events_in_memory(store: Store) -> None:
    announce(store, "ops", count=KEPT + 20)
    sent = None
    for _ in range(KEPT + 20):
        sent = next_of(store, "ops", sent)
        assert sent is not None
    assert len(store.crowd._events) == KEPT
