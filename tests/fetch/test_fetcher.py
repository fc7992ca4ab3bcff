"""The fetcher against real servers on loopback: answers, limits, redirects, retries, politeness."""

from __future__ import annotations

import asyncio
import gzip
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import brotli
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.fetch.running import LIMITS, OPTIONS, failure, fetch_page
from tests.sites import Answer, Fault, Request, Site, redirect
from tests.sites.checks import COOKIE
from watcher.errors import FetchError
from watcher.fetch import Fetcher
from watcher.fetch.unpack import unpacked, unpacker, zstd
from watcher.model import Head, NotModified, Page, Validators
from watcher.settings import FetchOptions


async def test_a_page_is_returned_with_what_the_server_said_about_it(site: Site) -> None:
    moment = datetime(2026, 6, 2, 8, 0, tzinfo=UTC)
    headers = (("Content-Type", "Text/HTML; Charset='GBK'"), ("Last-Modified", "Tue, 02 Jun 2026 00:00:00 GMT"))
    site.set("/list/", Answer(body=b"<ul>", headers=headers))
    async with Fetcher(OPTIONS, LIMITS, now=lambda: moment) as fetcher:
        page = await fetch_page(fetcher, site.url("/list/#top"))
    assert page == Page(
        url=site.url("/list/#top"),
        final_url=site.url("/list/"),
        status=200,
        body=b"<ul>",
        fetched_at=moment,
        media_type="text/html",
        charset="gbk",
        validators=Validators(None, "Tue, 02 Jun 2026 00:00:00 GMT"),
        head=Head("HTTP/1.1", "OK", (*headers, ("Content-Length", "4")), "127.0.0.1"),
    )


async def test_the_head_of_an_answer_is_kept_byte_for_byte(site: Site, fetcher: Fetcher) -> None:
    strange = (("X-Charset", "caf\xe9"), ("x-twice", "1"), ("X-Twice", "2"))
    site.set("/", Answer(299, b"x", headers=strange))
    head = (await fetch_page(fetcher, site.url("/"))).head
    assert (head.reason, head.fields[:3]) == ("Unknown", strange)


async def test_the_address_of_a_server_behind_a_proxy_is_not_known(site: Site, fetcher: Fetcher) -> None:
    site.set("http://bureau.example/", Answer(body=b"x"))
    page = await fetcher.fetch("http://bureau.example/", options=FetchOptions(proxy=site.url("").rstrip("/")))
    assert isinstance(page, Page)
    assert (page.body, page.head.address) == (b"x", None)


async def test_the_request_says_honestly_who_asks(site: Site, fetcher: Fetcher) -> None:
    site.set("/", "x")
    await fetcher.fetch(site.url("/"))
    sent = site.requests[0].headers
    assert sent["user-agent"] == "watcher-test/1.0"
    assert sent["host"] == f"127.0.0.1:{site.port}"
    assert sent["accept-language"].startswith("zh-CN")
    assert "if-none-match" not in sent


@pytest.mark.parametrize("etag", ['"abc"', 'W/"a b"', "no-quotes", '"caf\xe9"', '"' + "x" * 500 + '"'])
async def test_validators_are_echoed_byte_for_byte_and_304_is_a_value(site: Site, fetcher: Fetcher, etag: str) -> None:
    def route(request: Request) -> Answer:
        known = request.headers.get("if-none-match") == etag and request.headers.get("if-modified-since") == "yesterday"
        return Answer(304) if known else Answer(body=b"x", headers=(("ETag", etag), ("Last-Modified", "yesterday")))

    site.set("/", route)
    page = await fetch_page(fetcher, site.url("/"))
    again = await fetcher.fetch(site.url("/"), page.validators)
    assert isinstance(again, NotModified)
    assert again.url == site.url("/")


@pytest.mark.parametrize("validators", [None, Validators(), Validators("", None), Validators('"a"\r\nX: 1', "六月")])
async def test_a_304_that_nobody_asked_for_is_an_error(
    site: Site, fetcher: Fetcher, validators: Validators | None
) -> None:
    """Also where the server gave nothing to ask with, or nothing that can be sent."""
    site.set("/", Answer(304))
    with pytest.raises(FetchError) as caught:
        await fetcher.fetch(site.url("/"), validators)
    assert caught.value.code == "http_304"


