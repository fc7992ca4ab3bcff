"""One job a source and one for deliveries; SIGTERM and SIGINT finish what is in hand.

APScheduler only says *when*: its jobs start tasks that this module tracks, because its own shutdown cancels running
coroutines (measured with 3.11.3). The schedule lives in memory and is built from the configuration at each start;
when a source was last read is in the store, so a restart checks at once what is overdue by its interval and does not
hurry the rest; a source on a cron line waits for its next time. One that failed is left alone until `Health.retry_at`,
and is back in its rhythm with the first pass that reads it.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import time
from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from apscheduler.events import EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED, JobExecutionEvent
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from watcher.app import App
from watcher.deadlines.hours import FROM
from watcher.errors import WatcherError
from watcher.health.backoff import believed
from watcher.heartbeat import EVERY_S as HEARTBEAT_EVERY_S
from watcher.heartbeat import Heartbeat
from watcher.records.sources import Health
from watcher.replan import Scheduler
from watcher.settings import Source
from watcher.threads import on_start

log = logging.getLogger("watcher.schedule")

# A job may start this late after a stall or a suspended machine; APScheduler's default of one second would skip it.
MISFIRE_GRACE_S = 300
# Sources with the same rhythm spread over a tenth of it, so that hosts are not asked all at once.
JITTER_SHARE = 0.1
MAX_JITTER_S = 300
DELIVERY_EVERY_S = 2
# Rounds of deliveries may overlap, so that a slow channel holds up itself only; each channel has one message in flight.
DELIVERY_ROUNDS = 50
# How long running passes and deliveries may take to finish after SIGTERM; compose.yaml grants 60 s before SIGKILL.
DRAIN_S = 45
# The first passes after a start are spread over this time.
START_SPREAD_S = 10.0
# When what is old is forgotten: offices sleep, and so do the machines of this program.
TIDY_HOUR = 3
NEVER_CHECKED = Health()


class Tracker:
    """The tasks in hand, counted errors, and the way to wait for them: an error of one job never ends the service."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()
        self.failures = 0

    def job(self, name: str, run: Callable[[], Awaitable[object]]) -> Callable[[], Coroutine[Any, Any, None]]:
        """Wrap `run` as a job: tracked while it lasts, its unexpected error logged with the traceback and counted."""

        async def tracked() -> None:
            task = asyncio.current_task()
            assert task is not None
            self._tasks.add(task)
            try:
                await run()
            except WatcherError as error:  # it says what was wrong
                self.failures += 1
                log.error("job=%s failed failures=%d %s", name, self.failures, error)
            except Exception:  # the outermost loop: the one place where this is allowed
                self.failures += 1
                log.exception("job=%s failed failures=%d", name, self.failures)
            finally:
                self._tasks.discard(task)

        return tracked

    async def drain(self, timeout_s: float) -> int:
        """Wait for what is in hand; return how many did not finish in time."""
        if not self._tasks:
            return 0
        _, pending = await asyncio.wait(set(self._tasks), timeout=timeout_s)
        return len(pending)


def trigger(source: Source, zone: ZoneInfo) -> BaseTrigger:
    """The trigger of one source: its cron line in the configured zone, or its interval with jitter (later only)."""
    if source.every.cron is not None:
        return CronTrigger.from_crontab(source.every.cron, timezone=zone)
    assert source.every.interval is not None
    seconds = source.every.interval.total_seconds()
    jitter = min(int(seconds * JITTER_SHARE), MAX_JITTER_S)
    return IntervalTrigger(seconds=seconds, jitter=jitter or None, timezone=zone)


def first_run(source: Source, last_checked: datetime | None, now: datetime, position: float) -> datetime | None:
    """When an interval source runs first: when its interval is over, at once if that is past; None leaves it to cron.

    `position` in [0, 1] spreads those that are due at once over `START_SPREAD_S`. One that was checked in the future,
    by a clock that was set back since, is due at once.
    """
    if last_checked is not None and last_checked > now:
        last_checked = None
    if source.every.interval is None:
        return None if last_checked else now + timedelta(seconds=position * START_SPREAD_S)
    due = last_checked + source.every.interval if last_checked else now
    return max(due, now + timedelta(seconds=position * START_SPREAD_S))


