"""How a document stands: what became of it, by what pages say and by the end of its own validity. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from watcher.extract.lines import split_lines
from watcher.extract.validity import find_validity
from watcher.model import Extraction
from watcher.records.announcements import AnnouncementRecord
from watcher.records.lifecycle import Fate, Saying
from watcher.records.overviews import DueDay

# What ends a document comes before what only bounds it; then what was said first.
_ENDS: Final = (Fate.REPEALED, Fate.REPLACED, Fate.LAPSED)
# As an alert says it; that a draft became final is told by the final text itself.
SAID: Final = {
    Fate.REPEALED: "废止",
    Fate.LAPSED: "失效",
    Fate.REPLACED: "废止，另有新文件",
    Fate.SUPERSEDED: "与新文件不一致的以新文件为准",
}
_ORDER: Final = (*_ENDS, Fate.SUPERSEDED, Fate.FINAL)


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """`by`: the page that says so; None where the document itself named its last day, `since` is the day after it."""

    state: Fate
    since: date | None
    quote: str | None
    by: Saying | None = None

    @property
    def ended(self) -> bool:
        return self.state in _ENDS

    def over_by(self, day: date) -> bool:
        """Whether the document holds no more on a day."""
        return self.ended and (self.since is None or self.since <= day)


def lifecycle_of(record: AnnouncementRecord, today: date) -> Lifecycle | None:
    """How a document stands on a day; None for one of which nothing is known but that it was published."""
    first = said_of(record.sayings)
    until = record.extraction.valid_until
    over = until is not None and until < today and not (first and first.ended)
    return expiry(record.extraction, until) if over and until else first


def said_of(sayings: Iterable[Saying]) -> Lifecycle | None:
    """How a document stands by what pages say of it alone."""
    first = min(sayings, key=lambda one: _ORDER.index(one.statement.fate), default=None)
    return Lifecycle(first.statement.fate, first.published, first.statement.quote, first) if first else None


def still_due(days: Iterable[DueDay]) -> tuple[DueDay, ...]:
    """The days on which their documents still hold."""
    return tuple(one for one in days if not ((stands := said_of(one.sayings)) and stands.over_by(one.day)))


def expiry(found: Extraction, until: date) -> Lifecycle:
    """That a document's validity ended with this day, in its own words."""
    return Lifecycle(Fate.LAPSED, until + timedelta(days=1), validity_quote(found, until))


def validity_quote(found: Extraction, until: date) -> str | None:
    """The words by which a document is valid until this day; None where a label of the page named the day."""
    validity = find_validity(split_lines(found.text), found.published)
    return validity.quote if validity and validity.until == until else None
