"""What a pass over a source holds, and what it writes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from watcher.records.copies import NO_COPY, Copied
from watcher.records.usual import UNKNOWN, Pursuit, Trust, Try, Usual

if TYPE_CHECKING:
    from watcher.model import Document, Extraction, Listing, Validators
    from watcher.news import FieldChange
    from watcher.records.captures import Capture
    from watcher.records.deliveries import Outgoing
    from watcher.records.pages import FileRecord, PageRecord
    from watcher.records.problem import Problem
    from watcher.records.sources import Gap, Health, PassNote, SourceRecord
    from watcher.records.stories import Answered, Compared


@dataclass(frozen=True, slots=True)
class Claim:
    """The right of one process to work on `key` (source:ID, subscription:ID) until its lease ends."""

    key: str
    token: str


class Action(StrEnum):
    """What a reading does to the announcement of its address."""

    NOTHING = "nothing"  # nothing worth keeping
    CREATE = "create"
    REVISE = "revise"
    SEEN = "seen"  # known with this text: only the place is noted
    JOIN = "join"  # a copy of what is known: its page is one more place


@dataclass(frozen=True, slots=True)
class Known:
    """What is stored of one announcement, as a new reading is compared with. `basis` is its revision number.

    `key` and `source_name` are those of the page that stands for it, its original where that was read; `places`: the
    sources that list it, and `regions` what these are of; `told`: the subscriptions that were told that it is new;
    `behind`: those that a change may concern that was found before (`store.standings`).
    `withdrawn_since`: since when none of its pages is there, where that is so.
    """

    id: int
    basis: int
    fingerprint: str
    extraction: Extraction
    document: Document
    places: tuple[str, ...] = ()
    told: frozenset[str] = frozenset()
    key: str = ""
    url: str = ""
    source_name: str = ""
    regions: tuple[str | None, ...] = ()
    withdrawn_since: datetime | None = None
    behind: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reading:
    """One opened page and what was decided about it; stored in one transaction.

    `basis` is the revision that the decision was made on (0: none): where another process was faster, nothing is
    stored and the decision is made again. `stands`: from now on the page stands for its announcement. `late` is the
    `new` event for those whom no source of theirs told of it yet, `restored` that of a page that is back; the decision
    was made on an announcement that `was_withdrawn` or not.
    `bands` are those of the text, by which its copies are found, and `compared` what was found by them.
    `captures` is the evidence of a new revision: its page, then the attachments that were read with it.
    """

    page: PageRecord
    document: Document
    extraction: Extraction
    fingerprint: str
    digest: str
    answered: Answered
    validators: Validators
    next_check_at: datetime | None
    action: Action
    basis: int = 0
    changes: tuple[FieldChange, ...] = ()
    outgoing: Outgoing | None = None
    late: Outgoing | None = None
    restored: Outgoing | None = None
    was_withdrawn: bool = False
    captures: tuple[Capture, ...] = ()
    bands: frozenset[int] = frozenset()
    files: tuple[FileRecord, ...] = ()
    copied: Copied = NO_COPY
    compared: Compared | None = None
    stands: bool = False


@dataclass(frozen=True, slots=True)
class Pass:
    """A claimed source and what the last pass left; `due`: a page of it is to be opened, whatever the listing says."""

    claim: Claim
    source: SourceRecord
    due: bool = True


@dataclass(frozen=True, slots=True)
class ListingMark:
    """What a listing that was read leaves behind, written last so that a crash hides nothing behind a 304."""

    validators: Validators
    digest: str
    entries: int


@dataclass(frozen=True, slots=True)
class Relook:
    """A known article looked at again, as it was stored before, and why it is not believed; None where it is."""

    page: PageRecord
    problem: Problem | None


@dataclass(slots=True)
class Openings:
    """What came of the entries that a pass opened.

    `missing`: keys of known pages whose site says that they are gone; `astray`: they are gone together; `stands`: one
    that was missing is back, or is gone by itself. `denied`: one changed, and its server answers 304 to who asks
    whether it did. `mistakes`: our own, which the caller raises at the end.
    """

    counts: Counter[str] = field(default_factory=Counter)
    warnings: list[str] = field(default_factory=list)
    tries: list[Try] = field(default_factory=list)
    relooks: list[Relook] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    mistakes: list[Exception] = field(default_factory=list)
    astray: bool = False
    stands: bool = False
    denied: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at a listing found.

    `links`: entries in hand, those of older pages among them; `entries`: on the first page; `added`: not known before,
    and news; `first`: nothing of this column was known. `listing` is None where nothing changed; `mark` too where the
    server said so. `gap`: what was left unread; `lost`: why older entries may never be seen; `pursuit`: where more of
    them may have other addresses.
    """

    links: int
    entries: int
    trust: Trust
    took_s: float
    moved_to: str | None = None
    added: int = 0
    first: bool = False
    listing: Listing | None = None
    mark: ListingMark | None = None
    gap: Gap | None = None
    lost: str | None = None
    pursuit: Pursuit | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PassEnd:
    """The end of a pass; `mark` is None where the listing was not read anew, `gap` what it leaves unread."""

    health: Health
    mark: ListingMark | None = None
    gap: Gap | None = None
    outgoing: Outgoing | None = None
    usual: Usual = UNKNOWN
    note: PassNote | None = None
