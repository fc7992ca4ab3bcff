"""That a subscription cannot be reached, and can be again: told to others who ask for it, once each. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from watcher.decide import outgoing
from watcher.events import outage_event, reached_event
from watcher.match import Candidate
from watcher.news import EventKind
from watcher.notify.naming import mask
from watcher.recipients import mailbox
from watcher.records.deliveries import Outgoing
from watcher.settings import Options, Subscription

# A channel that refuses for longer than a restart or a busy hour takes.
LASTING: Final = timedelta(hours=1)


def lasting(began: datetime, now: datetime) -> bool:
    """Whether a channel that refuses what it is sent since a moment is worth telling of."""
    return now - began >= LASTING


def sharing(address: str, audience: Iterable[Subscription]) -> tuple[str, ...]:
    """The subscriptions whose mails go to a mailbox."""
    return tuple(one.id for one in audience if mailbox(one.to) == address)


def outage(
    ids: Sequence[str],
    to: str,
    error: str,
    since: datetime,
    audience: Iterable[Subscription],
    options: Options,
    now: datetime,
    *,
    paused: bool,
) -> Outgoing:
    """That the subscriptions `ids` to one address are not reached since a moment; `paused`: nothing more is tried."""
    event = outage_event(ids, mask(to), error, since, paused=paused, message_only=False)
    return _told(EventKind.DELIVERY_TROUBLE, event, ids, to, audience, options, now)


def given_up(
    subscription: Subscription, error: str, audience: Iterable[Subscription], options: Options, now: datetime
) -> Outgoing:
    """That one message to a subscription was refused for what it says, and is kept."""
    ids = [subscription.id]
    event = outage_event(ids, mask(subscription.to), error, now, paused=False, message_only=True)
    return _told(EventKind.DELIVERY_TROUBLE, event, ids, subscription.to, audience, options, now)


def reached(
    ids: Sequence[str],
    to: str,
    since: datetime,
    audience: Iterable[Subscription],
    options: Options,
    now: datetime,
) -> Outgoing:
    """That they are reached again."""
    event = reached_event(ids, mask(to), since, now)
    return _told(EventKind.DELIVERY_RECOVERED, event, ids, to, audience, options, now)


def _told(
    kind: EventKind,
    event: dict[str, object],
    ids: Sequence[str],
    to: str,
    audience: Iterable[Subscription],
    options: Options,
    now: datetime,
) -> Outgoing:
    """Nobody is told of himself, nor by the channel that fails, under whichever name."""
    others = [one for one in audience if one.id not in ids and not is_same(one.to, to)]
    return outgoing(event, Candidate(kind, "", ", ".join(ids)), others, options, now)


def is_same(one: str, other: str) -> bool:
    """Whether two addresses are of one channel."""
    return one == other or (mailbox(one) is not None and mailbox(one) == mailbox(other))
