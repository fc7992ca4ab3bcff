"""The JSON of an alert: one object a channel gets and every message is rendered from. Pure.

Keys as in the service contract ("A JSON alert"), and beside them: `source` (the source's id), more fields of an
announcement (`SHOWN`), the `task` of a deadline, `note` of a change and what it is made of, `why` (the reason its
reader is told). Of a source in trouble `problem`, `since` (when that began), `failures` in a row, `retry_at`, and
whether that is told `once`, without an end; of one that is well again `was` (its problem), `since`, `until` and what it
`missed`.
Of `subscriptions` that are not reached their masked `channel`, its `error`, `since`, and whether they are `paused`.
Announcements that were edited in the same way are one alert: their `kind` and `changes`, and `items` as in a digest.
`original_url` is what a page names as its original where that was not read; `seen_at` the page that copied.
`resembles` the announcement that says the same with other numbers: `id`, `url`, `title`, and what `changed`.
`gone_since` since when a page that was withdrawn, or is back, was gone, and `answer` what its site says of it;
`said_by` the page that says what became of a document; None where that is by its own words not valid any more.
The store adds what only it knows: `id`, `revision`, `delivery`; `completing` what an event gets when it is sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Final

from watcher import codec
from watcher.addresses import canonical
from watcher.change.note import sentence
from watcher.deadlines.due import Due, task
from watcher.importance import grouped
from watcher.model import Extraction, Figure, FigureKind
from watcher.news import EventKind, FieldChange
from watcher.records.announcements import AnnouncementRecord
from watcher.records.problem import Problem
from watcher.records.sources import Health
from watcher.settings import Source

Event = dict[str, Any]

# Fields of the contract that an alert repeats, beside the figures.
SHOWN: Final = (
    "title", "issuer", "region", "published", "type", "score", "reasons", "document_title", "document_number",
    "measure_count", "topics", "cited_documents", "deadlines", "valid_until", "attachments",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Missed:
    """What a source that can be read again had published meanwhile.

    `added`: entries found now; `waiting`: of these, left to the next pass; `gap`: older ones may have been missed;
    `baseline`: the list was read as for the first time, and nobody is told of what stands in it.
    """

    added: int
    waiting: int
    gap: bool
    baseline: bool = False


# What a reader looks for first: how much, by how much it moves, how fast, how many.
_RANK: Final = {
    FigureKind.MONEY: 0,
    FigureKind.PERCENT: 1,
    FigureKind.DURATION: 2,
    FigureKind.RATIO: 3,
    FigureKind.COUNT: 4,
    FigureKind.QUANTITY: 5,
    FigureKind.RANK: 6,
}


# What a reader looks for first comes first; a statistics table of thousands would only choke the channel.
MOST_FIGURES: Final = 200
MOST_MEASURES: Final = 200


def weight(figure: Figure) -> int:
    """The lower, the sooner a reader looks for it: money, then changes and percentages, durations, counts …"""
    if figure.kind is not FigureKind.MONEY and figure.change is not None:
        return _RANK[FigureKind.PERCENT]
    return _RANK[figure.kind]


def announcement_event(
    kind: EventKind, url: str, source_id: str, extraction: Extraction, changes: Sequence[FieldChange] = ()
) -> Event:
    """An announcement that is new, or changed as `changes` says."""
    line = codec.encode_extraction(extraction)
    ranked = sorted(zip(extraction.figures, line["figures"], strict=True), key=lambda pair: weight(pair[0]))
    return {
        "kind": str(kind),
        "url": url,
        "original_url": _elsewhere(extraction.credit.original_url, url),
        "source": source_id,
        "credit": extraction.credit.name,
        **{name: line[name] for name in SHOWN},
        "deadlines": [
            {**encoded, "task": task(extraction.text, deadline)}
            for deadline, encoded in zip(extraction.deadlines, line["deadlines"], strict=True)
        ],
        "measures": line["measures"][:MOST_MEASURES],
        "figures": [encoded for _, encoded in ranked[:MOST_FIGURES]],
        "changes": [change_json(change) for change in changes],
    }


def repost_event(url: str, source: Source, page_url: str, extraction: Extraction) -> Event:
    """An announcement, standing at `url`, that was found on one more page."""
    return {
        **announcement_event(EventKind.REPOST, url, source.id, extraction),
        "seen_at": [{"source": source.id, "name": source.name, "url": page_url}],
    }


def absence_event(
    kind: EventKind, url: str, source_id: str, extraction: Extraction, since: datetime,
    changes: Sequence[FieldChange] = (),
) -> Event:  # fmt: skip
    """An announcement that is withdrawn, or is back with these `changes`; since when it was gone."""
    return {**announcement_event(kind, url, source_id, extraction, changes), "gone_since": since.isoformat()}


def _elsewhere(original: str | None, url: str) -> str | None:
    """What a page names as its original, unless it is the page itself."""
    return original if original and canonical(original) != canonical(url) else None


def change_json(change: FieldChange) -> Event:
    """A change as the contract has it, with its sentence."""
    return {**codec.encode_change(change), "note": sentence(change)}


def deadline_event(announcement: AnnouncementRecord, due: Due, days_left: int) -> Event:
    """What is due on a day, with the figures of the sentences that say so; `days_left` when it is told."""
    found = announcement.extraction
    on_day = tuple(deadline for deadline in found.deadlines if deadline.date == due.day)
    told = replace(found, deadlines=on_day, figures=due.figures)
    return {
        **announcement_event(EventKind.DEADLINE, announcement.url, announcement.source, told),
        "deadline": {
            "date": due.day.isoformat(),
            "days_left": days_left,
            "tasks": list(due.tasks),
            "sentences": list(due.sentences),
        },
    }


def trouble_event(source: Source, health: Health, *, once: bool = False) -> Event:
    """A source with a problem: what, since when, and when the service asks again where it could not be read.

    `once`: it has no end that is told.
    """
    problem = health.problem
    return {
        **_about_source(EventKind.SOURCE_TROUBLE, source),
        "problem": problem and {**_problem_json(problem), "facts": dict(problem.facts)},
        "since": _iso(health.since),
        "failures": health.failures,
        "retry_at": _iso(health.retry_at),
        "once": once,
    }


def recovery_event(source: Source, was: Health, until: datetime, missed: Missed | None) -> Event:
    """A source that is well again, after it `was` not; `missed` is None where it was read all the while."""
    return {
        **_about_source(EventKind.SOURCE_RECOVERED, source),
        "problem": None,
        "was": was.problem and _problem_json(was.problem),
        "since": _iso(was.since),
        "until": _iso(until),
        "missed": missed and asdict(missed),
    }


def outage_event(
    ids: Sequence[str], channel: str, error: str, since: datetime, *, paused: bool, message_only: bool
) -> Event:
    """Subscriptions to one address that cannot be reached: for how long, why, and whether nothing more is tried.

    `message_only`: what one message says was refused; the others go on.
    """
    told = {"error": error, "since": _iso(since), "paused": paused, "message_only": message_only}
    return {**_about_subscriptions(EventKind.DELIVERY_TROUBLE, ids, channel), **told}


def reached_event(ids: Sequence[str], channel: str, since: datetime, until: datetime) -> Event:
    """They are reached again."""
    return {
        **_about_subscriptions(EventKind.DELIVERY_RECOVERED, ids, channel),
        "since": _iso(since),
        "until": _iso(until),
    }


def _about_subscriptions(kind: EventKind, ids: Sequence[str], channel: str) -> Event:
    return {**_about_no_announcement(kind), "title": ", ".join(ids), "subscriptions": list(ids), "channel": channel}


def _about_source(kind: EventKind, source: Source) -> Event:
    return {**_about_no_announcement(kind), "url": source.url, "source": source.id, "title": source.name}


def _problem_json(problem: Problem) -> Event:
    return {"code": problem.code, "message": problem.message, "hint": problem.hint}


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def digest(items: Sequence[Event]) -> Event:
    """Several events in one message, by region and type, the most important first."""
    return {**_about_no_announcement(EventKind.DIGEST), "items": grouped(items)}


def joint(events: Sequence[Event]) -> Event:
    """Announcements of a source that were edited in the same way: `items`, and what changed in each of them."""
    first = events[0]
    return {
        **_about_no_announcement(EventKind(first["kind"])),
        "source": first["source"],
        "changes": first["changes"],
        "items": list(events),
    }


def _about_no_announcement(kind: EventKind) -> Event:
    empty = dict.fromkeys(("id", "revision", "url", "title", "issuer", "region", "published"))
    return {"kind": str(kind), **empty, "figures": [], "changes": []}
