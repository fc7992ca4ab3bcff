"""Which subscriptions an event concerns, and why: pure, and the reason is what the reader is shown.

All parts of `where` must hold; inside a part one of its values is enough (but `keywords.all`).
An event about a source itself (trouble, recovery) is asked only for regions and sources: it has no text. One about a
subscription that cannot be reached is asked for nothing but `on`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from watcher.conditions import stored_condition
from watcher.model import Extraction
from watcher.news import EventKind
from watcher.reasons import REASONS, Reasons
from watcher.settings import Keywords, Subscription, Where

if TYPE_CHECKING:
    from watcher.records.announcements import AnnouncementRecord

# `on: withdrawn` promises the way back too, `source_trouble` and `delivery_trouble` the recovery.
COVERS = {
    EventKind.WITHDRAWN: EventKind.RESTORED,
    EventKind.SOURCE_TROUBLE: EventKind.SOURCE_RECOVERED,
    EventKind.DELIVERY_TROUBLE: EventKind.DELIVERY_RECOVERED,
}
SOURCE_EVENTS = frozenset({EventKind.SOURCE_TROUBLE, EventKind.SOURCE_RECOVERED})
DELIVERY_EVENTS = frozenset({EventKind.DELIVERY_TROUBLE, EventKind.DELIVERY_RECOVERED})
# In `regions`: measures of bodies of the whole country, and items whose region is not known.
NATIONWIDE = "000000"

# A part of a subscription with its answer: a reason, "" where the part asks nothing, None where it is not met.
Answer = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be told: an event with what is known of its announcement (`extraction`) or of its source (None).

    `region_code` is the announcement's own, or else that of its source; None where neither says. `also_in` are other
    sources that list it: who follows one of them is concerned, whichever was read first.
    """

    kind: EventKind
    source_id: str
    title: str
    text: str = ""
    region_code: str | None = None
    extraction: Extraction | None = None
    also_in: tuple[str, ...] = ()


def stored_candidate(kind: EventKind, record: AnnouncementRecord, region: str | None) -> Candidate:
    """An announcement as it is stored; `region` of its source, for one that names none."""
    found = record.extraction
    return Candidate(
        kind=kind,
        source_id=record.source,
        title=found.title or "",
        text=found.text,
        region_code=found.region.code if found.region else region,
        extraction=found,
        also_in=tuple(dict.fromkeys(place.source for place in record.places if place.source != record.source)),
    )


def matches(subscription: Subscription, candidate: Candidate) -> str | None:
    """Return why the reader of `subscription` is told of `candidate` ("地区 山东省；关键词 环评"), or None.

    In his language.
    """
    words = REASONS[subscription.language]
    reasons: list[str] = []
    for _, reason in _answers(subscription, candidate):
        if reason is None:
            return None
        reasons.append(reason)
    told = [reason for reason in reasons if reason]
    if candidate.kind in DELIVERY_EVENTS:
        return words.all_deliveries
    return words.stop.join(told) or (words.all_sources if candidate.kind in SOURCE_EVENTS else words.all_announcements)


def unmet(subscription: Subscription, candidate: Candidate) -> tuple[str, ...]:
    """Return what of `subscription` keeps its reader from being told of `candidate`: `on`, or parts of `where`."""
    return tuple(part for part, reason in _answers(subscription, candidate) if reason is None)


def follows(subscription: Subscription, source_id: str, region: str | None) -> bool:
    """Whether something that a source lists may concern a subscription; `region` of the source, where it has one."""
    where = subscription.where
    if where.sources and source_id not in where.sources:
        return False
    return (
        not where.regions or region is None or any(covers(one, region) or covers(region, one) for one in where.regions)
    )


def _answers(subscription: Subscription, candidate: Candidate) -> Iterator[Answer]:
    wanted = {*subscription.on, *(COVERS[kind] for kind in subscription.on if kind in COVERS)}
    yield "on", "" if candidate.kind in wanted else None
    if candidate.kind in DELIVERY_EVENTS:
        return
    questions = _source_questions if candidate.kind in SOURCE_EVENTS else _questions
    yield from questions(subscription.where, candidate, REASONS[subscription.language])


