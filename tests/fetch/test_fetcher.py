"""The fetcher against real servers on loopback: answers, limits, redirects, retries, politeness."""

from __future__ import annotations

import asyncio
import gzip
import time
import zlib
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest
import pytest_asyncio

from tests.sites import Answer, Fault, Request, Site, redirect
from watcher.errors import FetchError
from watcher.fetch import Fetcher, Limits
from watcher.model import NotModified, Page, Validators
from watcher.settings import Options

OPTIONS = Options(
    user_agent="watcher-test/1.0", allow_private_addresses=True, per_host_delay_s=0.0, per_host_concurrency=8
)
LIMITS = Limits(connect_s=1, read_s=0.3, total_s=5, max_bytes=100_000, backoff_s=0.001, max_backoff_s=0.002)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


@pytest_asyncio.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    async with Fetcher(OPTIONS, LIMITS) as running:
        yield running


async def fetch_page(fetcher: Fetcher, url: str) -> Page:
    page = await fetcher.fetch(url)
    assert isinstance(page, Page)
    return page


async def failure(fetcher: Fetcher, url: str) -> FetchError:
    with pytest.raises(FetchError) as caught:
        await fetcher.fetch(url)
    assert "\n" not in str(caught.value)
    return caught.value


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
    )


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


async def test_a_304_that_nobody_asked_for_is_an_error(site: Site, fetcher: Fetcher) -> None:
    site.set("/", Answer(304))
    assert (await failure(fetcher, site.url("/"))).code == "http_304"


async def test_validators_that_no_server_can_have_given_are_not_sent(site: Site, fetcher: Fetcher) -> None:
    site.set("/", "x")
    await fetcher.fetch(site.url("/"), Validators('"a"\r\nX-Evil: 1', "六月"))
    assert not {"if-none-match", "if-modified-since", "x-evil"} & site.requests[0].headers.keys()


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
        ("gzip", gzip.compress("正文".encode())),
        ("x-gzip", gzip.compress("正".encode()) + gzip.compress("文".encode())),
        ("gzip", gzip.compress("正文".encode()) + b"\0\0\0padding"),
        ("deflate", zlib.compress("正文".encode())),
        ("deflate", PACKED),
        ("identity", "正文".encode()),
    ],
)
async def test_packed_bodies_are_unpacked(site: Site, fetcher: Fetcher, encoding: str, body: bytes) -> None:
    site.set("/", Answer(body=body, headers=(("Content-Encoding", encoding),)))
    assert (await fetch_page(fetcher, site.url("/"))).body.decode() == "正文"


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(b"x" * 9000)[:-10]),
        ("gzip", gzip.compress(b"x" * 9000)[:12] + b"\xff" * 30),
        ("gzip", b"<html>plain"),
        ("deflate", b"\xff\xff\xff\xff"),
        ("br", b"whatever"),
        ("gzip, gzip", gzip.compress(gzip.compress(b"x"))),
    ],
)
async def test_a_body_that_cannot_be_unpacked_is_an_error(
    site: Site, fetcher: Fetcher, encoding: str, body: bytes
) -> None:
    site.set("/", Answer(body=body, headers=(("Content-Encoding", encoding),)))
    assert (await failure(fetcher, site.url("/"))).code == "bad_encoding"


BOMB = gzip.compress(b"\0" * 50_000_000)


@pytest.mark.parametrize(
    "answer",
    [
        Answer(body=b"x" * 100_001),
        Answer(body=b"x" * 1000, fault=Fault.ENDLESS),
        Answer(body=BOMB, headers=(("Content-Encoding", "gzip"),)),
    ],
    ids=["declared", "endless", "bomb"],
)
async def test_a_body_over_the_limit_is_cut_off(site: Site, fetcher: Fetcher, answer: Answer) -> None:
    site.set("/", answer)
    error = await failure(fetcher, site.url("/"))
    assert (error.code, error.transient) == ("too_large", False)
    assert len(site.requests) == 1


