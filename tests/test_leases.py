"""A claim while work goes on: renewed in time, given up where it is lost, released whatever happens."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.store.examples import NOW, source, subscription
from watcher import leases, notify
from watcher.deliver import deliver_due
from watcher.errors import ClaimLost, NotifyError, StoreError
from watcher.events import source_event
from watcher.leases import kept
from watcher.model import EventKind
from watcher.records import Claim, Health, Outgoing, PassEnd, Problem, Recipient
from watcher.render.message import render_event
from watcher.store import Store
from watcher.threads import Pool, on_channel

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
    assert store.renew(other, NOW), "the other's claim is not ours to release"


async def test_one_refused_renewal_does_not_end_renewing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    renew, renewals, renewed = store.renew, [0], asyncio.Event()
    loop = asyncio.get_running_loop()

    def refuse_once(claim: Claim, now: datetime) -> bool:
        renewals[0] += 1
        if renewals[0] == 1:
            raise StoreError("database: disk I/O error")
        loop.call_soon_threadsafe(renewed.set)
        return renew(claim, now)

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
    first = store.begin_pass(source(), NOW)
    second = store.begin_pass(source(), NOW + timedelta(hours=1))
    assert first is not None
    assert second is not None
    with pytest.raises(ClaimLost):
        store.finish_pass(first, PassEnd(Health(failures=2)), NOW)
    store.finish_pass(second, PassEnd(Health(failures=1)), NOW)
    record = store.source("bureau")
    assert record is not None
    assert record.health.failures == 1


async def test_mail_servers_that_hang_hold_up_neither_renewals_nor_other_channels(store: Store) -> None:
    hanging = 12
    event = source_event(EventKind.SOURCE_TROUBLE, source(), Problem("dns", "no such host"), None)
    with socket.create_server(("127.0.0.1", 0), backlog=hanging) as server:  # accepts, never greets
        mail = f"mailto://127.0.0.1:{server.getsockname()[1]}/?from=a@b.example&to=c@d.example"
        message = render_event(event, key="k", reason=None, timezone="Asia/Shanghai")
        sending = [asyncio.create_task(notify.send(mail, message)) for _ in range(hanging)]
        await asyncio.sleep(0.2)
        subscriber = subscription("hook", to="json://127.0.0.1:9/")
        store.sync_subscriptions([subscriber], NOW)
        held = store.begin_pass(source(), NOW)
        assert held is not None
        told = Outgoing(EventKind.SOURCE_TROUBLE, event, (Recipient("hook", "why", NOW),))
        store.finish_pass(held, replace(PassEnd(Health()), outgoing=told), NOW)
        async with asyncio.timeout(10):
            report = await deliver_due(store, notify.send, lambda: NOW)
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
