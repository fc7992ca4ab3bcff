"""A month on three sites: a reader who asked for everything is told exactly what happened, once."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.month.script import DAYS, START, Happening, script
from tests.month.site import Column
from tests.sites import Answer, Request, Site
from tests.store.examples import source, subscription
from watcher import notify
from watcher.archive import Archive
from watcher.deliver import deliver_due
from watcher.fetch import Fetcher
from watcher.news import EventKind
from watcher.pipeline import Gear, check_source
from watcher.settings import Options
from watcher.store import Store

OPTIONS = Options(allow_private_addresses=True, per_host_delay_s=0, per_host_concurrency=8)
EVERY = timedelta(hours=12)
ASKED_FOR = (EventKind.NEW, EventKind.CHANGED, EventKind.WITHDRAWN, EventKind.SOURCE_TROUBLE)


@pytest.fixture
def columns() -> Iterator[dict[str, Column]]:
    with ExitStack() as stack:
        yield {name: Column(stack.enter_context(Site()), name) for name in ("paper", "portal", "bureau")}


@pytest.fixture
def mailbox() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A webhook's address, and the events that it was sent."""
    events: list[dict[str, Any]] = []

    def take(request: Request) -> Answer:
        events.append(json.loads(request.body)["event"])
        return Answer(200, b"{}")

    with Site() as site:
        site.set("/hook", take)
        yield f"json://127.0.0.1:{site.port}/hook", events


def owed(happenings: list[Happening]) -> Counter[tuple[str, str]]:
    return Counter(one.owed[:2] for one in happenings if one.owed)


async def test_a_month_gives_exactly_the_alerts_that_it_owes(
    columns: dict[str, Column], mailbox: tuple[str, list[dict[str, Any]]], tmp_path: Path
) -> None:
    to, events = mailbox
    happenings = script()
    sources = [source(name, url=column.site.url("/list/")) for name, column in columns.items()]
    store = Store.open(f"sqlite:///{tmp_path}/watcher.db")
    now = datetime.combine(START, time(1), UTC)
    store.sync_sources(sources, now)
    store.sync_subscriptions([subscription("reader", to=to, on=ASKED_FOR)], now)
    waiting = list(happenings)
    async with Fetcher(OPTIONS) as fetcher:
        gear = Gear(fetcher.fetch, store, OPTIONS, lambda: now, Archive(tmp_path / "archive", store))
        for half in range(2 * DAYS):
            now = datetime.combine(START, time(1), UTC) + half * EVERY
            while waiting and waiting[0].day <= half / 2:
                waiting.pop(0).does(columns)
            for one in sources:
                report = await check_source(one, gear)
                assert report.problem is None
            await deliver_due(store, notify.line, gear.clock)
    store.close()
    assert not waiting
    got = Counter((event["kind"], event["title"]) for event in events)
    assert got == owed(happenings)
    for event in events:
        words = next(one.owed[2] for one in happenings if one.owed and one.owed[:2] == (event["kind"], event["title"]))
        assert bool(event["changes"]) is bool(words), event["title"]
        assert all(words in change["quote"] for change in event["changes"]), event["title"]


def test_the_script_is_the_month_that_was_asked_for() -> None:
    counts = Counter(one.what for one in script())
    del counts["bulletin"]  # what is no news to anybody
    assert counts == {
        "article": 40,
        "repost": 25,
        "chrome": 4,
        "wording": 2,
        "substance": 4,
        "withdrawal": 3,
        "return": 2,
        "correction": 1,
    }
