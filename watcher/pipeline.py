"""The main path: one source checked.

    passes.begin -> column.look (fetch, read_listing, add_entries) -> openings.open_all -> passes.finish
                                                    (open_article, each; withdrawals.settle, what is missing)

The entries are noted before any is opened, the listing's validators are written last: a crash repeats, never skips.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from watcher.audit import after_articles
from watcher.column import Column
from watcher.errors import ClaimLost, FetchError, ReadError
from watcher.gear import Fetch, Gear
from watcher.health import after_failure, after_success, astray_since, away, doubted, learn, lost, replaced, retry_at
from watcher.leases import kept
from watcher.news import EventKind, RunReport
from watcher.recheck import HORIZON
from watcher.records.deliveries import Outgoing
from watcher.records.pages import PageRecord, PageStatus
from watcher.records.passes import Look, Openings, Pass, PassEnd
from watcher.records.sources import Health, PassNote
from watcher.records.usual import Trust, Usual
from watcher.settings import Source
from watcher.threads import in_store

__all__ = ["Asked", "Fetch", "Gear", "check_source"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the caller wants of a pass beside the ordinary."""

    recheck: bool = False
    notify_existing: bool = False


ORDINARY = Asked()


async def check_source(source: Source, gear: Gear, asked: Asked = ORDINARY) -> RunReport:
    """One pass over a source; what the site does wrong is in the report, not raised.

    A source that another process is checking, or knows by another address, is left alone: `RunReport.busy`.
    Raises StoreError.
    """
    started = gear.clock()
    held = await in_store.together(gear.store.passes.begin, (source, started))
    if held is None:
        return RunReport(source.id, started, busy=True)
    try:
        async with kept(gear.store, held.claim, gear.clock) as hold:
            report = await _Check(source, gear, asked, held, started).run()
            hold.given_back = True  # with the pass's last write
            return report
    except ClaimLost:  # whoever has it now sees the same entries, and what is stored is whole
        return RunReport(source.id, started, busy=True)


