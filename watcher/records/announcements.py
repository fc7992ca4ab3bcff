"""Announcements with their revisions, what people say of them, and what lists ask for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from watcher.model import Document, Extraction
    from watcher.news import EventKind, FieldChange
    from watcher.query import Hit, Query
    from watcher.records.captures import Capture
    from watcher.records.lifecycle import Saying


@dataclass(frozen=True, slots=True)
class Place:
    """Where an announcement was found; `gone_since`: its site says since then that it is gone.

    `shows`: the revision whose text stood there at the last look; None where it is told of the whole announcement only,
    or the page has a text of its own.
    """

    source: str
    url: str
    first_seen: datetime
    gone_since: datetime | None = None
    shows: int | None = None


@dataclass(frozen=True, slots=True)
class AnnouncementRecord:
    """One announcement at one revision (the current one unless asked otherwise); near misses have type `other`.

    `hit` where it was found by a query. `region_code`: where it is of; that of its source where it names no region.
    `sayings`: what pages say became of its document, a fate once. `resembles`: the announcement with its words and
    other numbers.
    """

    id: int
    url: str
    source: str
    status: str  # active | withdrawn
    first_seen: datetime
    last_changed: datetime
    revision: int
    extraction: Extraction
    places: tuple[Place, ...] = ()
    hit: Hit | None = None
    region_code: str | None = None
    sayings: tuple[Saying, ...] = ()
    resembles: int | None = None


@dataclass(frozen=True, slots=True)
class RevisionRecord:
    """One text that an announcement had, and how it differs from the one before.

    `captures`: the evidence of it, page first. `reread_at`: when that was read again, by newer rules, and what it had
    been read as was replaced.
    """

    number: int
    seen_at: datetime
    extraction: Extraction
    changes: tuple[FieldChange, ...] = ()
    reread_at: datetime | None = None
    captures: tuple[Capture, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """An announcement was withdrawn, or was there again."""

    kind: EventKind
    at: datetime


class Judgement(StrEnum):
    """What a person says of an announcement; `note` is a remark and judges nothing."""

    RELEVANT = "relevant"
    NOT_RELEVANT = "not_relevant"
    WRONG_FIGURE = "wrong_figure"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Opinion:
    """One thing said. `figure` is the place of a wrong one among the revision's figures, from 0."""

    verdict: Judgement
    figure: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Feedback:
    """An opinion on an announcement as it was at `revision`."""

    revision: int
    opinion: Opinion
    at: datetime


@dataclass(frozen=True, slots=True)
class Judged:
    """An announcement of which a person said something, at the revision spoken of last; `feedback` oldest first."""

    announcement: AnnouncementRecord
    document: Document
    feedback: tuple[Feedback, ...]


@dataclass(frozen=True, slots=True)
class History:
    """An announcement with all its revisions, what people said of it and when it was gone, oldest first."""

    announcement: AnnouncementRecord
    revisions: tuple[RevisionRecord, ...]
    feedback: tuple[Feedback, ...] = ()
    turns: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a list, newest first: right behind the announcement of this id.

    `at`: when that was first seen; in a feed, when it last changed.
    """

    at: datetime
    published: date | None
    id: int


@dataclass(frozen=True, slots=True)
class Filter:
    """What `list` asks for; an unset part asks for nothing. `regions` are GB/T 2260 codes or prefixes of them.

    `after`: from there on, as the next page of a list. `due_from`: with a deadline on that day or
    later, in its current text or an earlier one. `feed`: by the last change, without what stood there when its sources
    were first read and has not changed since.
    """

    since: datetime | None = None
    regions: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    query: Query | None = None
    changed: bool = False
    near_misses: bool = False
    after: Position | None = None
    due_from: date | None = None
    feed: bool = False
    limit: int | None = 50
