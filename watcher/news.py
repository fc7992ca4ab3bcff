"""The frozen types of what is told: changes of an announcement, kinds of events, an alert, the report of a pass.

Standard library only, as `model`, whose types are what a page is read as.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final, Literal

from watcher.model import Direction, FigureKind


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One difference between two texts of an announcement; `note` says it in a sentence and how much it matters.

    `field` is a name of the extraction contract or `figure:SUBJECT`, `attachments`, `lifecycle`, or `text` where only
    the wording differs; `before`/`after` are texts for people, None where it was or is absent; `quote` is the sentence
    part in the newer text that shows it. `subject` is what a figure or a deadline is about, `kind` a figure's,
    `direction` which way a number or a day moved, `measure` the number of the measure that it stands in or is.
    """

    field: str
    before: str | None
    after: str | None
    quote: str | None = None
    subject: str | None = None
    kind: FigureKind | None = None
    direction: Direction | None = None
    measure: int | None = None


class EventKind(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    WORDING = "wording"
    REPOST = "repost"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"
    SOURCE_TROUBLE = "source_trouble"
    SOURCE_RECOVERED = "source_recovered"
    DELIVERY_TROUBLE = "delivery_trouble"
    DELIVERY_RECOVERED = "delivery_recovered"
    DEADLINE = "deadline"
    DIGEST = "digest"


# What tells a reader how an announcement differs from what he knows; and what tells him how it stands.
CHANGES: Final = frozenset({EventKind.CHANGED, EventKind.WORDING})
TELLS: Final = frozenset({EventKind.NEW, EventKind.RESTORED}) | CHANGES


@dataclass(frozen=True, slots=True)
class Message:
    """One alert in the forms that channels take; `event` is the JSON object of the service contract.

    `encoded`: fields of `event` as JSON, where others are told the same and it was made for them.
    """

    title: str
    text: str
    markdown: str
    html: str
    event: dict[str, object]
    key: str  # the delivery's key: the same over retries
    subscription: str = ""  # the id of the one that it is for
    language: Literal["zh", "en"] = "zh"
    follows: str | None = None  # the key of the first message of the same announcement, under which mails are shown
    encoded: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class RunReport:
    """What one pass over a source did; counts by stage."""

    source: str
    started_at: datetime
    took_s: float = 0.0
    links: int = 0
    opened: int = 0
    unchanged: int = 0
    matched: int = 0
    new: int = 0
    changed: int = 0
    reposts: int = 0
    withdrawn: int = 0
    restored: int = 0
    near_misses: int = 0
    deliveries: int = 0
    baseline: bool = False
    not_modified: bool = False  # the listing holds what it held at the last pass
    busy: bool = False  # another process was checking it: nothing was done
    problem: tuple[str, str] | None = None  # (code, message) where the source itself could not be read
    concern: tuple[str, str] | None = None  # (state, message) of a source that was read and is not well
    waiting: int = 0  # entries that were noted, and not opened yet, since a pass opens `max_new` at most
    retry_at: datetime | None = None  # when the service asks again, where it waits longer than usual
    warnings: tuple[str, ...] = ()  # one line an article, or an older page, that could not be read

    @property
    def warned(self) -> tuple[str, ...]:
        """`warnings` as they are told: what is said of several pages in one line, with how many and the first."""
        of: dict[str, list[str]] = {}
        for line in self.warnings:
            page, _, said = line.partition(": ")
            of.setdefault(said if said and "://" in page else line, []).append(line)
        return tuple(
            lines[0] if len(lines) == 1 else f"{len(lines)} pages, such as {lines[0]}" for lines in of.values()
        )
