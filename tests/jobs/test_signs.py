"""The signs of life of several processes: one for the outside world is of all of them, each has one of its own."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from procrastinate.jobs import Job
from sqlalchemy import update
from sqlmodel import select

from tests.sites import Answer, Site
from tests.store.examples import subscription
from watcher.app import ALIVE_FILE, App, opened
from watcher.clocks import Watch
from watcher.config import load
from watcher.errors import StoreError
from watcher.jobs.queue import connected
from watcher.jobs.schema import prepare
from watcher.jobs.tasks import FAILED, Tasks, beating
from watcher.jobs.ticker import Ticker
from watcher.jobs.worker import LOST_S, _Crew
from watcher.store.tables import SubscriptionRow

pytestmark = pytest.mark.postgres


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as served:
        served.set("/alive", Answer(200))
        yield served


@asynccontextmanager
async def process(folder: Path, database: str, address: str, site: Site) -> AsyncIterator[tuple[App, Tasks, Ticker]]:
    """One of several, its ticker at work."""
    folder.mkdir()
    config = folder / "sources.yaml"
    config.write_text(f"settings: {{heartbeat_url: '{site.url('/alive')}'}}\nsources: []\n", "utf-8")
    settings = load(str(config), state=str(folder), database_url=database, environ={})
    async with opened(settings) as app, connected(address) as queue:
        tasks = Tasks(app, queue)
        ticker = Ticker(app, queue, lambda: tasks.failures, lambda: folder.name != "idle")
        running = asyncio.create_task(ticker.run())
        try:
            yield app, tasks, ticker
        finally:
            ticker.stop()  # and not cancelled: a query broken off may leave its connection to the collector
            await running


async def until(what: object, seconds: float = 20) -> None:
    assert callable(what)
    async with asyncio.timeout(seconds):
        while not what():
            await asyncio.sleep(0.05)


async def test_a_failure_of_one_process_keeps_the_sign_of_all_away(
    tmp_path: Path, database: str, address: str, site: Site
) -> None:
    prepare(address)
    async with (
        process(tmp_path / "a", database, address, site) as (app, ours, _),
        process(tmp_path / "b", database, address, site) as (_, theirs, _),
    ):
        await theirs._beat("")
        assert len(site.requests) == 1
        job = Job(id=1, queue="checks", lock=None, queueing_lock="check:a", task_name="check")
        ours._again.get_retry_decision(exception=StoreError("disk full"), job=job)
        await until(lambda: app.store.rounds.last(FAILED) is not None)
        await theirs._beat("")
        assert len(site.requests) == 1
        app.store.rounds.done(FAILED, beating(app.now()) - 2)
        await theirs._beat("")
        assert len(site.requests) == 2
        app.store.rounds.done(FAILED, beating(app.now()) + 480)  # by a clock that was set back since
        await theirs._beat("")
        assert len(site.requests) == 3


async def test_a_clock_that_is_set_back_is_noticed_and_retries_come(
    tmp_path: Path, database: str, address: str, site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    prepare(address)
    async with process(tmp_path / "a", database, address, site) as (app, _, ticker):
        now = app.now()
        app.store.sync_subscriptions([subscription("ops")], now)
        ahead = update(SubscriptionRow).values(blocked_until=now + timedelta(hours=8))
        with app.store._database.write() as session:
            session.connection().execute(ahead)
        ticker._watch = Watch(time.time() + 8 * 3600, time.monotonic())
        await until(lambda: "clock set back by 8:00:00" in caplog.text)
        await until(lambda: blocked(app) is None)


def blocked(app: App) -> datetime | None:
    with app.store._database.read() as session:
        return session.exec(select(SubscriptionRow.blocked_until)).one()


async def test_a_process_whose_workers_are_lost_gives_no_sign_of_its_own(
    tmp_path: Path, database: str, address: str, site: Site
) -> None:
    prepare(address)
    async with (
        process(tmp_path / "busy", database, address, site),
        process(tmp_path / "idle", database, address, site),
    ):
        await until((tmp_path / "busy" / ALIVE_FILE).exists)
        await asyncio.sleep(3)
        assert not (tmp_path / "idle" / ALIVE_FILE).exists()


def test_workers_are_lost_when_one_of_them_was_not_heard_for_a_minute() -> None:
    crew = _Crew()
    assert crew.is_at_work(0)  # a scheduler has none
    crew.heard = {"checks": 100.0, "messages": 100.0 + LOST_S}
    assert crew.is_at_work(100.0 + LOST_S)
    assert not crew.is_at_work(101.0 + LOST_S)
