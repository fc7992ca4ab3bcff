"""Forms that change something: sealed for the session of a browser, so that no page of a stranger can send them."""

from __future__ import annotations

import re
import secrets
from typing import Final
from urllib.parse import urlsplit

from starlette.responses import Response

from watcher.web.access import host_name
from watcher.web.pages import is_secure
from watcher.web.served import Refused
from watcher.web.site import Asking

COOKIE: Final = "session"
_SESSION: Final = re.compile(r"[A-Za-z0-9_-]{22,64}")


def session_of(asking: Asking) -> str:
    """The session of this browser, a new one where it has none."""
    kept = asking.request.cookies.get(COOKIE, "")
    return kept if _SESSION.fullmatch(kept) else secrets.token_urlsafe(24)


def with_session(asking: Asking, response: Response, session: str) -> Response:
    if asking.request.cookies.get(COOKIE) != session:
        response.set_cookie(COOKIE, session, httponly=True, samesite="strict", secure=is_secure(asking))
    return response


def check(asking: Asking) -> None:
    """Refuse a form that was not given to this browser, or comes from elsewhere; and any where nothing is changed.

    Raises:
        Refused: 403.
    """
    headers = asking.request.headers
    if asking.site.read_only or headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise Refused(403)
    origin = headers.get("origin")
    if origin and host_name(urlsplit(origin).netloc) != host_name(headers.get("host", "")):
        raise Refused(403)
    kept = asking.request.cookies.get(COOKIE, "")
    if not asking.site.seals.is_form(asking.form.get("seal", ""), kept):
        raise Refused(403)
