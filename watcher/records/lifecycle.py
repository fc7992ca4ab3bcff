"""What documents say of each other: that one is repealed, has lapsed, is replaced, or is what became of a draft."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from watcher.records.names import Name


class Fate(StrEnum):
    REPEALED = "repealed"  # 废止
    LAPSED = "lapsed"  # 失效
    REPLACED = "replaced"  # 同时废止: by the document that says so
    SUPERSEDED = "superseded"  # 不一致的以本办法为准: holds where the document that says so says nothing else
    FINAL = "final"  # of a draft: the final text


@dataclass(frozen=True, slots=True)
class Statement:
    """That a document, as it is named, met its fate; by its number alone where that is said."""

    fate: Fate
    name: Name
    quote: str


@dataclass(frozen=True, slots=True)
class Saying:
    """A statement, with the page that makes it; `announcement` where the page is of one.

    `source` lists the page since `seen_at`.
    """

    statement: Statement
    url: str
    page_title: str
    issuer: str | None
    published: date | None
    announcement: int | None
    source: str
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Said:
    """A statement of a page, and the stored announcement that it means."""

    statement: Statement
    means: int | None