def back_off(source: Source, retry_at: datetime | None, zone: ZoneInfo) -> datetime | None:
    """When a source that failed runs next, None for when it would run anyway."""
    if retry_at is None or source.every.cron is None:
        return retry_at
    found: datetime | None = trigger(source, zone).get_next_fire_time(None, retry_at)
    return found


async def check(app: App, scheduler: Scheduler, source: Source) -> None:
    """One pass as the schedule makes it: where it failed, the next one may be put off."""
    report = await app.check_source(source)
    later = back_off(source, report.retry_at, scheduler.timezone)
    job = scheduler.get_job(job_id(source))
    if later is not None and job is not None and job.next_run_time is not None and job.next_run_time < later:
        job.modify(next_run_time=later)


def job_id(source: Source) -> str:
    return f"check:{source.id}"


def build(app: App, tracker: Tracker, now: datetime, wall: Callable[[], float] = time.time) -> Scheduler:
    """A scheduler with one job an enabled source and one for deliveries, not yet started."""
    zone = ZoneInfo(app.settings.options.timezone)
    scheduler = Scheduler(
        timezone=zone,
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": MISFIRE_GRACE_S},
        wall=wall,
        on_set_back=lambda: scheduler.add_job(after_set_back, id="set_back", replace_existing=True),
    )
    after_set_back = tracker.job("set_back", app.set_back)
    scheduler.add_listener(_log_skipped, EVENT_JOB_MISSED | EVENT_JOB_MAX_INSTANCES)
    enabled = [source for source in app.settings.sources if source.enabled]
    health = app.health()
    for index, source in enumerate(enabled):
        found = health.get(source.id, NEVER_CHECKED)
        start = first_run(source, found.last_checked, now, index / len(enabled))
        later = back_off(source, believed(found, source.every.interval, now), zone)
        starts = [moment for moment in (start, later) if moment is not None]
        when = {"next_run_time": max(starts)} if starts else {}
        run = tracker.job(job_id(source), partial(check, app, scheduler, source))
        scheduler.add_job(run, trigger(source, zone), id=job_id(source), **when)
    scheduler.add_job(
        tracker.job("remind", app.remind),
        CronTrigger(hour=FROM.hour, minute=FROM.minute, timezone=zone),
        id="remind",
        misfire_grace_time=None,  # a machine that slept through the hour reminds when it wakes
        next_run_time=now,
    )
    scheduler.add_job(
        tracker.job("tidy", app.tidy),
        CronTrigger(hour=TIDY_HOUR, timezone=zone),
        id="tidy",
        misfire_grace_time=None,
        next_run_time=now,  # also of a machine that never runs at that hour
    )
    scheduler.add_job(
        tracker.job("deliver", app.deliver_round),
        IntervalTrigger(seconds=DELIVERY_EVERY_S, timezone=zone),
        id="deliver",
        max_instances=DELIVERY_ROUNDS,
        next_run_time=now,
    )
    if app.heartbeat is not None:
        beat = partial(heartbeat, app.heartbeat, app, tracker)
        scheduler.add_job(tracker.job("heartbeat", beat), IntervalTrigger(seconds=HEARTBEAT_EVERY_S, timezone=zone))
    return scheduler


async def heartbeat(switch: Heartbeat, app: App, tracker: Tracker) -> None:
    """Say that all is well, where it is."""
    await switch.beat(tracker.failures, app.rounds)


def _log_skipped(event: JobExecutionEvent) -> None:
    late = event.code == EVENT_JOB_MISSED
    if event.job_id != "deliver":  # a delivery round that is still at work is no news
        log.warning("job=%s skipped reason=%s", event.job_id, "late" if late else "still_running")


async def serve(app: App, *, on_ready: Callable[[], None] = lambda: None) -> None:
    """Run until SIGTERM or SIGINT, then finish what is in hand."""
    tracker = Tracker()
    scheduler = await on_start(build, app, tracker, app.now())
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    scheduler.start()
    log.info(
        "started sources=%d state=%s (Ctrl-C or SIGTERM stops)",
        sum(one.enabled for one in app.settings.sources),
        app.settings.state,
    )
    on_ready()
    looking = asyncio.create_task(scheduler.look())
    await stop.wait()
    looking.cancel()
    log.info("stopping: finishing what is in hand")
    scheduler.pause()
    left = await tracker.drain(DRAIN_S)
    scheduler.shutdown(wait=False)
    app.sign_off()
    log.info("stopped unfinished=%d", left) if not left else log.warning("stopped unfinished=%d", left)
