"""Deadlines that come near, and the reminders of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from watcher.model import Extraction
    from watcher.records.announcements import AnnouncementRecord
    from watcher.records.deliveries import Outgoing


@dataclass(frozen=True, slots=True)
class Coming:
    """A day on which something of an announcement is due.

    `region`: of its source; `told`: when each subscription was last told, or will be, that it is new or changed;
    `reminded`: the subscriptions that were reminded of the day, with the span that made them.
    """

    announcement: AnnouncementRecord
    day: date
    region: str | None
    told: Mapping[str, datetime]
    reminded: frozenset[tuple[str, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Reminder:
    """One event for those who are reminded `span` days before; `revision` is the one that it was made from."""

    announcement: int
    revision: int
    source: str
    day: date
    span: int
    outgoing: Outgoing


@dataclass(frozen=True, slots=True)
class Dated:
    """An announcement with its `earlier` texts, the oldest first: what a calendar was told of it before.

    `turns`: how often it was withdrawn or there again.
    """

    announcement: AnnouncementRecord
    earlier: tuple[Extraction, ...] = ()
    turns: int = 0
