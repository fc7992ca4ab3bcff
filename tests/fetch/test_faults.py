"""Every way in which a site goes wrong, and what the fetcher makes of it: the fetcher's half of the fault matrix.

An answer that is no page is an error with a code, a word on what to do, and whether asking again soon may help. What
came as a page is handed on as it came: whether it is what it should be is for `read` and `listing` to say.
"""

from __future__ import annotations

import asyncio
import gzip
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace

import pytest

from tests.fetch.running import LIMITS, OPTIONS, failure, fetch_page
from tests.sites import Answer, Fault, Request, Site, redirect
from tests.sites.checks import COOKIE, RUISHU
from watcher.fetch import Fetcher
from watcher.model import NotModified

PACKED = gzip.compress(b",".join(b"%d" % number for number in range(9000)))
GZIP = (("Content-Encoding", "gzip"),)


@dataclass(frozen=True, slots=True)
class Wrong:
    """What the site answers, and the error that it is."""

    answer: Answer
    code: str
    says: str
    asked: int = 1  # 3: it passes, so it was tried again; 2: over a connection of its own
    hangs: bool = False  # meets short limits; anything else would meet them too on a machine with much to do


WRONG = {
    "reset": Wrong(Answer(body=b"x" * 50, fault=Fault.RESET), "reset", "the connection was cut", 3),
    "hung up": Wrong(Answer(fault=Fault.CLOSE), "reset", "the connection was cut", 3),
    "half a body": Wrong(Answer(body=b"x" * 50, fault=Fault.TRUNCATE), "reset", "the connection was cut", 3),
    "slow headers": Wrong(Answer(body=b"x", delay_s=3), "timeout_read", "it is asked again later", 3, True),
    "slow body": Wrong(
        Answer(body=b"x" * 500, fault=Fault.DRIP), "timeout_read", "within the time allowed", hangs=True
    ),
    "endless body": Wrong(Answer(body=b"x" * 999, fault=Fault.ENDLESS), "too_large", "more than 0.1 MB"),
    "endless headers": Wrong(
        Answer(body=b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 50_000, fault=Fault.GARBAGE), "protocol", "HTTP", 2
    ),
    "endless redirect": Wrong(redirect("/"), "redirect_loop", "in circles"),
    "304 to nothing": Wrong(Answer(304), "http_304", "HTTP 304"),
    "401": Wrong(Answer(401), "http_401", "wants a login"),
    "403": Wrong(Answer(403, b"Forbidden"), "http_403", "set `proxy`"),
    "404": Wrong(Answer(404), "http_404", "look for its new address"),
    "410": Wrong(Answer(410), "http_410", "look for its new address"),
    "412 challenge": Wrong(Answer(412, RUISHU), "challenge", "a check for real browsers"),
    "412 challenge, packed": Wrong(Answer(412, gzip.compress(RUISHU), GZIP), "challenge", "a check for real browsers"),
    "412": Wrong(Answer(412), "http_412", "a check for real browsers"),
    "429": Wrong(Answer(429), "http_429", "raise `per_host_delay`", 3),
    "429 for an hour": Wrong(
        Answer(429, headers=(("Retry-After", "3600"),)), "http_429", "asked to be left alone for 60 min"
    ),
    "500": Wrong(Answer(500), "http_500", "Internal Server Error", 3),
    "503": Wrong(Answer(503), "http_503", "Service Unavailable", 3),
    "521": Wrong(Answer(521, COOKIE), "challenge", "a check for real browsers", 3),
    "no HTTP": Wrong(
        Answer(body=b"220 mail ready\r\n\r\n", fault=Fault.GARBAGE),
        "protocol",
        "127.0.0.1: the answer is not HTTP (this is no HTTP server",
        2,
    ),
    "truncated gzip": Wrong(Answer(body=PACKED[:-100], headers=GZIP), "bad_encoding", "ends too early"),
    "damaged gzip": Wrong(Answer(body=b"<html>", headers=GZIP), "bad_encoding", "is damaged"),
    "gzip bomb": Wrong(Answer(body=gzip.compress(b"\0" * 9_000_000), headers=GZIP), "too_large", "more than 0.1 MB"),
    "strange packing": Wrong(Answer(headers=(("Content-Encoding", "lzma"),)), "bad_encoding", "not asked for"),
    "long body": Wrong(Answer(body=b"x" * 100_001), "too_large", "check the address"),
    "redirect to a file": Wrong(
        redirect("file:///etc/passwd"),
        "unsupported_scheme",
        "the site redirects to an address that is not fetched: its scheme is file (only http and https",
    ),
    "redirect to nowhere": Wrong(redirect("http://["), "bad_url", "http://host/path"),
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
async def test_what_is_no_page_is_an_error_that_says_what_to_do(site: Site, wrong: Wrong) -> None:
    site.set("/", wrong.answer)
    limits = replace(LIMITS, read_s=0.2, total_s=1) if wrong.hangs else LIMITS
    async with Fetcher(OPTIONS, limits) as fetcher:
        error = await failure(fetcher, site.url("/"))
    assert (error.code, len(site.requests)) == (wrong.code, wrong.asked)
    assert wrong.says in str(error)
    assert str(error).startswith("127.0.0.1: ")


@pytest.fixture
def dead_port() -> Iterator[int]:
    """A port that takes no call and refuses none: its queue is full."""
    with ExitStack() as stack:
        server = stack.enter_context(socket.socket())
        server.bind(("127.0.0.1", 0))
        server.listen(0)
        for _ in range(4):
            caller = stack.enter_context(socket.socket())
            caller.setblocking(False)
            caller.connect_ex(server.getsockname())
        yield server.getsockname()[1]


async def test_a_server_that_is_dead_is_given_up_in_time(dead_port: int) -> None:
    async with Fetcher(OPTIONS, replace(LIMITS, connect_s=0.1)) as fetcher:
        error = await failure(fetcher, f"http://127.0.0.1:{dead_port}/")
    assert (error.code, error.transient) == ("timeout_connect", True)
    assert "`proxy`" in str(error)


@pytest.mark.parametrize(
    ("answer", "code", "says"),
    [
        (b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", "no_tls", "the port does not speak TLS"),
        (b"220 mail ready\r\n", "no_tls", "write the address with http://"),
        (b"", "reset", "cut before TLS was agreed on: the port may not speak it"),
    ],
)
async def test_a_port_that_speaks_no_tls_is_said_to_be_one(
    fetcher: Fetcher, answer: bytes, code: str, says: str
) -> None:
    async def plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(100)
        writer.write(answer)
        writer.close()

    async with await asyncio.start_server(plain, "127.0.0.1", 0) as server:
        error = await failure(fetcher, f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/")
    assert error.code == code
    assert says in str(error)


async def test_a_server_that_refuses_is_named(fetcher: Fetcher, unused_tcp_port: int) -> None:
    error = await failure(fetcher, f"http://127.0.0.1:{unused_tcp_port}/")
    assert (error.code, error.transient) == ("refused", True)
    assert "the server is down" in str(error)


LIST = "<ul><li><a href=/1.html>通知</a></ul>".encode()

AS_IT_CAME = {
    "wrong type": (LIST, "image/png", ("image/png", None)),
    "no type": (LIST, None, (None, None)),
    "wrong charset": (LIST, "text/html; charset=big5", ("text/html", "big5")),
    "charset of nobody": (LIST, 'text/html;charset="x-unknown";charset=gbk', ("text/html", "x-unknown")),
    "GB18030 only in meta": (
        "<meta charset=gb2312><p>朱镕基 㙍".encode("gb18030"),
        "text/html",
        ("text/html", None),
    ),
    "empty": (b"", "text/html", ("text/html", None)),
    "maintenance": ("<title>系统维护中</title>".encode(), "text/html; charset=utf-8", ("text/html", "utf-8")),
    "another layout": (b"<div id=app></div>", "text/html", ("text/html", None)),
}


@pytest.mark.parametrize(("body", "content_type", "said"), AS_IT_CAME.values(), ids=AS_IT_CAME.keys())
async def test_what_came_as_a_page_is_handed_on_as_it_came(
    site: Site, fetcher: Fetcher, body: bytes, content_type: str | None, said: tuple[str | None, str | None]
) -> None:
    site.set("/", Answer(body=body, headers=(("Content-Type", content_type),) if content_type else ()))
    page = await fetch_page(fetcher, site.url("/"))
    assert (page.status, page.body, page.media_type, page.charset) == (200, body, *said)


async def test_a_visit_counter_gives_another_page_each_time(site: Site, fetcher: Fetcher) -> None:
    site.set("/", lambda _request: Answer(body=b"visits: %d" % len(site.requests)))
    first, second = await fetch_page(fetcher, site.url("/")), await fetch_page(fetcher, site.url("/"))
    assert first.body != second.body


async def test_a_backdated_page_is_hidden_by_its_server_until_asked_for_in_full(site: Site, fetcher: Fetcher) -> None:
    """`watcher.audit` says when that is."""

    def answer(request: Request) -> Answer:
        if "if-modified-since" in request.headers:
            return Answer(304)
        return Answer(body=LIST, headers=(("Last-Modified", "Tue, 02 Jun 2026 00:00:00 GMT"),))

    site.set("/", answer)
    page = await fetch_page(fetcher, site.url("/"))
    assert isinstance(await fetcher.fetch(site.url("/"), page.validators), NotModified)
    assert (await fetch_page(fetcher, site.url("/"))).body == LIST
