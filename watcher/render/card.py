"""What one card of a message holds, and how the JSON of an event is read for it: cleaned, capped, never trusted.

Nothing here is escaped: that is for the form (HTML, Markdown) to do.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from watcher.change.note import Note
from watcher.inert import inert
from watcher.render.wording import Wording

Event = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Setting:
    """For whom and when a card is made; `today` is a day of `timezone`, None where nothing is counted from it."""

    words: Wording
    timezone: str
    today: date | None = None


LONGEST_TITLE = 64
LONGEST_SUBJECT = 32
LONGEST_PHRASE = 36  # of what is wrong with a source; no phrase of ours is longer
LONGEST_CHANGE = 48
LONGEST_LINE = 200
LONGEST_NAME = 40  # of a file


@dataclass(frozen=True, slots=True)
class Line:
    """`label：text`, or `text` alone; where there is room `value` stands for `text`, with its `quote` in small."""

    label: str
    text: str
    mark: str = ""  # ↑ or ↓: an amount of change whose quote may not say which way
    origin: str = ""  # the file and its page
    value: str = ""
    quote: str = ""
    left: str = ""  # of a day: how far it is
    kind: str = ""  # what a figure is, where it has no label


@dataclass(frozen=True, slots=True)
class Change:
    """The change note, and the words of the page where they say more."""

    note: Note
    quote: str = ""

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.note)


@dataclass(frozen=True, slots=True)
class Listed:
    """One of several announcements on a card."""

    headline: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Card:
    """`pages`: the announcements that were edited in the same way, where it is of several."""

    kind: str
    tag: str
    headline: str
    byline: tuple[str, ...]
    changes: tuple[Change, ...]
    figures: tuple[Line, ...]
    more_figures: int
    measures: tuple[Line, ...]  # of what is new: number and first words
    more_measures: int
    deadlines: tuple[Line, ...]
    notes: tuple[Line, ...]
    unread: tuple[Line, ...]  # files whose text is missing here, and why
    url: str | None
    item_url: str | None = None  # its own page in watcher
    pages: tuple[Listed, ...] = ()
    more_pages: int = 0


def clean(value: object, longest: int = LONGEST_LINE) -> str:
    """Return `value` as one line without controls, at most `longest` characters; "" for None."""
    if value is None:
        return ""
    text = " ".join(inert(str(value)[: longest * 4]).split())
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def web_address(value: object) -> str | None:
    """Return `value` where it is an http(s) address that may become a link, else None."""
    text = inert(str(value or "")).strip()
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    is_link = parts.scheme in {"http", "https"} and parts.netloc and not re.search(r"\s", text)
    return text if is_link else None


def leads_to(event: Event) -> str | None:
    """Where a reader finds what an event is of: its page, or ours of one whose own page is gone."""
    return web_address(event.get("item_url" if event.get("kind") == "withdrawn" else "url"))


def mapping(value: object) -> Event:
    return value if isinstance(value, Mapping) else {}


def texts(value: object) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, Sequence) else []


def mappings(value: object) -> list[Event]:
    """Return the mappings of a list; an event of an older version may lack or misuse a field."""
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, Sequence) else []
