"""A request to a channel's service, and what of it is the same for one message after the other. Pure."""

from __future__ import annotations

import json
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode

import httpx

from watcher.fetch.unpack import ACCEPT_ENCODING

_OURS: Final = {"Accept": "*/*", "Accept-Encoding": ACCEPT_ENCODING, "User-Agent": "watcher"}


@dataclass(frozen=True, slots=True)
class Call:
    """A request; `body` is sent as JSON, `text` is JSON, `form` is sent as a form."""

    url: str
    method: str = "POST"
    body: object = None
    text: str | None = None
    form: dict[str, str] | None = None
    params: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    auth: tuple[str, str] | None = None
    verify: bool = True


@dataclass(frozen=True, slots=True)
class Head:
    """What is asked, where, and how, without the length of the content."""

    method: bytes
    url: httpx.URL = field(repr=False)
    headers: list[tuple[bytes, bytes]] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """`body`: as it came, packed as `packed` says (Content-Encoding); of a longer one only its beginning."""

    status: int
    packed: str
    body: bytes


def content(call: Call) -> bytes:
    """What is sent; lone surrogates, which no JSON may hold, are replaced."""
    if call.form is not None:
        return urlencode(call.form).encode("ascii")
    text = call.text if call.body is None else json.dumps(call.body, ensure_ascii=False)
    return b"" if text is None else text.encode("utf-8", "replace")


def likeness(call: Call) -> Hashable:
    """Equal for calls that have the same head."""
    return (call.method, call.url, (*call.params.items(),), (*call.headers.items(),), call.auth, call.form is None)


def head(call: Call) -> Head:
    """Raises httpx.InvalidURL, UnicodeError: the address or a header cannot be sent."""
    kind = "application/json; charset=utf-8" if call.form is None else "application/x-www-form-urlencoded"
    request = httpx.Request(
        call.method,
        call.url,
        params=call.params or None,  # an empty mapping would drop the query of the address
        headers={**_OURS, "Content-Type": kind, **call.headers},
    )
    if call.auth is not None:
        next(httpx.BasicAuth(*call.auth).auth_flow(request))
    sized = [(name, value) for name, value in request.headers.raw if name.lower() != b"content-length"]
    return Head(request.method.encode("ascii"), request.url, sized)
