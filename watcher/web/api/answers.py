"""What the addresses of the API answer; the objects are made by the functions that the command line prints with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from starlette.responses import Response

from watcher import histories
from watcher.followups.series import series_of
from watcher.model import FigureKind
from watcher.records.announcements import AnnouncementRecord
from watcher.render.contract import figure_json
from watcher.render.deliveries import delivery_json
from watcher.render.followups import beside_json, series_json
from watcher.render.item import item_json
from watcher.render.sources import source_json
from watcher.web.api.description import description
from watcher.web.asked import BadAddress, Choice, cursor, delivery_status, number
from watcher.web.bodies import issued
from watcher.web.pages import kept
from watcher.web.served import Refused
from watcher.web.site import Asking
from watcher.web.views.item import history_of, revision_of

DEFAULT: Final = 20
MOST: Final = 100


def announcements(asking: Asking) -> Response:
    records, following = _records(asking)
    return _answer(asking, {"items": [item_json(one, asking.today) for one in records], "next": following})


def announcement(asking: Asking) -> Response:
    history = history_of(asking)
    return _answer(asking, histories.shown(asking.store, history, revision_of(asking, history), asking.today))


def figures(asking: Asking) -> Response:
    """The figures of the announcements of a list; `kind` leaves the others out."""
    kinds = asking.request.query_params.getlist("kind")
    for one in kinds:
        if one not in list(FigureKind):
            raise BadAddress("kind", f"expected one of {', '.join(FigureKind)}")
    records, following = _records(asking)
    found = [line for one in records for line in _figures(one, kinds)]
    return _answer(asking, {"items": found, "next": following})


def sources(asking: Asking) -> Response:
    stored = {one.id: one for one in asking.store.sources()}
    items = [source_json(one, stored.get(one.id)) for one in asking.site.settings.sources]
    return _answer(asking, {"items": items, "next": None})


def deliveries(asking: Asking) -> Response:
    asked = asking.request.query_params
    status = delivery_status(asked.get("status"))
    limit = _limit(asking)
    before = number(asked["after"], name="after") if asked.get("after") else None
    found = asking.store.deliveries(status, limit + 1, before)
    following = str(found[limit - 1].id) if len(found) > limit else None
    return _answer(asking, {"items": [delivery_json(one) for one in found[:limit]], "next": following})


def compare(asking: Asking) -> Response:
    before, after = (_record(asking, name) for name in ("a", "b"))
    linked = histories.of_one_matter(asking.store, before.id, after.id)
    return _answer(asking, beside_json(before, after, one_matter=linked))


def series(asking: Asking) -> Response:
    found = [one for body, records in issued(asking) for one in series_of(body, records)]
    return _answer(asking, {"items": [series_json(one) for one in found], "next": None})


def openapi(asking: Asking) -> Response:
    return _answer(asking, description(asking.base))


def _records(asking: Asking) -> tuple[tuple[AnnouncementRecord, ...], str | None]:
    """The announcements that are asked for, and where the list goes on."""
    limit = _limit(asking)
    choice = Choice.of(asking.request.query_params.multi_items())
    found = asking.store.lists.announcements(choice.filter(asking.now, limit + 1))
    return found[:limit], cursor(found[limit - 1]) if len(found) > limit else None


def _limit(asking: Asking) -> int:
    written = asking.request.query_params.get("limit")
    wanted = number(written, name="limit") if written else DEFAULT
    if wanted > MOST:
        raise BadAddress("limit", f"expected at most {MOST}")
    return wanted


def _figures(record: AnnouncementRecord, kinds: list[str]) -> Iterator[dict[str, Any]]:
    found = record.extraction
    of = {
        "id": record.id,
        "title": found.title,
        "issuer": found.issuer,
        "region": record.region_code,
        "published": found.published and found.published.isoformat(),
        "url": record.url,
    }
    for place, one in enumerate(found.figures, 1):
        if not kinds or one.kind in kinds:
            yield {"announcement": of, "number": place, **figure_json(one)}


def _record(asking: Asking, name: str) -> AnnouncementRecord:
    history = asking.store.lists.announcement(number(asking.request.query_params.get(name, ""), name=name))
    if history is None:
        raise Refused(404)
    return history.announcement


def _answer(asking: Asking, content: object) -> Response:
    return kept(asking, json.dumps(content, ensure_ascii=False).encode(), "application/json")
