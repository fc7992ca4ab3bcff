"""Revisions read again from their evidence, by newer rules than those that they are stored by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from watcher.model import Document, Extraction
    from watcher.records.captures import Capture
    from watcher.records.lifecycle import Statement


@dataclass(frozen=True, slots=True)
class Scope:
    """Which revisions to read again; an unset part asks for nothing. `sources`: where their pages were listed."""

    since: datetime | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredRevision:
    """A revision as it is stored, and the evidence that it was read from: its page, then its attachments.

    `id` is the row's; `announcement` and `number` are what people call it by. `listed` is the date beside the entry.
    `says`: what its page is known to say of other documents; None where that has another text by now.
    """

    id: int
    announcement: int
    number: int
    source: str
    document: Document
    extraction: Extraction
    fingerprint: str
    listed: date | None
    captures: tuple[Capture, ...]
    says: tuple[Statement, ...] | None = None


@dataclass(frozen=True, slots=True)
class Reread:
    """What is to be stored for a revision in place of what it was read as before; `bands` as in `Reading`."""

    revision: int
    document: Document
    extraction: Extraction
    fingerprint: str
    bands: frozenset[int] = frozenset()
    says: tuple[Statement, ...] = ()
