"""Announcements as a list shows them: pure, of what was read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final
from zoneinfo import ZoneInfo

from watcher.data import divisions
from watcher.followups.beside import main_figures
from watcher.lifecycle.lifespan import Lifecycle, lifecycle_of
from watcher.model import Direction, Figure
from watcher.records.announcements import AnnouncementRecord
from watcher.web.marking import snippet
from watcher.web.words import Words

MAIN_FIGURES: Final = 3
LONGEST_QUOTE: Final = 30
LONGEST_LABEL: Final = 26
LONGEST_TITLE: Final = 120
_ARROWS: Final = {Direction.INCREASE: "↑", Direction.DECREASE: "↓"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as it is read at a glance; `number` from 1, as its page numbers it."""

    quote: str
    label: str
    arrow: str
    number: int


@dataclass(frozen=True, slots=True)
class Item:
    """An announcement of a list. `title` and `hit` in pieces, with those that a query found.

    `stands`: what became of its document, where anything did.
    """

    id: int
    title: tuple[tuple[str, bool], ...]
    byline: tuple[str, ...]
    published: date | None
    figures: tuple[Shown, ...]
    hit: tuple[tuple[str, bool], ...]
    withdrawn: bool
    stands: Lifecycle | None
    revision: int


def by_day(
    records: Iterable[AnnouncementRecord], words: Words, zone: ZoneInfo, today: date
) -> list[tuple[date, list[tuple[Item, AnnouncementRecord]]]]:
    """The items of a list under the day on which each was found."""
    shown = ((record.first_seen.astimezone(zone).date(), item(record, words, today), record) for record in records)
    return [(day, [(one, record) for _, one, record in same]) for day, same in groupby(shown, key=lambda one: one[0])]


def item(record: AnnouncementRecord, words: Words, today: date) -> Item:
    """What a list shows; how its document stands is that of `today`."""
    found, hit = record.extraction, record.hit
    title = cut(found.title or record.url, LONGEST_TITLE)
    return Item(
        id=record.id,
        title=snippet(title, hit.title_marks if hit and title == found.title else ()),
        byline=tuple(filter(None, byline(record, words))),
        published=found.published,
        figures=glance(found.figures, MAIN_FIGURES),
        hit=snippet(hit.snippet, hit.marks) if hit and hit.field != "title" else (),
        withdrawn=record.status == "withdrawn",
        stands=lifecycle_of(record, today),
        revision=record.revision,
    )


def byline(record: AnnouncementRecord, words: Words) -> list[str]:
    """Who, where, what, how many."""
    found = record.extraction
    return [
        cut(found.issuer or "", 40),
        region_name(record.region_code),
        words.alert.types.get(found.verdict.type.value, ""),
        words("measures_count", n=found.measure_count) if found.measure_count else "",
    ]


def glance(figures: Sequence[Figure], most: int) -> tuple[Shown, ...]:
    """The main figures, with their numbers among all."""
    numbers = {id(one): number for number, one in enumerate(figures, 1)}
    return tuple(shown(one, numbers[id(one)]) for one in main_figures(figures, most))


def shown(figure: Figure, number: int) -> Shown:
    """The quote stays exact; a subject that it holds already would only be read twice."""
    about = figure.subject or ""
    arrow = "" if figure.previous or figure.change is None else _ARROWS[figure.change]
    return Shown(
        cut(figure.quote, LONGEST_QUOTE), "" if about in figure.quote else cut(about, LONGEST_LABEL), arrow, number
    )


def region_name(code: str | None) -> str:
    """山东省潍坊市; "" for none and for a code that no table has."""
    if not code:
        return ""
    table = divisions.load()
    return table.region(code).name if table.parents(code) else ""


def cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
