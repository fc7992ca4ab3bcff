"""What is told of how a source is, and whom. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from watcher.decide import outgoing
from watcher.events import Event, Missed, recovery_event, trouble_event
from watcher.match import Candidate
from watcher.news import EventKind
from watcher.records.deliveries import Outgoing
from watcher.records.sources import Health
from watcher.settings import Options, Source, Subscription

__all__ = ["Missed", "recovered", "troubled"]


def troubled(
    source: Source,
    health: Health,
    audience: Sequence[Subscription],
    options: Options,
    now: datetime,
    *,
    once: bool = False,
) -> Outgoing:
    """That a source has a problem; `once`: one that has no end that is told."""
    return _to(audience, EventKind.SOURCE_TROUBLE, trouble_event(source, health, once=once), source, options, now)


def recovered(
    source: Source,
    was: Health,
    missed: Missed | None,
    audience: Sequence[Subscription],
    options: Options,
    now: datetime,
) -> Outgoing:
    """That a source is well again, after it `was` not; `missed` is None where it was read all the while."""
    return _to(audience, EventKind.SOURCE_RECOVERED, recovery_event(source, was, now, missed), source, options, now)


def _to(
    audience: Sequence[Subscription], kind: EventKind, event: Event, source: Source, options: Options, now: datetime
) -> Outgoing:
    candidate = Candidate(kind, source.id, source.name, region_code=source.region)
    return outgoing(event, candidate, audience, options, now)
