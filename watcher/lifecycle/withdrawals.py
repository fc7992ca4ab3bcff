"""The known pages that a pass found missing: noted, and after a day believed to be gone or not (`absence`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from watcher import audit
from watcher.decide import candidate_of, outgoing
from watcher.events import absence_event
from watcher.gear import Gear
from watcher.lifecycle.absence import MOST_BESIDE, Finding, Tally, is_due, next_look
from watcher.lifecycle.standing import stands
from watcher.news import EventKind
from watcher.records.absences import Absence
from watcher.records.deliveries import Outgoing
from watcher.records.pages import PageRecord
from watcher.records.passes import Known
from watcher.records.problem import Problem
from watcher.records.usual import Trust
from watcher.settings import Source
from watcher.threads import in_store


@dataclass(frozen=True, slots=True)
class Missing:
    """A known page whose site says that it is gone, and how it says so."""

    page: PageRecord
    problem: Problem


@dataclass(frozen=True, slots=True)
class Settled:
    """`astray`: pages are gone together; `stands`: a page was gone by itself; `withdrawn`: announcements."""

    withdrawn: int = 0
    deliveries: int = 0
    astray: bool = False
    stands: bool = False


@dataclass(slots=True)
class Withdrawals:
    """Those of one pass over a source; each page beside them is asked once."""

    source: Source
    gear: Gear
    trust: Trust
    _asked: dict[str, bool | None] = field(default_factory=dict)

    async def settle(self, missing: Iterable[Missing]) -> Settled:
        settled = Settled()
        for one in missing:
            finding = await self._finding(one.page) if is_due(one.page, self.gear.clock()) else None
            told = await in_store(self._store, one, finding)
            settled = Settled(
                settled.withdrawn + (told is not None),
                settled.deliveries + (len(told.recipients) if told else 0),
                settled.astray or finding is Finding.ASTRAY,
                settled.stands or finding is Finding.GONE,
            )
        return settled

    async def _finding(self, page: PageRecord) -> Finding:
        if page.left_behind:
            return Finding.LEFT_BEHIND
        beside = await in_store(self.gear.store.absences.beside, page, MOST_BESIDE)
        tally = Tally(len(beside))
        for one in beside:
            if tally.finding is not None:
                break
            tally = tally.counting(await self._stands(one))
        return tally.finding or Finding.UNSURE

    async def _stands(self, page: PageRecord) -> bool | None:
        """Whether a page is there; None where its site says neither."""
        if page.key not in self._asked:
            given = audit.of_article(page.validators, in_full=self.trust.caught)
            there = False if page.absence else await stands(page, self.source, self.gear, given=given)
            self._asked[page.key] = there
        return self._asked[page.key]

    def _store(self, one: Missing, finding: Finding | None) -> Outgoing | None:
        """Write what was found; returns what is told where an announcement is withdrawn by it."""
        now, store = self.gear.clock(), self.gear.store
        absence = one.page.absence or Absence(now)
        store.absences.note(one.page, one.problem, next_look(absence.since, now), now)
        known = store.announcements.known(one.page.key) if finding is Finding.GONE else None
        if known is None:
            return None
        told = self._event(known, one, absence.since, now)
        sent = told if known.extraction.verdict.announcement else None  # nobody was told of a near miss
        withdrawn = store.absences.believe(one.page, known.basis, sent, now)
        return (sent or replace(told, recipients=())) if withdrawn else None

    def _event(self, known: Known, one: Missing, since: datetime, now: datetime) -> Outgoing:
        candidate = candidate_of(EventKind.WITHDRAWN, self.source, known.extraction, known.places)
        event = absence_event(EventKind.WITHDRAWN, known.url, self.source.id, known.extraction, since)
        event["answer"] = one.problem.code
        return outgoing(event, candidate, self.gear.store.audience(), self.gear.options, now)
