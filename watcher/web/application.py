"""The ASGI application: addresses, and what surrounds every answer."""

from __future__ import annotations

from typing import Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from watcher.errors import StoreError
from watcher.web.api import answers
from watcher.web.api.description import parameters_of
from watcher.web.asked import BadAddress, strict
from watcher.web.assets import assets
from watcher.web.failures import failed
from watcher.web.gate import Gate
from watcher.web.served import Refused, View, served
from watcher.web.site import Asking, Site
from watcher.web.views import beside, deliveries, feeds, item, listing, probes, review, sources, subscribe, times

YEAR_S: Final = 365 * 86_400
SMALLEST_PACKED: Final = 800


def application(site: Site) -> ASGIApp:
    """The pages, feeds and API of a site; the gate is around all of it, so that no answer goes without its headers."""
    made = Starlette(
        routes=routes(),
        exception_handlers=dict.fromkeys((HTTPException, BadAddress, Refused, StoreError, Exception), failed),
    )
    made.router.redirect_slashes = False
    made.state.site = site
    return Gate(GZipMiddleware(made, SMALLEST_PACKED, 5), site.access)


def routes() -> list[BaseRoute]:
    return [
        _shown("/", listing.listing),
        _shown("/announcements/{id}", item.item),
        _shown("/announcements/{id}/diff", item.diff),
        _sent("/announcements/{id}/verdict", review.verdict),
        _shown("/deadlines", times.deadlines),
        _shown("/trends", times.trends),
        _shown("/series", beside.series),
        _shown("/compare", beside.compare),
        _shown("/sources", sources.sources),
        _shown("/sources/{id}", sources.source),
        _shown("/deliveries", deliveries.deliveries),
        _shown("/review", review.review),
        _shown("/subscribe", subscribe.form),
        Route("/subscribe", subscribe.sent, methods=["POST"]),
        _shown("/confirm/{token}", subscribe.confirm),
        _sent("/confirm/{token}", subscribe.confirm),
        _shown("/unsubscribe/{token}", subscribe.unsubscribe),
        Route("/unsubscribe/{token}", served(subscribe.unsubscribe, form=False), methods=["POST"]),
        _shown("/feed.atom", feeds.atom_feed),
        _shown("/feed.json", feeds.json_feed_of),
        _shown("/calendar.ics", feeds.calendar),
        _answered("announcements", answers.announcements),
        _answered("announcements/{id}", answers.announcement),
        _answered("figures", answers.figures),
        _answered("sources", answers.sources),
        _answered("deliveries", answers.deliveries),
        _answered("compare", answers.compare),
        _answered("series", answers.series),
        _shown("/api/openapi.json", answers.openapi),
        _shown("/metrics", probes.metrics_of),
        _shown("/healthz", probes.healthz),
        _shown("/readyz", probes.readyz),
        Route("/static/{name}", static),
    ]


def _shown(path: str, view: View) -> Route:
    return Route(path, served(view), methods=["GET"])


def _sent(path: str, view: View) -> Route:
    return Route(path, served(view), methods=["POST"])


def _answered(path: str, view: View) -> Route:
    """An address of the API, which takes nothing half said, and what is described alone."""
    address = f"/api/v1/{path}"
    names = parameters_of(address)

    def checked(asking: Asking) -> Response:
        strict(asking.request.query_params.multi_items(), names)
        return view(asking)

    return _shown(address, checked)


async def static(request: Request) -> Response:
    """A file of the package; its name changes with its content, so that it may be kept for good."""
    found = assets().get(request.path_params["name"])
    if found is None:
        raise HTTPException(404)
    kept = {"Cache-Control": f"public, max-age={YEAR_S}, immutable"}
    return Response(found.body, headers=kept, media_type=found.media_type)