def _source_questions(where: Where, candidate: Candidate, words: Reasons) -> Iterator[Answer]:
    yield "sources", _source(where, candidate, words)
    # A source that covers the whole country, or several provinces, may be the one this reader waits for.
    yield "regions", "" if candidate.region_code is None else _region(where, candidate, words)


def _questions(where: Where, candidate: Candidate, words: Reasons) -> Iterator[Answer]:
    yield "regions", _region(where, candidate, words)
    yield "sources", _source(where, candidate, words)
    extraction = candidate.extraction
    kind = str(extraction.verdict.type) if extraction else ""
    yield (
        "types",
        _told(words.types, words, [words.type_names.get(kind, kind)] if kind in where.types else [], where.types),
    )
    held = extraction.topics if extraction else ()
    yield "topics", _told(words.topics, words, [one for one in held if one in where.topics], where.topics)
    yield "issuers", _issuer(where, extraction, words)
    yield "deadlines", _deadlines(where, extraction, words)
    yield "keywords", _keywords(where.keywords, _folded(candidate.title, candidate.text), words)
    yield "figures", _figures(where, extraction, words)


@lru_cache(maxsize=8)
def _folded(title: str, text: str) -> str:
    """What keywords are looked for in, once for all subscriptions that are asked in a row."""
    return f"{title}\n{text}".casefold()


def _told(label: str, words: Reasons, found: Sequence[str], wanted: Sequence[str]) -> str | None:
    """`label`, and what was found of what is wanted; "" where nothing is."""
    if not wanted:
        return ""
    return f"{label} {words.join.join(dict.fromkeys(found))}" if found else None


def _deadlines(where: Where, extraction: Extraction | None, words: Reasons) -> str | None:
    if not where.deadlines:
        return ""
    return words.deadlines if extraction and extraction.deadlines else None


def _region(where: Where, candidate: Candidate, words: Reasons) -> str | None:
    if not where.regions:
        return ""
    code = candidate.region_code or NATIONWIDE
    if not any(covers(region, code) for region in where.regions):
        return None
    region = candidate.extraction.region if candidate.extraction else None
    if code == NATIONWIDE:
        return f"{words.regions} {words.nationwide}"
    return f"{words.regions} {region.name if region and region.code == code else code}"


def covers(region: str, code: str) -> bool:
    """Say whether a GB/T 2260 code covers another: a province its cities and counties, a city its counties."""
    if region == NATIONWIDE:
        return code == NATIONWIDE
    level = 2 if region.endswith("0000") else 4 if region.endswith("00") else 6
    return code[:level] == region[:level]


def _source(where: Where, candidate: Candidate, words: Reasons) -> str | None:
    listed = [one for one in (candidate.source_id, *candidate.also_in) if one in where.sources]
    return _told(words.sources, words, listed, where.sources)


def _issuer(where: Where, extraction: Extraction | None, words: Reasons) -> str | None:
    if not where.issuers:
        return ""
    issuer = (extraction.issuer if extraction else None) or ""
    return f"{words.issuers} {issuer}" if any(name in issuer for name in where.issuers) else None


def _keywords(keywords: Keywords, folded: str, words: Reasons) -> str | None:
    def found(asked: tuple[str, ...]) -> list[str]:
        return [word for word in asked if word.casefold() in folded]

    hits = found(keywords.any)
    if (keywords.any and not hits) or len(found(keywords.all)) < len(keywords.all) or found(keywords.none):
        return None
    told = [*hits, *keywords.all]
    return _told(words.keywords, words, told, told)


def _figures(where: Where, extraction: Extraction | None, words: Reasons) -> str | None:
    if not where.figures:
        return ""
    conditions = [one for one in map(stored_condition, where.figures) if one is not None]
    figures = extraction.figures if extraction else ()
    quotes = [figure.quote for figure in figures if any(condition.met_by(figure) for condition in conditions)]
    return _told(words.figures, words, list(dict.fromkeys(quotes))[:3], where.figures)
