from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.store.examples import NOW, listed, reading, subscription, told
from watcher.errors import UsageError
from watcher.news import EventKind
from watcher.settings import Keywords, Where
from watcher.store import Store

FULL = subscription(
    "full",
    on=(EventKind.NEW, EventKind.SOURCE_TROUBLE),
    where=Where(
        regions=("370000",),
        topics=("环评审批",),
        keywords=Keywords(any=("环评",), none=("招标",)),
        figures=("money >= 100万",),
    ),
    deliver="weekly mon 08:30",
    quiet="22:00-07:30",
    max_per_hour=4,
    language="en",
)


def states(store: Store) -> dict[str, tuple[str, str | None]]:
    return {record.subscription.id: (record.status, record.reason) for record in store.subscriptions()}


def test_a_subscription_comes_back_as_it_was_added(store: Store) -> None:
    store.add_subscription(FULL, NOW)
    assert FULL in store.audience()


def test_an_id_is_taken_once(store: Store) -> None:
    with pytest.raises(UsageError, match="ops already"):
        store.add_subscription(subscription("ops"), NOW)


def test_the_file_updates_what_it_declares_and_pauses_what_left_it(store: Store) -> None:
    store.add_subscription(subscription("mine"), NOW)
    store.sync_subscriptions([subscription("second")], NOW)
    assert states(store) == {
        "mine": ("active", None),
        "ops": ("paused", "no longer in the configuration"),
        "second": ("active", None),
    }
    store.sync_subscriptions([subscription("ops", deliver="hourly"), subscription("second")], NOW)
    assert states(store)["ops"] == ("active", None)
    assert next(one for one in store.audience() if one.id == "ops").deliver == "hourly"


def test_a_users_pause_outlives_the_file_and_a_resume_ends_it(store: Store) -> None:
    store.pause_subscription("ops", "on holiday")
    store.sync_subscriptions([], NOW)
    store.sync_subscriptions([subscription()], NOW)
    assert states(store) == {"ops": ("paused", "on holiday")}
    store.resume_subscription("ops")
    assert states(store) == {"ops": ("active", None)}


def test_a_refused_address_stays_paused_until_the_file_names_another(store: Store) -> None:
    store.announcements.save(reading(listed(store), outgoing=told("new", "ops")), NOW)
    batch = store.outbox.next_batch("ops", NOW)
    assert batch is not None
    store.mark_failed(batch, "the token was revoked", NOW, pause=True)
    store.sync_subscriptions([subscription()], NOW)
    assert states(store) == {"ops": ("paused", "the token was revoked")}
    store.sync_subscriptions([subscription(to="json://another.example/")], NOW)
    assert states(store) == {"ops": ("active", None)}


def test_only_a_channel_that_refuses_lets_a_paused_one_go_on_collecting(store: Store) -> None:
    store.announcements.save(reading(listed(store), outgoing=told("new", "ops")), NOW)
    batch = store.outbox.next_batch("ops", NOW)
    assert batch is not None
    store.mark_failed(batch, "550", NOW, pause=True)
    assert [one.id for one in store.audience()] == ["ops"]
    store.pause_subscription("ops", "paused by hand")
    assert store.audience() == ()
    store.resume_subscription("ops")
    store.mark_failed(batch, "550", NOW, pause=True)
    store.sync_subscriptions([], NOW)
    assert (store.audience(), states(store)) == ((), {"ops": ("paused", "no longer in the configuration")})


def test_one_that_left_the_file_is_resumed_only_there(store: Store) -> None:
    store.sync_subscriptions([], NOW)
    with pytest.raises(UsageError, match="put it back"):
        store.resume_subscription("ops")


def test_a_declared_one_is_removed_only_in_the_file(store: Store) -> None:
    with pytest.raises(UsageError, match="remove it there"):
        store.remove_subscription("ops", NOW)
    store.sync_subscriptions([], NOW)
    store.remove_subscription("ops", NOW)
    assert states(store) == {}


