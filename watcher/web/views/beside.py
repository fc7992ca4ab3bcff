"""`/series` and `/compare`: a body's measures over the years, and two announcements side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from starlette.responses import Response

from watcher.followups.beside import Beside, Moved, Pair, by, main_figures, set_beside
from watcher.followups.courses import Course, courses
from watcher.followups.series import Member, Series, Step, series_of, steps
from watcher.histories import of_one_matter
from watcher.lifecycle.lifespan import Lifecycle
from watcher.model import Figure
from watcher.records.announcements import AnnouncementRecord
from watcher.render.amounts import amount
from watcher.web import charts
from watcher.web.anchors import figure_address
from watcher.web.asked import number
from watcher.web.bodies import issued
from watcher.web.pages import page
from watcher.web.served import Refused
from watcher.web.shown import Shown, cut, glance, region_name, shown
from watcher.web.site import Asking
from watcher.web.views.listing import provinces
from watcher.web.words import Words

MAIN_FIGURES: Final = 3
MOST_ALONE: Final = 12
MOST_MOVED: Final = 4
# Pictures of figures beside that of the number of measures, and how wide they are for each value, in their own units.
MOST_FOLLOWED: Final = 6
SMALL: Final = 120
LONGEST_SUBJECT: Final = 26
LONGEST_VALUE: Final = 10


@dataclass(frozen=True, slots=True)
class Row:
    """A document of a series; `moved`: figures that went on, `before`: what it may be compared with."""

    member: Member
    more: int | None
    stands: Lifecycle | None
    figures: tuple[Shown, ...]
    moved: tuple[Pair[Figure], ...]
    before: int | None


@dataclass(frozen=True, slots=True)
class Kept:
    """A value of a figure that goes on: when, in which words, and where these stand."""

    when: str
    quote: str
    href: str


@dataclass(frozen=True, slots=True)
class Followed:
    """A figure that goes on through the documents, as a picture and as its data."""

    subject: str
    picture: object
    values: tuple[Kept, ...]


def series(asking: Asking) -> Response:
    asked = asking.request.query_params
    issuer, region = asked.get("issuer", "").strip(), asked.get("region", "").strip()
    found = [one for body, records in issued(asking) for one in series_of(body, records)] if issuer else []
    menu = dict(provinces())
    if region and region not in menu:
        menu[region] = region_name(region.ljust(6, "0")) or region
    return page(
        asking,
        "series",
        section="series_page",
        asked=issuer,
        region=region,
        regions=menu,
        found=[_whole(one, asking.words) for one in found],
        by=by,
    )


def _whole(found: Series, words: Words) -> tuple[Series, list[Row], object, list[Followed]]:
    """A series, its rows, and its pictures: of the number of measures, and of figures."""
    paired = [(one, _pairs(one)) for one in steps(found)]
    followed = [_followed(one, words) for one in courses(paired, MOST_FOLLOWED)]
    return found, [_row(*one) for one in paired], _picture(found, words), followed


def _pairs(step: Step) -> tuple[Pair[Figure], ...]:
    before, record = step.before, step.member.stands
    return set_beside(before.extraction, record.extraction).figures if before and record else ()


def _row(step: Step, pairs: Sequence[Pair[Figure]]) -> Row:
    before, record = step.before, step.member.stands
    moved = tuple(one for one in pairs if one.moved in (Moved.RAISED, Moved.LOWERED))[:MOST_MOVED]
    figures = glance(record.extraction.figures, MAIN_FIGURES) if record else ()
    return Row(step.member, step.more, step.stands, figures, moved, before.id if before and record else None)


def _followed(course: Course, words: Words) -> Followed:
    last = course.points[-1][1]
    subject = cut(course.subject or last.quote, LONGEST_SUBJECT)
    values = tuple(Kept(_year(member), one.quote, _address(member, one)) for member, one in course.points)
    points = [
        charts.Point(
            kept.when,
            abs(float(figure.high)),
            f"{kept.when}: {kept.quote}",
            amount(figure, words.language) or cut(figure.quote, LONGEST_VALUE),
        )
        for kept, (_, figure) in zip(values, course.points, strict=True)
    ]
    told = "; ".join(one.told for one in points)
    width = SMALL * max(len(points), 2)
    return Followed(subject, charts.steps(points, subject, told, height=130, width=width), values)


def _address(member: Member, figure: Figure) -> str:
    assert member.stands is not None  # only what is stored has figures
    found = member.stands.extraction
    number = next(place for place, one in enumerate(found.figures, 1) if one is figure)
    return figure_address(number, member.stands.id, found)


def _year(member: Member) -> str:
    return str(member.year or member.published or "–")


def _picture(found: Series, words: Words) -> object:
    """How many measures each document has, over the years; None for fewer than two."""
    points = [
        charts.Point(_year(one), one.measure_count, f"{one.title}: {one.measure_count}")
        for one in found.members
        if one.measure_count is not None
    ]
    if len(points) < 2:
        return None
    return charts.steps(points, words["measures_over_years"], "; ".join(one.told for one in points))


def compare(asking: Asking) -> Response:
    asked = asking.request.query_params
    if not (asked.get("a") and asked.get("b")):
        return page(asking, "compare", section="announcements", before=None, after=None, a=asked.get("a", ""))
    before, after = (_record(asking, name) for name in ("a", "b"))
    linked = of_one_matter(asking.store, before.id, after.id)
    found = set_beside(before.extraction, after.extraction, one_matter=linked)
    everything = asked.get("all") == "1"
    figures = list(found.figures) if everything else _main(found)
    return page(
        asking,
        "compare",
        section="announcements",
        before=before,
        after=after,
        a=before.id,
        measures=found.measures,
        figures=figures,
        left=len(found.figures) - len(figures),
        by=by,
        figure=lambda one: shown(one, 0),
    )


def _record(asking: Asking, name: str) -> AnnouncementRecord:
    wanted = number(asking.request.query_params[name], name=name)
    history = asking.store.lists.announcement(wanted)
    if history is None:
        raise Refused(404, f"{name}={wanted}")
    return history.announcement


def _main(found: Beside) -> list[Pair[Figure]]:
    """All that both have, and of those that each has alone the main ones."""
    sides = (
        [pair.after for pair in found.figures if not pair.before],
        [pair.before for pair in found.figures if not pair.after],
    )
    kept = {id(one) for side in sides for one in main_figures(filter(None, side), MOST_ALONE)}
    return [pair for pair in found.figures if (pair.before and pair.after) or {id(pair.before), id(pair.after)} & kept]
