"""Events, whom they concern, and what became of telling them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from watcher.model import EventKind
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
class DeliveryReport:
    """What one round of deliveries did, counted in messages."""

    sent: int = 0
    put_off: int = 0
    failed: int = 0
