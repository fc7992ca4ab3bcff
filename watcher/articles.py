"""One entry of a listing opened: fetched, read, judged and stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from watcher import audit
from watcher.attachments import digest_of, files_unchanged, read_article
from watcher.decide import Decision, candidate_of, decide_known, decide_unknown, is_silent, news_of, outgoing
from watcher.diff import Version, fingerprint
from watcher.errors import FetchError, ReadError
from watcher.events import announcement_event
from watcher.extract import extract
from watcher.gear import Gear
from watcher.health import problem_of
from watcher.model import Document, EventKind, Extraction, FieldChange, NotModified, Page
from watcher.recheck import next_check, next_try
from watcher.records import Action, FileRecord, Known, Outgoing, PageRecord, PageStatus, Problem, Reading, Trust
from watcher.settings import Source, Subscription
from watcher.threads import in_store, on_cpu
from watcher.workers import in_worker

LOST: Final = "no longer reads as an announcement: kept as it was"


@dataclass(frozen=True, slots=True)
class Opened:
    """What came of opening an entry; `extraction` None where there was nothing new to read."""

    page: PageRecord
    extraction: Extraction | None = None
    kind: EventKind | None = None
    deliveries: int = 0
    warning: str | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """An article as fetched and read."""

    page: PageRecord
    document: Document
    extraction: Extraction
    fingerprint: str
    digest: str
    answers: tuple[Page, ...]  # its own, then those of its files
    files: tuple[FileRecord, ...] = ()


async def open_article(page: PageRecord, source: Source, gear: Gear, trust: Trust) -> Opened:
    """Open an entry, first time or again; what cannot be read is a warning and is tried again later."""
    again = page.status is PageStatus.READ
    try:
        validators = audit.of_article(trust, page.validators) if again else None
        fetched = await gear.fetch(page.url, validators, source.fetch)
        same = isinstance(fetched, NotModified) or (again and await on_cpu(digest_of, fetched) == page.digest)
        if same and await files_unchanged(page.files, source, gear.fetch, trust):
            return await in_store(_unchanged, page, fetched, gear)
        if isinstance(fetched, NotModified):  # one of its files changed: they are read together
            fetched = await gear.fetch(page.url, None, source.fetch)
        assert isinstance(fetched, Page)  # nothing conditional was asked
        return await _settle(await _understand(page, fetched, source, gear), source, gear)
    except (FetchError, ReadError) as error:
        return await in_store(_failed, page, error, gear)


def _unchanged(page: PageRecord, fetched: Page | NotModified, gear: Gear) -> Opened:
    validators = fetched.validators if isinstance(fetched, Page) else None
    again_at = next_check(page.first_seen, gear.clock(), kept=page.kept or page.incomplete)
    gear.store.page_unchanged(page, again_at, validators)
    return Opened(page)


def _failed(page: PageRecord, error: FetchError | ReadError, gear: Gear) -> Opened:
    _try_later(page, problem_of(error), gear)
    return Opened(page, warning=f"{page.url}: {error}")


def give_up_for_now(page: PageRecord, mistake: Exception, gear: Gear) -> None:
    """A page that our own code stumbled over: tried again like any other, so that it does not stop every pass."""
    _try_later(page, Problem("mistake", f"watcher failed on it: {mistake!r}"), gear)


def _try_later(page: PageRecord, problem: Problem, gear: Gear) -> None:
    gear.store.page_failed(page, problem, next_try(page.first_seen, page.attempts + 1, gear.clock()))


async def _understand(page: PageRecord, fetched: Page, source: Source, gear: Gear) -> Understood:
    article = await read_article(fetched, source, gear.fetch, listed=page.listed, before=page.files)
    return Understood(
        page=page,
        document=article.document,
        extraction=article.extraction,
        fingerprint=await on_cpu(fingerprint, article.document.title, article.document.text),
        digest=await on_cpu(digest_of, fetched),
        answers=(fetched, *article.answers),
        files=article.files,
    )


async def _settle(understood: Understood, source: Source, gear: Gear) -> Opened:
    """Decide and store; once more where another process stored a newer state of the same address in between."""
    while True:
        known = await in_store(gear.store.known, understood.page.key)
        before = await _read_anew(known, understood)
        opened = await on_cpu(_keep, understood, known, before, source, gear)
        if opened is not None:
            return opened


async def _read_anew(known: Known | None, understood: Understood) -> Extraction | None:
    """What is stored, read by today's rules: what a newer watcher reads differently is no change of the page."""
    if known is None:
        return None
    if known.fingerprint == understood.fingerprint:
        return known.extraction
    return await in_worker(extract, known.document, fallback_published=understood.page.listed)


