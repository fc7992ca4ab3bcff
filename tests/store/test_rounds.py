"""Rounds of work that one of many processes does."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from tests.store.examples import NOW, begun, finish, source
from watcher.records.passes import PassEnd
from watcher.records.sources import Health, SourceState
from watcher.records.usual import Usual
from watcher.store import LEASE, Store


def test_a_round_is_remembered_until_the_next(store: Store) -> None:
    assert store.rounds.last("remind") is None
    store.rounds.done("remind", 7)
    store.rounds.done("remind", 7)
    store.rounds.done("remind", 8)
    assert (store.rounds.last("remind"), store.rounds.last("other")) == (8, None)


@pytest.mark.postgres
def test_of_many_processes_one_does_a_round(new_database: Callable[[str], str]) -> None:
    address = new_database("postgresql")
    stores = [Store.open(address) for _ in range(4)]
    hour = 3600
    with ThreadPoolExecutor(8) as pool:
        took = list(pool.map(lambda number: stores[number % 4].rounds.take("tick", hour), range(32)))
    assert took.count(True) in (1, 2)  # two where the hour ended meanwhile
    for one in stores:
        one.close()


def test_sources_that_are_being_checked_have_no_rest(store: Store) -> None:
    store.sync_sources([source(), source("other"), source("gone")], NOW)
    store.sync_sources([source(), source("other")], NOW)
    held = begun(store)
    assert held is not None
    assert store.passes.rest(NOW) == [("other", None, None)]
    assert {one for one, _, _ in store.passes.rest(NOW + LEASE)} == {"bureau", "other"}  # its lease has ended
    health = Health(SourceState.OK, last_checked=NOW, retry_at=NOW + timedelta(hours=1))
    assert finish(store, held, PassEnd(health, None, None, None, Usual()))
    assert sorted(store.passes.rest(NOW)) == [("bureau", NOW, NOW + timedelta(hours=1)), ("other", None, None)]


def test_a_claim_of_a_clock_that_was_ahead_is_over(store: Store) -> None:
    store.sync_sources([source()], NOW)
    ahead = NOW + timedelta(hours=8)
    assert begun(store, now=ahead) is not None
    assert begun(store, now=ahead) is None
    assert store.passes.rest(NOW + timedelta(seconds=1)) == [("bureau", None, None)]
    assert begun(store, now=NOW) is not None
    assert begun(store, now=NOW) is None
