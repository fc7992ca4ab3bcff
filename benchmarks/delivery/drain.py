"""Queued deliveries, sent by the service's own rounds to webhooks that take a while to answer."""

from __future__ import annotations

import asyncio
import gc
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from benchmarks.delivery.hooks import ANSWER_S
from benchmarks.environments import ROOT, environ
from benchmarks.store import fill
from watcher import notify
from watcher.cli.service import GARBAGE
from watcher.deliver import deliver_due
from watcher.events import announcement_event
from watcher.news import EventKind
from watcher.records.announcements import Filter
from watcher.records.deliveries import Outgoing, Recipient
from watcher.settings import Subscription
from watcher.store import Store, events
from watcher.store.engine import Database


@dataclass(frozen=True, slots=True)
class Drained:
    """How long a queue took; `ideal_s` with one message in flight each, and nothing but waiting for channels."""

    messages: int
    took_s: float
    cpu_s: float
    ideal_s: float


@contextmanager
def webhooks() -> Iterator[tuple[int, Callable[[], dict[str, int]]]]:
    """The port of a process with webhooks (`hooks`), and what it has seen."""
    command = [sys.executable, "-m", "benchmarks.delivery.hooks"]
    with subprocess.Popen(
        command, text=True, cwd=ROOT, env=environ(), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        told, answers = process.stdin, process.stdout
        assert told is not None
        assert answers is not None

        def seen() -> dict[str, int]:
            told.write("\n")
            told.flush()
            found: dict[str, int] = json.loads(answers.readline())
            return found

        try:
            yield int(answers.readline()), seen
        finally:
            process.kill()


def measure(address: str, subscriptions: int, each: int) -> Drained:
    """Queue `each` announcements for every subscription, and send them all."""
    with webhooks() as (port, seen):
        database = Database.open(address)
        store = Store(database)
        fill.fill(database, 2 * each)  # some are near misses
        readers = [Subscription(f"reader-{n}", f"json://127.0.0.1:{port}/reader-{n}") for n in range(subscriptions)]
        store.sync_subscriptions(readers, datetime.now(UTC))
        queued = _queue(database, store, [one.id for one in readers], each)
        gc.collect()
        gc.freeze()  # as the service does once it is up
        gc.set_threshold(*GARBAGE)
        began, cpu = time.perf_counter(), time.process_time()
        report = asyncio.run(deliver_due(store, notify.line, lambda: datetime.now(UTC)))
        took, cpu = time.perf_counter() - began, time.process_time() - cpu
        found = seen()
        database.close()
    assert report.sent == found["accepted"] == subscriptions * queued
    assert found["twice"] == 0, "two in flight to one subscription"
    return Drained(report.sent, took, cpu, queued * ANSWER_S)


def _queue(database: Database, store: Store, readers: list[str], each: int) -> int:
    now = datetime.now(UTC)
    recipients = tuple(Recipient(one, "订阅了全部公告", now) for one in readers)
    records = store.lists.announcements(Filter(limit=each))
    with database.write() as session:
        for one in records:
            event = announcement_event(EventKind.NEW, one.url, one.source, one.extraction)
            told = Outgoing(EventKind.NEW, event, recipients)
            events.add(session, told, events.Subject(one.source, one.id, one.revision), now)
    return len(records)
