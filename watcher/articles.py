"""One entry of a listing opened: fetched, read, judged and stored."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from html import unescape
from typing import Final

from watcher import audit
from watcher.attachments import Article, digest_of, files_unchanged, read_article
from watcher.beside import mark_of
from watcher.change.diff import fingerprint
from watcher.errors import ArchiveError, FetchError, ReadError
from watcher.files import look_at
from watcher.gear import Gear
from watcher.health import asked_for, problem_of
from watcher.identity.copies import new_original
from watcher.identity.likeness import bands
from watcher.lifecycle.absence import next_look, says_gone
from watcher.lifecycle.succession import note_statements
from watcher.model import NotModified, Page
from watcher.read.charset import decode
from watcher.read.sniff import Kind
from watcher.recheck import next_check, next_try
from watcher.records.pages import PageRecord, PageStatus
from watcher.records.problem import Problem
from watcher.records.stories import Answered
from watcher.room import Share
from watcher.sanity import holds_title, lacks_title, led_away
from watcher.settings import Source
from watcher.settling import BELIEVED_TRIES, settle
from watcher.threads import in_store, on_cpu
from watcher.turned import Homes
from watcher.understood import Opened, Understood
from watcher.workers import in_worker

STILL_GONE: Final = "asked again in a day; if it alone is gone then too, it is marked as withdrawn"


async def open_article(page: PageRecord, source: Source, gear: Gear, asking: audit.Asking, homes: Homes) -> Opened:
    """Open an entry, first time or again; what cannot be read is a warning and is tried again later.

    What it names as its original is opened first, where that stands on the site of a source.
    """
    with gear.room.share() as share:
        return await _open(page, source, gear, asking, homes, share, follow=True)


async def _open(
    page: PageRecord, source: Source, gear: Gear, asking: audit.Asking, homes: Homes, share: Share, *, follow: bool
) -> Opened:
    """`follow`: its original, too, in the same share: it is opened while the answers of its copy are held."""
    again, source = page.status is PageStatus.READ, gear.asking_as(source, page.url)
    try:
        anew = page.absence is not None  # what was missing is read again, whatever it looked like before
        validators = audit.of_article(page.validators, in_full=asking.in_full or anew) if again else None
        fetched = await gear.fetch(page.url, validators, source.fetch)
        if isinstance(fetched, Page) and (error := led_away(page.url, fetched.final_url, source.listing_url)):
            raise error
        same = isinstance(fetched, NotModified) or (again and await on_cpu(digest_of, fetched) == page.digest)
        if same and not anew and await files_unchanged(page.files, source, gear.fetch, asking, gear.clock()):
            return await in_store(_unchanged, page, fetched, gear)
        if isinstance(fetched, NotModified):  # one of its files changed: they are read together
            fetched = await gear.page(page.url, source)
        understood = await _understood(page, fetched, source, gear, homes, share)
        if not asking.believes and (mark := await on_cpu(_strange, understood, source)):
            return Opened(page, strange=mark)
        original = await in_store(new_original, understood, gear) if follow else None
        first = await _open(original, source, gear, asking, homes, share, follow=False) if original else None
        told = await note_statements(understood, gear)
        opened = await settle(understood, source, gear)
        warning = opened.warning or "; ".join(understood.away) or None
        denied = again and asking.audits and opened.kind is not None and await _denied(understood, source, gear)
        return replace(opened, original=first, deliveries=opened.deliveries + told, denied=denied, warning=warning)
    except (FetchError, ReadError) as error:
        return await in_store(_failed, page, error, gear)


def _strange(understood: Understood, source: Source) -> str | None:
    """The mark of a text that may stand in the article's place, which other addresses then show as well."""
    page, document, verdict = understood.page, understood.document, understood.extraction.verdict
    settled = verdict.announcement or verdict.near_miss or understood.fingerprint == page.fingerprint
    if settled or source.listing == "page" or understood.answered.format != Kind.HTML:
        return None
    if not lacks_title(document, page.title):
        return None
    answer = understood.answers[0]
    return None if holds_title(unescape(decode(answer.body, answer.charset)), page.title) else mark_of(document)


async def _denied(understood: Understood, source: Source, gear: Gear) -> bool:
    """Whether the server says of a page that is news, or of a file of it, that what changed did not.

    Only of news: in other bytes, such as a visit counter, an honest server may see no difference.
    """
    page, fresh = understood.page, {file.url: file.digest for file in understood.files}
    changed = [(page.url, page.validators)] if understood.digest != page.digest else []
    changed += [(file.url, file.validators) for file in page.files if fresh.get(file.url) not in (None, file.digest)]
    for url, given in changed:
        if given.etag is not None:
            with suppress(FetchError):
                if isinstance(await gear.fetch(url, given, source.fetch), NotModified):
                    return True
    return False


