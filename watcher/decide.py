"""What a reading means for what is stored, and who is told. Pure.

known before?   text differs?   it was -> it is                      then
no                              announcement                         create, `new` (silent for a baseline or old page)
no                              near miss                            create, told to nobody
yes             no                                                   nothing but a place
yes             no              near miss    -> announcement         revise, `new`: a file of it stays shut
yes             yes             announcement -> announcement         revise; `changed` where more than wording did
yes             yes             near miss    -> announcement         revise, `new` (silent for an old page)
yes             yes             announcement -> other                keep the last good state, say so

What a file brings that could not be read before is no edit of its page: of a baseline page it is told to nobody, and
where there is no date a page that is known for long is old then. An edit of the page itself is told (`is_edited`).

a copy (`identity`) of what is known: one more place, `repost` to those who ask for it; its original: it becomes the
link, and its text the one that is shown; an edit of a copy that is one still: nothing

Which change a reader is told of is decided when he is told (`telling`).

"It was" an announcement where it is stored as one, or where today's rules see one in the stored text: what newer rules
see in an old text is no news, and what was told once is not told again.

A known announcement that a source lists for the first time, and not as its baseline, is news to those of its readers
who were not told: another source's baseline may have held it, or they follow this source only (`Decision.listed`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from watcher.change.note import matters
from watcher.events import Event
from watcher.files import shut_since
from watcher.match import Candidate, matches
from watcher.model import Document, Extraction
from watcher.news import CHANGES, EventKind, FieldChange
from watcher.periods import INSTANT, due_at
from watcher.records.copies import Tie
from watcher.records.deliveries import Outgoing, Recipient
from watcher.records.pages import PageRecord, PageStatus
from watcher.records.passes import Action, Known
from watcher.settings import Options, Source, Subscription

if TYPE_CHECKING:
    from watcher.change.diff import Version


@dataclass(frozen=True, slots=True)
class Decision:
    """`kind` is the event to tell, None for none.

    `lost`: an announcement's page no longer reads as one; `listed`: `new` to those who were not told, beside `kind`.
    """

    action: Action
    kind: EventKind | None = None
    changes: tuple[FieldChange, ...] = ()
    lost: bool = False
    listed: bool = False
    stands: bool = False  # the page stands for its announcement from now on


def decide_unknown(page: PageRecord, fresh: Extraction, fingerprint: str, *, silent: bool) -> Decision:
    """A page whose address has no announcement yet; `silent` where it is baseline or too old to be news."""
    if not (fresh.verdict.announcement or fresh.verdict.near_miss):
        return Decision(Action.NOTHING)
    # The text was read before and was nothing: today's rules see more in it, but nothing happened.
    same_text = page.fingerprint == fingerprint
    told = fresh.verdict.announcement and not silent and not same_text
    return Decision(Action.CREATE, EventKind.NEW if told else None)


@dataclass(frozen=True, slots=True)
class News:
    """What a page's own past allows to be told.

    `old`: dated too long ago; `listed`: news in this source's list; `late_file`: baseline and not edited, but a file
    was waited for; `moved`: read at another address than before, where other words may be its new form's.
    """

    old: bool = False
    listed: bool = False
    late_file: bool = False
    moved: bool = False


def news_of(
    page: PageRecord, fresh: Extraction, fingerprint: str, now: datetime, backfill_days: int, *, edited: bool
) -> News:
    """The page may be of an announcement that another source found first."""
    silent = is_silent(page, fresh.published, now, backfill_days, edited=edited)
    first_here = not page.kept and page.fingerprint != fingerprint
    old = is_old(page, fresh.published, now, backfill_days, edited=edited)
    late_file = page.baseline and page.incomplete and not edited
    return News(old, first_here and not silent, late_file, page.is_unread_here)


def is_edited(page: PageRecord, fresh: Document, mark: str, before: Known | None) -> bool:
    """Whether a page says more or less than before, but for what files bring that could not be read then.

    By its text, since its bytes hold counters and tokens. A file that it did not have is an edit, whatever becomes of
    it.

    Args:
        mark: the fingerprint of `fresh`.
        before: what is stored, as today's rules read it; None where nothing was kept of the page.
    """
    if {one.url for one in fresh.attachments} - {file.url for file in page.files}:
        return True
    late = {file.url for file in page.files if not file.was_read}
    if not late:
        return mark != (before.fingerprint if before else page.fingerprint)
    # Today's rules may read in an old answer of such a file what those of then could not.
    was = _mark_without(late, before.document) if before else page.fingerprint
    return _mark_without(late, fresh) != was


def _mark_without(files: Collection[str], document: Document) -> str:
    """The fingerprint of a document without what is from these files."""
    from watcher.change.diff import fingerprint  # most passes have nothing to compare

    starts = [part.start for part in document.parts] or [len(document.text)]
    stretches = zip(document.parts, [*starts[1:], len(document.text)], strict=False)
    kept = [document.text[part.start : end] for part, end in stretches if part.origin.url not in files]
    return fingerprint(document.title, "\n".join((document.text[: starts[0]], *kept)))


def decide_known(known: Known, before: Version, fresh: Version, fingerprint: str, news: News) -> Decision:
    """A page whose address has one; `before` is the stored text read by today's rules."""
    from watcher.change.diff import compare, same_attachments  # most passes have nothing to compare

    verdict = fresh.extraction.verdict
    stored, listed = known.extraction.verdict.announcement, news.listed and verdict.announcement
    if fingerprint == known.fingerprint and same_attachments(before.attachments, fresh.attachments):
        if listed and not stored:
            return Decision(Action.REVISE, EventKind.NEW)
        if verdict.announcement and not stored and shut_since(before.attachments, fresh.attachments):
            return Decision(Action.REVISE, _unless_silent(news))
        return Decision(Action.SEEN, listed=listed)
    if not verdict.announcement:
        keep = stored or not verdict.near_miss
        return Decision(Action.SEEN if keep else Action.REVISE, lost=stored)
    if not (stored or before.extraction.verdict.announcement):
        return Decision(Action.REVISE, _unless_silent(news))
    changes = compare(before, fresh)
    kind = kind_of(changes)
    is_news = not (news.late_file or (news.moved and kind is EventKind.WORDING))
    return Decision(Action.REVISE, kind if is_news else None, changes, listed=listed)


