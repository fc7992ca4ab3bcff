"""A loopback HTTP/1.1 server on real sockets, with routes and faults that a test sets while it runs.

    with Site() as site:
        site.set("/list/", "<ul>…</ul>")                       # 200, text/html; charset=utf-8, ETag, answers 304
        site.set("/slow", Answer(body=b"x", delay_s=0.2))
        site.set("/flaky", [Answer(503), Answer(body=b"ok")])  # one after another, the last one stays
        site.set("/echo", lambda request: Answer(body=request.body))
        get(site.url("/list/")); assert site.requests[-1].path == "/list/"

It serves from a thread of its own, so synchronous tests (of the command line) use it as asynchronous ones do.
"""

from __future__ import annotations

import asyncio
import hashlib
import socket
import ssl
import struct
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from http import HTTPStatus
from types import TracebackType
from typing import Self

from tests.sites.thread import ServerThread


class Fault(Enum):
    """What a server does wrong."""

    NONE = auto()
    HANG = auto()  # takes the request and never answers
    CLOSE = auto()  # takes the request and hangs up
    RESET = auto()  # sends half of the body, then a TCP reset
    TRUNCATE = auto()  # sends half of the promised body, then hangs up
    ENDLESS = auto()  # repeats the body for ever, without a Content-Length
    DRIP = auto()  # one byte each 20 ms
    GARBAGE = auto()  # answers with the body alone: no HTTP at all


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    path: str  # as it stands in the request line
    headers: dict[str, str]  # names in lower case, values as latin-1
    body: bytes
    at: float  # time.monotonic()


@dataclass(frozen=True, slots=True)
class Answer:
    status: int = 200
    body: bytes = b""
    headers: Sequence[tuple[str, str]] = ()
    delay_s: float = 0.0
    fault: Fault = Fault.NONE
    conditional: bool = False  # an ETag of the body, and 304 to who knows it


def redirect(to: str, status: int = 302, *, headers: Sequence[tuple[str, str]] = ()) -> Answer:
    return Answer(status, headers=(("Location", to), *headers))


def page(text: str) -> Answer:
    return Answer(body=text.encode(), headers=(("Content-Type", "text/html; charset=utf-8"),), conditional=True)


Route = str | Answer | Sequence[Answer] | Callable[[Request], Answer]


@dataclass(slots=True)
class Site:
    """`with Site() as site:` serves until the block ends; unknown paths answer 404."""

    tls: ssl.SSLContext | None = None
    host: str = "127.0.0.1"  # what `url` writes; the server listens on 127.0.0.1 in any case
    requests: list[Request] = field(default_factory=list)
    most_in_flight: int = 0
    connections: int = 0
    _in_flight: int = 0
    _routes: dict[str, Route] = field(default_factory=dict)
    _served: dict[str, int] = field(default_factory=dict)
    _server: ServerThread = field(init=False)

    def __post_init__(self) -> None:
        self._server = ServerThread(self._serve, self.tls)

    def __enter__(self) -> Self:
        self._server.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.stop()

    def set(self, path: str, route: Route) -> None:
        """Serve `route` at `path` from now on; a text is an HTML page with an ETag."""
        self._routes[path] = route
        self._served.pop(path, None)

    def remove(self, path: str) -> None:
        self._routes.pop(path, None)

    def url(self, path: str = "/") -> str:
        return f"{'https' if self.tls else 'http'}://{self.host}:{self.port}{path}"

    @property
    def port(self) -> int:
        return self._server.port

    def paths(self) -> list[str]:
        """The paths asked for so far, in order."""
        return [request.path for request in self.requests]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while (request := await _read_request(reader)) is not None:
                if self._is_noted(request):
                    self.requests.append(request)
                self._in_flight += 1
                self.most_in_flight = max(self.most_in_flight, self._in_flight)
                try:
                    keep = await _send(self._answer(request), request, writer)
                finally:
                    self._in_flight -= 1
                if not keep:
                    break
        except (OSError, asyncio.IncompleteReadError, ssl.SSLError):
            pass  # the client hung up: its right
        finally:
            writer.close()

    def _is_noted(self, request: Request) -> bool:
        """A robots.txt that no test has set is answered 404 without a note: every first visit asks for it."""
        return not request.path.endswith("/robots.txt") or request.path in self._routes

    def _answer(self, request: Request) -> Answer:
        route = self._routes.get(request.path)
        if route is None:
            route = self._routes.get(request.path.partition("?")[0], Answer(404, b"not here"))
        if isinstance(route, str):
            return page(route)
        if isinstance(route, Answer):
            return route
        if callable(route):
            return route(request)
        count = self._served.get(request.path, 0)
        self._served[request.path] = count + 1
        return route[min(count, len(route) - 1)]


async def _read_request(reader: asyncio.StreamReader) -> Request | None:
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        return None
    lines = head.decode("latin-1").split("\r\n")
    method, path, _ = lines[0].split(" ", 2)
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:] if line)}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Request(method, path, headers, body, time.monotonic())


async def _send(answer: Answer, request: Request, writer: asyncio.StreamWriter) -> bool:
    """Write the answer; True where the connection may be used again."""
    await asyncio.sleep(answer.delay_s)
    if answer.fault is not Fault.NONE:
        await _misbehave(answer, writer)
        return False
    status, body, headers = answer.status, answer.body, list(answer.headers)
    if answer.conditional:
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        headers.append(("ETag", etag))
        if request.headers.get("if-none-match") == etag:
            status, body = 304, b""
    if status not in (204, 304):
        headers.append(("Content-Length", str(len(body))))
    writer.write(_head(status, headers) + (b"" if request.method == "HEAD" else body))
    await writer.drain()
    return True


def _head(status: int, headers: Sequence[tuple[str, str]]) -> bytes:
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = "Unknown"
    lines = [f"HTTP/1.1 {status} {phrase}", *(f"{name}: {value}" for name, value in headers), "", ""]
    return "\r\n".join(lines).encode("latin-1")


async def _misbehave(answer: Answer, writer: asyncio.StreamWriter) -> None:
    body, half = answer.body, answer.body[: len(answer.body) // 2]
    promised = _head(answer.status, [*answer.headers, ("Content-Length", str(len(body)))])
    match answer.fault:
        case Fault.HANG:
            await asyncio.sleep(3600)
        case Fault.GARBAGE:
            writer.write(body)
        case Fault.TRUNCATE:
            writer.write(promised + half)
        case Fault.RESET:
            writer.write(promised + half)
            await writer.drain()
            linger = struct.pack("ii", 1, 0)
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        case Fault.ENDLESS:
            writer.write(_head(answer.status, [*answer.headers, ("Connection", "close")]))
            while True:
                writer.write(body)
                await writer.drain()
        case Fault.DRIP:
            writer.write(promised)
            for byte in body:
                writer.write(bytes([byte]))
                await writer.drain()
                await asyncio.sleep(0.02)
        case _:
            pass  # CLOSE
    if not writer.is_closing():
        await writer.drain()
