"""Edits, reverts, withdrawals, returns, deliveries, refusals, lost answers, pauses and digests in any order.

Each reader is told exactly how what he knows differs from what he is told next, nothing twice, and in the end he knows
how it stands, and whether it does.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.store.examples import NOW, listed, reading, source, subscription
from watcher.change.diff import Version, compare, fingerprint
from watcher.change.note import matters
from watcher.decide import News, candidate_of, decide_known, outgoing
from watcher.events import absence_event, announcement_event, change_json
from watcher.extract import extract
from watcher.match import COVERS
from watcher.model import Document, Extraction
from watcher.news import CHANGES, EventKind
from watcher.records.deliveries import Batch
from watcher.records.pages import PageRecord
from watcher.records.passes import Action, Claim, Reading
from watcher.records.problem import Problem
from watcher.settings import Options
from watcher.store import Store

AMOUNTS, CLOSINGS = (300, 500, 800), ("", "本措施由市局负责解释。")
TITLE = "某市生态环境局出台8条措施支持企业绿色发展"
TEXT = (
    "为服务企业高质量发展，某市生态环境局近日印发《支持企业绿色发展若干措施》，推出8条措施。\n"
    "一、优化环评审批。环评报告表审批时限压缩到15个工作日。\n"
    "二、加大资金支持。对实施绿色改造的企业给予奖补，最高{amount}万元。\n"
    "三、强化绿色金融。推动银行加大绿色信贷投放。{closing}"
)
READERS = {
    "now": subscription("now"),
    "words": subscription("words", on=(EventKind.NEW, EventKind.CHANGED, EventKind.WORDING)),
    "digest": subscription("digest", deliver="hourly"),
    "turns": subscription("turns", on=(EventKind.NEW, EventKind.CHANGED, EventKind.WITHDRAWN)),
    "sums": subscription("sums", on=(EventKind.NEW, EventKind.CHANGED, EventKind.WITHDRAWN), deliver="hourly"),
    "style": subscription("style", on=(EventKind.WORDING,)),
}
NAMES = tuple(READERS)
OUTCOMES = ("sent", "sent", "refused", "answer lost", "crash before", "crash after", "gone")
State = tuple[int, int]  # amount and closing
FIRST: State = (0, 0)


@lru_cache
def read(state: State) -> tuple[Document, Extraction]:
    document = Document(TITLE, TEXT.format(amount=AMOUNTS[state[0]], closing=CLOSINGS[state[1]]))
    return document, extract(document)


def told_between(before: State, after: State) -> list[dict[str, object]]:
    return [change_json(change) for change in compare(Version(read(before)[1]), Version(read(after)[1]))]


def items_of(batch: Batch) -> list[dict[str, object]]:
    items = batch.event.get("items", [batch.event])
    assert isinstance(items, list)
    return items


class Telling(RuleBasedStateMachine):
    """Two announcements: the first was told as new, the second stood there before anybody subscribed."""

    def __init__(self) -> None:
        super().__init__()
        self.now, self.options = NOW, Options(backfill_days=0)
        self.folder = tempfile.TemporaryDirectory()
        self.store = Store.open(f"sqlite:///{self.folder.name}/watcher.db")
        self.pages: list[PageRecord] = []
        self.past: dict[int, list[State]] = {}  # the states of each announcement, by revision - 1
        self.knows: dict[tuple[str, int], State] = {}
        self.keys: dict[str, set[str]] = {name: set() for name in READERS}
        self.held: dict[str, tuple[Claim, Batch | None]] = {}
        self.paused: set[str] = set()
        self.repeats = 0
        self.gone: dict[int, datetime] = {}  # since when
        self.heard: set[tuple[str, int]] = set()  # who was told of which announcement, or knew it before
        self.thinks_gone: dict[tuple[str, int], bool] = {}
        self.doubtful: set[tuple[str, object]] = set()  # told by what arrived, and was given up as if it had not
        self.missed: set[str] = set()  # readers who were told less than happened

    @initialize()
    def start(self) -> None:
        self.store.sync_sources([source()], self.now)
        self.create(told=False)
        self.now += timedelta(minutes=1)
        self.store.sync_subscriptions(list(READERS.values()), self.now)
        self.now += timedelta(minutes=1)
        self.create(told=True)

    def create(self, *, told: bool) -> None:
        number = len(self.pages) + 1
        page = listed(self.store, number)
        made = read(FIRST)[1]
        event = announcement_event(EventKind.NEW, page.url, page.source, made)
        candidate = candidate_of(EventKind.NEW, source(), made)
        sent = outgoing(event, candidate, self.store.audience(), self.options, self.now) if told else None
        assert self.store.announcements.save(self.read_as(page, FIRST, outgoing=sent), self.now)
        self.pages.append(page)
        self.past[number] = [FIRST]
        self.knows.update({(name, number): FIRST for name in READERS})
        self.thinks_gone.update({(name, number): False for name in READERS})
        if not told:
            self.heard |= {(name, number) for name in READERS}

    def read_as(self, page: PageRecord, state: State, **changes: object) -> Reading:
        document, made = read(state)
        return replace(
            reading(page, made, fingerprint=fingerprint(document.title, document.text), **changes),
            document=replace(document, url=page.url),
        )

    # --- what the site does ----------------------------------------------------------------------------------------

    @rule(number=st.integers(1, 2), amount=st.integers(0, 2), closing=st.integers(0, 1))
    def edit(self, number: int, amount: int, closing: int) -> None:
        if number not in self.gone:
            self.read_again(number, (amount, closing))

    @rule(number=st.integers(1, 2))
    def withdraw(self, number: int) -> None:
        if number in self.gone:
            return
        self.now += timedelta(minutes=1)
        known = self.store.announcements.known_as(number)
        page = next(page for page in self.store.opened_since("bureau", NOW) if page.url == self.pages[number - 1].url)
        self.store.absences.note(page, Problem("http_404", "answered HTTP 404"), self.now, self.now)
        event = absence_event(EventKind.WITHDRAWN, page.url, page.source, known.extraction, self.now)
        candidate = candidate_of(EventKind.WITHDRAWN, source(), known.extraction)
        sent = outgoing(event, candidate, self.store.audience(), self.options, self.now)
        assert self.store.absences.believe(page, known.basis, sent, self.now)
        self.gone[number] = self.now

    @rule(number=st.integers(1, 2), amount=st.integers(0, 2), closing=st.integers(0, 1))
    def restore(self, number: int, amount: int, closing: int) -> None:
        if number in self.gone:
            self.read_again(number, (amount, closing))

    def read_again(self, number: int, state: State) -> None:
        """As a pass does (`articles`, `announcing`)."""
        self.now += timedelta(minutes=1)
        page = self.pages[number - 1]
        known = self.store.announcements.known_as(number)
        document, fresh = read(state)
        mark = fingerprint(document.title, document.text)
        decision = decide_known(known, Version(known.extraction), Version(fresh), mark, News())
        audience = self.store.audience()
        restored = None
        if since := self.gone.pop(number, None):
            event = absence_event(EventKind.RESTORED, page.url, page.source, fresh, since, decision.changes)
            candidate = candidate_of(EventKind.RESTORED, source(), fresh)
            restored = outgoing(event, candidate, audience, self.options, self.now)
            told = {one.subscription for one in restored.recipients}
            audience = tuple(one for one in audience if one.id not in told)
        revised = decision.action is Action.REVISE
        sent = None
        if revised and decision.kind is not None:
            event = announcement_event(decision.kind, page.url, page.source, fresh, decision.changes)
            candidate = candidate_of(decision.kind, source(), fresh)
            sent = outgoing(event, candidate, audience, self.options, self.now, known.behind)
        elif not since:
            return
        how: dict[str, object] = {
            "basis": known.basis,
            "was_withdrawn": bool(since),
            "restored": restored,
            "outgoing": sent,
        }
        how |= {"action": decision.action, "changes": decision.changes}
        assert self.store.announcements.save(self.read_as(page, state, **how), self.now)
        if revised:
            self.past[number].append(state)

    def pass_time(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        for claim, _ in self.held.values():
            assert self.store.renew([(claim, self.now)]) == [True]

    # --- what the channels do --------------------------------------------------------------------------------------

    @rule(name=st.sampled_from(NAMES), outcome=st.sampled_from(OUTCOMES), minutes=st.sampled_from((0, 6, 61)))
    def deliver(self, name: str, outcome: str, minutes: int) -> None:
        self.pass_time(minutes)
        self.take(name)
        self.end(name, outcome)

    @rule(name=st.sampled_from(NAMES))
    def take(self, name: str) -> None:
        if name not in self.held and (claim := self.store.claim_subscription(name, self.now)):
            self.held[name] = (claim, self.store.outbox.next_batch(name, self.now))

    @rule(name=st.sampled_from(NAMES), outcome=st.sampled_from(OUTCOMES))
    def end(self, name: str, outcome: str) -> None:
        claim, batch = self.held.pop(name, (None, None))
        if batch is not None:
            self.finish(name, batch, outcome)
        if claim is not None:
            self.store.release([claim])

    def finish(self, name: str, batch: Batch, outcome: str) -> None:
        later = self.now + timedelta(minutes=5)
        if outcome in {"sent", "answer lost", "crash after"}:
            self.arrive(name, batch)
        if outcome == "sent":
            self.store.mark_sent(batch, self.now)
        elif outcome == "refused":
            self.store.put_off(batch, "503", later, self.now)
        elif outcome == "answer lost":
            self.store.put_off(batch, "no answer", later, self.now, unsure=True)
            self.repeats += 1
        elif outcome == "gone":
            self.store.mark_failed(batch, "HTTP 410", self.now, pause=False)
            self.missed.add(name)
            if batch.key in self.keys[name]:
                self.doubtful |= {(name, item["id"]) for item in items_of(batch)}
        self.repeats += outcome == "crash after"

    def arrive(self, name: str, batch: Batch) -> None:
        """The reader takes a message, and drops one that he has, by its key."""
        if batch.key in self.keys[name]:
            self.repeats -= 1
            return
        self.keys[name].add(batch.key)
        items = items_of(batch)
        assert len({item["id"] for item in items}) == len(items)
        for item in items:
            self.hear(name, item)

    def hear(self, name: str, item: dict[str, object]) -> None:
        number, revision = item["id"], item["revision"]
        assert isinstance(number, int)
        assert isinstance(revision, int)
        kind, state = EventKind(str(item["kind"])), self.past[number][revision - 1]
        on = READERS[name].on
        assert kind in {*on, *(COVERS[one] for one in on if one in COVERS)}
        if EventKind.NEW in on and name not in self.missed:
            assert kind is EventKind.NEW or (name, number) in self.heard
        self.heard.add((name, number))
        doubtful = (name, number) in self.doubtful
        if kind in {EventKind.WITHDRAWN, EventKind.RESTORED} and not doubtful:
            assert self.thinks_gone[name, number] is (kind is EventKind.RESTORED), "he knew that"
        self.thinks_gone[name, number] = kind is EventKind.WITHDRAWN
        if kind is EventKind.WITHDRAWN:
            return  # alone: what else changed is told when it is back
        self.doubtful.discard((name, number))
        if kind in {*CHANGES, EventKind.RESTORED} and name != "style" and not doubtful:
            expected = told_between(self.knows[name, number], state)
            assert item["changes"] or kind is EventKind.RESTORED, "told of nothing"
            assert item["changes"] == expected
        self.knows[name, number] = state

    @rule(name=st.sampled_from(NAMES))
    def pause_or_resume(self, name: str) -> None:
        if name in self.paused:
            self.store.resume_subscription(name)
        else:
            self.store.pause_subscription(name, "holiday")
            self.missed.add(name)
        self.paused ^= {name}

    @rule()
    def retry_what_failed(self) -> None:
        for one in self.store.deliveries("failed", limit=None):
            if one.subscription not in self.held:
                self.store.retry_delivery(one.id, self.now)
                return

    # --- what holds ------------------------------------------------------------------------------------------------

    @invariant()
    def repeats_come_from_crashes_and_lost_answers_only(self) -> None:
        assert self.repeats >= 0

    def teardown(self) -> None:
        if self.pages:
            self.check_everybody_knows_how_it_stands_in_the_end()
        self.store.close()
        self.folder.cleanup()

    def check_everybody_knows_how_it_stands_in_the_end(self) -> None:
        for claim, _ in self.held.values():
            self.store.release([claim])
        for name in self.paused:
            self.store.resume_subscription(name)
        self.deliver_all()
        self.check_everybody_knows_what_is_gone()
        # What was missed is told with the next edit.
        for number in (1, 2):
            amount, closing = self.past[number][-1]
            self.read_again(number, (amount, 1 - closing))
        self.deliver_all()
        self.check_everybody_knows_what_is_gone()
        for (name, number), state in self.knows.items():
            left = compare(Version(read(state)[1]), Version(read(self.past[number][-1])[1]))
            if name == "words":
                assert left == ()
            elif name != "style":
                assert not matters(left)

    def deliver_all(self) -> None:
        self.now += timedelta(days=1)
        for name in READERS:
            while (batch := self.store.outbox.next_batch(name, self.now)) is not None:
                self.arrive(name, batch)
                self.store.mark_sent(batch, self.now)

    def check_everybody_knows_what_is_gone(self) -> None:
        for name, number in self.thinks_gone:
            if name in self.missed or EventKind.WITHDRAWN not in READERS[name].on:
                continue
            assert (name, number) not in self.heard or self.thinks_gone[name, number] is (number in self.gone)


TestTelling = Telling.TestCase
TestTelling.settings = settings(max_examples=20, stateful_step_count=30, suppress_health_check=list(HealthCheck))
