"""Series and comparisons as JSON: what `watcher series --json` and `watcher compare --json` print."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from watcher.followups.beside import Pair, main_figures, set_beside
from watcher.followups.series import Series, Step, steps
from watcher.model import Figure, Measure
from watcher.records.announcements import AnnouncementRecord
from watcher.render.contract import figure_json, measure_json, number
from watcher.render.item import lifecycle_json

Thing = TypeVar("Thing", Measure, Figure)

MAIN_FIGURES = 3


def series_json(series: Series) -> dict[str, object]:
    """One series; `change` of a member is from the stored member before it."""
    members = [_member(step) for step in steps(series)]
    return {"issuer": series.issuer, "kind": series.kind, "subjects": list(series.subjects), "members": members}


def _member(step: Step) -> dict[str, object]:
    member, before = step.member, step.before
    record = member.stands
    figures = main_figures(record.extraction.figures, MAIN_FIGURES) if record else ()
    return {
        "id": record and record.id,
        "document": member.stored,
        "title": member.title,
        "published": member.published and member.published.isoformat(),
        "year": member.year,
        "lifecycle": lifecycle_json(step.stands),
        "measure_count": member.measure_count,
        "more_measures": step.more,
        "figures": [figure_json(one) for one in figures],
        "reports": list(member.reports),
        "cited_by": list(member.named_by),
        "change": beside_json(before, record) if before and record else None,
    }


def beside_json(
    before: AnnouncementRecord, after: AnnouncementRecord, *, one_matter: bool = False
) -> dict[str, object]:
    """Two announcements side by side: everything in pairs, `null` where one has no such; as `set_beside` has it."""
    found = set_beside(before.extraction, after.extraction, one_matter=one_matter)
    return {
        "before": _head(before),
        "after": _head(after),
        "measures": [_pair(pair, measure_json) for pair in found.measures],
        "figures": [_figures(pair) for pair in found.figures],
    }


def _head(record: AnnouncementRecord) -> dict[str, object]:
    found = record.extraction
    return {
        "id": record.id,
        "title": found.title,
        "issuer": found.issuer,
        "published": found.published and found.published.isoformat(),
        "measure_count": found.measure_count,
        "valid_until": found.valid_until and found.valid_until.isoformat(),
    }


def _pair(pair: Pair[Thing], shown: Callable[[Thing], dict[str, object]]) -> dict[str, Any]:
    return {
        "change": pair.moved.value,
        "before": None if pair.before is None else shown(pair.before),
        "after": None if pair.after is None else shown(pair.after),
    }


def _figures(pair: Pair[Figure]) -> dict[str, object]:
    by = None if pair.by is None or pair.after is None else number(pair.by, pair.after.kind)
    return {**_pair(pair, figure_json), "by": by}
