"""How the fetcher follows, waits and keeps its distance, against real servers on loopback."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from tests.fetch.running import LIMITS, OPTIONS, failure, fetch_page
from tests.sites import Answer, Request, Site, redirect
from tests.sites.checks import RUISHU
from watcher.fetch import Fetcher

VISIT = """
import asyncio, sys
from watcher.fetch import Fetcher
from watcher.settings import Options

async def visit():
    async with Fetcher(Options(allow_private_addresses=True)) as fetcher:
        print((await fetcher.fetch(sys.argv[1])).body.decode())

asyncio.run(visit())
"""


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

    def test_a_cookie_of_an_absurd_age_makes_no_noise(self, site: Site) -> None:
        """In a process of its own: in a test a warning is an error."""
        site.set("/", Answer(body=b"in", headers=(("Set-Cookie", "a=b; max-age=" + "9" * 400),)))
        done = subprocess.run([sys.executable, "-c", VISIT, site.url("/")], capture_output=True, text=True, check=True)
        assert (done.stdout, done.stderr) == ("in\n", "")

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


class TestRest:
    """A host that asks to be left alone is left alone, whoever wants something of it."""

    NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    BUSY = Answer(429, headers=(("Retry-After", "7200"),))

    async def test_nothing_is_sent_to_it_before_that_time(self, site: Site) -> None:
        now = self.NOW
        site.set("/a", [self.BUSY, Answer(body=b"a")])
        site.set("/b", "b")
        async with Fetcher(OPTIONS, LIMITS, now=lambda: now) as fetcher:
            first = await failure(fetcher, site.url("/a"))
            assert (first.code, first.unasked) == ("http_429", False)
            now += timedelta(minutes=30)
            error = await failure(fetcher, site.url("/b"))
            assert (error.code, error.status, error.transient, error.unasked) == ("http_429", 429, True, True)
            assert error.retry_after_s == 5400
            assert str(error) == (
                "127.0.0.1 is not asked before 2026-03-02 11:00: it answered HTTP 429 Too Many Requests and wants to "
                "be left alone until then (asked too often: raise `per_host_delay`)"
            )
            assert site.paths() == ["/a"]
            now += timedelta(minutes=90)
            assert (await fetch_page(fetcher, site.url("/b"))).body == b"b"

    async def test_nor_is_what_waits_for_its_turn_already(self, site: Site) -> None:
        site.set("/", Answer(503, headers=(("Retry-After", "7200"),), delay_s=0.05))
        async with Fetcher(replace(OPTIONS, per_host_concurrency=1), LIMITS) as fetcher:
            errors = await asyncio.gather(*(failure(fetcher, site.url("/")) for _ in range(30)))
        assert len(site.requests) == 1
        assert sum(error.unasked for error in errors) == 29

    async def test_all_its_ports_are_left_alone_and_their_robots_txt(self, site: Site) -> None:
        site.set("/", self.BUSY)
        with Site() as beside:
            beside.set("/robots.txt", "User-agent: *\nDisallow: /admin/\n")
            async with Fetcher(OPTIONS, LIMITS, now=lambda: self.NOW) as fetcher:
                await failure(fetcher, site.url("/"))
                assert (await failure(fetcher, beside.url("/"))).unasked
                assert beside.requests == []

    async def test_where_another_site_leads_to_it_the_error_names_both(self, site: Site) -> None:
        site.set("/", self.BUSY)
        async with Fetcher(OPTIONS, LIMITS, now=lambda: self.NOW) as fetcher:
            await failure(fetcher, site.url("/"))
            with Site(host="localhost") as beside:
                beside.set("/", redirect(site.url("/")))
                error = await failure(fetcher, beside.url("/"))
        assert error.unasked
        assert str(error).startswith("localhost: 127.0.0.1 is not asked before")

    @pytest.mark.parametrize(
        "answer",
        [
            Answer(429, headers=(("Retry-After", "0"),)),
            Answer(503),
            Answer(500, headers=(("Retry-After", "7200"),)),
            Answer(404, headers=(("Retry-After", "7200"),)),
            Answer(503, RUISHU, headers=(("Retry-After", "7200"),)),
        ],
        ids=["none", "not said", "500", "404", "a check for browsers"],
    )
    async def test_what_asks_for_no_rest_is_no_reason_for_one(self, site: Site, answer: Answer) -> None:
        site.set("/a", answer)
        site.set("/b", "b")
        async with Fetcher(OPTIONS, replace(LIMITS, attempts=1)) as fetcher:
            await failure(fetcher, site.url("/a"))
            assert (await fetch_page(fetcher, site.url("/b"))).body == b"b"

    async def test_a_robots_txt_that_asks_for_it_speaks_for_itself_alone(self, site: Site) -> None:
        site.set("/robots.txt", self.BUSY)
        site.set("/", "x")
        async with Fetcher(OPTIONS, LIMITS) as fetcher:
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


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("600", "for 10 min"),
        ("86400", "for 24 h"),
        ("864000", "until 2026-06-12 (24 h at most is granted)"),
        ("Wed, 01 Jan 2099 00:00:00 GMT", "until 2099-01-01 (24 h at most is granted)"),
        ("999999999", "until 2058-02-08 (24 h at most is granted)"),
    ],
)
async def test_how_long_a_site_asks_to_be_left_alone_is_said_as_people_say_it(
    site: Site, asked: str, told: str
) -> None:
    site.set("/", Answer(404, headers=(("Retry-After", asked),)))
    async with Fetcher(OPTIONS, LIMITS, now=lambda: datetime(2026, 6, 2, 8, 0, tzinfo=UTC)) as fetcher:
        error = await failure(fetcher, site.url("/"))
    assert str(error.message).endswith(f"asked to be left alone {told}")
