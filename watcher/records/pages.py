"""An entry of a listing, and what came of opening it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from watcher.records.sources import NO_VALIDATORS

if TYPE_CHECKING:
    from watcher.model import Unread, Validators
    from watcher.records.absences import Absence


class PageStatus(StrEnum):
    PENDING = "pending"
    READ = "read"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file beside a page and what came of opening it with the page.

    `digest` None: it was not fetched; `unread`: why its text did not join the page's; `passing`: that may pass;
    `unread_since`: when it could first not be read, None where it was, is not asked, or an older version looked.
    """

    url: str
    name: str
    validators: Validators = NO_VALIDATORS
    digest: str | None = None
    unread: Unread | None = None
    passing: bool = False
    unread_since: datetime | None = None

    @property
    def was_read(self) -> bool:
        """Whether its text is part of what is stored."""
        return self.digest is not None and self.unread is None

    @property
    def is_away(self) -> bool:
        """Whether its text is as it was kept, since it cannot be read now."""
        return self.was_read and self.passing


@dataclass(frozen=True, slots=True)
class Stood:
    """An entry that stood in a listing; `page`: its id, `former`: where it stood until `readdressed_at`."""

    page: int
    key: str
    url: str
    title: str
    listed: date | None
    first_seen: datetime
    former: str | None = None
    readdressed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PageRecord:
    """An entry of a source's listing and what came of opening it. `key` is the canonical address."""

    id: int
    source: str
    key: str
    url: str
    title: str
    listed: date | None
    baseline: bool
    first_seen: datetime
    status: PageStatus = PageStatus.PENDING
    attempts: int = 0
    next_try_at: datetime | None = None
    next_check_at: datetime | None = None
    validators: Validators = NO_VALIDATORS
    digest: str | None = None
    fingerprint: str | None = None
    problem: str | None = None  # code of what went wrong the last time, None where nothing did
    kept: bool = False  # there is an announcement or a near miss of it
    files: tuple[FileRecord, ...] = ()
    absence: Absence | None = None  # its site says that it is gone
    former: str | None = None  # canonical address under which it stood before, until `readdressed_at`
    readdressed_at: datetime | None = None
    left_behind: bool = False  # the others got other addresses, and its own is not known

    @property
    def is_unread_here(self) -> bool:
        """Whether what was read of it is from its former address."""
        return self.status is PageStatus.READ and self.readdressed_at is not None and self.digest is None

    @property
    def incomplete(self) -> bool:
        """Whether it was read without a file that could not be had at the time."""
        return any(file.passing for file in self.files)