async def test_validators_that_no_server_can_have_given_are_not_sent(site: Site, fetcher: Fetcher) -> None:
    site.set("/", "x")
    await fetcher.fetch(site.url("/"), Validators('"a"\r\nX-Evil: 1', "六月"))
    assert not {"if-none-match", "if-modified-since", "x-evil"} & site.requests[0].headers.keys()


@pytest.mark.parametrize(
    ("hops", "moved_to"),
    [
        ({"/a/": redirect("/b/", 301)}, "/b/"),
        ({"/a/": redirect("/b/", 308), "/b/": redirect("/c/", 301)}, "/c/"),
        ({"/a/": redirect("/b/", 301), "/b/": redirect("/c/", 302)}, "/b/"),
        ({"/a/": redirect("/b/", 302), "/b/": redirect("/c/", 301)}, None),
        ({}, None),
    ],
)
async def test_a_permanent_redirect_says_where_the_page_has_moved(
    site: Site, fetcher: Fetcher, hops: dict[str, Answer], moved_to: str | None
) -> None:
    for path in ("/a/", "/b/", "/c/"):
        site.set(path, Answer(body=b"x"))
    for path, answer in hops.items():
        site.set(path, answer)
    page = await fetch_page(fetcher, site.url("/a/"))
    assert page.moved_to == (moved_to and site.url(moved_to))


async def test_validators_do_not_follow_a_redirect_to_another_resource(site: Site, fetcher: Fetcher) -> None:
    site.set("/list/", redirect("/maintenance.html"))
    site.set("/maintenance.html", "x")
    await fetcher.fetch(site.url("/list/"), Validators('"a"'))
    assert [request.headers.get("if-none-match") for request in site.requests] == ['"a"', None]


RAW_DEFLATE = zlib.compressobj(wbits=-15)
PACKED = RAW_DEFLATE.compress("正文".encode()) + RAW_DEFLATE.flush()


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress("正文".encode(), mtime=0)),
        ("x-gzip", gzip.compress("正".encode(), mtime=0) + gzip.compress("文".encode(), mtime=0)),
        ("gzip", gzip.compress("正文".encode(), mtime=0) + b"\0\0\0padding"),
        ("deflate", zlib.compress("正文".encode())),
        ("deflate", PACKED),
        ("br", brotli.compress("正文".encode())),
        ("zstd", zstd.compress("正文".encode())),
        ("ZSTD", zstd.compress("正".encode()) + zstd.compress("文".encode())),
        ("zstd", zstd.compress("正文".encode()) + b"padding"),
        ("identity", "正文".encode()),
    ],
)
async def test_packed_bodies_are_unpacked(site: Site, fetcher: Fetcher, encoding: str, body: bytes) -> None:
    site.set("/", Answer(body=body, headers=(("Content-Encoding", encoding),)))
    assert (await fetch_page(fetcher, site.url("/"))).body.decode() == "正文"


PACKERS = (("gzip", gzip.compress), ("br", brotli.compress), ("zstd", zstd.compress))
NUMBERS = b",".join(b"%d" % number for number in range(9000))
WIDE_WINDOW = zstd.compress(NUMBERS * 1000, options={zstd.CompressionParameter.window_log: 25})


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(b"x" * 9000, mtime=0)[:-10]),
        ("gzip", gzip.compress(b"x" * 9000, mtime=0)[:12] + b"\xff" * 30),
        ("gzip", b"<html>plain"),
        ("deflate", b"\xff\xff\xff\xff"),
        ("br", brotli.compress(NUMBERS)[:-10]),
        ("br", b"<html>plain"),
        ("zstd", zstd.compress(NUMBERS)[:-10]),
        ("zstd", b"<html>plain"),
        ("zstd", WIDE_WINDOW),
        ("compress", b"whatever"),
        ("gzip, gzip", gzip.compress(gzip.compress(b"x", mtime=0), mtime=0)),
    ],
)
async def test_a_body_that_cannot_be_unpacked_is_an_error(
    site: Site, fetcher: Fetcher, encoding: str, body: bytes
) -> None:
    site.set("/", Answer(body=body, headers=(("Content-Encoding", encoding),)))
    assert (await failure(fetcher, site.url("/"))).code == "bad_encoding"


