"""`/announcements/ID`: one announcement at one revision, its figures beside the text that they stand in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from starlette.responses import Response

from watcher.deadlines.due import task
from watcher.model import Figure, Origin
from watcher.records.announcements import History, RevisionRecord
from watcher.render.card import clean
from watcher.web import marking
from watcher.web.anchors import Links
from watcher.web.asked import number
from watcher.web.difference import difference
from watcher.web.forms import session_of, with_session
from watcher.web.pages import page
from watcher.web.served import Refused
from watcher.web.shown import Shown, region_name, shown
from watcher.web.site import Asking
from watcher.web.words import Words


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure of the table; `href` leads to its quote in the text, `measure_href` to the heading of its measure."""

    shown: Shown
    quote: str
    kind: str
    measure: int | None
    measure_href: str | None
    origin: str
    href: str


@dataclass(frozen=True, slots=True)
class DueRow:
    number: int
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
    revision = "" if chosen.number == record.revision else f"revision={chosen.number}"
    links = Links(found, bounds, part, revision, asking.request.query_params.get("figures") == "all")
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
        figures=figure_rows(links, asking.words),
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
    history = asking.store.lists.announcement(number(asking.path["id"]))
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


def figure_rows(links: Links, words: Words) -> list[FigureRow]:
    figures = links.found.figures[: links.rows]
    return [_figure_row(one, place, links, words) for place, one in enumerate(figures, 1)]


def _figure_row(figure: Figure, place: int, links: Links, words: Words) -> FigureRow:
    return FigureRow(
        shown=shown(figure, place),
        quote=figure.quote,
        kind=words[f"kind_{figure.kind.value}"],
        measure=figure.measure,
        measure_href=links.measure_of(figure),
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
        rows.append(DueRow(place, one.date, left, one.quote, told, origin(one.origin, asking.words), href))
    return rows


def origin(where: Origin | None, words: Words) -> str:
    """附件1.pdf 第2页; "" for the article's own page."""
    if where is None:
        return ""
    place = words.alert.page.format(n=where.page) if where.page else ""
    return " ".join(filter(None, (clean(where.file, 40), place)))
