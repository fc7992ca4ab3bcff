"""The raw answers that revisions were read from, kept as evidence in WARC files that other archives read too.

    keep   answers -> records at the end of the day's file -> captures, for the transaction that stores the revision
    read   capture -> the answer as it was fetched

Records are written before the database knows of them: a crash in between leaves one that nothing refers to, never a
capture without its record.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Protocol

from watcher.archive import warc
from watcher.archive.files import append
from watcher.archive.members import BrokenMember, read_member
from watcher.archive.names import file_of
from watcher.errors import ArchiveError
from watcher.model import Page
from watcher.read.charset import content_type
from watcher.records.captures import Capture, Location, Payload

log = logging.getLogger("watcher.archive")

FOLDER: Final = "archive"  # in the state folder


class Index(Protocol):
    """What the database knows of the archive."""

    def payload(self, digest: str) -> Payload | None: ...

    def end_of(self, file: str) -> int: ...


class Indexed(Protocol):
    """The store, whose part is loaded when it is needed."""

    @property
    def captures(self) -> Index: ...


@dataclass(frozen=True, slots=True)
class Archive:
    """The files of `folder` with their index; for several threads and processes at once.

    `machine`: the name of this one, where others may write into the folder too.
    """

    folder: Path
    store: Indexed
    machine: str = ""

    def keep(self, page: int, answers: Sequence[Page]) -> tuple[Capture, ...]:
        """Write answers of one moment; `page` is the id of the entry that they were fetched for.

        What cannot be written (a full disk) is logged and told by the captures: the alert matters more than its
        evidence. Raises StoreError.
        """
        captures = tuple(self._capture(page, answer) for answer in answers)
        records = [warc.record(answer, one.digest, one.payload) for answer, one in zip(answers, captures, strict=True)]
        file = file_of(answers[0].fetched_at, self.machine)
        try:
            offsets = append(self.folder / file, records, self.store.captures.end_of(file))
        except OSError as error:
            problem = f"{self.folder / file}: {error.strerror or error}"
            log.warning("archive page=%s not kept: %s", answers[0].url, problem)
            return tuple(replace(one, payload=None, problem=problem) for one in captures)
        locations = (Location(file, offset, len(record)) for offset, record in zip(offsets, records, strict=True))
        return tuple(replace(one, location=place) for one, place in zip(captures, locations, strict=True))

    def read(self, capture: Capture) -> Page:
        """The answer as it was fetched, but for its head.

        Raises ArchiveError where it was not kept, or its records are not there whole.
        """
        if capture.location is None:
            raise ArchiveError(f"{capture.url}: not kept: {capture.problem}")
        own = self._read(capture.location)
        holder = self._read(capture.payload.location) if capture.payload else own
        if warc.digest_of(holder.body) != capture.digest:
            raise ArchiveError(f"{self.folder / capture.location.file}: {capture.url}: not the body that was kept")
        media_type, charset = content_type(own.content_type)
        return Page(
            url=capture.url,
            final_url=capture.answered_by,
            status=own.status,
            body=holder.body,
            fetched_at=capture.fetched_at,
            media_type=media_type,
            charset=charset,
        )

    def _capture(self, page: int, answer: Page) -> Capture:
        digest = warc.digest_of(answer.body)
        payload = self.store.captures.payload(digest)
        if payload is not None and not (self.folder / payload.location.file).exists():  # removed by hand
            payload = None
        return Capture(page, answer.url, answer.final_url, answer.fetched_at, digest, None, payload)

    def _read(self, location: Location) -> warc.Record:
        path = self.folder / location.file
        try:
            with path.open("rb") as file:
                member = read_member(file, location.offset)
        except OSError as error:
            raise ArchiveError(f"{path}: {error.strerror or error}") from error
        except BrokenMember as error:
            raise ArchiveError(f"{path}: {error}") from error
        record = warc.parse(member.content) if member else None
        if record is None:
            raise ArchiveError(f"{path}: no record at offset {location.offset}")
        return record
