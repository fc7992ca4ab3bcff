"""`/announcements/ID`: one announcement at one revision, its figures beside the text that they stand in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from starlette.responses import Response

from watcher.deadlines.due import task
from watcher.model import Extraction, Figure, Origin
from watcher.records import History, RevisionRecord
from watcher.render.card import clean
from watcher.web import marking
from watcher.web.asked import number
from watcher.web.difference import difference
from watcher.web.forms import session_of, with_session
from watcher.web.pages import page
from watcher.web.served import Refused
from watcher.web.shown import Shown, region_name, shown
from watcher.web.site import Asking
from watcher.web.words import Words

MOST_FIGURES: Final = 60
MOST_LINKS: Final = 20


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure of the table; `href` leads to its quote in the text."""

    shown: Shown
    quote: str
    kind: str
    measure: int | None
    origin: str
    href: str


@dataclass(frozen=True, slots=True)
class DueRow:
    day: date
    left: str
    quote: str
    task: str
    origin: str
    href: str


@dataclass(frozen=True, slots=True)
class MeasureRow:
    number: int
    heading: str
    href: str


def item(asking: Asking) -> Response:
    history = history_of(asking)
    chosen = revision_of(asking, history)
    found, record = chosen.extraction, history.announcement
    bounds = marking.parts(found.text)
    part = _part(asking, len(bounds))
    links = Links(found, bounds, part, "" if chosen.number == record.revision else f"revision={chosen.number}")
    everything = asking.request.query_params.get("figures") == "all"
    session = None if asking.site.read_only else session_of(asking)
    response = page(
        asking,
        "item",
        seal=asking.site.seals.form(session) if session else None,
        section="announcements" if found.verdict.announcement else "review",
        record=replace(record, extraction=chosen.extraction),
        history=history,
        chosen=chosen,
        found=found,
        region=region_name(record.region_code),
        figures=figure_rows(links, asking.words, None if everything else MOST_FIGURES),
        deadlines=due_rows(links, asking),
        measures=measure_rows(links),
        text=marking.part(found.text, marking.spans(found), part),
        links=links,
        sayings=record.sayings,
        cited=asking.store.names.links(record.id),
        names={one.id: one.name for one in asking.site.settings.sources},
    )
    return with_session(asking, response, session) if session else response


def diff(asking: Asking) -> Response:
    """`/announcements/ID/diff`: a revision beside the one before it."""
    history = history_of(asking)
    chosen = revision_of(asking, history)
    before = next((one for one in history.revisions if one.number == chosen.number - 1), None)
    rows = difference(before, chosen) if before else ()
    return page(
        asking, "diff", section="announcements", history=history, before=before, chosen=chosen, rows=rows
    )  # fmt: skip


def history_of(asking: Asking) -> History:
    """The announcement that the path names; Refused where there is none."""
    history = asking.store.announcement(number(asking.path["id"]))
    if history is None:
        raise Refused(404)
    return history


def revision_of(asking: Asking, history: History) -> RevisionRecord:
    written = asking.request.query_params.get("revision")
    wanted = number(written, name="revision") if written else history.announcement.revision
    found = next((one for one in history.revisions if one.number == wanted), None)
    if found is None:
        raise Refused(404)
    return found


def _part(asking: Asking, count: int) -> int:
    written = asking.request.query_params.get("part")
    wanted = number(written, name="part") if written else 1
    if wanted > count:
        raise Refused(404)
    return wanted


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses of places in a text, which may be shown in another part of the page than the one that is shown."""

    found: Extraction
    bounds: Sequence[tuple[int, int]]
    part: int
    revision: str  # a parameter, "" for the current one

    def to(self, kind: str, number: int, place: int) -> str:
        there = marking.part_of(place, self.bounds)
        return f"{'' if there == self.part else self.of_part(there)}#{kind}-{number}"

    def of_part(self, number: int) -> str:
        asked = "&".join(filter(None, (self.revision, f"part={number}")))
        return f"?{asked}"


def figure_rows(links: Links, words: Words, most: int | None) -> list[FigureRow]:
    figures = links.found.figures[:most]
    return [_figure_row(one, place, links, words) for place, one in enumerate(figures, 1)]


def _figure_row(figure: Figure, place: int, links: Links, words: Words) -> FigureRow:
    return FigureRow(
        shown=shown(figure, place),
        quote=figure.quote,
        kind=words[f"kind_{figure.kind.value}"],
        measure=figure.measure,
        origin=origin(figure.origin, words),
        href=links.to("figure", place, figure.start),
    )


def measure_rows(links: Links) -> list[MeasureRow]:
    numbered = enumerate(links.found.measures, 1)
    return [MeasureRow(one.number, one.heading, links.to("measure", place, one.start)) for place, one in numbered]


def due_rows(links: Links, asking: Asking) -> list[DueRow]:
    """The deadlines by day, with what is to be done."""
    numbered = enumerate(links.found.deadlines, 1)
    rows = []
    for place, one in sorted(numbered, key=lambda pair: pair[1].date):
        what = task(links.found.text, one)
        left = asking.words.left((one.date - asking.today).days)
        told = "" if what == one.quote else what
        href = links.to("deadline", place, one.start)
        rows.append(DueRow(one.date, left, one.quote, told, origin(one.origin, asking.words), href))
    return rows


def origin(where: Origin | None, words: Words) -> str:
    """附件1.pdf 第2页; "" for the article's own page."""
    if where is None:
        return ""
    place = words.alert.page.format(n=where.page) if where.page else ""
    return " ".join(filter(None, (clean(where.file, 40), place)))