def _unchanged(page: PageRecord, fetched: Page | NotModified, gear: Gear) -> Opened:
    validators = fetched.validators if isinstance(fetched, Page) else None
    now = gear.clock()
    by_age = next_check(page.first_seen, now, kept=page.kept or page.incomplete)
    gear.store.page_unchanged(page, look_at(by_age, page.files, now), validators)
    return Opened(page)


def _failed(page: PageRecord, error: FetchError | ReadError, gear: Gear) -> Opened:
    problem = problem_of(error)
    if isinstance(error, FetchError) and error.unasked:
        gear.store.page_failed(page, problem, gear.clock() + asked_for(error), tried=False)
        return Opened(page, put_off=str(error))
    if says_gone(page, error):  # noted at the end of the pass, by `withdrawals`
        known = page.absence is not None and page.absence.believed_at is not None
        then = f"missing since {page.absence.since.date().isoformat()}" if page.absence else STILL_GONE
        told = f"{page.url}: {problem.message} ({then})"
        return Opened(page, warning=None if known else told, missing=problem)
    try_later(page, problem, gear, asked_for(error))
    return Opened(page, warning=f"{page.url}: {error}", problem=problem)


def give_up_for_now(page: PageRecord, mistake: Exception, gear: Gear) -> None:
    """A page that our own code stumbled over: tried again like any other, so that it does not stop every pass."""
    try_later(page, Problem("mistake", f"watcher failed on it: {mistake!r}"), gear)


def try_later(page: PageRecord, problem: Problem, gear: Gear, at_least: timedelta = timedelta(0)) -> None:
    now = gear.clock()
    again_at = next_try(page.first_seen, page.attempts + 1, now)
    if again_at is None and page.absence is not None:
        again_at = next_look(page.absence.since, now)
    gear.store.page_failed(page, problem, max(again_at, now + at_least) if again_at else None)


async def _understood(
    page: PageRecord, fetched: Page, source: Source, gear: Gear, homes: Homes, share: Share
) -> Understood:
    """What the page says; raises ReadError for one that cannot be read, and for the site's home page in its place."""
    try:
        understood = await _understand(page, fetched, source, gear, share)
    except ReadError as error:
        # Any other error says better what stands there: a check, a notice.
        is_worth = error.code == "empty" and page.status is PageStatus.READ
        if is_worth and (home := await homes.stands_at(fetched, source)):
            raise home from error
        raise
    if _may_be_replaced(understood, source) and (home := await homes.stands_at(fetched, source)):
        raise home
    return understood


def _may_be_replaced(understood: Understood, source: Source) -> bool:
    """Whether it is worth a request to see that the text is not the home page's: it lacks its entry's title, and is no
    longer what was read of it, or would be told as an announcement.

    A home page may show a new article in full, for as long as it is the newest: that one is believed in the end.
    """
    page, verdict = understood.page, understood.extraction.verdict
    # A page that is watched as itself was held against the home page when it was looked at.
    if source.listing == "page" or holds_title(understood.document.title or "", page.title):
        return False
    if page.fingerprint is not None:
        return understood.fingerprint != page.fingerprint
    return (verdict.announcement or verdict.near_miss) and page.attempts < BELIEVED_TRIES


async def _understand(page: PageRecord, fetched: Page, source: Source, gear: Gear, share: Share) -> Understood:
    now = gear.clock()
    article = await read_article(
        fetched,
        source,
        gear.fetch,
        listed=page.listed,
        before=page.files,
        share=share,
        now=now,
        kept=partial(_kept, page, gear) if page.kept else None,
    )
    document, found = article.document, article.extraction
    kept = found.verdict.announcement or found.verdict.near_miss
    return Understood(
        page=page,
        document=document,
        extraction=found,
        fingerprint=await on_cpu(fingerprint, document.title, document.text),
        digest=await on_cpu(digest_of, fetched),
        answers=(fetched, *article.answers),
        answered=_answered(fetched, article),
        files=article.files,
        away=article.away,
        bands=await in_worker(bands, found.title, found.text) if kept else frozenset(),
    )


async def _kept(page: PageRecord, gear: Gear, url: str) -> Page | None:
    """The last answer of a file that its announcement was read from; None where it was not kept."""
    capture = await in_store(gear.store.captures.of_file, page.id, url)
    try:
        return await on_cpu(gear.archive.read, capture) if capture else None
    except ArchiveError:
        return None


def _answered(fetched: Page, article: Article) -> Answered:
    text = article.document.text
    return Answered(fetched.status, fetched.media_type, article.charset, article.format, len(fetched.body), len(text))
