"""Answers: pages from templates, and what is kept by those who ask again (ETag)."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Any, Final
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import Response

from watcher.change.note import note
from watcher.inert import inert
from watcher.render.card import web_address
from watcher.web import assets
from watcher.web.anchors import figure_address
from watcher.web.language import LANGUAGES
from watcher.web.site import Asking

# The sections, in the order of the menu: (name of the phrase, address).
SECTIONS: Final = (
    ("announcements", "/"),
    ("deadlines_page", "/deadlines"),
    ("trends", "/trends"),
    ("series_page", "/series"),
    ("sources", "/sources"),
    ("deliveries", "/deliveries"),
    ("review", "/review"),
)
LANGUAGE_S: Final = 365 * 86_400
BY_LANGUAGE: Final = "Accept-Language, Cookie"  # of what `Vary` says of an answer in the reader's language


@cache
def environment() -> Environment:
    """Whatever is put into a page is escaped, and without the characters that steer a reader's screen."""
    made = Environment(
        loader=PackageLoader("watcher.web"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=lambda value: inert(value) if type(value) is str else "" if value is None else value,
    )
    made.filters |= {"link": web_address, "told": note, "figure_address": figure_address}
    made.globals["asset"] = assets.address
    made.globals["style"] = assets.style()
    return made


def page(asking: Asking, template: str, *, status: int = 200, section: str = "", **values: Any) -> Response:
    """A page of this template; every template is given who asks (`asking`) and the words of his language (`w`)."""
    text = (
        environment()
        .get_template(f"{template}.html")
        .render(
            asking=asking,
            w=asking.words,
            site=asking.site,
            today=asking.today,
            zone=asking.site.zone,
            section=section,
            sections=SECTIONS,
            switch=_switch(asking),
            **values,
        )
    )
    response = Response(text, status, {"Vary": BY_LANGUAGE}, media_type="text/html")
    response.headers["Content-Language"] = asking.words.tag
    # A page is of its moment, and of who asks: kept, but not shown again without asking.
    response.headers["Cache-Control"] = "private, no-cache"
    if asking.request.query_params.get("lang") in LANGUAGES:
        response.set_cookie(
            "lang", asking.language, LANGUAGE_S, httponly=True, samesite="lax", secure=is_secure(asking)
        )
    return response


def is_secure(asking: Asking) -> bool:
    """Whether readers come by HTTPS, so that cookies go no other way."""
    return asking.base.startswith("https://")


def _switch(asking: Asking) -> str:
    """The same page in the other language."""
    other = next(one for one in LANGUAGES if one != asking.language)
    kept = [(name, value) for name, value in asking.request.query_params.multi_items() if name != "lang"]
    return f"?{urlencode([*kept, ('lang', other)])}"


def kept(asking: Asking, body: bytes, media_type: str, *, by_language: bool = False) -> Response:
    """An answer that is sent once: who has it already (If-None-Match) is told so.

    `by_language`: whether it is written in the reader's. That it varies with the encoding is said by what packs it; of
    an answer without a body, here.
    """
    etag = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
    known = {"ETag": etag, "Cache-Control": "private, no-cache"}
    varies = {"Vary": BY_LANGUAGE} if by_language else {}
    if _has(asking.request.headers.get("if-none-match", ""), etag):
        varies = {"Vary": ", ".join((*varies.values(), "Accept-Encoding"))}
        return Response(status_code=304, headers={**known, **varies})
    return Response(body, headers={**known, **varies}, media_type=media_type)


def _has(header: str, etag: str) -> bool:
    """The weak comparison of RFC 9110."""
    given = [one.strip().removeprefix("W/") for one in header[:4000].split(",")]
    return "*" in given or etag.removeprefix("W/") in given
