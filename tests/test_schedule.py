"""When sources run, and that SIGTERM finishes what is in hand."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger
from sqlmodel import select

from tests.sites import Answer, Site
from tests.town import Column
from watcher.app import opened
from watcher.health.backoff import believed
from watcher.records.sources import Health, SourceState
from watcher.replan import Scheduler, planned
from watcher.schedule import START_SPREAD_S, Tracker, back_off, build, check, first_run, trigger
from watcher.settings import Every, Options, Settings, Source
from watcher.store.attempts import AttemptRow

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")
HALF_HOUR_LONG = timedelta(minutes=30)
HALF_HOUR = Every(interval=HALF_HOUR_LONG)


def source(every: Every) -> Source:
    return Source(id="a", name="甲", url="http://a.example/", every=every)


@pytest.mark.parametrize(
    ("last_checked", "expected"),
    [
        (None, NOW),
        (NOW - timedelta(hours=5), NOW),
        (NOW - timedelta(minutes=10), NOW + timedelta(minutes=20)),
        (NOW + timedelta(hours=8), NOW),  # the clock was set back since
    ],
)
def test_a_source_runs_at_once_if_overdue_and_else_when_its_interval_ends(
    last_checked: datetime | None, expected: datetime
) -> None:
    assert first_run(source(HALF_HOUR), last_checked, NOW, 0.0) == expected


def test_sources_due_at_the_start_are_spread() -> None:
    late = first_run(source(HALF_HOUR), None, NOW, 0.5)
    assert late == NOW + timedelta(seconds=START_SPREAD_S / 2)


def test_a_cron_source_waits_for_its_time_once_it_has_a_baseline() -> None:
    daily = source(Every(cron="30 8 * * mon-fri"))
    assert first_run(daily, NOW - timedelta(days=1), NOW, 0.0) is None
    assert first_run(daily, None, NOW, 0.0) == NOW
    assert first_run(daily, NOW + timedelta(days=1), NOW, 0.0) == NOW


@pytest.mark.parametrize(
    ("every", "retry_at", "runs"),
    [
        (HALF_HOUR, None, None),
        (HALF_HOUR, NOW + timedelta(hours=2), NOW + timedelta(hours=2)),
        (Every(cron="30 8 * * mon-fri"), NOW + timedelta(hours=2), datetime(2026, 3, 3, 8, 30, tzinfo=SHANGHAI)),
        (Every(cron="30 * * * *"), NOW + timedelta(hours=2), NOW + timedelta(hours=2.5)),
    ],
)
def test_a_source_that_failed_waits_and_keeps_to_its_cron_line(
    every: Every, retry_at: datetime | None, runs: datetime | None
) -> None:
    assert back_off(source(every), retry_at, SHANGHAI) == runs


def test_cron_runs_in_the_configured_zone() -> None:
    made = trigger(source(Every(cron="30 8 * * mon-fri")), SHANGHAI)
    assert isinstance(made, CronTrigger)
    friday_evening = datetime(2026, 3, 6, 20, 0, tzinfo=SHANGHAI)
    assert made.get_next_fire_time(None, friday_evening) == datetime(2026, 3, 9, 8, 30, tzinfo=SHANGHAI)


def test_jitter_is_a_tenth_of_the_interval_at_most_five_minutes() -> None:
    made = trigger(source(HALF_HOUR), SHANGHAI)
    daily = trigger(source(Every(interval=timedelta(days=1))), SHANGHAI)
    assert isinstance(made, IntervalTrigger)
    assert isinstance(daily, IntervalTrigger)
    assert (made.jitter, daily.jitter) == (180, 300)


async def test_reminders_are_looked_for_at_the_start_and_each_morning_however_late(tmp_path: Path) -> None:
    async with opened(Settings("sources.yaml", str(tmp_path), f"sqlite:///{tmp_path}/watcher.db")) as app:
        job = build(app, Tracker(), NOW).get_job("remind")
    assert job.next_run_time == NOW
    assert job.trigger.get_next_fire_time(NOW, NOW) == datetime(2026, 3, 3, 8, 30, tzinfo=SHANGHAI)
    assert job.misfire_grace_time is None


async def test_what_is_old_is_forgotten_at_the_start_and_each_night(tmp_path: Path) -> None:
    options = Options(keep_days=100)
    async with opened(Settings("sources.yaml", str(tmp_path), f"sqlite:///{tmp_path}/watcher.db", options)) as app:
        job = build(app, Tracker(), NOW).get_job("tidy")
        with app.store._database.write() as session:
            session.add_all(
                AttemptRow(key=str(days), at=app.now() - timedelta(days=days)) for days in (1, 99, 101, 900)
            )
        await job.func()
        with app.store._database.read() as session:
            assert sorted(session.exec(select(AttemptRow.key))) == ["1", "99"]
    assert job.next_run_time == NOW
    assert job.trigger.get_next_fire_time(NOW, NOW) == datetime(2026, 3, 3, 3, 0, tzinfo=SHANGHAI)


async def test_a_source_that_fails_is_run_ever_more_rarely_also_by_the_next_process(tmp_path: Path) -> None:
    with Site() as site:
        site.set("/list/", Answer(404))
        failing = replace(source(HALF_HOUR), url=site.url("/list/"))
        options = Options(allow_private_addresses=True, per_host_delay_s=0)
        settings = Settings("sources.yaml", str(tmp_path), f"sqlite:///{tmp_path}/watcher.db", options, (failing,))
        async with opened(settings) as app:
            scheduler = build(app, Tracker(), app.now())
            scheduler.start(paused=True)
            for _ in range(4):
                await check(app, scheduler, failing)
            waits = [run_time(scheduler) - app.now(), run_time(build(app, Tracker(), app.now())) - app.now()]
            Column(site).publish(1)
            await check(app, scheduler, failing)
            last_checked = app.health()["a"].last_checked
            scheduler.shutdown(wait=False)
            assert [round(wait / HALF_HOUR_LONG) for wait in waits] == [4, 4]
            assert last_checked is not None
            assert run_time(build(app, Tracker(), app.now())) == last_checked + HALF_HOUR_LONG


def run_time(scheduler: Scheduler) -> datetime:
    found: datetime = scheduler.get_job("check:a").next_run_time
    return found


def known(last_checked: datetime, retry_at: datetime | None = None) -> Health:
    return Health(SourceState.FAILING if retry_at else SourceState.OK, last_checked=last_checked, retry_at=retry_at)


@pytest.mark.parametrize(
    ("health", "asked_before"),
    [
        (known(NOW, NOW + timedelta(hours=4)), NOW + timedelta(hours=4)),
        (known(NOW, NOW + timedelta(days=1)), NOW + timedelta(days=1)),  # `Retry-After`
        (known(NOW, NOW + timedelta(days=2)), None),
        (known(NOW + timedelta(hours=8), NOW + timedelta(hours=9)), None),
        (known(NOW), None),
    ],
)
def test_no_clock_that_was_ahead_holds_a_source_back(health: Health, asked_before: datetime | None) -> None:
    assert believed(health, HALF_HOUR_LONG, NOW) == asked_before


async def test_what_is_planned_moves_with_a_clock_that_is_set() -> None:
    scheduler = Scheduler(timezone=SHANGHAI)
    scheduler.start(paused=True)
    hours = timedelta(hours=8)
    interval = scheduler.add_job(print, IntervalTrigger(minutes=30), next_run_time=NOW + timedelta(minutes=20) + hours)
    cron = scheduler.add_job(print, CronTrigger(hour=18, timezone=SHANGHAI), next_run_time=NOW + timedelta(days=3))
    assert planned(interval, -hours.total_seconds(), NOW) == NOW + timedelta(minutes=20)
    assert planned(interval, -2 * hours.total_seconds(), NOW) == NOW
    assert planned(cron, -hours.total_seconds(), NOW) == datetime(2026, 3, 2, 18, 0, tzinfo=SHANGHAI)
    late = NOW + timedelta(days=400)
    assert planned(interval, 400 * 86400.0, late) == planned(cron, 400 * 86400.0, late) == late
    scheduler.shutdown(wait=False)


@pytest.mark.parametrize("hours", [8, 72])
async def test_a_clock_that_is_set_back_stops_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, hours: int
) -> None:
    """All is planned, and all is stored, by a clock that is hours ahead; then it is put right."""
    ahead_s = hours * 3600.0
    with Site() as site:
        Column(site).publish(1)
        found = replace(source(Every(interval=timedelta(seconds=1))), url=site.url("/list/"))
        options = Options(allow_private_addresses=True, per_host_delay_s=0)
        settings = Settings("sources.yaml", str(tmp_path), f"sqlite:///{tmp_path}/watcher.db", options, (found,))
        async with opened(settings) as app:
            was = app.now() + timedelta(seconds=ahead_s)
            scheduler = build(app, Tracker(), was, wall=lambda: time.time() + ahead_s)
            scheduler.start()
            looking = asyncio.create_task(scheduler.look())
            await asyncio.sleep(0.2)
            assert site.paths() == []
            ahead_s = 0.0
            async with asyncio.timeout(60):
                while site.paths().count("/list/") < 3:
                    await asyncio.sleep(0.05)
                while app.beat is None:
                    await asyncio.sleep(0.05)
            looking.cancel()
            scheduler.shutdown(wait=False)
    assert caplog.text.count(f"clock set back by {timedelta(hours=hours)}") == 1


async def test_draining_waits_for_a_running_job() -> None:
    tracker, done, started = Tracker(), [], asyncio.Event()

    async def work() -> None:
        started.set()
        await asyncio.sleep(0.05)
        done.append(True)

    task = asyncio.create_task(tracker.job("check:a", work)())
    await started.wait()
    assert await tracker.drain(timeout_s=5) == 0
    assert done == [True]
    await task


async def test_draining_tells_how_many_did_not_finish() -> None:
    tracker, started = Tracker(), asyncio.Event()

    async def stuck() -> None:
        started.set()
        await asyncio.Event().wait()

    task = asyncio.create_task(tracker.job("check:a", stuck)())
    await started.wait()
    assert await tracker.drain(timeout_s=0.01) == 1
    task.cancel()


async def test_an_unexpected_error_is_logged_and_counted_and_ends_nothing(caplog: pytest.LogCaptureFixture) -> None:
    tracker = Tracker()

    async def broken() -> None:
        raise ZeroDivisionError("planted")

    await tracker.job("check:a", broken)()
    assert tracker.failures == 1
    assert "planted" in caplog.text
