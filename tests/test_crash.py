"""Killed at any moment and started again: nothing missing, nothing twice in the store, at most one message repeated."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.archive.warcio import check
from tests.sites import Answer, Request, Site
from tests.town import MEASURES, Column, article
from watcher.archive import Archive
from watcher.records.announcements import Filter
from watcher.store import Store

# One process at work: `pass` checks the source, `deliver` sends what is due to a webhook on the site.
WORKER = """
import asyncio, sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tests.store.examples import source, subscription
from watcher import notify
from watcher.archive import Archive
from watcher.deliver import deliver_due
from watcher.fetch import Fetcher
from watcher.pipeline import Asked, Gear, check_source
from watcher.settings import Options
from watcher.store import Store

def now(): return datetime.now(UTC)

async def main(what, folder, address, site, webhook):
    options = Options(allow_private_addresses=True, per_host_delay_s=0, per_host_concurrency=8)
    store = Store.open(address)
    watched = source(url=site)
    store.sync_sources([watched], now())
    store.sync_subscriptions([subscription(to=webhook)], now())
    if what != "deliver":
        async with Fetcher(options) as fetcher:
            archive = Archive(Path(folder), store)
            gear = Gear(fetcher.fetch, store, options, now, archive)
            report = await check_source(watched, gear, Asked(recheck=what == "recheck"))
            assert not report.busy and report.problem is None, report
    if what != "check":
        await deliver_due(store, notify.line, now)
    store.close()

asyncio.run(main(*sys.argv[1:]))
"""
ROOT = Path(__file__).parent.parent


class Town:
    """A column, a webhook that keeps what it got, and processes that are started on them."""

    def __init__(self, site: Site, folder: Path) -> None:
        self.site, self.column = site, Column(site)
        self.address, self.archive = f"sqlite:///{folder}/watcher.db", folder / "archive"
        self.posted: list[dict[str, Any]] = []
        site.set("/hook", self.take)

    def take(self, request: Request) -> Answer:
        self.posted.append(json.loads(request.body)["event"])
        return Answer()

    def start(self, what: str) -> subprocess.Popen[bytes]:
        webhook = f"json://127.0.0.1:{self.site.port}/hook"
        arguments = [what, str(self.archive), self.address, self.site.url("/list/"), webhook]
        return subprocess.Popen(
            [sys.executable, "-c", WORKER, *arguments], cwd=ROOT, env={**os.environ, "PYTHONPATH": "."}
        )

    def run(self, what: str) -> None:
        assert self.start(what).wait(120) == 0

    def kill_after(self, what: str, requests: int) -> None:
        """Start a process and kill it once it has made so many requests, or let it end before."""
        self.site.requests.clear()
        process = self.start(what)
        while process.poll() is None and len(self.site.requests) < requests:
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
        process.wait(30)

    def store(self) -> Store:
        return Store.open(self.address)

    def assert_evidence(self, store: Store) -> None:
        """Every revision reads back from the archive, and the archive from its files."""
        archive = Archive(self.archive, store)
        for record in store.lists.announcements(Filter(limit=None)):
            for number in range(1, record.revision + 1):
                (capture,) = store.captures.of_revision(record.id, number)
                assert archive.read(capture).final_url == record.url
        assert check(*self.archive.iterdir()) == ""


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with Site() as site:
        yield Town(site, tmp_path)


def publish(town: Town, numbers: range, **values: object) -> None:
    today = datetime.now(UTC).date()
    for number in numbers:
        town.column.publish(number, MEASURES, today, **values)
        town.site.set(f"/art/{number}.html", Answer(body=article(MEASURES, today, **values).encode(), delay_s=0.02))


def test_a_baseline_pass_that_is_killed_again_and_again_misses_nothing_and_alerts_nobody(town: Town) -> None:
    publish(town, range(1, 13))
    for requests in (2, 7):
        town.kill_after("check", requests)
    town.run("pass")
    store = town.store()
    found = store.lists.announcements(Filter(limit=None))
    assert sorted(record.url[-7:] for record in found) == sorted(
        town.site.url(f"/art/{n}.html")[-7:] for n in range(1, 13)
    )
    assert {record.revision for record in found} == {1}
    assert (store.deliveries(), town.posted) == ((), [])
    town.assert_evidence(store)
    store.close()


def test_new_and_edited_articles_are_told_once_each_whatever_is_killed(town: Town) -> None:
    publish(town, range(1, 5))
    town.run("check")
    publish(town, range(5, 11))
    publish(town, range(1, 3), amount=500)
    for requests in (5, 11):
        town.kill_after("recheck", requests)
    town.run("recheck")
    told = Counter((item["kind"], item["id"]) for event in town.posted for item in event.get("items", [event]))
    assert Counter(kind for kind, _ in told) == {"new": 6, "changed": 2}
    keys = [event["delivery"] for event in town.posted]
    assert len(keys) - len(set(keys)) <= 2  # a kill between acceptance and mark repeats one message under its key
    assert len(set(keys)) in {7, 8}  # both pages were edited in the same way, which is one alert if one pass finds it
    store = town.store()
    assert {one.status for one in store.deliveries()} == {"sent"}
    assert Counter(record.revision for record in store.lists.announcements(Filter(limit=None))) == {1: 8, 2: 2}
    town.assert_evidence(store)
    store.close()


def test_a_kill_between_acceptance_and_mark_repeats_one_message_under_the_same_key(town: Town) -> None:
    publish(town, range(1, 2))
    town.run("check")
    publish(town, range(2, 4))
    town.run("check")

    killed: list[subprocess.Popen[bytes]] = []

    def take_and_kill(request: Request) -> Answer:
        town.posted.append(json.loads(request.body)["event"])
        killed[0].kill()
        return Answer()

    town.site.set("/hook", take_and_kill)
    killed.append(town.start("deliver"))
    killed[0].wait(60)
    assert len(town.posted) == 1
    town.site.set("/hook", town.take)
    town.run("deliver")
    assert [event["id"] for event in town.posted] == [town.posted[0]["id"], town.posted[0]["id"], town.posted[2]["id"]]
    assert town.posted[0] == town.posted[1]
    assert len({str(event["delivery"]) for event in town.posted}) == 2
