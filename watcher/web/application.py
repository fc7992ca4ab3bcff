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
from watcher.web.asked import BadAddress
from watcher.web.assets import assets
from watcher.web.failures import failed
from watcher.web.gate import Gate
from watcher.web.served import Refused, View, served
from watcher.web.site import Site
from watcher.web.views import item, listing

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
        Route("/static/{name}", static),
    ]


def _shown(path: str, view: View) -> Route:
    return Route(path, served(view), methods=["GET"])


async def static(request: Request) -> Response:
    """A file of the package; its name changes with its content, so that it may be kept for good."""
    found = assets().get(request.path_params["name"])
    if found is None:
        raise HTTPException(404)
    kept = {"Cache-Control": f"public, max-age={YEAR_S}, immutable"}
    return Response(found.body, headers=kept, media_type=found.media_type)
