"""robots.txt: what is asked, what is left alone, and that it never holds up a pass for long."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fetch.running import LIMITS, OPTIONS, failure, fetch_page
from tests.sites import Answer, Fault, Site, redirect
from tests.timing import cpu_seconds
from watcher.app import opened
from watcher.errors import FetchError
from watcher.fetch import Fetcher
from watcher.fetch.robots import MAX_BYTES, MAX_DELAY_S, Rules, parse_rules, product_token, rules_for
from watcher.kept_rules import KeptRules
from watcher.settings import Every, FetchOptions, Settings, Source
from watcher.store import Store

KEEP_OUT = "User-agent: *\nDisallow: /\n"


def read_rules(body: bytes, token: str) -> Rules:
    return parse_rules(rules_for(body, token))


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 6, 2, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **given: float) -> None:
        self.now += timedelta(**given)


@pytest.fixture
def open_site(site: Site) -> Site:
    site.set("/list/", "<ul>")
    site.set("/admin/", "<form>")
    return site


async def test_a_page_that_the_site_keeps_to_itself_is_not_asked_for(open_site: Site, fetcher: Fetcher) -> None:
    open_site.set("/robots.txt", "User-agent: *\nDisallow: /admin/\n")
    error = await failure(fetcher, open_site.url("/admin/"))
    assert (error.code, error.transient) == ("robots", False)
    assert "`robots: ignore`" in str(error)
    await fetch_page(fetcher, open_site.url("/list/"))
    assert open_site.paths() == ["/robots.txt", "/list/"]


async def test_a_source_may_ignore_it(open_site: Site, fetcher: Fetcher) -> None:
    open_site.set("/robots.txt", KEEP_OUT)
    await fetcher.fetch(open_site.url("/list/"), None, FetchOptions(robots="ignore"))
    assert open_site.paths() == ["/list/"]


async def test_that_is_logged_at_the_start(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    polite = Source("polite", "", "http://a.example.gov.cn/", Every(timedelta(hours=1)))
    rude = replace(polite, id="rude", fetch=FetchOptions(robots="ignore"))
    settings = Settings("sources.yaml", str(tmp_path), f"sqlite:///{tmp_path}/watcher.db", sources=(polite, rude))
    with caplog.at_level(logging.INFO, "watcher.app"):
        async with opened(settings):
            pass
    assert [record.getMessage() for record in caplog.records if "robots" in record.getMessage()] == [
        "start source=rude robots.txt=ignored, as sources.yaml says"
    ]


async def test_a_redirect_leads_to_no_page_that_is_kept(open_site: Site, fetcher: Fetcher) -> None:
    open_site.set("/robots.txt", "User-agent: *\nDisallow: /admin/\n")
    open_site.set("/a", redirect("/admin/"))
    assert (await failure(fetcher, open_site.url("/a"))).code == "robots"
    assert open_site.paths() == ["/robots.txt", "/a"]


async def test_it_is_asked_for_as_us_once_however_many_want_to_know(open_site: Site, fetcher: Fetcher) -> None:
    open_site.set("/robots.txt", Answer(body=b"", delay_s=0.02))
    await asyncio.gather(*(fetcher.fetch(open_site.url("/list/")) for _ in range(6)))
    assert open_site.paths().count("/robots.txt") == 1
    assert open_site.requests[0].headers["user-agent"] == OPTIONS.user_agent


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        (Answer(body=b""), timedelta(days=1)),
        (Answer(404), timedelta(days=1)),
        (Answer(403), timedelta(days=1)),
        (redirect("/elsewhere"), timedelta(days=1)),  # where there is none
        (Answer(407), timedelta(minutes=10)),  # of a proxy
        (Answer(500), timedelta(minutes=10)),
        (Answer(521), timedelta(minutes=10)),
        (Answer(body=b"x", fault=Fault.RESET), timedelta(minutes=10)),
        (redirect("http://[::1]:1/robots.txt"), timedelta(minutes=10)),
        (Answer(body=b"x", headers=(("Content-Encoding", "gzip"),)), timedelta(minutes=10)),
    ],
)
async def test_none_is_no_obstacle_and_is_remembered(open_site: Site, answer: Answer, kept: timedelta) -> None:
    open_site.set("/robots.txt", answer)
    clock = Clock()
    async with Fetcher(OPTIONS, LIMITS, now=clock) as fetcher:
        await fetcher.fetch(open_site.url("/list/"))
        clock.advance(seconds=kept.total_seconds() - 1)
        await fetcher.fetch(open_site.url("/list/"))
        assert open_site.paths().count("/robots.txt") == 1
        clock.advance(seconds=1)
        await fetcher.fetch(open_site.url("/list/"))
    assert open_site.paths().count("/robots.txt") == 2


async def test_a_passing_failure_leaves_the_last_rules_in_force(open_site: Site) -> None:
    open_site.set("/robots.txt", [Answer(body=KEEP_OUT.encode()), Answer(503), Answer(404)])
    clock, codes = Clock(), []
    async with Fetcher(OPTIONS, LIMITS, now=clock) as fetcher:
        for _ in range(2):
            codes.append((await failure(fetcher, open_site.url("/list/"))).code)
            clock.advance(days=1)
        await fetch_page(fetcher, open_site.url("/list/"))
    assert codes == ["robots", "robots"]


# --- from one process to the next ---------------------------------------------------------------------------------


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[KeptRules]:
    store = Store.open(f"sqlite:///{tmp_path}/watcher.db")
    yield KeptRules(store.robots)
    store.close()


async def code(site: Site, memory: KeptRules, clock: Clock, user_agent: str = OPTIONS.user_agent) -> str | None:
    """What a process of its own makes of a page: the error's code, None where it read it."""
    async with Fetcher(replace(OPTIONS, user_agent=user_agent), LIMITS, now=clock, memory=memory) as fetcher:
        try:
            await fetcher.fetch(site.url("/list/"))
        except FetchError as error:
            return error.code
    return None