@dataclass(slots=True)
class _Check:
    """A pass at work: what it was asked, what it holds, what it has counted so far."""

    source: Source
    gear: Gear
    asked: Asked
    held: Pass
    started: datetime
    counts: Counter[str] = field(default_factory=Counter)
    warnings: list[str] = field(default_factory=list)

    @property
    def first(self) -> bool:
        """Whether this source still has no baseline."""
        return self.held.source.baseline_at is None

    async def run(self) -> RunReport:
        baseline = self.first and not self.asked.notify_existing
        try:
            look = await Column(self.source, self.gear, self.held, self.started, baseline).look()
        except (FetchError, ReadError) as error:
            return await self._not_read(error)
        self.warnings += look.warnings
        opened = await self._open(await self._due(look), look.trust)
        self.counts += opened.counts
        self.warnings += opened.warnings
        report = await self._read(replace(look, trust=after_articles(look.trust, denied=opened.denied)), opened)
        if opened.mistakes:
            raise opened.mistakes[0]
        return report

    # --- the articles ----------------------------------------------------------------------------------------------

    async def _due(self, look: Look) -> list[PageRecord]:
        """What to open now; nothing is asked of the store where nothing was due and the listing is as it was."""
        if self.held.due or look.listing is not None or look.added or self.asked.recheck:
            return await in_store(self._to_open, look)
        return []

    def _to_open(self, look: Look) -> list[PageRecord]:
        """Entries not read yet, then those that are due to be looked at again."""
        store, limit, now = self.gear.store, self.source.follow.max_new, self.gear.clock()
        if limit == 0:
            return []
        fresh = store.to_open(self.source.id, now, limit)
        if len(fresh) == limit:
            opened = sum(page.status is PageStatus.PENDING for page in fresh)
            self.counts["waiting"] = store.waiting(self.source.id) - opened
        if self.source.listing == "page" and look.listing is not None:  # it is its own entry, and has changed
            again = store.opened_since(self.source.id, datetime.min.replace(tzinfo=UTC))
        elif self.asked.recheck:
            # What could not be read does not wait for its next try either: who asks by hand has mended something.
            due = {page.id for page in fresh}
            failed = [page for page in store.failed_since(self.source.id, now - HORIZON) if page.id not in due]
            again = (*failed, *store.opened_since(self.source.id, now - HORIZON))
        else:
            again = store.to_recheck(self.source.id, now, limit)
        return [*fresh, *again]

    async def _open(self, pages: Sequence[PageRecord], trust: Trust) -> Openings:
        if not pages:
            return Openings()
        from watcher.openings import open_all  # with all that reads a text: most passes have nothing to open

        return await open_all(pages, self.source, self.gear, trust, in_full=self.asked.recheck)

    # --- the end ---------------------------------------------------------------------------------------------------

    async def _not_read(self, error: FetchError | ReadError) -> RunReport:
        now, before = self.gear.clock(), self.held.source
        again = retry_at(before.health.failures + 1, self.source.every.interval, error, now)
        health, kind = after_failure(before.health, error, now, again)
        sent = await in_store(self._news, kind, health, None, now) if kind else None
        return await self._end(health, sent, doubted(before.usual, error.code, now))

    async def _read(self, look: Look, opened: Openings) -> RunReport:
        now, before = self.gear.clock(), self.held.source.usual
        astray = astray_since(before.astray_since, now, astray=opened.astray, stands=opened.stands)
        usual, sign = learn(replace(before, astray_since=astray), look, opened, self.source.listing_url, self.started)
        health, kind = after_success(self.held.source.health, now, sign)
        missed = lost.after_look(before.lost, look, self._last_whole, now)
        sent = await in_store(self._news, kind, health, look, now) if kind else None
        if missed and lost.is_news(missed) and (kind is None or self._caught_up(kind)):
            sent = sent or await in_store(self._once, lost.as_trouble(missed, health), now)
            missed = lost.told(missed, now)
        usual, sent = await self._tell_replaced(replace(usual, lost=missed), health, sent)
        return await self._end(health, sent, usual, look)

    async def _tell_replaced(
        self, usual: Usual, health: Health, sent: Outgoing | None
    ) -> tuple[Usual, Outgoing | None]:
        """Tell of announcements in whose place another page stands, where this pass has no other news of its source.

        That most of its articles are so is trouble of the source, and says it of each.
        """
        now = self.gear.clock()
        gone, of_most = replaced.news(usual.replaced, now), away.is_away(health.problem)
        if not gone or (not health.told if of_most else sent is not None):
            return usual, sent
        if not of_most:
            sent = await in_store(self._once, replaced.as_trouble(gone, health), now)
        return replace(usual, replaced=replaced.told(usual.replaced, now)), sent

    @property
    def _last_whole(self) -> datetime:
        """When the list was last read as a whole."""
        record = self.held.source
        if record.gap:
            return record.gap.since
        if cut_since := record.usual.entries.off_since:  # by the pass before that
            return cut_since - (self.source.every.interval or timedelta(days=1))
        return record.health.last_ok or self.started

    async def _end(self, health: Health, sent: Outgoing | None, usual: Usual, look: Look | None = None) -> RunReport:
        """Write the end of the pass; no `look` where the source could not be read."""
        now, problem = self.gear.clock(), health.problem
        self.counts["deliveries"] += len(sent.recipients) if sent else 0
        gap = look.gap if look else self.held.source.gap
        end = PassEnd(health, look.mark if look else None, gap, sent, usual, self._note(health, look, now))
        if not await in_store.together(self.gear.store.passes.finish, (self.held, end, now)):
            raise ClaimLost(self.held.claim.key)
        return RunReport(
            source=self.source.id,
            started_at=self.started,
            took_s=(now - self.started).total_seconds(),
            baseline=look is not None and look.first,
            not_modified=look is not None and look.listing is None,
            problem=(problem.code, problem.message) if problem and look is None else None,
            concern=(health.state.value, problem.message) if problem and look else None,
            retry_at=health.retry_at,
            warnings=tuple(self.warnings),
            links=look.links if look else 0,
            waiting=self.counts["waiting"],
            opened=self.counts["opened"],
            unchanged=self.counts["unchanged"],
            matched=self.counts["matched"],
            new=self.counts["new"],
            changed=self.counts["changed"],
            reposts=self.counts["reposts"],
            withdrawn=self.counts["withdrawn"],
            restored=self.counts["restored"],
            near_misses=self.counts["near_misses"],
            deliveries=self.counts["deliveries"],
        )

    def _note(self, health: Health, look: Look | None, now: datetime) -> PassNote:
        took_s, found = (now - self.started).total_seconds(), self.counts["new"] + self.counts["changed"]
        if look is None:
            return PassNote(now, took_s, 0, found, health.problem.code if health.problem else "failed")
        return PassNote(now, took_s, look.links, found)

    def _news(self, kind: EventKind, health: Health, look: Look | None, now: datetime) -> Outgoing:
        """The event that this source is in trouble, or out of it."""
        from watcher.alarms import Missed, recovered, troubled  # with all that words news: few passes have any to tell

        audience, options = self.gear.store.audience(), self.gear.options
        if kind is not EventKind.SOURCE_RECOVERED:
            return troubled(self.source, health, audience, options, now)
        was, missed = self.held.source.health, None
        untold = look is not None and look.first and not self.asked.notify_existing
        if look and (was.failures or untold):
            is_gap = look.gap is not None or look.lost is not None
            missed = Missed(look.added, self.counts["waiting"], gap=is_gap, baseline=untold)
        return recovered(self.source, was, missed, audience, options, now)

    def _once(self, as_trouble: Health, now: datetime) -> Outgoing:
        """The event of what has no end: that entries may have been missed, or articles are replaced."""
        from watcher.alarms import troubled

        return troubled(self.source, as_trouble, self.gear.store.audience(), self.gear.options, now, once=True)

    def _caught_up(self, kind: EventKind) -> bool:
        """Whether the event says what of the listing was missed."""
        return kind is EventKind.SOURCE_RECOVERED and self.held.source.health.failures > 0
