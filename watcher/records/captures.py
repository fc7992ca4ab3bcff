"""Answers kept as evidence of revisions, and where each lies in the archive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Location:
    """A record of the archive: its file's name, and offset and length of its gzip member in bytes."""

    file: str
    offset: int
    length: int

    @property
    def end(self) -> int:
        return self.offset + self.length


@dataclass(frozen=True, slots=True)
class Payload:
    """An earlier record that holds the same body; `url` and `fetched_at` are those of its answer."""

    capture: int
    url: str
    fetched_at: datetime
    location: Location


@dataclass(frozen=True, slots=True)
class Capture:
    """One answer that a revision was read from: its page, or an attachment of it.

    `page` is the id of the entry that was opened. `payload` is None where the record holds the body itself. `location`
    is None where the answer could not be kept; `problem` says why.
    """

    page: int
    url: str  # as it was asked for
    answered_by: str  # the address after redirects
    fetched_at: datetime
    digest: str  # of the body, "sha256:…"
    location: Location | None
    payload: Payload | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class FiledCapture:
    """A capture in a file of the archive; `id` is its row's, the rest says of which revision it is."""

    id: int
    announcement: int
    revision: int
    capture: Capture
