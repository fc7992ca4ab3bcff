"""The frozen types that pass between the stages: fetch -> listing/read -> extract/detect.

Standard library only; no behaviour beyond small derived properties. What is told is in `news`, stored things
are in `records`, configured ones in `settings`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

# --- fetch ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask again conditionally; echoed to it byte for byte."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """How an answer began, as it was received; texts are latin-1, which loses no byte."""

    protocol: str = "HTTP/1.1"  # or HTTP/1.0, HTTP/2
    reason: str = ""  # "OK"; HTTP/2 has none
    fields: tuple[tuple[str, str], ...] = ()
    address: str | None = None  # the server's, by number; None through a proxy


NO_HEAD = Head()


@dataclass(frozen=True, slots=True)
class Page:
    """One answer with a body, as bytes: only `read` turns bytes into text. `body` is unpacked (Content-Encoding)."""

    url: str
    final_url: str
    status: int
    body: bytes
    fetched_at: datetime
    media_type: str | None = None  # "text/html", without parameters
    charset: str | None = None  # as the Content-Type header declared it
    validators: Validators = Validators()
    took_s: float = field(default=0.0, compare=False)  # on the wire, with redirects and further attempts
    moved_to: str | None = None  # where permanent redirects led, if any came first
    head: Head = NO_HEAD


@dataclass(frozen=True, slots=True)
class NotModified:
    """The server answered 304: what is stored still holds."""

    url: str
    fetched_at: datetime
    took_s: float = field(default=0.0, compare=False)
    moved_to: str | None = None


# --- listing -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of a listing. `url` is absolute; `published` is the date printed beside it."""

    url: str
    title: str
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What a listing page holds, in its order, each address once; `next_url` is its older page where one is seen.

    Without links: the entries stand at `next_url`, which is to be read by the same rule. `title`: of the page.
    """

    mechanism: str  # automatic | css | feed | sitemap | json | jpage | comment | page
    links: tuple[Link, ...]
    next_url: str | None = None
    title: str | None = None


# --- read ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Unread:
    """Why the text of a file is not in the document; `code` as that of the error, `message` a line for a person."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that a page links."""

    url: str
    name: str
    unread: Unread | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a stretch of a document's text stands: in which file beside the page, on which of its pages (from 1).

    None: in the page or file that is the document itself; in a format that has no pages.
    """

    file: str | None = None
    url: str | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """`text[start:]`, up to the next part, is from `origin`."""

    start: int
    origin: Origin


@dataclass(frozen=True, slots=True)
class Credit:
    """Who the page credits: outlet, authors, and the labelled link to the original."""

    name: str | None = None
    authors: tuple[str, ...] = ()
    original_url: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A page as a reader sees it. `text` is the cleaned body, one paragraph a line; all offsets point into it.

    A row of a table is one line, its cells parted by a tab (`rows`).

    The text of the files beside a page joins its own; `parts` then tell which stretch is from where, in order.

    Cleaned: simplified Chinese, no pinyin glosses, no chrome, PDF line breaks joined, full-width digits and
    letters folded to ASCII (see contract: extraction). `publisher`, `document_number`, `valid_until` are what the
    page's own metadata says (索引号 table, meta tags), not what stands in the text.
    """

    title: str | None
    text: str
    url: str | None = None
    published: date | None = None
    credit: Credit = Credit()
    publisher: str | None = None
    document_number: str | None = None
    valid_until: date | None = None
    site: str | None = None
    attachments: tuple[Attachment, ...] = ()
    parts: tuple[Part, ...] = ()


# --- extract -------------------------------------------------------------------------------------------------------


class FigureKind(StrEnum):
    MONEY = "money"
    COUNT = "count"
    PERCENT = "percent"
    DURATION = "duration"
    QUANTITY = "quantity"
    RANK = "rank"
    RATIO = "ratio"


class Qualifier(StrEnum):
    EXACT = "exact"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    ABOUT = "about"
    NEARLY = "nearly"


class Direction(StrEnum):
    DECREASE = "decrease"
    INCREASE = "increase"


@dataclass(frozen=True, slots=True)
class Value:
    """Numbers in `unit`; `low` and `high` differ only where a range is written."""

    low: Decimal
    high: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A key figure with its exact quote: `text[start:end] == quote`."""

    quote: str
    start: int
    end: int
    kind: FigureKind
    low: Decimal
    high: Decimal
    unit: str
    qualifier: Qualifier = Qualifier.EXACT
    change: Direction | None = None
    previous: Value | None = None
    subject: str | None = None
    measure: int | None = None
    origin: Origin | None = None  # None: the page itself


@dataclass(frozen=True, slots=True)
class Rejected:
    """A number that is not a figure, and why; shown by `extract --explain`."""

    quote: str
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Deadline:
    quote: str
    start: int
    end: int
    date: date
    measure: int | None = None
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure a reader would list; `start`/`end` is the span of its heading."""

    number: int
    heading: str
    start: int
    end: int
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class CitedDocument:
    title: str
    measure_count: int | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Region:
    """A division by GB/T 2260: `name` as province + city + county without repeats, `code` of the smallest."""

    name: str
    code: str


class AnnouncementType(StrEnum):
    MEASURES_DOCUMENT = "measures_document"
    MEASURES_NEWS = "measures_news"
    PROGRESS_REPORT = "progress_report"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a document is a service-measure announcement, of which type, and the readable evidence.

    `score` in [0, 1]; `near_miss` marks an `other` that almost counted and is kept for review.
    """

    type: AnnouncementType
    score: float
    reasons: tuple[str, ...] = ()
    near_miss: bool = False

    @property
    def announcement(self) -> bool:
        return self.type is not AnnouncementType.OTHER


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything the extraction contract prints for one document."""

    verdict: Verdict
    title: str | None
    published: date | None
    issuer: str | None
    region: Region | None
    document_title: str | None
    document_number: str | None
    measure_count: int | None
    credit: Credit
    measures: tuple[Measure, ...]
    cited_documents: tuple[CitedDocument, ...]
    deadlines: tuple[Deadline, ...]
    figures: tuple[Figure, ...]
    topics: tuple[str, ...]
    valid_until: date | None
    text: str
    attachments: tuple[Attachment, ...] = ()
    rejected: tuple[Rejected, ...] = field(default=(), compare=False)
