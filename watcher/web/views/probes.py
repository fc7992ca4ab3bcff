"""`/healthz`, `/readyz` and `/metrics`: for those who watch the watcher."""

from __future__ import annotations

from typing import Final

from starlette.responses import PlainTextResponse, Response

from watcher.errors import StoreError
from watcher.records import Filter
from watcher.web import metrics
from watcher.web.site import Asking
from watcher.web.views.listing import PAGE

# A round of deliveries comes every two seconds; as `watcher doctor --alive` allows.
ALIVE_WITHIN_S: Final = 120.0
_FRESH: Final = {"Cache-Control": "no-store"}


def healthz(asking: Asking) -> Response:
    """Whether the service is at work: its rounds of deliveries come. A page alone is at work if it answers."""
    beat = asking.site.beat
    last = beat() if beat else asking.now
    well = last is not None and (asking.now - last).total_seconds() <= ALIVE_WITHIN_S
    return PlainTextResponse("ok\n" if well else "no round of deliveries lately\n", 200 if well else 503, _FRESH)


def readyz(asking: Asking) -> Response:
    """Whether the database answers what the list needs: a damaged one may still count its sources."""
    try:
        asking.store.overviews.source_states()
        asking.store.announcements(Filter(limit=PAGE))
    except StoreError:
        return PlainTextResponse("the database cannot be used\n", 503, _FRESH)
    return PlainTextResponse("ok\n", 200, _FRESH)


def metrics_of(asking: Asking) -> Response:
    body = metrics.exposition(asking.store, asking.now, asking.site.meter)
    return Response(body, headers=_FRESH, media_type=metrics.TYPE)