async def test_a_packed_body_that_comes_in_drips_is_unpacked(site: Site, fetcher: Fetcher) -> None:
    for name, packed in PACKERS:
        answer = Answer(body=packed("正文".encode()), headers=(("Content-Encoding", name),), fault=Fault.DRIP)
        site.set(f"/{name}", answer)
    pages = await asyncio.gather(*(fetch_page(fetcher, site.url(f"/{name}")) for name, _ in PACKERS))
    assert [page.body.decode() for page in pages] == ["正文"] * 3


ZEROS = b"\0" * 50_000_000
BOMBS = {"gzip": gzip.compress(ZEROS), "br": brotli.compress(ZEROS), "zstd": zstd.compress(ZEROS)}


@pytest.mark.parametrize(
    "answer",
    [
        Answer(body=b"x" * 100_001),
        Answer(body=b"x" * 1000, fault=Fault.ENDLESS),
        Answer(body=zstd.compress(b"") * 500, headers=(("Content-Encoding", "zstd"),), fault=Fault.ENDLESS),
        *(Answer(body=bomb, headers=(("Content-Encoding", name),)) for name, bomb in BOMBS.items()),
    ],
    ids=["declared", "endless", "endless frames of nothing", *BOMBS],
)
async def test_a_body_over_the_limit_is_cut_off(site: Site, fetcher: Fetcher, answer: Answer) -> None:
    site.set("/", answer)
    error = await failure(fetcher, site.url("/"))
    assert (error.code, error.transient) == ("too_large", False)
    assert len(site.requests) == 1


@pytest.mark.parametrize(
    ("encoding", "piece", "turns"), [("zstd", zstd.compress(b"") * 7_000, 7), ("br", BOMBS["br"], 1), ("", b"x", 1)]
)
async def test_the_loop_has_its_turns_while_a_body_is_unpacked(encoding: str, piece: bytes, turns: int) -> None:
    taken = 0

    async def others() -> None:
        nonlocal taken
        while True:
            taken += 1
            await asyncio.sleep(0)

    beside = asyncio.create_task(others())
    await unpacked(unpacker(encoding), piece, 1_000_000)
    beside.cancel()
    assert taken >= turns


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS.keys())
def test_a_bomb_is_unpacked_no_further_than_asked(bomb: bytes, request: pytest.FixtureRequest) -> None:
    unpack = unpacker(request.node.callspec.id)
    assert unpack is not None
    assert 1000 <= len(unpack.feed(bomb, 1000)) < 1_000_000


@pytest.mark.parametrize(
    ("name", "packed"), [("gzip", gzip.compress), ("br", brotli.compress), ("zstd", zstd.compress)]
)
async def test_a_body_of_exactly_the_limit_is_read(
    site: Site, fetcher: Fetcher, name: str, packed: Callable[[bytes], bytes]
) -> None:
    site.set("/", Answer(body=packed(b"x" * 100_000), headers=(("Content-Encoding", name),)))
    assert len((await fetch_page(fetcher, site.url("/"))).body) == 100_000


@pytest.mark.parametrize(
    ("status", "transient", "asked"),
    [
        (400, False, 1),
        (403, False, 1),
        (404, False, 1),
        (408, True, 3),
        (412, False, 1),
        (429, True, 3),
        (500, True, 3),
        (501, False, 1),
        (502, True, 3),
        (503, True, 3),
        (504, True, 3),
        (521, True, 3),
    ],
)
async def test_only_passing_statuses_are_asked_again(
    site: Site, fetcher: Fetcher, status: int, transient: bool, asked: int
) -> None:
    site.set("/", Answer(status))
    error = await failure(fetcher, site.url("/"))
    assert (error.code, error.status, error.transient) == (f"http_{status}", status, transient)
    assert len(site.requests) == asked


@pytest.mark.parametrize("status", [403, 412, 521])
async def test_a_site_that_turns_strangers_away_is_answered_with_a_hint_to_a_proxy(
    site: Site, fetcher: Fetcher, status: int
) -> None:
    site.set("/", Answer(status))
    assert "proxy" in str(await failure(fetcher, site.url("/")))


@pytest.mark.parametrize("status", [403, 412, 521])
@pytest.mark.parametrize("packed", [False, True])
async def test_a_refusal_that_is_a_check_for_browsers_is_called_so(
    site: Site, fetcher: Fetcher, status: int, packed: bool
) -> None:
    headers = (("Content-Encoding", "gzip"),) if packed else ()
    site.set("/", Answer(status, body=gzip.compress(COOKIE) if packed else COOKIE, headers=headers))
    error = await failure(fetcher, site.url("/"))
    assert (error.code, error.status) == ("challenge", status)


