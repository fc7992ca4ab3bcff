"""An article as it was fetched and read, which is what is decided on, and what came of opening it."""

from __future__ import annotations

from dataclasses import dataclass

from watcher.model import Document, Extraction, Page
from watcher.news import EventKind
from watcher.records.pages import FileRecord, PageRecord
from watcher.records.problem import Problem
from watcher.records.stories import Answered


@dataclass(frozen=True, slots=True)
class Understood:
    """`bands`: see `likeness`; none for what is no announcement and no near miss. `away`: which files of it are as they
    were read before, and why.
    """

    page: PageRecord
    document: Document
    extraction: Extraction
    fingerprint: str
    digest: str
    answers: tuple[Page, ...]  # its own, then those of its files
    answered: Answered
    files: tuple[FileRecord, ...] = ()
    bands: frozenset[int] = frozenset()
    away: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """What came of opening an entry; `extraction` None where there was nothing new to read."""

    page: PageRecord
    extraction: Extraction | None = None
    kind: EventKind | None = None
    deliveries: int = 0
    warning: str | None = None
    problem: Problem | None = None  # why it could not be read
    put_off: str | None = None  # why it was not even asked for
    original: Opened | None = None  # of a copy, where it was opened for the first time
    missing: Problem | None = None  # a known page whose site says that it is gone
    restored: bool = False
    strange: str | None = None  # mark of a text that may stand in the article's place: not stored, see `stand_ins`
    denied: bool = False  # it changed, and its server answers 304 to who asks whether it did
