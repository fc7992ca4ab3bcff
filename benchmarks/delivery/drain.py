"""Queued deliveries, sent by the service's own rounds through channels that take a while to answer."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from benchmarks.store import fill
from watcher.deliver import deliver_due
from watcher.events import announcement_event
from watcher.news import EventKind, Message
from watcher.records import Filter, Outgoing, Recipient
from watcher.settings import Subscription
from watcher.store import Store, events
from watcher.store.engine import Database

ANSWER_S: Final = 0.05


@dataclass(frozen=True, slots=True)
class Drained:
    """How long a queue took; `ideal_s` with one message in flight each, and nothing but waiting for channels."""

    messages: int
    took_s: float
    cpu_s: float
    ideal_s: float
    most_in_flight: int


class Channels:
    """Each takes `ANSWER_S` to accept; a second message to one that is busy is a mistake."""

    def __init__(self) -> None:
        self.accepted: Counter[str] = Counter()
        self.most, self._busy = 0, set[str]()

    async def send(self, to: str, _message: Message) -> None:
        assert to not in self._busy, "two in flight to one subscription"
        self._busy.add(to)
        self.most = max(self.most, len(self._busy))
        await asyncio.sleep(ANSWER_S)
        self._busy.discard(to)
        self.accepted[to] += 1


def measure(address: str, subscriptions: int, each: int) -> Drained:
    """Queue `each` announcements for every subscription, and send them all."""
    database = Database.open(address)
    store = Store(database)
    fill.fill(database, 2 * each)  # some are near misses
    readers = [Subscription(f"reader-{n}", f"json://reader-{n}.example/") for n in range(subscriptions)]
    store.sync_subscriptions(readers, datetime.now(UTC))
    queued = _queue(database, store, [one.id for one in readers], each)
    channels = Channels()
    began, cpu = time.perf_counter(), time.process_time()
    report = asyncio.run(deliver_due(store, channels.send, lambda: datetime.now(UTC)))
    took, cpu = time.perf_counter() - began, time.process_time() - cpu
    assert report.sent == sum(channels.accepted.values()) == subscriptions * queued
    database.close()
    return Drained(report.sent, took, cpu, queued * ANSWER_S, channels.most)


def _queue(database: Database, store: Store, readers: list[str], each: int) -> int:
    now = datetime.now(UTC)
    recipients = tuple(Recipient(one, "订阅了全部公告", now) for one in readers)
    records = store.announcements(Filter(limit=each))
    with database.write() as session:
        for one in records:
            event = announcement_event(EventKind.NEW, one.url, one.source, one.extraction)
            told = Outgoing(EventKind.NEW, event, recipients)
            events.add(session, told, events.Subject(one.source, one.id, one.revision), now)
    return len(records)
