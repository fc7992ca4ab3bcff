"""`/healthz`, `/readyz` and `/metrics`: for those who watch the watcher."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from starlette.responses import PlainTextResponse, Response

from watcher.clocks import is_ahead
from watcher.errors import StoreError
from watcher.health.backoff import believed
from watcher.records.announcements import Filter
from watcher.records.sources import Health
from watcher.web import metrics
from watcher.web.site import Asking, Site
from watcher.web.views.listing import PAGE

# A round of deliveries comes every two seconds; as `watcher doctor --alive` allows.
ALIVE_WITHIN_S: Final = 120.0
# Passes may wait for a slow host, or for each other: what is so much later than due is not late, but never comes.
IDLE_TIMES, IDLE_SPARE = 3, timedelta(minutes=10)
_FRESH: Final = {"Cache-Control": "no-store"}


def healthz(asking: Asking) -> Response:
    """Whether the service is at work: its rounds of deliveries come. A page alone is at work if it answers."""
    beat = asking.site.beat
    last = beat() if beat else asking.now
    well = last is not None and abs((asking.now - last).total_seconds()) <= ALIVE_WITHIN_S  # a clock may be set back
    return PlainTextResponse("ok\n" if well else "no round of deliveries lately\n", 200 if well else 503, _FRESH)


def readyz(asking: Asking) -> Response:
    """Whether the database answers what the list needs (a damaged one may still count its sources), and, of a service,
    whether passes are made.
    """
    try:
        asking.store.overviews.source_states()
        asking.store.lists.announcements(Filter(limit=PAGE))
        at_work = asking.site.began is None or not is_idle(asking.site, asking.site.began, asking.now)
    except StoreError:
        return PlainTextResponse("the database cannot be used\n", 503, _FRESH)
    if not at_work:
        return PlainTextResponse("no pass over any source lately\n", 503, _FRESH)
    return PlainTextResponse("ok\n", 200, _FRESH)


def is_idle(site: Site, began: datetime, now: datetime) -> bool:
    """Whether no pass ended for much longer than the shortest interval of the sources that may be asked."""
    every = {one.id: one.every.interval for one in site.settings.sources if one.enabled and one.every.interval}
    resting = [one for one in site.store.passes.rest(now) if one[0] in every]
    if len(resting) < len(every):  # some pass is being made
        return False
    waits = [every[name] for name, last, retry in resting if not _put_off(last, retry, every[name], now)]
    ended = [began, *(last for _, last, _ in resting if last is not None)]
    past = [moment for moment in ended if not is_ahead(moment, now)]
    return bool(waits) and (not past or now - max(past) > IDLE_TIMES * min(waits) + IDLE_SPARE)


def _put_off(last_checked: datetime | None, retry_at: datetime | None, every: timedelta, now: datetime) -> bool:
    until = believed(Health(last_checked=last_checked, retry_at=retry_at), every, now)
    return until is not None and until > now


def metrics_of(asking: Asking) -> Response:
    body = metrics.exposition(asking.store, asking.now, asking.site.meter)
    return Response(body, headers=_FRESH, media_type=metrics.TYPE)
