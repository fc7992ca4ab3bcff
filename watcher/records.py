"""The frozen types that the store hands out and takes in; times are aware and in UTC.

Standard library only, so that the pure modules may read them. Table classes stay in `store.tables`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from watcher.model import Document, EventKind, Extraction, FieldChange, Validators
from watcher.settings import Subscription

NO_VALIDATORS = Validators()

# --- sources -------------------------------------------------------------------------------------------------------


class SourceState(StrEnum):
    """`new`: never read yet; `blocked`: the site turns us away; `layout_changed`: an answer that is no list."""

    NEW = "new"
    OK = "ok"
    FAILING = "failing"
    BLOCKED = "blocked"
    LAYOUT_CHANGED = "layout_changed"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a source or an article could not be read: a stable code, a line for a person, what to do about it."""

    code: str
    message: str
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Health:
    """How a source is; `failures` are consecutive, `told` says that its trouble was an event already."""

    state: SourceState = SourceState.NEW
    problem: Problem | None = None
    failures: int = 0
    told: bool = False
    first_checked: datetime | None = None
    last_checked: datetime | None = None
    last_ok: datetime | None = None


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """A source as stored. `configured` is False once it left the configuration; its announcements stay."""

    id: str
    name: str
    url: str
    region: str | None
    enabled: bool
    configured: bool
    health: Health
    baseline_at: datetime | None = None
    validators: Validators = NO_VALIDATORS
    digest: str | None = None  # of the listing's bytes when it was last read
    entries: int = 0  # in the listing when it was last read
    gap_since: datetime | None = None  # a walk to older pages that broke off; entries first seen before are "known"


# --- pages ---------------------------------------------------------------------------------------------------------


class PageStatus(StrEnum):
    PENDING = "pending"
    READ = "read"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class PageRecord:
    """An entry of a source's listing and what came of opening it. `key` is the canonical address."""

    id: int
    source: str
    key: str
    url: str
    title: str
    listed: date | None
    baseline: bool
    first_seen: datetime
    status: PageStatus = PageStatus.PENDING
    attempts: int = 0
    next_try_at: datetime | None = None
    next_check_at: datetime | None = None
    validators: Validators = NO_VALIDATORS
    digest: str | None = None
    fingerprint: str | None = None
    kept: bool = False  # there is an announcement or a near miss of it


# --- announcements -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """Where an announcement was found."""

    source: str
    url: str
    first_seen: datetime


@dataclass(frozen=True, slots=True)
class AnnouncementRecord:
    """One announcement at one revision (the current one unless asked otherwise); near misses have type `other`."""

    id: int
    url: str
    source: str
    status: str  # active | withdrawn
    first_seen: datetime
    last_changed: datetime
    revision: int
    extraction: Extraction
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class RevisionRecord:
    """One text that an announcement had, and how it differs from the one before."""

    number: int
    seen_at: datetime
    extraction: Extraction
    changes: tuple[FieldChange, ...] = ()


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
    """An announcement with all its revisions and what people said of it, oldest first."""

    announcement: AnnouncementRecord
    revisions: tuple[RevisionRecord, ...]
    feedback: tuple[Feedback, ...] = ()


@dataclass(frozen=True, slots=True)
class Filter:
    """What `list` asks for; an unset part asks for nothing. `region` is a GB/T 2260 code or a prefix of one."""

    since: datetime | None = None
    region: str | None = None
    types: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    query: str | None = None
    changed: bool = False
    near_misses: bool = False
    limit: int | None = 50


# --- events and deliveries -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Recipient:
    """A subscription that an event concerns: when it is due there and why it is told."""

    subscription: str
    reason: str
    due_at: datetime
    digest: bool = False


@dataclass(frozen=True, slots=True)
class Outgoing:
    """An event and who is told; `event` lacks the ids that only the store can know."""

    kind: EventKind
    event: dict[str, object]
    recipients: tuple[Recipient, ...] = ()


@dataclass(frozen=True, slots=True)
class SubscriptionRecord:
    """A subscription as stored. A paused one gets no new deliveries; what waits for it is kept until it is resumed."""

    subscription: Subscription
    origin: str  # file | cli
    status: str  # active | paused
    reason: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Queue:
    """How many deliveries of a subscription wait, how many of these were tried in vain, how many failed."""

    subscription: str
    waiting: int
    put_off: int
    failed: int
    last_error: str | None


@dataclass(frozen=True, slots=True)
class DeliveryRecord:
    """One event for one subscription. `key` is the message's: all items of a digest share it, retries keep it."""

    id: int
    subscription: str
    kind: EventKind
    announcement: int | None
    revision: int | None
    title: str | None
    status: str  # waiting | sent | failed
    attempts: int
    created_at: datetime
    due_at: datetime
    sent_at: datetime | None = None
    last_error: str | None = None
    reason: str | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """What goes out as one message: a delivery, or all that are due of a digest. `reason`: why its reader is told."""

    key: str
    subscription: Subscription
    event: dict[str, object]
    reason: str | None
    attempts: int
    since: datetime  # when it was first due


@dataclass(frozen=True, slots=True)
class Claim:
    """The right of one process to work on `key` (source:ID, subscription:ID) until its lease ends."""

    key: str
    token: str


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What one round of deliveries did, counted in messages."""

    sent: int = 0
    put_off: int = 0
    failed: int = 0


# --- what a pass writes --------------------------------------------------------------------------------------------


class Action(StrEnum):
    """What a reading does to the announcement of its address."""

    NOTHING = "nothing"  # nothing worth keeping
    CREATE = "create"
    REVISE = "revise"
    SEEN = "seen"  # known with this text: only the place is noted


@dataclass(frozen=True, slots=True)
class Known:
    """What is stored of one address, as a new reading of it is compared with. `basis` is its revision number.

    `places`: the sources that list it; `told`: the subscriptions that were told that it is new.
    """

    id: int
    basis: int
    fingerprint: str
    extraction: Extraction
    document: Document
    places: tuple[str, ...] = ()
    told: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reading:
    """One opened page and what was decided about it; stored in one transaction.

    `basis` is the revision that the decision was made on (0: none): where another process was faster, nothing is
    stored and the decision is made again. `late` is the `new` event for those whom no source of theirs told of it yet.
    """

    page: PageRecord
    document: Document
    extraction: Extraction
    fingerprint: str
    digest: str
    validators: Validators
    next_check_at: datetime | None
    action: Action
    basis: int = 0
    changes: tuple[FieldChange, ...] = ()
    outgoing: Outgoing | None = None
    late: Outgoing | None = None


@dataclass(frozen=True, slots=True)
class Pass:
    """A claimed source and what the last pass left."""

    claim: Claim
    source: SourceRecord


@dataclass(frozen=True, slots=True)
class ListingMark:
    """What a listing that was read leaves behind, written last so that a crash hides nothing behind a 304."""

    validators: Validators
    digest: str
    entries: int
    gap_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class PassEnd:
    """The end of a pass; `mark` is None where the listing was not read anew."""

    health: Health
    mark: ListingMark | None = None
    outgoing: Outgoing | None = None