def _unless_silent(news: News) -> EventKind | None:
    """Of what turned into an announcement."""
    return None if news.old or news.late_file else EventKind.NEW


def decide_copy(known: Known, fresh: Extraction, fingerprint: str, news: News, tie: Tie) -> Decision:
    """A page that says what is known from another."""
    announced = fresh.verdict.announcement
    listed = news.listed and announced
    if tie is Tie.PLACE:
        return Decision(Action.SEEN, listed=listed)
    stands = tie is Tie.ORIGINAL and announced
    action = Action.REVISE if stands and fingerprint != known.fingerprint else Action.JOIN
    return Decision(action, EventKind.REPOST if listed else None, listed=listed, stands=stands)


def newcomers(audience: Iterable[Subscription], known: Known, candidate: Candidate) -> list[Subscription]:
    """Those whom none of an announcement's places before concerned: to them a copy is the first they hear of it.

    Who follows such a place could have been told there. Where nobody was (it was old, or stood there at the baseline),
    a copy makes it no news.
    """
    own = candidate.extraction and candidate.extraction.region
    places = [
        replace(candidate, source_id=place, region_code=own.code if own else region, also_in=())
        for place, region in zip(known.places, known.regions, strict=True)
    ]
    return [one for one in audience if all(matches(one, place) is None for place in places)]


def kind_of(changes: Collection[FieldChange]) -> EventKind | None:
    """What a difference is told as; one of wording only those hear of who ask for it."""
    if not changes:
        return None
    return EventKind.CHANGED if matters(changes) else EventKind.WORDING


def is_silent(page: PageRecord, published: date | None, now: datetime, backfill_days: int, *, edited: bool) -> bool:
    """Whether a page is no news when it first turns out to be an announcement.

    Baseline, unless it had been read before and was edited into one; or dated too long ago. Of the date in the
    list and the one on the page the later counts: a missed announcement is worse than a late one.
    """
    if page.baseline and (page.status is not PageStatus.READ or (page.incomplete and not edited)):
        return True
    return is_old(page, published, now, backfill_days, edited=edited)


def is_old(page: PageRecord, published: date | None, now: datetime, backfill_days: int, *, edited: bool = True) -> bool:
    """Whether a page is dated too long ago to be news.

    One without a date, and not edited, is as old as it is known at least.
    """
    dates = [day for day in (page.listed, published) if day is not None]
    if not (dates or edited):
        dates = [page.first_seen.date()]
    oldest = (now - timedelta(days=backfill_days)).date()
    return backfill_days > 0 and bool(dates) and max(dates) < oldest


def candidate_of(kind: EventKind, source: Source, extraction: Extraction, places: Collection[str] = ()) -> Candidate:
    """An announcement of `source`, which the sources in `places` list too."""
    region = extraction.region.code if extraction.region else source.region
    also_in = tuple(place for place in places if place != source.id)
    return Candidate(kind, source.id, extraction.title or "", extraction.text, region, extraction, also_in)


def outgoing(
    event: Event,
    candidate: Candidate,
    audience: Iterable[Subscription],
    options: Options,
    now: datetime,
    behind: Collection[str] = (),
) -> Outgoing:
    """The event with a recipient for each subscription that it concerns, or that is `behind`."""
    told = (
        Recipient(one.id, reason, due_at(one.deliver, now, options.timezone), one.deliver != INSTANT)
        for one in audience
        if (reason := _reason(one, candidate, one.id in behind)) is not None
    )
    return Outgoing(candidate.kind, event, tuple(told))


def _reason(one: Subscription, candidate: Candidate, behind: bool) -> str | None:
    """Why a reader is told; of what, is decided when it is his turn (`telling`), by what he knows then.

    To who is behind an edit of wording may be more: he is told of it with what he missed.
    """
    missed = behind and candidate.kind in CHANGES and EventKind.CHANGED in one.on
    return matches(one, replace(candidate, kind=EventKind.CHANGED) if missed else candidate)
