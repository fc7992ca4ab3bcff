from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.web.conftest import Browser
from tests.web.examples import ALL, NOW, SOURCES, published, whole
from watcher.news import RunReport
from watcher.records.passes import PassEnd
from watcher.records.sources import Health, SourceState
from watcher.records.usual import Usual
from watcher.settings import Source
from watcher.store import Store
from watcher.web.metrics import Meter


async def metrics(web: httpx.AsyncClient) -> dict[str, dict[tuple[str, ...], float]]:
    answer = await web.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    found: dict[str, dict[tuple[str, ...], float]] = {}
    for family in text_string_to_metric_families(answer.text):
        for one in family.samples:
            found.setdefault(one.name, {})[tuple(value for _, value in sorted(one.labels.items()))] = one.value
    return found


async def test_metrics_count_what_is_stored(web: httpx.AsyncClient, store: Store) -> None:
    published(store, whole(), told=ALL, at=NOW - timedelta(seconds=90))
    found = await metrics(web)
    assert found["watcher_announcements"] == {("active", "measures_news"): 1}
    assert found["watcher_deliveries"] == {("waiting",): 2}
    assert found["watcher_delivery_queue_age_seconds"] == {(): 90}
    assert found["watcher_source_up"] == {("bureau", "new"): 0, ("province", "new"): 0}


async def test_metrics_tell_how_late_alerts_are(web: httpx.AsyncClient, store: Store) -> None:
    published(store, whole(), told=ALL, at=NOW)
    for one in ("ops", "ding"):
        batch = store.outbox.next_batch(one, NOW)
        assert batch is not None
        store.mark_sent(batch, NOW + timedelta(seconds=5))
    found = await metrics(web)
    assert found["watcher_deliveries"] == {("sent",): 2}
    assert set(found["watcher_alert_delay_seconds"]) == {("0.5",), ("0.95",), ("1",)}


async def test_metrics_count_the_passes_of_the_service(browser: Browser) -> None:
    meter = Meter()
    meter.count(RunReport("bureau", NOW, took_s=0.2, new=3, opened=4))
    meter.count(RunReport("bureau", NOW, took_s=2, not_modified=True))
    meter.count(RunReport("bureau", NOW, problem=("timeout", "no answer")))
    meter.count(RunReport("bureau", NOW, busy=True))
    found = await metrics(browser(meter=meter))
    assert found["watcher_checks_total"] == {("read",): 1, ("unchanged",): 1, ("failed",): 1}
    assert found["watcher_found_total"][("new",)] == 3
    assert found["watcher_check_seconds_count"] == {(): 3}


@pytest.mark.parametrize(
    ("beat", "status"),
    [
        (NOW, 200),
        (NOW - timedelta(minutes=1), 200),
        (NOW - timedelta(minutes=5), 503),
        (NOW + timedelta(hours=8), 503),
        (None, 503),
    ],
)
async def test_health_is_that_rounds_of_deliveries_come(browser: Browser, beat: object, status: int) -> None:
    assert (await browser(beat=lambda: beat).get("/healthz")).status_code == status


async def test_a_page_alone_is_healthy_while_it_answers(web: httpx.AsyncClient) -> None:
    assert (await web.get("/healthz")).text == "ok\n"


@pytest.mark.parametrize("table", ["sources", "announcements", "revisions"])
async def test_readiness_is_that_the_database_answers(
    browser: Browser, store: Store, tmp_path: Path, table: str
) -> None:
    published(store, whole())
    assert (await browser().get("/readyz")).status_code == 200
    store.close()
    damage(tmp_path / "watcher.db", table)
    damaged = Store.open(f"sqlite:///{tmp_path}/watcher.db")
    web = browser(store=damaged)
    assert (await web.get("/")).status_code == 503
    answer = await web.get("/readyz")
    assert answer.status_code == 503
    assert "malformed" not in answer.text
    damaged.close()


@pytest.mark.parametrize(
    ("began", "ended", "status"),
    [
        (timedelta(0), None, 200),
        (timedelta(hours=-3), None, 503),
        (timedelta(hours=-3), timedelta(hours=-1), 200),
        (timedelta(days=-3), timedelta(hours=-3), 503),
        (timedelta(hours=-3), timedelta(hours=8), 503),  # by a clock that was set back since, and nothing after that
        (timedelta(hours=8), timedelta(hours=8), 503),
    ],
)
async def test_a_service_is_ready_while_it_makes_passes(
    browser: Browser, store: Store, began: timedelta, ended: timedelta | None, status: int
) -> None:
    """Of two sources, read each half an hour."""
    if ended is not None:
        for one in SOURCES:
            end_pass(store, one, NOW + ended)
    assert (await browser(began=NOW + began).get("/readyz")).status_code == status
    assert (await browser().get("/readyz")).status_code == 200  # the page alone makes none


async def test_a_service_is_ready_while_it_is_at_a_pass_or_all_its_sources_wait(browser: Browser, store: Store) -> None:
    web = browser(began=NOW - timedelta(days=3))
    for one in SOURCES:
        end_pass(store, one, NOW - timedelta(hours=3), retry_at=NOW + timedelta(hours=1))
    assert (await web.get("/readyz")).status_code == 200
    end_pass(store, SOURCES[0], NOW - timedelta(hours=3))
    assert (await web.get("/readyz")).status_code == 503
    assert store.passes.begin([(SOURCES[0], NOW)]) != [None]
    assert (await web.get("/readyz")).status_code == 200


def end_pass(store: Store, wanted: Source, at: datetime, retry_at: datetime | None = None) -> None:
    (held,) = store.passes.begin([(wanted, at)])
    assert held is not None
    health = Health(SourceState.OK, last_checked=at, retry_at=retry_at)
    assert store.passes.finish([(held, PassEnd(health, None, None, None, Usual()), at)]) == [True]


def damage(file: Path, table: str) -> None:
    """Overwrite the first page of a table, as a disk does that loses a write."""
    with closing(sqlite3.connect(file)) as connection:
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        wanted = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        (page,) = connection.execute(wanted, (table,)).fetchone()
    with file.open("r+b") as opened:
        opened.seek(size * (page - 1))
        opened.write(b"\xff" * size)
