"""The fetcher at the borders of the machine: the guard on the wire, proxies, connections."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import pytest

from tests.sites import Answer, Site, redirect
from watcher.errors import FetchError
from watcher.fetch import Fetcher, Limits
from watcher.model import Page
from watcher.settings import PLAIN_FETCH, FetchOptions, Options

GUARDED = Options(per_host_delay_s=0.0)
OPEN = Options(per_host_delay_s=0.0, allow_private_addresses=True)
LIMITS = Limits(connect_s=1, read_s=1, total_s=5, attempts=1)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        running.set("/", "secret of the intranet")
        yield running


async def code_of(fetcher: Fetcher, url: str, options: FetchOptions = PLAIN_FETCH) -> str:
    with pytest.raises(FetchError) as caught:
        await fetcher.fetch(url, None, options)
    assert "password" not in str(caught.value)
    return caught.value.code


class Names:
    """A resolver whose answers a test writes; each name gives its next answer, the last one for ever."""

    def __init__(self, **answers: list[list[str]]) -> None:
        self._answers = answers

    async def __call__(self, host: str, _port: int) -> list[str]:
        answers = self._answers[host.partition(".")[0]]
        return answers.pop(0) if len(answers) > 1 else answers[0]


@pytest.mark.parametrize(
    "addresses",
    [["127.0.0.1"], ["8.8.8.8", "127.0.0.1"], ["::1"], ["::ffff:127.0.0.1"], ["169.254.169.254"], ["fe80::1%lo"]],
    ids=str,
)
async def test_a_name_that_leads_to_a_private_address_is_never_asked(site: Site, addresses: list[str]) -> None:
    async with Fetcher(GUARDED, LIMITS, resolve=Names(evil=[addresses])) as fetcher:
        assert await code_of(fetcher, f"http://evil.example.com:{site.port}/") == "address_refused"
    assert site.requests == []


async def test_the_machine_itself_is_refused_by_name_and_number(site: Site) -> None:
    async with Fetcher(GUARDED, LIMITS) as fetcher:
        for url in (site.url("/"), f"http://localhost:{site.port}/"):
            assert await code_of(fetcher, url) == "address_refused"
    assert site.requests == []


async def test_a_name_that_changes_its_address_is_checked_at_each_connection(site: Site) -> None:
    """Rebinding: public at the first look, loopback at the second. The first answer cannot be reached from a test."""
    names = Names(evil=[["192.0.2.1"], ["127.0.0.1"]])
    async with Fetcher(GUARDED, LIMITS, resolve=names) as fetcher:
        for _ in range(2):
            assert await code_of(fetcher, f"http://evil.example.com:{site.port}/") == "address_refused"
    assert site.requests == []


async def test_the_connection_goes_to_the_checked_address_and_keeps_the_name(site: Site) -> None:
    names = Names(www=[["127.0.0.1"]])
    async with Fetcher(OPEN, LIMITS, resolve=names) as fetcher:
        page = await fetcher.fetch(f"http://www.example.gov.cn:{site.port}/")
    assert isinstance(page, Page)
    assert site.requests[0].headers["host"] == f"www.example.gov.cn:{site.port}"


async def test_an_address_that_is_dead_gives_way_to_the_next_one(site: Site) -> None:
    names = Names(www=[["127.0.0.2", "127.0.0.1"]])  # the site listens on 127.0.0.1 alone
    async with Fetcher(OPEN, LIMITS, resolve=names) as fetcher:
        await fetcher.fetch(f"http://www.example.gov.cn:{site.port}/")
    assert len(site.requests) == 1


@pytest.mark.parametrize(
    "target", ["http://169.254.169.254/latest/", "http://[::1]/", "http://2130706433/", "http://10.0.0.1/"]
)
async def test_a_redirect_inwards_is_refused_on_its_hop(site: Site, target: str) -> None:
    """Through a proxy, so that the first hop may stand for a public site."""
    site.set("http://www.example.gov.cn/", redirect(target))
    async with Fetcher(GUARDED, LIMITS) as fetcher:
        assert (
            await code_of(fetcher, "http://www.example.gov.cn/", FetchOptions(proxy=site.url(""))) == "address_refused"
        )
    assert site.paths() == ["http://www.example.gov.cn/"]


class TestProxy:
    async def test_it_is_asked_for_the_whole_address_and_resolves_the_name(self, site: Site) -> None:
        site.set("http://www.example.gov.cn/list/", "x")
        async with Fetcher(GUARDED, LIMITS, resolve=Names()) as fetcher:
            page = await fetcher.fetch("http://www.example.gov.cn/list/", None, FetchOptions(proxy=site.url("")))
        assert isinstance(page, Page)

    async def test_that_of_the_settings_is_used_where_the_source_names_none(self, site: Site) -> None:
        site.set("http://www.example.gov.cn/", "x")
        async with Fetcher(Options(per_host_delay_s=0.0, proxy=site.url("")), LIMITS) as fetcher:
            await fetcher.fetch("http://www.example.gov.cn/")
        assert len(site.requests) == 1

    async def test_those_of_the_environment_are_not_used(self, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
        async with Fetcher(OPEN, LIMITS) as fetcher:
            await fetcher.fetch(site.url("/"))
        assert site.paths() == ["/"]

    async def test_one_that_refuses_is_not_taken_for_the_site(self, site: Site) -> None:
        site.set("http://www.example.gov.cn/", Answer(407))
        async with Fetcher(Options(per_host_delay_s=0.0, proxy=site.url("")), LIMITS) as fetcher:
            assert await code_of(fetcher, "http://www.example.gov.cn/", PLAIN_FETCH) == "proxy"

    @pytest.mark.parametrize(
        "proxy", ["http://u:password@127.0.0.1:9", "carrier-pigeon://u:password@x", "http://[", "nonsense"]
    )
    async def test_one_that_cannot_be_used_is_named_without_its_password(self, proxy: str) -> None:
        async with Fetcher(GUARDED, LIMITS) as fetcher:
            assert await code_of(fetcher, "http://www.example.gov.cn/", FetchOptions(proxy=proxy)) == "proxy"


async def test_connections_are_kept_whatever_was_answered(site: Site) -> None:
    site.set("/moved", redirect("/"))
    site.set("/not-modified", Answer(304))
    async with Fetcher(replace(OPEN, per_host_concurrency=2), LIMITS) as fetcher:

        async def ask(path: str) -> None:
            with suppress(FetchError):
                await fetcher.fetch(site.url(path))

        await asyncio.gather(*(ask(path) for path in ("/", "/moved", "/gone", "/not-modified") * 10))
    assert (len(site.requests), site.connections) == (50, 2)


async def test_a_name_is_resolved_once_a_connection(site: Site) -> None:
    looked_up: list[str] = []

    async def resolve(host: str, _port: int) -> list[str]:
        looked_up.append(host)
        return ["127.0.0.1"]

    async with Fetcher(OPEN, LIMITS, resolve=resolve) as fetcher:
        for _ in range(3):
            await fetcher.fetch(f"http://www.example.gov.cn:{site.port}/")
    assert looked_up == ["www.example.gov.cn"]