async def test_the_next_process_asks_when_a_day_is_over(open_site: Site, memory: KeptRules) -> None:
    open_site.set("/robots.txt", [Answer(body=KEEP_OUT.encode()), Answer(404), Answer(body=KEEP_OUT.encode())])
    clock, codes = Clock(), []
    for hours in (0, 23, 1, 23, 1):
        clock.advance(hours=hours)
        codes.append(await code(open_site, memory, clock))
    assert codes == ["robots", "robots", None, None, "robots"]
    assert open_site.paths().count("/robots.txt") == 3


async def test_what_was_read_by_a_clock_that_was_ahead_is_asked_again(open_site: Site, memory: KeptRules) -> None:
    open_site.set("/robots.txt", [Answer(body=KEEP_OUT.encode()), Answer(404)])
    clock = Clock()
    clock.advance(days=400)
    assert await code(open_site, memory, clock) == "robots"
    clock.advance(days=-400)
    assert await code(open_site, memory, clock) is None


async def test_what_a_site_last_said_outlasts_us_and_its_failure(open_site: Site, memory: KeptRules) -> None:
    open_site.set("/robots.txt", [Answer(body=KEEP_OUT.encode()), Answer(503), Answer(503)])
    clock = Clock()
    for _ in range(3):
        assert await code(open_site, memory, clock) == "robots"
        clock.advance(days=1)


async def test_what_is_said_to_another_name_is_no_answer(open_site: Site, memory: KeptRules) -> None:
    open_site.set("/robots.txt", "User-agent: watcher\nDisallow: /\n")
    clock = Clock()
    assert await code(open_site, memory, clock, "watcher/1.0") == "robots"
    assert await code(open_site, memory, clock, "other/1.0") is None
    assert open_site.paths().count("/robots.txt") == 2


