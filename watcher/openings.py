"""The second half of a pass: the entries that are due are opened side by side, and those that are gone settled."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from watcher import audit
from watcher.articles import give_up_for_now, open_article
from watcher.errors import WatcherError
from watcher.gear import Gear
from watcher.lifecycle.withdrawals import Missing, Withdrawals
from watcher.news import EventKind
from watcher.records.pages import PageRecord, PageStatus
from watcher.records.passes import Openings, Relook
from watcher.records.usual import Trust, Try
from watcher.settings import Source
from watcher.stand_ins import STAND_IN, Strange, settle
from watcher.threads import in_store
from watcher.turned import Homes
from watcher.understood import Opened

# Articles of one source in hand at a time: enough to fill the two connections that a host is given by default while
# others are being read. The fetcher keeps the pace.
IN_HAND: Final = 4


async def open_all(
    pages: Sequence[PageRecord], source: Source, gear: Gear, trust: Trust, *, in_full: bool = False
) -> Openings:
    """Open all of them; a mistake of ours is told at the end, so that it hides neither the other entries nor the end.

    Args:
        in_full: no 304 is believed, whatever the server is trusted.
    Raises StoreError.
    """
    tally, homes = _Tally(source), Homes(gear)
    turns = asyncio.Semaphore(IN_HAND)

    async def one(page: PageRecord) -> None:
        async with turns:
            asking = audit.asking(trust, page, gear.clock(), in_full=in_full)
            tally.count(await open_article(page, source, gear, asking, homes))

    results = await asyncio.gather(*map(one, pages), return_exceptions=True)
    for page, result in zip(pages, results, strict=True):
        if isinstance(result, WatcherError) or not isinstance(result, Exception | None):
            raise result
        if result is not None:
            tally.found.mistakes.append(result)
            await in_store(give_up_for_now, page, result, gear)
    tally.found.warnings += [f"{why}: put off {number} of the articles" for why, number in tally.put_off.items()]
    await _settle_strange(tally, gear, homes)
    await _settle(tally, Withdrawals(source, gear, trust))
    return tally.found


@dataclass(slots=True)
class _Tally:
    """What has come of the entries so far."""

    source: Source
    found: Openings = field(default_factory=Openings)
    missing: list[Missing] = field(default_factory=list)
    strange: list[Strange] = field(default_factory=list)
    put_off: Counter[str] = field(default_factory=Counter)  # how many, by the reason

    def count(self, opened: Opened) -> None:
        if opened.original is not None:
            self.count(opened.original)
        if opened.put_off is not None:
            self.put_off[opened.put_off] += 1
            return
        counts = self.found.counts
        counts["opened"] += 1
        counts["deliveries"] += opened.deliveries
        if opened.strange is not None:
            self.strange.append(Strange(opened.page, opened.strange))
            return
        self.found.denied |= opened.denied
        stood_in = opened.page.problem == STAND_IN.code and opened.problem is None and opened.missing is None
        if stood_in and opened.page.status is PageStatus.READ:
            self.found.tries.append(Try(first=False, problem=None))
        if opened.page.status is not PageStatus.READ and opened.page.source == self.source.id:
            self.found.tries.append(Try(opened.page.attempts == 0, opened.problem))
        if opened.page.status is PageStatus.READ and opened.page.source == self.source.id and opened.missing is None:
            self.found.relooks.append(Relook(opened.page, opened.problem))
        if opened.warning is not None:
            self.found.warnings.append(opened.warning)
        if opened.missing is not None:
            self.missing.append(Missing(opened.page, opened.missing))
            self.found.missing.append(opened.page.key)
            return
        if opened.extraction is None:
            counts["unchanged"] += opened.warning is None
            return
        self.found.stands |= opened.page.absence is not None
        counts["restored"] += opened.restored
        counts["matched"] += opened.extraction.verdict.announcement
        counts["near_misses"] += opened.extraction.verdict.near_miss
        counts["new"] += opened.kind is EventKind.NEW
        counts["changed"] += opened.kind is EventKind.CHANGED
        counts["reposts"] += opened.kind is EventKind.REPOST


async def _settle_strange(tally: _Tally, gear: Gear, homes: Homes) -> None:
    found = await settle(tally.strange, tally.source, gear, homes)
    tally.found.tries += found.tries
    tally.found.relooks += found.relooks
    tally.found.warnings += found.warnings
    for opened in found.opened:
        tally.found.counts["opened"] -= 1  # it was counted when it was strange
        tally.count(opened)


async def _settle(tally: _Tally, withdrawals: Withdrawals) -> None:
    settled = await withdrawals.settle(tally.missing)
    found = tally.found
    found.counts["withdrawn"] += settled.withdrawn
    found.counts["deliveries"] += settled.deliveries
    found.astray = settled.astray
    found.stands |= settled.stands
