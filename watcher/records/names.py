"""What announcements are called, and what pages call other documents: the joints by which they are linked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Role(StrEnum):
    """How an announcement stands to a document that it names."""

    OWN = "own"  # it is the document
    REPORTS = "reports"  # it tells of the document: news, an explanation (解读), a press conference
    CITES = "cites"


@dataclass(frozen=True, slots=True)
class Name:
    """A document as an announcement names it; any of `keys` may be its own.

    `written` as the text has it; `body` and `year` where they say whose and of when it is.
    """

    role: Role
    keys: tuple[str, ...]
    written: str
    body: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """An announcement, by what of it decides whether a citation means it; `keys` are those that it is its own by.

    `titles`: of its documents, to the letter (`followups.titles.title_key`), each with whether that is a draft's;
    `itself`: it is the document, no page about it.
    """

    id: int
    title: str | None
    issuer: str | None
    published: date | None
    keys: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    titles: frozenset[tuple[str, bool]] = frozenset()
    itself: bool = True


@dataclass(frozen=True, slots=True)
class Link:
    """A stored announcement that the one asked for names, or that names it; `written` as the text names it."""

    role: Role
    written: str
    to: Named


@dataclass(frozen=True, slots=True)
class Links:
    """Both directions, each announcement once: what one names in the order of its text, who names it by date."""

    names: tuple[Link, ...] = ()
    named_by: tuple[Link, ...] = ()