async def test_one_that_does_not_come_holds_nothing_up_for_long(open_site: Site) -> None:
    open_site.set("/robots.txt", Answer(fault=Fault.HANG))
    async with Fetcher(OPTIONS, replace(LIMITS, robots_s=0.5, read_s=5)) as fetcher:
        start = time.monotonic()
        await asyncio.gather(*(fetcher.fetch(open_site.url("/list/")) for _ in range(4)))
        assert 0.5 <= time.monotonic() - start < 1.5
    assert open_site.paths().count("/robots.txt") == 1


async def test_the_first_visit_does_not_wait_for_the_hosts_delay_twice(open_site: Site) -> None:
    open_site.set("/robots.txt", "")
    async with Fetcher(replace(OPTIONS, per_host_delay_s=30.0), LIMITS) as fetcher:
        await asyncio.wait_for(fetcher.fetch(open_site.url("/list/")), 5)


async def test_a_crawl_delay_slows_the_host_down(open_site: Site) -> None:
    open_site.set("/robots.txt", "User-agent: *\nCrawl-delay: 0.2\n")
    async with Fetcher(OPTIONS, LIMITS) as fetcher:
        await asyncio.gather(*(fetcher.fetch(open_site.url("/list/")) for _ in range(3)))
    first, *_, last = [request.at for request in open_site.requests if request.path == "/list/"]
    assert last - first >= 0.39


@pytest.mark.parametrize(("asked", "kept"), [("10", 10), ("86400", MAX_DELAY_S), ("soon", 0), ("-1", 0), ("nan", 0)])
def test_a_crawl_delay_has_a_limit(asked: str, kept: float) -> None:
    assert read_rules(f"User-agent: *\nCrawl-delay: {asked}\nDisallow: /x".encode(), "watcher").delay_s == kept


def allows(text: str | bytes, path: str = "/zwgk/tzgg/index.html") -> bool:
    body = text.encode() if isinstance(text, str) else text
    return read_rules(body, "watcher").allow(httpx.URL(f"http://www.example.gov.cn{path}"))


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("", True),
        ("<html><title>404 页面不存在</title>", True),
        (KEEP_OUT, False),
        ("\ufeffUser-agent: *\r\nDisallow: /", False),
        ("user-agent:*\rdisallow:/zwgk  # 内部", False),
        ("User-agent: *\nDisallow:", True),
        ("User-agent: *\nDisallow: /\nAllow: /zwgk/", True),
        ("User-agent: *\nDisallow: /*.html$", False),
        ("User-agent: Baiduspider\nDisallow: /", True),
        ("User-agent: Baiduspider\nUser-agent: *\nDisallow: /", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: watcher\nDisallow: /admin/", True),
        ("User-agent: Watcher/2.0\nDisallow: /\n\nUser-agent: *\nDisallow:", False),
        ("User-agent: watcher*\nDisallow: /zwgk/", False),
        ("User-agent: watch\nDisallow: /", True),
        ("User-agent: watcher\n\nUser-agent: *\nDisallow: /", False),
        ("User-agent: watcher\nSitemap: http://x/\nUser-agent: other\nDisallow: /", False),
        ("User-agent: *\nCrawl-delay: 5\nUser-agent: other\nDisallow: /", True),
        ("User-agent: watcher\nAllow: /\nUser-agent: *\nDisallow: /", True),
        ("Disallow: /", True),
        ("User-agent: *\nDisallow: /通知公告/", True),
    ],
)
def test_the_group_that_speaks_to_us_decides(text: str, allowed: bool) -> None:
    assert allows(text) is allowed


def test_addresses_are_compared_whatever_way_they_are_escaped() -> None:
    assert not allows("User-agent: *\nDisallow: /通知/", "/通知/1.html")
    assert not allows("User-agent: *\nDisallow: /%e9%80%9a", "/通知/1.html")