def _keep(
    understood: Understood, known: Known | None, before: Extraction | None, source: Source, gear: Gear
) -> Opened | None:
    """Store what is decided of a reading; None where what is known is no longer what is stored."""
    now = gear.clock()
    decision = _decide(understood, known, before, now, gear)
    sent, late = _Told(understood, source, known, gear, now).events(decision)
    reading = _reading(understood, decision, known, now, sent=sent, late=late)
    if decision.action in (Action.CREATE, Action.REVISE):
        reading = replace(reading, captures=gear.archive.keep(understood.page.id, understood.answers))
    if not gear.store.save(reading, now):
        return None
    return Opened(
        page=understood.page,
        extraction=understood.extraction,
        kind=decision.kind or (late.kind if late else None),
        deliveries=sum(len(one.recipients) for one in (sent, late) if one is not None),
        warning=f"{understood.page.url}: {LOST}" if decision.lost else None,
    )


def _decide(
    understood: Understood, known: Known | None, before: Extraction | None, now: datetime, gear: Gear
) -> Decision:
    page, fresh, days = understood.page, understood.extraction, gear.options.backfill_days
    if known is None or before is None:
        silent = is_silent(page, fresh.published, now, days)
        return decide_unknown(page, fresh, understood.fingerprint, silent=silent)
    news = news_of(page, fresh, understood.fingerprint, now, days)
    was, now_is = Version(before, known.document.attachments), Version(fresh, understood.document.attachments)
    return decide_known(known, was, now_is, understood.fingerprint, news)


@dataclass(frozen=True, slots=True)
class _Told:
    """Who is told of an article, and of what."""

    understood: Understood
    source: Source
    known: Known | None
    gear: Gear
    now: datetime

    def events(self, decision: Decision) -> tuple[Outgoing | None, Outgoing | None]:
        """The decision's event, and `new` for those who were told nothing yet; nobody gets both."""
        audience = self.gear.store.audience()
        late = self._event(EventKind.NEW, (), self._untold(audience)) if decision.listed else None
        if late is not None and not late.recipients:
            late = None
        if decision.kind is None:
            return None, late
        first = {one.subscription for one in late.recipients} if late else set()
        wanted = self._untold(audience) if decision.kind is EventKind.NEW else audience
        return self._event(decision.kind, decision.changes, [one for one in wanted if one.id not in first]), late

    def _untold(self, audience: Sequence[Subscription]) -> list[Subscription]:
        return [one for one in audience if self.known is None or one.id not in self.known.told]

    def _event(self, kind: EventKind, changes: Sequence[FieldChange], audience: Sequence[Subscription]) -> Outgoing:
        extraction = self.understood.extraction
        event = announcement_event(kind, self.understood.page.url, self.source.id, extraction, changes)
        candidate = candidate_of(kind, self.source, extraction, self.known.places if self.known else ())
        return outgoing(event, candidate, audience, self.gear.options, self.now)


def _reading(
    understood: Understood,
    decision: Decision,
    known: Known | None,
    now: datetime,
    *,
    sent: Outgoing | None,
    late: Outgoing | None,
) -> Reading:
    kept = known is not None or decision.action is Action.CREATE
    incomplete = any(file.passing for file in understood.files)
    return Reading(
        page=understood.page,
        document=understood.document,
        extraction=understood.extraction,
        fingerprint=understood.fingerprint,
        digest=understood.digest,
        validators=understood.answers[0].validators,
        next_check_at=next_check(understood.page.first_seen, now, kept=kept or incomplete),
        action=decision.action,
        basis=known.basis if known else 0,
        changes=decision.changes,
        outgoing=sent,
        late=late,
        files=understood.files,
    )
