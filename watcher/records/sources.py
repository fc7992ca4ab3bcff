"""How a source is, and what is stored of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from watcher.model import Validators

NO_VALIDATORS = Validators()


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