@pytest.mark.parametrize(
    ("user_agent", "token"),
    [
        ("watcher/0.1 (+https://example.org/contact)", "watcher"),
        ("Mozilla/5.0 (compatible; Policy-Bot/1.0; +https://example.org)", "policy-bot"),
        ("我们的程序", "watcher"),
    ],
)
def test_the_name_we_answer_to_is_that_of_the_user_agent(user_agent: str, token: str) -> None:
    assert product_token(user_agent) == token


async def test_the_beginning_of_a_long_one_holds(open_site: Site, fetcher: Fetcher) -> None:
    rules = b"User-agent: *\nDisallow: /list/\n" + b"# filler\n" * 200_000
    assert len(rules) > MAX_BYTES
    open_site.set("/robots.txt", Answer(body=rules))
    assert (await failure(fetcher, open_site.url("/list/"))).code == "robots"


async def test_those_of_many_sites_are_held_within_limits(
    open_site: Site, memory: KeptRules, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that were wanted last: of the others the database knows, or the site is asked again."""
    monkeypatch.setattr("watcher.fetch.robots.MAX_HELD", 30_000)  # two, with what each site costs beside its rules
    open_site.set("/robots.txt", Answer(body=b"User-agent: *\n" + b"Disallow: /admin/\n" * 700))

    async def here(_host: str, _port: int) -> list[str]:
        return ["127.0.0.1"]

    async def asked(fetcher: Fetcher, *names: str) -> list[int]:
        """How often the sites were asked for their files so far, after a visit to each of these in turn."""
        counts = []
        for name in names:
            await fetch_page(fetcher, f"http://{name}.example.gov.cn:{open_site.port}/list/")
            counts.append(open_site.paths().count("/robots.txt"))
        return counts

    async with Fetcher(OPTIONS, LIMITS, resolve=here) as fetcher:
        assert await asked(fetcher, *"abacabca") == [1, 2, 2, 3, 3, 4, 5, 6]
    async with Fetcher(OPTIONS, LIMITS, resolve=here, memory=memory) as fetcher:
        assert await asked(fetcher, *"abcabc") == [7, 8, 9, 9, 9, 9]


LONG_ADDRESS = httpx.URL("http://www.example.gov.cn/" + "a" * 7900)


@pytest.mark.parametrize(
    "body",
    [
        b"".join(b"User-agent: a%d\n" % number for number in range(20_000)) + b"Disallow: /\n" * 20_000,
        b"User-agent: *\n" * 18_000 + b"Disallow: /\n" * 20_000,
        b"User-agent: *\n" + b"".join(b"Disallow:*a%db\n" % number for number in range(30_000)),
        b"User-agent: *\nDisallow: /" + b"a*" * 250_000 + b"b",
        b"User-agent: *\nDisallow: /" + b"%" * 500_000,
        b"User-agent: " + b" " * 500_000,
    ],
    ids=["names", "stars", "wildcards", "one wildcard rule", "percents", "spaces"],
)
def test_a_hostile_one_costs_little(body: bytes) -> None:
    # 0.2 s; joined to 20,000 names it would fill the memory
    assert cpu_seconds(lambda: read_rules(body, "watcher").allow(LONG_ADDRESS)) < 1.5


LINES = st.sampled_from(
    ["User-agent: *", "user agent watcher", "Disallow: /*$", "Allow: /%zz%", "Crawl-delay: 1e400", "Request-rate: 1/0",
     "Visit-time: 2561-0000", "Disallow: //[", "Allow: http://[", "Disallow: $", "Host:", "*", ":", "\x00\x0b\x85"]
)  # fmt: skip


@given(st.binary(max_size=60) | st.lists(LINES, max_size=12).map(lambda lines: "\n".join(lines).encode()))
def test_any_bytes_give_rules(body: bytes) -> None:
    rules = read_rules(body, "watcher")
    assert isinstance(rules, Rules)
    assert 0 <= rules.delay_s <= MAX_DELAY_S
    assert rules.allow(httpx.URL("http://[::1]:8080/a?b=%zz")) in (True, False)
