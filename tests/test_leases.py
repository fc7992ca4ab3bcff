"""A claim while work goes on: renewed in time, given up where it is lost, released whatever happens."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.store.examples import NOW, begun, finish, source, subscription
from watcher import leases, notify
from watcher.deliver import deliver_due
from watcher.errors import ClaimLost, NotifyError, StoreError
from watcher.events import trouble_event
from watcher.leases import kept
from watcher.news import EventKind
from watcher.records.deliveries import Outgoing, Recipient
from watcher.records.passes import Claim, PassEnd
from watcher.records.problem import Problem
from watcher.records.sources import Health
from watcher.render.message import render_event
from watcher.store import Store
from watcher.threads import Pool, in_store, on_channel

KEY = "subscription:ops"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setattr(leases, "RENEW_EVERY_S", 0.02)
    opened = Store.open(f"sqlite:///{tmp_path}/watcher.db")
    opened.sync_sources([source()], NOW)
    opened.sync_subscriptions([subscription()], NOW)
    yield opened
    opened.close()


def taken(store: Store) -> Claim:
    claim = store.claim_subscription("ops", NOW)
    assert claim is not None
    return claim


async def test_a_claim_that_another_took_over_cancels_the_work(store: Store) -> None:
    claim = taken(store)
    other = store.claim_subscription("ops", NOW + timedelta(hours=1))
    with pytest.raises(ClaimLost, match=KEY):
        async with kept(store, claim, lambda: NOW):
            await asyncio.sleep(60)
    assert other is not None
    assert store.renew([(other, NOW)]) == [True], "the other's claim is not ours to release"


async def test_one_refused_renewal_does_not_end_renewing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    renew, renewals, renewed = store.renew, [0], asyncio.Event()
    loop = asyncio.get_running_loop()

    def refuse_once(held: Sequence[tuple[Claim, datetime]]) -> list[bool]:
        renewals[0] += 1
        if renewals[0] == 1:
            raise StoreError("database: disk I/O error")
        loop.call_soon_threadsafe(renewed.set)
        return renew(held)

    monkeypatch.setattr(store, "renew", refuse_once)
    async with kept(store, taken(store), lambda: NOW):
        await asyncio.wait_for(renewed.wait(), 10)
    assert store.claim_subscription("ops", NOW) is not None, "released"


async def test_a_claim_that_cannot_be_renewed_for_a_whole_lease_is_given_up(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> bool:
        raise StoreError("database: disk I/O error")

    monkeypatch.setattr(leases, "LEASE", timedelta(seconds=0.1))
    monkeypatch.setattr(store, "renew", refuse)
    with pytest.raises(ClaimLost):
        async with kept(store, taken(store), lambda: NOW):
            await asyncio.sleep(60)
    assert store.claim_subscription("ops", NOW) is not None, "released"


async def test_a_store_with_much_to_do_renews_in_time(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leases, "LEASE", timedelta(seconds=0.5))
    waiting = [asyncio.create_task(in_store(time.sleep, 0.05)) for _ in range(200)]
    async with kept(store, taken(store), lambda: NOW):
        await asyncio.gather(*waiting)  # 1.25 s with the store's eight threads


async def test_a_release_that_fails_hides_neither_result_nor_error(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise StoreError("database: disk I/O error")

    monkeypatch.setattr(store, "release", refuse)
    claim = taken(store)
    async with kept(store, claim, lambda: NOW):
        pass
    with pytest.raises(KeyError, match="of the block"):
        async with kept(store, claim, lambda: NOW):
            raise KeyError("of the block")


async def test_who_is_cancelled_from_outside_stays_cancelled(store: Store) -> None:
    async def work() -> None:
        async with kept(store, taken(store), lambda: NOW):
            await asyncio.sleep(60)

    task = asyncio.create_task(work())
    await asyncio.sleep(0.1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert store.claim_subscription("ops", NOW) is not None, "released"


def test_a_pass_that_was_taken_over_writes_no_end(store: Store) -> None:
    first = begun(store, source(), NOW)
    second = begun(store, source(), NOW + timedelta(hours=1))
    assert first is not None
    assert second is not None
    assert not finish(store, first, PassEnd(Health(failures=2)), NOW)
    assert finish(store, second, PassEnd(Health(failures=1)), NOW)
    record = store.source("bureau")
    assert record is not None
    assert record.health.failures == 1


async def test_mail_servers_that_hang_hold_up_neither_renewals_nor_other_channels(store: Store) -> None:
    hanging = 12
    event = trouble_event(source(), Health(problem=Problem("dns", "no such host")))
    with socket.create_server(("127.0.0.1", 0), backlog=hanging) as server:  # accepts, never greets
        mail = f"mailto://127.0.0.1:{server.getsockname()[1]}/?from=a@b.example&to=c@d.example"
        message = render_event(event, key="k", reason=None, timezone="Asia/Shanghai")
        sending = [asyncio.create_task(notify.send(mail, message)) for _ in range(hanging)]
        await asyncio.sleep(0.2)
        subscriber = subscription("hook", to="json://127.0.0.1:9/")
        store.sync_subscriptions([subscriber], NOW)
        held = begun(store, source(), NOW)
        assert held is not None
        told = Outgoing(EventKind.SOURCE_TROUBLE, event, (Recipient("hook", "why", NOW),))
        assert finish(store, held, replace(PassEnd(Health()), outgoing=told), NOW)
        async with asyncio.timeout(10):
            report = await deliver_due(store, notify.line, lambda: NOW)
        assert report.put_off == 1, "nobody listens there; but it was asked"
        assert not any(task.done() for task in sending)
        for task in sending:
            task.cancel()
        await asyncio.gather(*sending, return_exceptions=True)


async def test_a_pool_hands_back_results_and_errors_and_keeps_to_its_size() -> None:
    pool, inside, most = Pool("test", 2), [0], [0]
    lock = threading.Lock()
    both = threading.Barrier(2)

    def work(number: int) -> int:
        with lock:
            inside[0] += 1
            most[0] = max(most[0], inside[0])
        both.wait(10)
        with lock:
            inside[0] -= 1
        return number

    assert await asyncio.gather(*(pool(work, number) for number in range(6))) == list(range(6))
    assert most[0] == 2
    with pytest.raises(NotifyError):
        await on_channel(_refuse)


def _refuse() -> None:
    raise NotifyError("refused")


class TestTogether:
    """Work that many ask for at once is done in groups, each with its own answer."""

    async def test_what_comes_while_it_is_busy_is_done_together(self) -> None:
        pool, groups = Pool("test", 2), []

        def squares(numbers: Sequence[int]) -> list[int]:
            groups.append(len(numbers))
            return [number * number for number in numbers]

        asked = [pool.together(squares, number) for number in range(250)]
        assert await asyncio.gather(*asked) == [number * number for number in range(250)]
        assert groups == [100, 100, 50]
        assert await pool.together(squares, 7) == 49, "one alone waits for nobody"

    async def test_one_that_fails_fails_alone(self) -> None:
        pool = Pool("test", 2)

        def halves(numbers: Sequence[int]) -> list[int]:
            if 3 in numbers:
                raise ValueError("3 is odd")
            return [number // 2 for number in numbers]

        first, second, third = await asyncio.gather(
            *(pool.together(halves, number) for number in (2, 3, 4)), return_exceptions=True
        )
        assert (first, third) == (1, 2)
        assert isinstance(second, ValueError)

    async def test_an_error_of_the_store_is_everybodys_at_once(self) -> None:
        pool, tries = Pool("test", 2), [0]

        def refuse(_: Sequence[int]) -> list[int]:
            tries[0] += 1
            raise StoreError("database is locked")

        asked = (pool.together(refuse, number) for number in range(3))
        results = await asyncio.gather(*asked, return_exceptions=True)
        assert (tries, [type(one) for one in results]) == ([1], [StoreError] * 3)

    async def test_who_no_longer_waits_holds_up_nobody(self) -> None:
        pool, entered, go_on = Pool("test", 2), threading.Event(), threading.Event()

        def wait(numbers: Sequence[int]) -> Sequence[int]:
            entered.set()
            go_on.wait(10)
            return numbers

        gone = asyncio.create_task(pool.together(wait, 1))
        await asyncio.to_thread(entered.wait, 10)
        waiting = asyncio.create_task(pool.together(wait, 2))
        gone.cancel()
        go_on.set()
        assert await waiting == 2
        with pytest.raises(asyncio.CancelledError):
            await gone


async def test_tasks_that_come_in_a_burst_get_a_thread_each() -> None:
    pool, barrier = Pool("burst", 20), threading.Barrier(20)
    await pool(int)
    await asyncio.sleep(0.1)  # one thread is idle, and all of them seem to have it
    async with asyncio.timeout(20):
        await asyncio.gather(*(pool(barrier.wait, 10) for _ in range(20)))
