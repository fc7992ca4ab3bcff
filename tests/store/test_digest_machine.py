"""Digests under any order of announcements, outages, refusals, crashes and jumps of the clock, in any zone."""

from __future__ import annotations

import tempfile
from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlmodel import select

from tests.store.examples import listed, reading, source, subscription, told
from watcher.periods import due_at
from watcher.records.deliveries import Batch
from watcher.store import Store
from watcher.store.runs import DigestRunRow

ZONES = (
    "Asia/Shanghai",
    "America/New_York",
    "Europe/London",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "America/St_Johns",
)
DELIVER = ("hourly", "daily 08:30", "daily 02:30", "daily 01:30", "weekly sun 02:30", "weekly mon 00:00")
# A day before clocks are set forward or back somewhere, and one on which nothing happens.
STARTS = (
    "2026-03-07 12:00",
    "2026-03-28 12:00",
    "2026-04-04 00:00",
    "2026-10-31 12:00",
    "2026-10-24 12:00",
    "2026-07-01",
)


class Digests(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.announced = 0
        self.accepted: dict[str, tuple[int, ...]] = {}  # by key
        self.doubled, self.crashes = 0, 0

    @initialize(zone=st.sampled_from(ZONES), deliver=st.sampled_from(DELIVER), start=st.sampled_from(STARTS))
    def start(self, zone: str, deliver: str, start: str) -> None:
        self.zone, self.deliver_, self.now = zone, deliver, datetime.fromisoformat(start).replace(tzinfo=UTC)
        self.store = Store.open(f"sqlite:///{self.folder.name}/watcher.db")
        self.store.sync_sources([source()], self.now)
        self.store.sync_subscriptions([subscription("ops", deliver=deliver)], self.now)

    @rule()
    def announce(self) -> None:
        self.write(due_at(self.deliver_, self.now, self.zone))

    @precondition(lambda self: self.accepted)
    @rule()
    def announce_what_was_decided_before_its_digest_went_out(self) -> None:
        with self.store._database.read() as session:
            self.write(max(run.period for run in session.exec(select(DigestRunRow))))

    def write(self, due: datetime) -> None:
        self.announced += 1
        outgoing = told("new", "ops", due_at=due, digest=True)
        assert self.store.announcements.save(reading(listed(self.store, self.announced), outgoing=outgoing), self.now)

    @rule(minutes=st.sampled_from([1, 20, 60, 400, 1440, 5000]))
    def pass_time(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(seconds=st.sampled_from([0, 1, 1800]))
    def reach_the_end_of_the_period(self, seconds: int) -> None:
        self.now = due_at(self.deliver_, self.now, self.zone) + timedelta(seconds=seconds)

    @rule(hours=st.sampled_from([-200, -25, -2, -1, 1, 2, 25, 200, 24 * 400]))
    def set_the_clock(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(outcome=st.sampled_from(["sent", "sent", "put off", "crash before", "crash after"]))
    def deliver(self, outcome: str) -> None:
        batch = self.store.outbox.next_batch("ops", self.now, self.zone)
        if batch is None or outcome == "crash before":
            return
        if outcome == "put off":
            self.store.put_off(batch, "503", self.now + timedelta(minutes=5), self.now)
            return
        self.accept(batch)
        if outcome == "sent":
            self.store.mark_sent(batch, self.now)
        self.crashes += outcome == "crash after"

    def accept(self, batch: Batch) -> None:
        items = batch.event["items"]
        assert isinstance(items, list)
        assert items, "an empty digest"
        found = tuple(item["id"] for item in items)
        self.doubled += batch.key in self.accepted
        assert self.accepted.setdefault(batch.key, found) == found

    @invariant()
    def nothing_is_told_twice(self) -> None:
        told_of = Counter(item for items in self.accepted.values() for item in items)
        assert set(told_of.values()) <= {1}
        assert self.doubled <= self.crashes

    @invariant()
    def each_digest_is_the_one_of_a_period_that_there_is(self) -> None:
        with self.store._database.read() as session:
            runs = session.exec(select(DigestRunRow)).all()
        assert self.accepted.keys() <= {run.key for run in runs}
        for run in runs:
            assert due_at(self.deliver_, run.period - timedelta.resolution, self.zone) == run.period

    def teardown(self) -> None:
        """Whatever happened, days later all are told."""
        for _ in range(40):
            self.now += timedelta(days=1)
            while (batch := self.store.outbox.next_batch("ops", self.now, self.zone)) is not None:
                self.accept(batch)
                self.store.mark_sent(batch, self.now)
        self.nothing_is_told_twice()
        assert sum(map(len, self.accepted.values())) == self.announced
        self.store.close()
        self.folder.cleanup()


TestDigests = Digests.TestCase
TestDigests.settings = settings(max_examples=25, stateful_step_count=25, suppress_health_check=list(HealthCheck))


def test_a_digest_that_may_have_arrived_stays_whole_when_the_clock_is_set_back() -> None:
    """What of it is due later, by that clock, is neither left out of its repetition nor told once more in another."""
    digests = Digests()
    digests.start(zone="Asia/Shanghai", deliver="daily 01:30", start="2026-03-07 12:00")
    digests.announce()
    digests.pass_time(400)
    digests.announce()  # due a day later
    digests.pass_time(5000)
    digests.deliver("crash after")
    digests.set_the_clock(-200)
    digests.teardown()
    assert list(digests.accepted.values()) == [(1, 2)]
