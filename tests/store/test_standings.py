"""What each reader knows, and which readers a change concerns that it does not concern by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from alembic import command
from sqlalchemy import text
from sqlalchemy.engine import make_url

from tests.store.examples import NOW, TEXT, full_extraction, listed, reading, subscription, told
from watcher.errors import UsageError
from watcher.records.deliveries import Outgoing
from watcher.records.passes import Action
from watcher.store import Store
from watcher.store.engine import make_engine
from watcher.store.upgrade import configuration

KEY = "bureau.example/art/1.html"


@pytest.fixture
def filled(store: Store) -> Store:
    """An announcement that `ops` was told of, and `mine` waits to be told of."""
    store.add_subscription(subscription("mine"), NOW)
    assert store.announcements.save(reading(listed(store), outgoing=told("new", "ops", "mine")), NOW)
    send(store, "ops")
    return store


def send(store: Store, name: str) -> dict[str, object] | None:
    batch = store.outbox.next_batch(name, NOW + timedelta(days=1))
    if batch is None:
        return None
    store.mark_sent(batch, NOW + timedelta(days=1))
    return batch.event


def revise(store: Store, outgoing: Outgoing | None, basis: int = 1) -> None:
    page = next(iter(store.opened_since("bureau", NOW)))
    made = full_extraction(TEXT + f"第{basis}次修改。")
    how = {"action": Action.REVISE, "basis": basis, "outgoing": outgoing}
    assert store.announcements.save(reading(page, made, **how), NOW + timedelta(hours=basis))


def behind(store: Store) -> frozenset[str]:
    known = store.announcements.known(KEY)
    assert known is not None
    return known.behind


def standings(store: Store) -> dict[str, int]:
    with store._database.read() as session:
        rows = session.connection().execute(text("SELECT subscription_id, revision FROM standings"))
        return {row.subscription_id: row.revision for row in rows}


def test_a_reader_knows_what_he_was_sent(filled: Store) -> None:
    assert standings(filled) == {"ops": 1}
    revise(filled, told("changed", "ops"))
    assert behind(filled) == {"ops", "mine"}
    send(filled, "ops")
    send(filled, "mine")
    assert standings(filled) == {"ops": 2, "mine": 2}
    assert behind(filled) == frozenset()


def test_who_subscribed_after_a_change_did_not_miss_it(filled: Store) -> None:
    revise(filled, told("changed", "ops"))
    filled.add_subscription(subscription("late"), NOW + timedelta(days=1))
    assert "late" not in behind(filled)


def test_a_revision_that_is_no_change_is_known_to_all_who_were_up_to_date(filled: Store) -> None:
    revise(filled, None)
    assert standings(filled) == {"ops": 2}


def test_wording_that_was_not_asked_for_leaves_nobody_behind(filled: Store) -> None:
    revise(filled, told("wording"))
    assert behind(filled) == frozenset()


def test_what_has_nothing_left_to_tell_is_settled_and_cannot_be_retried(filled: Store) -> None:
    revise(filled, told("changed", "mine"))
    assert send(filled, "mine") is not None
    assert send(filled, "mine") is None
    (settled,) = filled.deliveries("settled")
    assert (settled.subscription, settled.kind) == ("mine", "changed")
    with pytest.raises(UsageError, match="nothing left to tell"):
        filled.retry_delivery(settled.id, NOW)


def test_an_older_database_knows_what_it_sent(empty: str) -> None:
    engine = make_engine(make_url(empty))
    with engine.begin() as connection:
        command.upgrade(configuration(connection), "0017")
        for statement in OLD:
            connection.execute(text(statement), {"now": "2026-03-02 01:00:00.000000"})
    engine.dispose()
    store = Store.open(empty)
    assert standings(store) == {"ops": 2}
    assert [one.status for one in store.deliveries()] == ["waiting", "sent", "sent"]
    (reader,) = store.subscriptions()
    assert store.subscribers.by_token(reader.token) == reader  # one that was there before has its token, too
    store.close()


OLD = (
    "INSERT INTO sources (id, name, url, enabled, configured, created_at, rule, state, failures, strikes, told,"
    " entries, usual)"
    " VALUES ('bureau', '某市局', 'http://bureau.example/', true, true, :now, '', 'ok', 0, 0, false, 0, '{}')",
    "INSERT INTO subscriptions (id, \"to\", \"on\", \"where\", deliver, remind, origin, status, created_at)"
    " VALUES ('ops', 'json://x', '[]', '{}', 'instant', '[]', 'file', 'active', :now)",
    "INSERT INTO announcements (id, key, url, source_id, status, first_seen, last_changed, revision, type, score)"
    " VALUES (1, 'k', 'http://bureau.example/1', 'bureau', 'active', :now, :now, 3, 'measures_news', 0.9)",
    *(
        "INSERT INTO events (id, key, kind, announcement_id, revision, source_id, created_at, body)"
        f" VALUES ({number}, '{kind}:1:{number}', '{kind}', 1, {number}, 'bureau', :now, '{{}}')"
        for number, kind in ((1, "new"), (2, "changed"), (3, "changed"))
    ),
    *(
        "INSERT INTO deliveries (event_id, subscription_id, reason, digest, status, attempts, created_at, due_at)"
        f" VALUES ({number}, 'ops', '', false, '{status}', 0, :now, :now)"
        for number, status in ((1, "sent"), (2, "sent"), (3, "waiting"))
    ),
)  # fmt: skip
