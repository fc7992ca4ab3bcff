"""Deliveries that a channel does not take: what `check`, `doctor` and `deliveries` say of them."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from tests.cli.conftest import Installation, configuration
from watcher.demo import articles
from watcher.demo.site import Server, Site


@pytest.fixture
def put_off(installation: Installation, server: Server, site: Site) -> Installation:
    """One alert waits for a webhook on a closed port."""
    text = configuration(server.port).replace(f"json://127.0.0.1:{server.port}/alerts", "json://127.0.0.1:9/alerts")
    installation.configure(text)
    assert installation.run("check").status == 0
    site.publish(articles.FAST_TRACK)
    return installation


def fail(installation: Installation, *, days_ago: int) -> None:
    due = datetime.now(UTC) - timedelta(days=days_ago)
    with sqlite3.connect(installation.folder / "state" / "watcher.db") as database:
        database.execute("UPDATE deliveries SET status = 'failed', due_at = ?", (due.strftime("%Y-%m-%d %H:%M:%S.%f"),))
    database.close()


def test_check_says_what_was_put_off_and_that_every_source_was_read(put_off: Installation) -> None:
    checked = put_off.run("check")
    assert checked.status == 0
    assert "! hook: 1 delivery waits for another try: webhook: the connection was refused" in checked.out


def test_a_failed_delivery_is_to_be_mended_until_it_is_history(put_off: Installation) -> None:
    put_off.run("check")
    assert put_off.run("doctor").status == 0
    assert "from first sight to acceptance" not in put_off.run("doctor").out
    fail(put_off, days_ago=1)
    ill = put_off.run("doctor")
    assert ill.status == 1
    assert "1 failed in the last 14 days; see `watcher deliveries --status failed`" in ill.out
    fail(put_off, days_ago=20)
    assert put_off.run("doctor").status == 0


def test_what_waited_for_a_removed_subscription_is_neither_ill_nor_retried(watched: Installation, site: Site) -> None:
    assert watched.run("subscribe", "json://127.0.0.1:9/alerts", "--id", "gone").status == 0
    watched.run("check")
    site.publish(articles.FAST_TRACK)
    watched.run("check")
    assert watched.run("subscriptions", "remove", "gone").status == 0
    assert watched.run("doctor").status == 0
    [failed] = watched.run("deliveries", "--status", "failed", "--json").json()
    retried = watched.run("deliveries", "retry", str(failed["id"]))
    assert retried.status == 2
    assert "gone, which was removed" in retried.err
