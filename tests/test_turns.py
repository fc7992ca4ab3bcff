"""One pace of a host for several processes, here several stores on one PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest

from watcher.store import Store
from watcher.turns import SharedTurns

pytestmark = pytest.mark.postgres
MOST, DELAY_S = 2, 0.15


@pytest.fixture
def stores(new_database: Callable[[str], str]) -> Iterator[list[Store]]:
    address = new_database("postgresql")
    opened = [Store.open(address) for _ in range(3)]
    yield opened
    for one in opened:
        one.close()


async def test_a_host_is_asked_by_all_as_if_by_one(stores: list[Store]) -> None:
    clock = asyncio.get_running_loop().time
    starts: dict[str, list[float]] = {"a": [], "b": []}
    most, under_way = {"a": 0, "b": 0}, {"a": 0, "b": 0}

    async def fetch(store: Store, host: str) -> None:
        async with SharedTurns(store.hosts, MOST).turn(host, DELAY_S):
            starts[host].append(clock())
            under_way[host] += 1
            most[host] = max(most[host], under_way[host])
            await asyncio.sleep(0.4)
            under_way[host] -= 1

    began = clock()
    await asyncio.gather(*(fetch(stores[number % 3], "ab"[number % 2]) for number in range(12)))
    for host, moments in starts.items():
        assert len(moments) == 6
        # A process may wake late: its own start is late then, and the next one's is not.
        assert min(later - earlier for earlier, later in pairwise(sorted(moments))) > DELAY_S - 0.1, moments
        assert most[host] == MOST
    assert 3 * 0.4 < clock() - began < 6  # two hosts beside each other, two requests at a time each


async def test_a_turn_is_given_back_whatever_ends_it(stores: list[Store]) -> None:
    turns = SharedTurns(stores[0].hosts, 1)

    async def wait_in_it() -> None:
        async with turns.turn("a", 0.0):
            await asyncio.sleep(60)

    for _ in range(2):
        task = asyncio.create_task(wait_in_it())
        await asyncio.sleep(0.3)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    async with asyncio.timeout(5), SharedTurns(stores[1].hosts, 1).turn("a", 0.0):
        pass
