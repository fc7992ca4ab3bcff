"""An article as it was fetched and read: what is decided on."""

from __future__ import annotations

from dataclasses import dataclass

from watcher.model import Document, Extraction, Page
from watcher.records.pages import FileRecord, PageRecord
from watcher.records.stories import Answered


@dataclass(frozen=True, slots=True)
class Understood:
    """`bands`: see `likeness`; none for what is no announcement and no near miss."""

    page: PageRecord
    document: Document
    extraction: Extraction
    fingerprint: str
    digest: str
    answers: tuple[Page, ...]  # its own, then those of its files
    answered: Answered
    files: tuple[FileRecord, ...] = ()
    bands: frozenset[int] = frozenset()
