"""What is told of how a page and its announcement came to what they are: read, compared, told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from watcher.model import Verdict
    from watcher.news import EventKind
    from watcher.records.absences import Gone
    from watcher.records.deliveries import DeliveryRecord
    from watcher.records.lifecycle import Said, Saying
    from watcher.records.pages import PageRecord


@dataclass(frozen=True, slots=True)
class Answered:
    """How a page was answered and read. `charset`: of a text, the one it was read in; `format`: the reader's.

    `size` in bytes, `characters` of its text, that of its files included.
    """

    status: int
    media_type: str | None
    charset: str | None
    format: str  # html | text | pdf | docx | doc | sheet | ofd | zip | scan
    size: int
    characters: int


@dataclass(frozen=True, slots=True)
class Compared:
    """The stored text that came nearest to a fresh one, `relation` (`identity.relation`) and what that stands on.

    `shared`: the share of the smaller text's pieces that the other has; `copied`: of one text, what stands word for
    word in the other; `linked`: one names the other as its original; `words`: what stands in the one and in the other
    between the same words, where that told them apart.
    """

    announcement: int
    relation: str
    shared: float
    copied: float
    linked: bool = False
    words: str | None = None


@dataclass(frozen=True, slots=True)
class PageStory:
    """An entry of a listing and what became of it the last time; `problem` where that could not be read.

    `announcement`: what the page is of; `answered` and `compared` are None where an older watcher read it, or none did.
    `says`: what it says of other documents; `led_by`: the page that names it as its original, where no list led to it.
    """

    page: PageRecord
    announcement: int | None = None
    problem: str | None = None
    verdict: Verdict | None = None
    read_at: datetime | None = None
    answered: Answered | None = None
    compared: Compared | None = None
    says: tuple[Said, ...] = ()
    led_by: str | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """A message handed to its channel; `error` None: it was accepted."""

    at: datetime
    error: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """A delivery and every attempt at it; `again_at`, `paused`: until when, and that, nothing is sent there.

    `held`: paused because its channel or its address refused for good.
    """

    delivery: DeliveryRecord
    attempts: tuple[Attempt, ...] = ()
    again_at: datetime | None = None
    paused: bool = False
    held: bool = False


@dataclass(frozen=True, slots=True)
class Telling:
    """Something that happened to an announcement, and who is told of it; `source`: where it was found."""

    kind: EventKind
    at: datetime
    source: str
    revision: int
    told: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Course:
    """All that happened to an announcement: its pages, what was told of it, which were gone, what is said of it."""

    pages: tuple[PageStory, ...]
    tellings: tuple[Telling, ...]
    gone: tuple[Gone, ...] = ()
    sayings: tuple[Saying, ...] = ()