def test_removing_one_gives_up_what_waits_and_frees_its_id(store: Store) -> None:
    store.add_subscription(subscription("mine"), NOW)
    store.announcements.save(reading(listed(store), outgoing=told("new", "mine")), NOW)
    store.remove_subscription("mine", NOW)
    assert [(one.status, one.last_error) for one in store.deliveries()] == [("failed", "the subscription was ended")]
    store.add_subscription(subscription("mine"), NOW + timedelta(days=1))
    assert store.outbox.next_batch("mine", NOW + timedelta(days=1)) is None
    assert "mine" in {one.id for one in store.audience()}


def token_of(store: Store, name: str = "ops") -> str:
    return next(one.token for one in store.subscriptions() if one.subscription.id == name)


def test_its_token_ends_a_subscription_once_and_for_all(store: Store) -> None:
    store.announcements.save(reading(listed(store), outgoing=told("new", "ops")), NOW)
    token = token_of(store)
    assert store.subscribers.by_token(token) == store.subscriptions()[0]
    ended = store.subscribers.end_by_token(token, NOW, "unsubscribed by mail")
    again = store.subscribers.end_by_token(token, NOW + timedelta(days=900), "once more")
    assert ended == again == store.subscribers.by_token(token)
    assert ended is not None
    assert (ended.status, ended.reason, ended.ended_at) == ("ended", "unsubscribed by mail", NOW)
    assert store.audience() == ()
    assert [one.status for one in store.deliveries()] == ["failed"]


@pytest.mark.parametrize("token", ["", "x" * 43, "\x00", "%", "é" * 100_000])
def test_what_is_no_token_ends_nothing(store: Store, token: str) -> None:
    assert store.subscribers.end_by_token(token, NOW, "") is None
    assert store.subscribers.by_token(token) is None
    assert states(store) == {"ops": ("active", None)}


def test_one_that_its_reader_ended_stays_ended_until_it_is_resumed_or_moves(store: Store) -> None:
    token = token_of(store)
    store.subscribers.end_by_token(token, NOW, "unsubscribed")
    store.sync_subscriptions([subscription(deliver="hourly")], NOW)
    assert states(store) == {"ops": ("ended", "unsubscribed")}
    with pytest.raises(UsageError, match="was ended: unsubscribed"):
        store.pause_subscription("ops", "paused by hand")
    store.resume_subscription("ops")
    assert (states(store), token_of(store)) == ({"ops": ("active", None)}, token)
    store.subscribers.end_by_token(token, NOW, "unsubscribed again")
    store.sync_subscriptions([subscription(to="json://another.example/")], NOW)
    assert states(store) == {"ops": ("active", None)}
    assert token_of(store) != token


def test_a_removed_one_keeps_its_reason_and_an_old_mail_ends_no_other_reader(store: Store) -> None:
    store.add_subscription(subscription("mine"), NOW)
    token = token_of(store, "mine")
    store.remove_subscription("mine", NOW, "left the company")
    gone = store.subscribers.by_token(token)
    assert gone is not None
    assert (gone.status, gone.reason) == ("ended", "left the company")
    store.add_subscription(subscription("mine", to="json://another.example/"), NOW)
    assert store.subscribers.end_by_token(token, NOW, "unsubscribed") is None
    assert "mine" in {one.id for one in store.audience()}


def test_tokens_are_long_and_each_is_its_own(store: Store) -> None:
    store.add_subscription(subscription("mine"), NOW)
    tokens = {one.token for one in store.subscriptions()}
    assert (len(tokens), min(map(len, tokens))) == (2, 43)
    assert not any(token in repr(store.subscriptions()) for token in tokens)


@pytest.mark.parametrize("method", ["pause", "resume", "remove"])
def test_an_unknown_id_is_a_usage_error(store: Store, method: str) -> None:
    calls: dict[str, Callable[[], object]] = {
        "pause": lambda: store.pause_subscription("nobody", ""),
        "resume": lambda: store.resume_subscription("nobody"),
        "remove": lambda: store.remove_subscription("nobody", NOW),
    }
    with pytest.raises(UsageError, match="no subscription nobody"):
        calls[method]()


def test_no_record_shows_the_address(store: Store) -> None:
    assert "secret-token" not in repr(store.subscriptions()) + repr(store.audience())
