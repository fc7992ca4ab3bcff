"""Events, whom they concern, and what became of telling them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from watcher.model import Document, Extraction
    from watcher.news import EventKind
    from watcher.records.announcements import Place
    from watcher.records.lifecycle import Saying
    from watcher.settings import Subscription


@dataclass(frozen=True, slots=True)
class Recipient:
    """A subscription that an event concerns: when it is due there and why it is told."""

    subscription: str
    reason: str
    due_at: datetime
    digest: bool = False


@dataclass(frozen=True, slots=True)
class Outgoing:
    """An event and who is told; `event` lacks the ids that only the store can know.

    `edit`: the same for other pages of the source that were edited in the same way (`watcher.change.edits`).
    """

    kind: EventKind
    event: dict[str, object]
    recipients: tuple[Recipient, ...] = ()
    edit: str | None = None


@dataclass(frozen=True, slots=True)
class SubscriptionRecord:
    """A subscription as stored. A paused one gets no new deliveries; what waits for it is kept until it is resumed.

    `held`: paused by its channel or its address, which refused for good; it does get new ones, which wait.

    An ended one gets nothing any more. `token` lets its reader end it, without a login.
    """

    subscription: Subscription
    origin: str  # file | cli
    status: str  # active | paused | ended
    reason: str | None
    created_at: datetime
    ended_at: datetime | None = None
    token: str = field(default="", repr=False)
    held: bool = False


@dataclass(frozen=True, slots=True)
class Suppression:
    """A mail address that refused: since when, how often for now, why last; since when nothing is sent there."""

    address: str
    since: datetime
    refusals: int
    error: str
    suppressed_at: datetime | None = None


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
    status: str  # waiting | sent | failed | settled (nothing was left to tell)
    attempts: int
    created_at: datetime
    seen_at: datetime  # when what it tells was first seen
    due_at: datetime
    sent_at: datetime | None = None
    last_error: str | None = None
    reason: str | None = None
    key: str | None = None

    @property
    def seen_to_accepted_s(self) -> float | None:
        """Seconds from the first sight of what it tells to the channel's acceptance; a digest waits for its hour."""
        return (self.sent_at - self.seen_at).total_seconds() if self.sent_at else None


@dataclass(frozen=True, slots=True)
class Step:
    """What a delivery tells of an announcement: from the revision that its reader knows (0: none) to another."""

    known: int
    told: int


@dataclass(frozen=True, slots=True)
class Queued:
    """A delivery that waits, with what decides what it tells.

    `known`: the revision that its reader was told last, or else the one from which changes are news to him; `current`
    the one that the announcement is at; `known` is 0 where he is still to hear that there is one. `gone`: it is
    withdrawn; `known_gone`: that is what he was told last. `said` is what the last attempt told; `unsure`: it may have
    arrived.
    `on`: the kinds that its reader asks for; `figures_only`: of changes only those of figures. `over`: a reminder of
    a deadline that is none any more.
    """

    id: int
    kind: EventKind
    event: dict[str, object]
    reason: str
    on: tuple[EventKind, ...] = ()
    announcement: int = 0
    revision: int = 0
    known: int = 0
    current: int = 0
    gone: bool = False
    known_gone: bool = False
    key: str | None = None
    digest: bool = False
    edit: str | None = None
    said: Step | None = None
    unsure: bool = False
    seen_at: datetime | None = None  # when what it tells was first seen
    figures_only: bool = False
    over: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """A stored revision, as it is compared with another. `url`: where its announcement stands."""

    revision: int
    url: str
    document: Document
    extraction: Extraction


@dataclass(frozen=True, slots=True)
class Entry:
    """A delivery and what it is to tell; `step` None where that is none of a revision (a source in trouble)."""

    id: int
    step: Step | None


@dataclass(frozen=True, slots=True)
class Letter:
    """What becomes of deliveries that are due: those that go out as one message, and those with nothing left to tell.

    `event` is None where nothing is to be sent, `key` where the message is another than the one that had it. The `step`
    of a settled one is what its reader knows from now on, None where that depends on the message.
    """

    told: tuple[Entry, ...]
    settled: tuple[Entry, ...]
    event: dict[str, object] | None = None
    reason: str | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Plain:
    """A delivery that tells a revision of an announcement as it was found: all that its mark needs."""

    delivery: int
    announcement: int
    revision: int


@dataclass(frozen=True, slots=True)
class Batch:
    """What goes out as one message: a delivery, or all that are due of a digest. `reason`: why its reader is told.

    `seen_at`: when the oldest of it was first seen. `failing_since`: since when the channel refused all that it was
    sent; None where it accepted the last message. `trouble_since`: when others were told of that. `token`: by which its
    reader ends the subscription.
    """

    key: str
    subscription: Subscription
    event: dict[str, object]
    reason: str | None
    attempts: int
    since: datetime  # when it was first due
    seen_at: datetime
    failing_since: datetime | None = None
    trouble_since: datetime | None = None
    token: str = field(default="", repr=False)
    held: bool = False
    plain: Plain | None = None


@dataclass(frozen=True, slots=True)
class Beside:
    """What a message says of an announcement beside its event, as it is when the message goes out."""

    first_seen: datetime
    last_changed: datetime
    status: str
    places: tuple[Place, ...]
    sayings: tuple[Saying, ...] = ()


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What one round of deliveries did, counted in messages."""

    sent: int = 0
    put_off: int = 0
    failed: int = 0
