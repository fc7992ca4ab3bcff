"""How a source is, and what is stored of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from watcher.model import Validators
from watcher.records.usual import UNKNOWN, Usual

if TYPE_CHECKING:
    from watcher.records.problem import Problem

NO_VALIDATORS = Validators()


class SourceState(StrEnum):
    """How a source is; `new`: never read yet.

    Not read: `failing`, `blocked` (the site turns us away), `layout_changed` (an answer that is no list, or another
    one than was there), `moved` (it stands elsewhere). The last two may also be read all the same, as `slow` (for this
    source) and `silent` (no new entry for much longer than its own rhythm) are; so may the first two be, where none of
    its entries can be opened, or most of its known articles are not believed.
    """

    NEW = "new"
    OK = "ok"
    SLOW = "slow"
    SILENT = "silent"
    MOVED = "moved"
    LAYOUT_CHANGED = "layout_changed"
    BLOCKED = "blocked"
    FAILING = "failing"


@dataclass(frozen=True, slots=True)
class Health:
    """How a source is, and since when it has been well or not.

    `failures`: passes in a row that could not read it; `strikes`: passes in a row with anything wrong. `told`: its
    trouble was an event already; `recovered`: when the end of such trouble last was. `retry_at`: until then the service
    leaves it alone.
    """

    state: SourceState = SourceState.NEW
    problem: Problem | None = None
    since: datetime | None = None
    failures: int = 0
    strikes: int = 0
    told: bool = False
    recovered: datetime | None = None
    retry_at: datetime | None = None
    first_checked: datetime | None = None
    last_checked: datetime | None = None
    last_ok: datetime | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A source that cannot be read, since when, and when that was told to those who ask for it."""

    source: str
    name: str
    url: str
    region: str | None
    since: datetime | None
    told_at: datetime


@dataclass(frozen=True, slots=True)
class Gap:
    """Older pages of a listing that were not read yet, from `url` on; what was first seen before `since` ends it."""

    since: datetime
    url: str


@dataclass(frozen=True, slots=True)
class PassNote:
    """A pass in short: entries of the list, what was found new or changed; `problem` where it could not be read."""

    at: datetime
    took_s: float
    entries: int = 0
    found: int = 0
    problem: str | None = None


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
    digest: str | None = None  # of the listing when it was last read (`watcher.listing.essence`)
    entries: int = 0  # in the listing when it was last read
    usual: Usual = UNKNOWN
    gap: Gap | None = None
    recent: tuple[PassNote, ...] = ()  # the last passes, oldest first; a pass is given none