async def test_a_body_of_exactly_the_limit_is_read(site: Site, fetcher: Fetcher) -> None:
    body = gzip.compress(b"x" * 100_000)
    site.set("/", Answer(body=body, headers=(("Content-Encoding", "gzip"),)))
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


SHELL = b"<script>document.cookie=('_')+('_')+('j')+('s')+('l');location.href=location.pathname</script>"


@pytest.mark.parametrize("status", [403, 412, 521])
@pytest.mark.parametrize("packed", [False, True])
async def test_a_refusal_that_is_a_check_for_browsers_is_called_so(
    site: Site, fetcher: Fetcher, status: int, packed: bool
) -> None:
    headers = (("Content-Encoding", "gzip"),) if packed else ()
    site.set("/", Answer(status, body=gzip.compress(SHELL) if packed else SHELL, headers=headers))
    error = await failure(fetcher, site.url("/"))
    assert (error.code, error.status) == ("challenge", status)


async def test_a_refusal_with_a_damaged_body_keeps_its_status(site: Site, fetcher: Fetcher) -> None:
    site.set("/", Answer(403, body=b"not packed", headers=(("Content-Encoding", "gzip"),)))
    assert (await failure(fetcher, site.url("/"))).code == "http_403"


@pytest.mark.parametrize(
    ("fault", "code"),
    [(Fault.HANG, "timeout_read"), (Fault.CLOSE, "reset"), (Fault.RESET, "reset"), (Fault.TRUNCATE, "reset")],
)
async def test_a_broken_connection_is_named_and_tried_again(
    site: Site, fetcher: Fetcher, fault: Fault, code: str
) -> None:
    site.set("/", Answer(body=b"x" * 50, fault=fault))
    error = await failure(fetcher, site.url("/"))
    assert (error.code, error.transient) == (code, True)
    assert len(site.requests) == 3


async def test_what_is_no_http_is_named(site: Site, fetcher: Fetcher) -> None:
    site.set("/", Answer(body=b"220 mail ready\r\n\r\n", fault=Fault.GARBAGE))
    assert (await failure(fetcher, site.url("/"))).code == "protocol"


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


class TestRedirects:
    async def test_they_are_followed_to_the_page(self, site: Site, fetcher: Fetcher) -> None:
        site.set("/a", redirect("b/c?d=1", 301))
        site.set("/b/c", redirect("../list/", 307))
        site.set("/list/", "x")
        page = await fetch_page(fetcher, site.url("/a"))
        assert (page.url, page.final_url) == (site.url("/a"), site.url("/list/"))

    @pytest.mark.parametrize(("hops", "code"), [(10, None), (11, "redirect_loop")])
    async def test_ten_are_followed_and_no_more(
        self, site: Site, fetcher: Fetcher, hops: int, code: str | None
    ) -> None:
        for hop in range(hops):
            site.set(f"/{hop}", redirect(f"/{hop + 1}"))
        site.set(f"/{hops}", "x")
        if code is None:
            assert (await fetch_page(fetcher, site.url("/0"))).final_url == site.url(f"/{hops}")
        else:
            assert (await failure(fetcher, site.url("/0"))).code == code

    async def test_a_circle_ends_at_once(self, site: Site, fetcher: Fetcher) -> None:
        site.set("/a", redirect("/b"))
        site.set("/b", redirect("/a"))
        assert (await failure(fetcher, site.url("/a"))).code == "redirect_loop"
        assert site.paths() == ["/a", "/b"]

    async def test_a_site_that_sets_a_cookie_and_sends_back_is_no_circle(self, site: Site, fetcher: Fetcher) -> None:
        def route(request: Request) -> Answer:
            if request.headers.get("cookie") == "seen=1":
                return Answer(body=b"in")
            return redirect("/", headers=(("Set-Cookie", "seen=1; Path=/"),))

        site.set("/", route)
        for _ in range(2):
            assert (await fetch_page(fetcher, site.url("/"))).body == b"in"
        assert len(site.requests) == 4, "cookies do not outlive their chain of redirects"

    async def test_unescaped_bytes_of_any_charset_are_kept(self, site: Site, fetcher: Fetcher) -> None:
        site.set("/a", redirect("/通知.html".encode("gbk").decode("latin-1")))
        site.set("/%CD%A8%D6%AA.html", "x")
        assert (await fetch_page(fetcher, site.url("/a"))).status == 200

    @pytest.mark.parametrize(
        ("target", "code"),
        [
            ("file:///etc/passwd", "unsupported_scheme"),
            ("http://[", "bad_url"),
            ("http://a@127.0.0.1/", "address_refused"),
        ],
    )
    async def test_one_to_where_nobody_goes_is_refused(
        self, site: Site, fetcher: Fetcher, target: str, code: str
    ) -> None:
        site.set("/a", redirect(target))
        assert (await failure(fetcher, site.url("/a"))).code == code

    async def test_one_without_a_target_is_an_error(self, site: Site, fetcher: Fetcher) -> None:
        site.set("/a", Answer(302))
        assert (await failure(fetcher, site.url("/a"))).code == "http_302"


