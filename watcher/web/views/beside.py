"""`/series` and `/compare`: a body's measures over the years, and two announcements side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from starlette.responses import Response

from watcher.followups.beside import Beside, Moved, Pair, by, main_figures, set_beside
from watcher.followups.series import Member, Series, Step, series_of, steps
from watcher.histories import of_one_matter
from watcher.lifecycle.lifespan import Lifecycle
from watcher.model import Figure
from watcher.records import AnnouncementRecord
from watcher.web import charts
from watcher.web.asked import number
from watcher.web.bodies import issued
from watcher.web.pages import page
from watcher.web.served import Refused
from watcher.web.shown import Shown, glance, shown
from watcher.web.site import Asking
from watcher.web.words import Words

MAIN_FIGURES: Final = 3
MOST_ALONE: Final = 12
MOST_MOVED: Final = 4


@dataclass(frozen=True, slots=True)
class Row:
    """A document of a series; `moved`: figures that went on, `before`: what it may be compared with."""

    member: Member
    more: int | None
    stands: Lifecycle | None
    figures: tuple[Shown, ...]
    moved: tuple[Pair[Figure], ...]
    before: int | None


def series(asking: Asking) -> Response:
    asked = asking.request.query_params.get("issuer", "").strip()
    found = [one for body, records in issued(asking) for one in series_of(body, records)] if asked else []
    return page(
        asking,
        "series",
        section="series_page",
        asked=asked,
        found=[(one, list(map(_row, steps(one))), _picture(one, asking.words)) for one in found],
        by=by,
    )


def _row(step: Step) -> Row:
    before, record = step.before, step.member.stands
    moved: tuple[Pair[Figure], ...] = ()
    if before is not None and record is not None:
        pairs = set_beside(before.extraction, record.extraction).figures
        moved = tuple(one for one in pairs if one.moved in (Moved.RAISED, Moved.LOWERED))[:MOST_MOVED]
    figures = glance(record.extraction.figures, MAIN_FIGURES) if record else ()
    return Row(step.member, step.more, step.stands, figures, moved, before.id if before and record else None)


def _picture(found: Series, words: Words) -> object:
    """How many measures each document has, over the years; None for fewer than two."""
    points = [
        charts.Point(str(one.year or one.published or "–"), one.measure_count, f"{one.title}: {one.measure_count}")
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
    history = asking.store.announcement(wanted)
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
