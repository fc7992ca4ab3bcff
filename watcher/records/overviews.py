"""What is told of many announcements and sources at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from watcher.records.lifecycle import Saying


@dataclass(frozen=True, slots=True)
class DueDay:
    """A day by which an announcement wants something done.

    `quote`: the words that say the day; `sayings`: what pages say became of the document.
    """

    announcement: int
    title: str | None
    issuer: str | None
    region_code: str | None
    day: date
    quote: str
    sayings: tuple[Saying, ...] = ()


@dataclass(frozen=True, slots=True)
class Articles:
    """Of a source's articles how many were `asked` for, how many of these cannot be read now, the usual reason, and the
    address of `one` of which that is so.
    """

    asked: int = 0
    unread: int = 0
    why: str | None = None
    one: str | None = None

    @property
    def none_read(self) -> bool:
        """Whether nothing of the source can be read, however well its list is."""
        return self.asked > 0 and self.unread == self.asked


@dataclass(frozen=True, slots=True)
class MonthCount:
    """How many announcements are of a month (its first day) and a province (two digits; None: of none)."""

    month: date
    province: str | None
    count: int