class TestRetryAfter:
    async def test_a_short_one_is_waited_for(self, site: Site, fetcher: Fetcher) -> None:
        site.set("/", [Answer(503, headers=(("Retry-After", "1"),)), Answer(body=b"x")])
        await fetcher.fetch(site.url("/"))
        assert site.requests[1].at - site.requests[0].at >= 1

    @pytest.mark.parametrize("value", ["3600", "Wed, 21 Oct 2099 07:28:00 GMT"])
    async def test_a_long_one_is_left_to_the_caller(self, site: Site, fetcher: Fetcher, value: str) -> None:
        site.set("/", Answer(429, headers=(("Retry-After", value),)))
        error = await failure(fetcher, site.url("/"))
        assert error.retry_after_s is not None
        assert error.retry_after_s >= 3600
        assert len(site.requests) == 1

    @pytest.mark.parametrize("value", ["soon", "-5", "Wed, 99 Oct", ""])
    async def test_one_that_cannot_be_read_is_ignored(self, site: Site, fetcher: Fetcher, value: str) -> None:
        site.set("/", [Answer(503, headers=(("Retry-After", value),)), Answer(body=b"x")])
        assert (await fetch_page(fetcher, site.url("/"))).body == b"x"


class TestPace:
    async def test_requests_to_one_host_keep_their_distance(self, site: Site) -> None:
        site.set("/", "x")
        async with Fetcher(replace(OPTIONS, per_host_delay_s=0.05), LIMITS) as fetcher:
            await asyncio.gather(*(fetcher.fetch(site.url("/")) for _ in range(4)))
        starts = sorted(request.at for request in site.requests)
        assert min(later - earlier for earlier, later in pairwise(starts)) > 0.03

    @pytest.mark.parametrize(("per_host", "overall", "most"), [(2, 32, 2), (8, 3, 3)])
    async def test_no_more_than_allowed_are_in_flight(self, site: Site, per_host: int, overall: int, most: int) -> None:
        site.set("/", Answer(body=b"x", delay_s=0.03))
        options = replace(OPTIONS, per_host_concurrency=per_host, concurrency=overall)
        async with Fetcher(options, LIMITS) as fetcher:
            await asyncio.gather(*(fetcher.fetch(site.url("/")) for _ in range(8)))
        assert site.most_in_flight == most

    async def test_waiting_for_the_turn_does_not_count_as_slowness(self, site: Site) -> None:
        site.set("/", "x")
        options = replace(OPTIONS, per_host_delay_s=0.1, per_host_concurrency=1)
        async with Fetcher(options, replace(LIMITS, total_s=0.25)) as fetcher:
            pages = await asyncio.gather(*(fetcher.fetch(site.url("/")) for _ in range(5)))
        assert len(pages) == 5
