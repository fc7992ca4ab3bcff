"""`/sources` and `/sources/ID`: what is watched, how it is, and its last passes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup
from starlette.responses import Response

from watcher.health.level import usual
from watcher.records.sources import Health, PassNote, SourceRecord, SourceState
from watcher.settings import Source
from watcher.web import charts
from watcher.web.pages import page
from watcher.web.served import Refused
from watcher.web.site import Asking

# What of the last passes the picture in a list shows.
SPARKS: Final = 48
_TONES: Final = {SourceState.OK: "ok", SourceState.NEW: "off", SourceState.SLOW: "warn", SourceState.SILENT: "warn"}


@dataclass(frozen=True, slots=True)
class Row:
    """A source as the list shows it. `tone`: ok, warn, ill, off."""

    source: Source
    record: SourceRecord | None
    health: Health
    state: str
    tone: str
    spark: Markup | None


def sources(asking: Asking) -> Response:
    stored = {one.id: one for one in asking.store.sources()}
    rows = [_row(one, stored.get(one.id), asking) for one in asking.site.settings.sources]
    order = {"ill": 0, "warn": 1, "ok": 2, "off": 3}
    rows.sort(key=lambda row: order[row.tone])
    return page(asking, "sources", section="sources", rows=rows)


def source(asking: Asking) -> Response:
    found = asking.site.settings.source(asking.path["id"])
    if found is None:
        raise Refused(404)
    record = asking.store.source(found.id)
    passes = tuple(reversed(record.recent)) if record else ()
    return page(
        asking,
        "source",
        section="sources",
        row=_row(found, record, asking),
        passes=passes,
        picture=_picture(record.recent, asking) if record and record.recent else None,
        usual_seconds=usual(record.usual.seconds) if record else None,
        usual_entries=usual(record.usual.entries) if record else None,
    )


def _row(found: Source, record: SourceRecord | None, asking: Asking) -> Row:
    health = record.health if record else Health()
    words = asking.words
    if not found.enabled:
        return Row(found, record, health, words["state_off"], "off", None)
    spark = _spark(record.recent[-SPARKS:], asking) if record and record.recent else None
    tone = _TONES.get(health.state, "ill")
    return Row(found, record, health, words[f"state_{health.state.value}"], tone, spark)


def _spark(notes: Sequence[PassNote], asking: Asking) -> Markup:
    failed = sum(one.problem is not None for one in notes)
    found = sum(one.found for one in notes)
    told = asking.words("passes_told", n=len(notes), failed=failed, found=found)
    return charts.spark([(one.took_s, _how(one)) for one in notes], told)


def _how(note: PassNote) -> str:
    return "ill" if note.problem else "news" if note.found else "ok"


def _picture(notes: Sequence[PassNote], asking: Asking) -> Markup:
    words, zone = asking.words, asking.site.zone
    points = [
        charts.Point(
            one.at.astimezone(zone).strftime("%H:%M"), one.took_s, f"{words.moment(one.at, zone)} {one.took_s:.1f} s"
        )
        for one in notes
    ]
    failed = sum(one.problem is not None for one in notes)
    told = words("passes_told", n=len(notes), failed=failed, found=sum(one.found for one in notes))
    return charts.bars(points, words["pass_seconds"], told, 180)