async def test_a_refusal_with_a_damaged_body_keeps_its_status(site: Site, fetcher: Fetcher) -> None:
    site.set("/", Answer(403, body=b"not packed", headers=(("Content-Encoding", "gzip"),)))
    assert (await failure(fetcher, site.url("/"))).code == "http_403"


async def test_a_pause_before_another_attempt_is_not_the_site_s_slowness(site: Site) -> None:
    site.set("/", [Answer(503), Answer(body=b"<p>")])
    async with Fetcher(OPTIONS, replace(LIMITS, backoff_s=0.5)) as fetcher:
        page = await fetch_page(fetcher, site.url("/"))
    assert page.took_s < 0.5


@pytest.mark.parametrize(
    ("fault", "code"),
    [(Fault.HANG, "timeout_read"), (Fault.CLOSE, "reset"), (Fault.RESET, "reset"), (Fault.TRUNCATE, "reset")],
)
async def test_a_broken_connection_is_named_and_tried_again(site: Site, fault: Fault, code: str) -> None:
    site.set("/", Answer(body=b"x" * 50, fault=fault))
    async with Fetcher(OPTIONS, replace(LIMITS, read_s=0.3) if fault is Fault.HANG else LIMITS) as fetcher:
        error = await failure(fetcher, site.url("/"))
    assert (error.code, error.transient) == (code, True)
    assert len(site.requests) == 3


async def test_what_is_no_http_is_named(site: Site, fetcher: Fetcher) -> None:
    site.set("/", Answer(body=b"220 mail ready\r\n\r\n", fault=Fault.GARBAGE))
    assert (await failure(fetcher, site.url("/"))).code == "protocol"


HEADERS = st.lists(
    st.sampled_from(
        [b"Content-Type: text/html; charset=\xff", b"Content-Length: 5", b"Content-Length: x", b"Set-Cookie: a=\xb0;",
         b"Set-Cookie: =;;", b"Location: http://[", b"Location: //", b"Content-Encoding: gzip", b"ETag: \x80",
         b"Retry-After: 9e9", b"Transfer-Encoding: chunked", b": x", b"no colon", b"Date: never"]
    ),
    max_size=5,
)  # fmt: skip


@example(301, [b"Set-Cookie: a=\xb0;", b"Location: /b"], b"")
@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from([100, 200, 204, 206, 301, 302, 304, 403, 599, 999]), HEADERS, st.binary(max_size=40))
async def test_any_answer_is_a_page_or_a_fetch_error(
    site: Site, status: int, headers: list[bytes], body: bytes
) -> None:
    head = b"\r\n".join([f"HTTP/1.1 {status} X".encode(), *headers, b"", b""])
    site.set("/", Answer(body=head + body, fault=Fault.GARBAGE))
    async with Fetcher(OPTIONS, replace(LIMITS, attempts=1, total_s=0.2)) as fetcher:
        with suppress(FetchError):
            page = await fetch_page(fetcher, site.url("/"))
            assert 200 <= page.status < 300


async def test_a_passing_trouble_is_outlived(site: Site, fetcher: Fetcher) -> None:
    site.set("/", [Answer(503), Answer(body=b"x", fault=Fault.CLOSE), Answer(body=b"here")])
    assert (await fetch_page(fetcher, site.url("/"))).body == b"here"


async def test_a_port_where_nobody_listens_is_refused(fetcher: Fetcher, unused_tcp_port: int) -> None:
    error = await failure(fetcher, f"http://127.0.0.1:{unused_tcp_port}/")
    assert (error.code, error.transient) == ("refused", True)


async def test_a_name_that_does_not_exist_is_named(fetcher: Fetcher) -> None:
    assert (await failure(fetcher, "http://no-such-host.invalid/")).code == "dns"


async def test_a_body_that_drips_for_ever_ends_at_the_total_limit(site: Site) -> None:
    site.set("/", Answer(body=b"x" * 5000, fault=Fault.DRIP))
    async with Fetcher(OPTIONS, replace(LIMITS, total_s=0.3)) as fetcher:
        start = time.monotonic()
        assert (await failure(fetcher, site.url("/"))).code == "timeout_read"
    assert time.monotonic() - start < 1
    assert len(site.requests) == 1
