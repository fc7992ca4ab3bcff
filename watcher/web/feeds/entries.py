"""What a feed says of an announcement, the same in both forms. Pure."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from watcher.inert import inert
from watcher.lifecycle.lifespan import Lifecycle, lifecycle_of
from watcher.news import FieldChange
from watcher.records.announcements import AnnouncementRecord
from watcher.render.card import clean, web_address
from watcher.web.pages import environment
from watcher.web.shown import byline, glance
from watcher.web.words import Words

LONGEST_TITLE: Final = 200
MAIN_FIGURES: Final = 8
MOST_CHANGES: Final = 12
MOST_DEADLINES: Final = 8
# XML 1.0 has no place for these, whatever they are escaped as.
_NO_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Of an id that is never a page's: the same in every installation, so that it names nothing else.
_NAMES: Final = uuid.UUID("6f0c8a3e-54c5-4c43-9d8e-0a2b7f6d1c55")
NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Edition:
    """For whom a feed is, and when: `base`: what its addresses begin with; `zone`: whose days are meant."""

    words: Words
    base: str
    zone: ZoneInfo
    today: date


@dataclass(frozen=True, slots=True)
class Entry:
    """`url`: its page here; `original`: where it stands, None where that is no address of the web.

    `published`: the first moment of the day of its publication; where that is not known, when it was found.
    `stands`: what became of its document, where anything did.
    """

    id: str
    title: str
    url: str
    original: str | None
    author: str | None
    summary: str
    html: str
    published: datetime
    updated: datetime
    tags: tuple[str, ...]
    stands: Lifecycle | None


def entry(record: AnnouncementRecord, changes: Sequence[FieldChange], edition: Edition) -> Entry:
    """What is told of an announcement; `changes`: what its current revision changed."""
    found, words = record.extraction, edition.words
    day, stands = found.published, lifecycle_of(record, edition.today)
    said = tuple(filter(None, byline(record, words)))
    figures = glance(found.figures, MAIN_FIGURES)
    html = (
        environment()
        .get_template("feed_entry.html")
        .render(
            w=words,
            record=record,
            found=found,
            byline=said,
            stands=stands,
            changes=changes[:MOST_CHANGES],
            figures=figures,
            deadlines=found.deadlines[:MOST_DEADLINES],
        )
    )
    told = [f"{one.label}{words.alert.colon}{one.quote}" if one.label else one.quote for one in figures[:3]]
    return Entry(
        id=entry_id(record),
        title=plain(clean(found.title, LONGEST_TITLE) or record.url),
        url=f"{edition.base}/announcements/{record.id}",
        original=web_address(record.url),
        author=plain(clean(found.issuer, 80)) or None,
        summary=plain(" · ".join(map(clean, (*said, *told)))),
        html=plain(html),
        published=datetime.combine(day, time(), edition.zone) if day else record.first_seen,
        updated=record.last_changed,
        tags=tuple(plain(clean(one, 40)) for one in found.topics),
        stands=stands,
    )


def entry_id(record: AnnouncementRecord) -> str:
    """The same whatever it says by now, and wherever it is served: a reader sees a change, no second entry."""
    return uuid.uuid5(_NAMES, f"{record.id} {record.first_seen.isoformat()}").urn


def updated(records: tuple[AnnouncementRecord, ...]) -> datetime:
    return max((one.last_changed for one in records), default=NEVER)


def plain(text: str) -> str:
    """Without what XML cannot hold, and what steers a screen."""
    return _NO_XML.sub("", inert(text))
