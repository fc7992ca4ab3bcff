"""Why an announcement came to be told, or not, to whom: one sentence, and a reason for each who was not. Pure.

What was stored when it was decided is told as it is. Who a filter keeps out is found by today's filters, and whether a
page was too old by today's `backfill_days`: neither is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from watcher.decide import is_old
from watcher.match import Candidate, unmet
from watcher.news import EventKind
from watcher.records.announcements import History, RevisionRecord
from watcher.records.deliveries import DeliveryRecord, SubscriptionRecord
from watcher.records.pages import PageStatus
from watcher.records.stories import Course, PageStory, Telling
from watcher.settings import Subscription, Where

BASELINE: Final = "it stood in the list of {} when that was first read (baseline)"
NEAR_MISS: Final = "it almost counted, and is kept for review (near miss)"
NO_NEWS: Final = "its text was read before as none; what newer rules see in it is no news"
# Names in a sentence; of more readers it gives the number.
MOST_NAMES: Final = 3


@dataclass(frozen=True, slots=True)
class Untold:
    """A subscription that was not told of something."""

    subscription: str
    why: str


@dataclass(frozen=True, slots=True)
class Account:
    """An announcement or a near miss: what it came to in a sentence, then everything that was told of it.

    `silence`: why it was never told as new.
    """

    history: History
    course: Course
    outcome: str
    silence: str | None
    tellings: tuple[tuple[Telling, tuple[Untold, ...]], ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """What an account is given beside the story: all subscriptions, the regions of sources by id, `backfill_days`."""

    subscriptions: tuple[SubscriptionRecord, ...]
    regions: dict[str, str | None]
    backfill_days: int


def account(history: History, course: Course, setting: Setting) -> Account:
    """The account of an announcement, given all that happened to it."""
    tellings = course.tellings
    silence = _silence(history, course.pages, tellings, setting.backfill_days)
    told = tuple((one, _untold(one, history, tellings, setting)) for one in tellings)
    return Account(history, course, _outcome(history, tellings, silence, setting), silence, told)


# --- as new --------------------------------------------------------------------------------------------------------


def _silence(
    history: History, pages: Sequence[PageStory], tellings: Sequence[Telling], backfill_days: int
) -> str | None:
    """Why nothing says that an announcement is new; None where something does."""
    if any(one.kind is EventKind.NEW for one in tellings):
        return None
    record, found_at = history.announcement, history.revisions[0].seen_at
    if not record.extraction.verdict.announcement:
        return NEAR_MISS
    if pages and all(one.page.baseline for one in pages):
        return BASELINE.format(", ".join(dict.fromkeys(one.page.source for one in pages)))
    published = history.revisions[0].extraction.published
    recent = [one.page for one in pages if not one.page.baseline]
    if recent and all(is_old(page, published, found_at, backfill_days) for page in recent):
        days = [day for page in recent for day in (page.listed, published) if day is not None]
        return _too_old(max(days), backfill_days)
    return NO_NEWS


def _too_old(day: date, backfill_days: int) -> str:
    days = f"{backfill_days} days before it was found (backfill_days, as set today)"
    return f"it is dated {day.isoformat()}, more than {days}"


def _outcome(history: History, tellings: Sequence[Telling], silence: str | None, setting: Setting) -> str:
    record = history.announcement
    name = f"{'Announcement' if record.extraction.verdict.announcement else 'Near miss'} {record.id}"
    new = [told.delivery for one in tellings if one.kind is EventKind.NEW for told in one.told]
    readers = {one.subscription.id for one in setting.subscriptions} | {one.subscription for one in new}
    if not new:
        return f"{name} was told to nobody as new: {silence or _nobody(len(readers))}.{_since(tellings)}"
    sent, waiting, failed = (_ids(new, status) for status in ("sent", "waiting", "failed"))
    parts = [f"was told to {_names(sent)} ({len(sent)} of {_subscriptions(len(readers))})"] if sent else []
    parts += [f"waits to be told to {_names(waiting)}"] if waiting else []
    parts += [f"could not be told to {_names(failed)}"] if failed else []
    return f"{name} {', '.join(parts)}.{_since(tellings)}"


def _ids(deliveries: Sequence[DeliveryRecord], status: str) -> list[str]:
    """The subscriptions whose delivery is so, each once."""
    return list(dict.fromkeys(one.subscription for one in deliveries if one.status == status))


def _since(tellings: Sequence[Telling]) -> str:
    """What else was told of it, by kind."""
    tried = [one for one in tellings if any(told.delivery.status != "settled" for told in one.told)]
    kinds = Counter(str(one.kind) for one in tried if one.kind is not EventKind.NEW)
    told = ", ".join(f"{kind} {count} times" if count > 1 else kind for kind, count in kinds.items())
    return f" Told since: {told}." if told else ""


def _nobody(readers: int) -> str:
    return f"none of {_subscriptions(readers)} asked for it" if readers else "there is no subscription"


def _subscriptions(count: int) -> str:
    return f"{count} subscription{'s' if count != 1 else ''}"


def _names(ids: Sequence[str]) -> str:
    return ", ".join(ids) if len(ids) <= MOST_NAMES else _subscriptions(len(ids))


# --- who was not told ----------------------------------------------------------------------------------------------


def _untold(telling: Telling, history: History, tellings: Sequence[Telling], setting: Setting) -> tuple[Untold, ...]:
    told = {one.delivery.subscription for one in telling.told}
    before = {
        one.delivery.subscription
        for other in tellings
        if telling.kind is other.kind is EventKind.NEW and other is not telling
        for one in other.told
    }
    otherwise = {
        one.delivery.subscription: f"was told of it by the alert {other.kind}"
        for other in tellings
        if other is not telling and (other.revision, other.at) == (telling.revision, telling.at)
        for one in other.told
    }
    candidate = _candidate(telling, history, setting)
    return tuple(
        Untold(name, otherwise.get(name) or _why_untold(one, telling, candidate, told_as_new=name in before))
        for one in setting.subscriptions
        if (name := one.subscription.id) not in told
    )


def _candidate(telling: Telling, history: History, setting: Setting) -> Candidate:
    """What was to be told, as it was then."""
    found = _revision(history, telling.revision).extraction
    region = found.region.code if found.region else setting.regions.get(telling.source)
    elsewhere = {one.source for one in history.announcement.places if one.first_seen <= telling.at}
    also_in = tuple(sorted(elsewhere - {telling.source}))
    return Candidate(telling.kind, telling.source, found.title or "", found.text, region, found, also_in)


def _revision(history: History, number: int) -> RevisionRecord:
    return next((one for one in history.revisions if one.number == number), history.revisions[-1])


def _why_untold(one: SubscriptionRecord, telling: Telling, candidate: Candidate, *, told_as_new: bool) -> str:
    if told_as_new:
        return "was told before that it is new"
    if one.created_at > telling.at:
        return f"subscribed later, on {one.created_at.date().isoformat()}"
    if parts := unmet(one.subscription, candidate):
        return f"{'; '.join(_refusal(part, one.subscription, candidate) for part in parts)} (by its filter of today)"
    if one.status != "active":
        return f"is paused: {one.reason}" if one.reason else "is paused"
    return "why is not stored; by its filter of today it would be told"


def _refusal(part: str, subscription: Subscription, candidate: Candidate) -> str:
    """What a part of a subscription asks for, and what was there instead."""
    if part == "on":
        return f"asks only for {', '.join(subscription.on)}"
    if part == "keywords":
        return _keywords(subscription.where, f"{candidate.title}\n{candidate.text}".casefold())
    if part == "figures":
        return f"asks for figures {', '.join(subscription.where.figures)}: none is"
    if part == "deadlines":
        return "asks for deadlines: it has none"
    wanted: tuple[str, ...] = getattr(subscription.where, part)
    return f"asks for {part} {', '.join(wanted)}: {_held(part, candidate)}"


def _held(part: str, candidate: Candidate) -> str:
    found = candidate.extraction
    assert found is not None  # an announcement's candidate has one
    if part == "regions":
        name = found.region.name if found.region else "no region of its own"
        return f"it is of {name} {candidate.region_code or ''}".rstrip()
    if part == "sources":
        return f"it is in {', '.join((candidate.source_id, *candidate.also_in))}"
    if part == "types":
        return f"it is {found.verdict.type}"
    if part == "topics":
        return f"it has {', '.join(found.topics) or 'none'}"
    return f"it is of {found.issuer or 'no body that is named'}"


def _keywords(where: Where, text: str) -> str:
    asked = where.keywords
    if excluded := [word for word in asked.none if word.casefold() in text]:
        return f"excludes the keyword {', '.join(excluded)}, which stands in it"
    if missing := [word for word in asked.all if word.casefold() not in text]:
        return f"asks for the keyword {', '.join(missing)}, which does not stand in it"
    return f"asks for one of the keywords {', '.join(asked.any)}: none stands in it"


# --- a page that gave none -----------------------------------------------------------------------------------------


def page_outcome(story: PageStory, threshold: float, max_new: int | None) -> str:
    """What a page came to that is of no announcement; `max_new` of its source, where that is configured still."""
    page, verdict = story.page, story.verdict
    if page.status is PageStatus.FAILED:
        tries = f"{page.attempts} tr{'ies' if page.attempts != 1 else 'y'}"
        return f"This page could not be read: {story.problem} ({tries})."
    if page.status is PageStatus.PENDING or verdict is None:
        return f"This page was seen in the list of {page.source} and not opened yet: {_waits(max_new)}."
    because = verdict.reasons[0] if verdict.reasons else "nothing speaks for one"
    return f"This page is no announcement (score {verdict.score:.2f} of {threshold:g}): {because}."


def _waits(max_new: int | None) -> str:
    if max_new is None:
        return "the source is not configured any more"
    if max_new == 0:
        return "of this source only the list is read (follow: max_new 0)"
    return f"a pass opens {max_new} at most (follow: max_new), the newest first"
