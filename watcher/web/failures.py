"""Errors as answers: a page for a browser, a problem (RFC 9457) for a program; none tells anything of our inside."""

from __future__ import annotations

import json
import logging
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from watcher.errors import StoreError
from watcher.web.asked import BadAddress
from watcher.web.limits import SPAN
from watcher.web.pages import page
from watcher.web.served import Refused
from watcher.web.site import Asking
from watcher.web.words import Words

log = logging.getLogger("watcher.web")


async def failed(request: Request, error: Exception) -> Response:
    """The answer to a request that ended with `error`."""
    status = _status(error)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("web path=%s status=%d error=%s", request.url.path, status, error)
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        headers["Retry-After"] = str(int(SPAN.total_seconds()))
    if request.url.path.startswith("/api/"):
        response = problem(status, str(error) if isinstance(error, BadAddress | Refused) else "")
    else:
        site = request.app.state.site
        asking = Asking(site, request, site.clock())
        response = page(asking, "error", status=status, code=status, detail=_detail(error, asking.words))
    response.headers.update(headers)
    return response


def problem(status: int, detail: str) -> Response:
    told = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return Response(json.dumps(told, ensure_ascii=False), status, media_type="application/problem+json")


def _status(error: Exception) -> int:
    if isinstance(error, BadAddress):
        return 400
    if isinstance(error, Refused):
        return error.status
    if isinstance(error, HTTPException):
        return error.status_code
    return 503 if isinstance(error, StoreError) else 500


def _detail(error: Exception, words: Words) -> str:
    """What a reader may know, in his language: of what he asked, never of the database or a file."""
    if isinstance(error, BadAddress):
        return words.wrong(error.name, error.expected, error.phrase)
    return error.detail if isinstance(error, Refused) else ""
