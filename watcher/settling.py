"""What was read of a page held against what is stored of it: decided, and stored with who is told of it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime
from functools import cache, partial
from typing import Final

from watcher.announcing import Announcing
from watcher.beside import mark_of, same_beside
from watcher.change.diff import Version, fingerprint
from watcher.change.edits import edit_of
from watcher.decide import (
    Decision,
    decide_copy,
    decide_known,
    decide_unknown,
    is_edited,
    is_silent,
    news_of,
)
from watcher.errors import ArchiveError, ReadError
from watcher.extract import extract
from watcher.files import look_at
from watcher.gear import Gear
from watcher.identity.copies import Met, meet
from watcher.news import CHANGES, EventKind
from watcher.reading import read_page
from watcher.recheck import next_check
from watcher.records.deliveries import Outgoing
from watcher.records.passes import Action, Known, Reading
from watcher.reread.evidence import Evidence
from watcher.sanity import is_another_text
from watcher.settings import Source, Subscription
from watcher.threads import in_store, on_cpu
from watcher.understood import Opened, Understood
from watcher.workers import in_worker

LOST: Final = "no longer reads as an announcement: kept as it was"
# Looks that find another text in an article's place before it is believed: more than 20 hours, by `recheck.next_try`.
BELIEVED_TRIES: Final = 7

# What a page is of, and the version of it that is stored as today's rules read it; None where that is no matter.
Stored = tuple[Met, Version | None]


async def settle(understood: Understood, source: Source, gear: Gear) -> Opened:
    """Decide and store, a fresh text in its turn.

    Raises ReadError where it is not believed, StoreError.
    """
    async with nullcontext() if understood.page.kept or not understood.bands else gear.newcomers:
        return await _decide_and_store(understood, source, gear)


async def _decide_and_store(understood: Understood, source: Source, gear: Gear) -> Opened:
    """Once more where another process stored a newer state, or a copy, in between; the evidence is written once.

    What was stored though the answer was lost is such a state, too: nobody is told of it again.
    """
    evidence = cache(partial(gear.archive.keep, understood.page.id, understood.answers))
    while True:
        met = await meet(understood, source.name, gear.store)
        if met.known is not None and not met.elsewhere and _is_another(understood, met.known, source):
            await _check_lasts(understood, source, gear)
        stored = await _read_anew(met, understood, gear)
        audience = await in_store(gear.store.audience)
        reading, opened, now = await on_cpu(_decided, understood, stored, source, audience, gear)
        if reading.action in (Action.CREATE, Action.REVISE):
            reading = replace(reading, captures=await in_store(evidence))
        if await in_store(gear.store.announcements.save, reading, now, gear.options.timezone):
            return opened


def _is_another(understood: Understood, known: Known, source: Source) -> bool:
    """Whether the page holds another announcement altogether."""
    if source.listing == "page" or not understood.extraction.verdict.announcement:
        return False
    return is_another_text(known.document, understood.document)


async def _check_lasts(understood: Understood, source: Source, gear: Gear) -> None:
    """Raise ReadError for another text which has not stayed there for long yet, or stands at other addresses too."""
    page, title = understood.page, understood.document.title
    error = ReadError("another_text", f"the page now holds another text, {title}: not believed")
    if page.problem != error.code or page.attempts < BELIEVED_TRIES:
        raise error
    alone = await in_worker(read_page, understood.answers[0], page.listed)  # as those beside it are looked at
    if await same_beside(page, await on_cpu(mark_of, alone.document), source, gear):
        raise error


async def _read_anew(met: Met, understood: Understood, gear: Gear) -> Stored:
    """What is stored as today's rules read it: what a newer watcher reads differently is no change of the page.

    Read from the page's own answer; where that was not kept, from the text that was read of it.
    """
    known = met.known
    if known is None or met.elsewhere:
        return met, None
    if known.fingerprint == understood.fingerprint:
        return met, Version(known.extraction, known.document.attachments)
    captures = await in_store(gear.store.captures.of_revision, known.id, known.basis)
    try:
        article = await Evidence(gear.archive, captures, known.extraction.attachments).read(understood.page.listed)
    except (ArchiveError, ReadError):
        extraction = await in_worker(extract, known.document, fallback_published=understood.page.listed)
        return met, Version(extraction, known.document.attachments)
    document = article.document
    mark = await on_cpu(fingerprint, document.title, document.text)
    known = replace(known, document=document, fingerprint=mark)
    return replace(met, known=known), Version(article.extraction, document.attachments)


def _decided(
    understood: Understood, stored: Stored, source: Source, audience: Sequence[Subscription], gear: Gear
) -> tuple[Reading, Opened, datetime]:
    """What of a reading is to be stored, what comes of it then, and the moment that both are of."""
    now, (met, before) = gear.clock(), stored
    decision = _decide(understood, met, before, now, gear)
    if decision.lost and understood.page.absence is not None:
        raise ReadError("lost", LOST)
    told = Announcing(understood, source, met, decision, audience, gear.options, now)
    restored = told.restored()
    sent, late = told.events({one.subscription for one in restored.recipients} if restored else frozenset())
    if sent is not None and sent.kind in CHANGES and before is not None:
        text = understood.extraction.text
        sent = replace(sent, edit=edit_of(source.id, before.extraction.text, text, decision.changes))
    reading = replace(_reading(understood, decision, met, now, sent=sent, late=late), restored=restored)
    opened = Opened(
        page=understood.page,
        extraction=understood.extraction,
        kind=EventKind.NEW if late and decision.kind is not EventKind.CHANGED else decision.kind,
        deliveries=sum(len(one.recipients) for one in (sent, late, restored) if one is not None),
        warning=f"{understood.page.url}: {LOST}" if decision.lost else None,
        restored=restored is not None,
    )
    return reading, opened, now


def _decide(understood: Understood, met: Met, before: Version | None, now: datetime, gear: Gear) -> Decision:
    page, fresh, days = understood.page, understood.extraction, gear.options.backfill_days
    # Of what this source does not hold yet, another one may have stored the edit already.
    stored = met.known if before and page.kept else None
    edited = is_edited(page, understood.document, understood.fingerprint, stored)
    if met.known is None:
        silent = is_silent(page, fresh.published, now, days, edited=edited)
        return decide_unknown(page, fresh, understood.fingerprint, silent=silent)
    news = news_of(page, fresh, understood.fingerprint, now, days, edited=edited)
    if before is None:
        return decide_copy(met.known, fresh, understood.fingerprint, news, met.tie)
    fresh_version = Version(fresh, understood.document.attachments)
    return decide_known(met.known, before, fresh_version, understood.fingerprint, news)


def _reading(
    understood: Understood,
    decision: Decision,
    met: Met,
    now: datetime,
    *,
    sent: Outgoing | None,
    late: Outgoing | None,
) -> Reading:
    known = met.known
    kept = known is not None or decision.action is Action.CREATE
    incomplete = any(file.passing for file in understood.files)
    by_age = next_check(understood.page.first_seen, now, kept=kept or incomplete)
    return Reading(
        page=understood.page,
        document=understood.document,
        extraction=understood.extraction,
        fingerprint=understood.fingerprint,
        digest=understood.digest,
        answered=understood.answered,
        validators=understood.answers[0].validators,
        next_check_at=look_at(by_age, understood.files, now),
        action=decision.action,
        basis=known.basis if known else 0,
        changes=decision.changes,
        outgoing=sent,
        late=late,
        files=understood.files,
        bands=understood.bands,
        copied=met.copied,
        compared=met.compared,
        stands=decision.stands,
        was_withdrawn=known is not None and known.withdrawn_since is not None,
    )
