"""From an endpoint to a view: the body read, the view run in a thread of the store, its refusals answered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import parse_qsl

from starlette.datastructures import ImmutableMultiDict
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from watcher.threads import in_store
from watcher.web.site import Asking, Form, Site

View = Callable[[Asking], Response]
LARGEST_FORM: Final = 32_768
MOST_FIELDS: Final = 200


class Refused(Exception):  # noqa: N818  what becomes of a request
    """A view that answers with an error: its status, and which part of the address it is about (`a=12`)."""

    def __init__(self, status: int, detail: str = "") -> None:
        self.status, self.detail = status, detail
        super().__init__(detail)


def served(view: View, *, form: bool = True) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint of a view; without `form` what is sent is not read (a mail program's one click is of any kind)."""

    async def endpoint(request: Request) -> Response:
        return await in_store(view, await asked(request, form=form))

    endpoint.__name__ = getattr(view, "__name__", "view")
    return endpoint


async def asked(request: Request, *, form: bool = True) -> Asking:
    """A request with its form read, where it has one."""
    site: Site = request.app.state.site
    fields = await _form(request) if form and request.method == "POST" else Form()
    return Asking(site, request, site.clock(), fields)


async def _form(request: Request) -> Form:
    """The fields of a small form; no file is taken."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in ("application/x-www-form-urlencoded", ""):
        raise HTTPException(415)
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_FORM:
            raise HTTPException(413)
    try:
        fields = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:  # no UTF-8, or too many
        raise HTTPException(400) from None
    return ImmutableMultiDict(fields)
