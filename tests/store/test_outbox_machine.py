"""The outbox under any order of announcements, deliveries, refusals, crashes, pauses and time."""

from __future__ import annotations

import tempfile
from collections import Counter
from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.store.examples import NOW, listed, reading, source, subscription, told
from watcher.records.deliveries import Batch
from watcher.records.passes import Claim
from watcher.store import Store
from watcher.store.crowd import Asker

NAMES = ("fast", "slow")


class Outbox(RuleBasedStateMachine):
    """Two subscriptions, one a digest. A crash loses what a process knows, never what the store does."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.folder = tempfile.TemporaryDirectory()
        self.address = f"sqlite:///{self.folder.name}/watcher.db"
        self.expected: Counter[tuple[str, int]] = Counter()
        self.accepted: list[tuple[str, str, tuple[int, ...]]] = []  # subscription, key, announcements
        self.held: dict[str, tuple[Claim, Batch | None]] = {}
        self.crashes = 0

    @initialize()
    def start(self) -> None:
        self.store = Store.open(self.address)
        self.store.sync_sources([source()], self.now)
        self.store.sync_subscriptions([subscription(name) for name in NAMES], self.now)

    def teardown(self) -> None:
        self.check_all_is_delivered_in_the_end()
        self.store.close()
        self.folder.cleanup()

    @rule(names=st.sets(st.sampled_from(NAMES), min_size=1), minutes=st.integers(0, 90))
    def announce(self, names: set[str], minutes: int) -> None:
        number = len(self.expected) + 1
        ready = self.now + timedelta(minutes=minutes if "slow" in names else 0)
        outgoing = told("new", *sorted(names), due_at=ready, digest=names == {"slow"})
        assert self.store.announcements.save(reading(listed(self.store, number), outgoing=outgoing), self.now)
        newest = max(one.announcement or 0 for one in self.store.deliveries(limit=None))
        self.expected.update((name, newest) for name in names)

    @rule(minutes=st.integers(1, 120))
    def pass_time(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        for claim, _ in self.held.values():
            assert self.store.renew([(claim, self.now)]) == [True]

    @rule(name=st.sampled_from(NAMES))
    def claim(self, name: str) -> None:
        claim = self.store.claim_subscription(name, self.now)
        assert (claim is None) == (name in self.held)
        if claim is not None:
            self.held[name] = (claim, None)

    @precondition(lambda self: self.held)
    @rule(data=st.data())
    def take(self, data: st.DataObject) -> None:
        """By itself or, as a round does, first with whoever is there."""
        name = data.draw(st.sampled_from(sorted(self.held)))
        claim, batch = self.held[name]
        if batch is None and data.draw(st.booleans()):
            (batch,) = self.store.crowd.exchange([Asker(name, self.now)])
        self.held[name] = (claim, batch or self.store.outbox.next_batch(name, self.now))

    @precondition(lambda self: self.held)
    @rule(data=st.data(), outcome=st.sampled_from(("sent", "put off", "crash after sending", "let go")))
    def end(self, data: st.DataObject, outcome: str) -> None:
        name = data.draw(st.sampled_from(sorted(self.held)))
        claim, batch = self.held.pop(name)
        if batch is not None and outcome in {"sent", "crash after sending"}:
            self.accept(name, batch)
        if batch is not None and outcome == "sent":
            self.sent(data, name, batch)
        if batch is not None and outcome == "put off":
            self.store.put_off(batch, "503", self.now + timedelta(minutes=5), self.now)
        self.crashes += outcome == "crash after sending"
        self.store.release([claim])  # as a new process does with a dead one's

    def sent(self, data: st.DataObject, name: str, batch: Batch) -> None:
        """What comes next may be taken along, and is then lost as in a crash before anything is sent."""
        if data.draw(st.booleans()):
            self.store.crowd.exchange([Asker(name, self.now, batch)])
        else:
            self.store.mark_sent(batch, self.now)

    def accept(self, name: str, batch: Batch) -> None:
        items = batch.event.get("items", [batch.event])
        assert isinstance(items, list)
        self.accepted.append((name, batch.key, tuple(item["id"] for item in items)))

    @rule()
    def restart(self) -> None:
        self.store.close()
        self.store = Store.open(self.address)

    @rule(name=st.sampled_from(NAMES))
    def pause_and_resume(self, name: str) -> None:
        self.store.pause_subscription(name, "test")
        assert self.store.outbox.next_batch(name, self.now) is None
        self.store.resume_subscription(name)

    @invariant()
    def one_key_is_one_message(self) -> None:
        by_key: dict[str, tuple[str, tuple[int, ...]]] = {}
        for name, key, items in self.accepted:
            assert by_key.setdefault(key, (name, items)) == (name, items)

    @invariant()
    def repeats_come_from_crashes_only(self) -> None:
        keys = Counter(key for _, key, _ in self.accepted)
        assert sum(keys.values()) - len(keys) <= self.crashes

    def check_all_is_delivered_in_the_end(self) -> None:
        self.now += timedelta(days=1)
        for name in NAMES:
            while (batch := self.store.outbox.next_batch(name, self.now)) is not None:
                self.accept(name, batch)
                self.store.mark_sent(batch, self.now)
        delivered = {(name, item) for name, _, items in self.accepted for item in items}
        assert delivered == set(self.expected)
        self.repeats_come_from_crashes_only()


TestOutbox = Outbox.TestCase
TestOutbox.settings = settings(max_examples=15, stateful_step_count=30, suppress_health_check=list(HealthCheck))
