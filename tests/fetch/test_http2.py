"""HTTP/2: one connection for all requests to a host, and what an answer that breaks the rules does to the others."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from tests.fetch.running import LIMITS, OPTIONS
from tests.sites.certificates import Certificate
from tests.sites.http2 import Http2Site, Spoil, http2_site
from watcher.errors import FetchError
from watcher.fetch import Fetcher, Limits
from watcher.model import NotModified, Page
from watcher.settings import FetchOptions

HOST = "www.example.gov.cn"
ONE_TRY = replace(LIMITS, attempts=1)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return Certificate.make(tmp_path_factory.mktemp("certificates"), HOST)


async def here(_host: str, _port: int) -> list[str]:
    return ["127.0.0.1"]


class Visitor:
    """`async with Visitor(certificate, limits) as visitor: await visitor.get(site)`."""

    def __init__(self, certificate: Certificate, limits: Limits) -> None:
        self._options = FetchOptions(ca=str(certificate.path))
        self._fetcher = Fetcher(OPTIONS, limits, resolve=here)

    async def __aenter__(self) -> Visitor:
        await self._fetcher.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._fetcher.__aexit__(None, None, None)

    async def get(self, site: Http2Site) -> str:
        """ "ok", or the code of the error."""
        return outcome(await self.answer(site))

    async def answer(self, site: Http2Site) -> Page | NotModified | FetchError:
        try:
            return await self._fetcher.fetch(f"https://{HOST}:{site.port}/a", None, self._options)
        except FetchError as error:
            return error


def outcome(answer: Page | NotModified | FetchError) -> str:
    return answer.code if isinstance(answer, FetchError) else "ok"


async def until_asked(site: Http2Site, times: int) -> None:
    while len(site.requests) < times:
        await asyncio.sleep(0.005)


async def test_it_is_spoken_where_offered_over_one_connection(certificate: Certificate) -> None:
    async with http2_site(certificate.server(), b"x" * 50_000) as site, Visitor(certificate, LIMITS) as visitor:
        pages = await asyncio.gather(*(visitor.answer(site) for _ in range(8)))
    assert [len(page.body) for page in pages if isinstance(page, Page)] == [50_000] * 8
    assert (len(site.requests), site.connections) == (8, 1)
    assert (site.requests[0][":authority"], site.requests[0][":path"]) == (f"{HOST}:{site.port}", "/a")


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (Spoil.GOODBYE, "reset"),
        (Spoil.CANCEL, "reset"),
        (Spoil.STUCK, "timeout_read"),
        (Spoil.SHORT, "protocol"),
        (Spoil.NO_STATUS, "protocol"),
        (Spoil.BROKEN_FRAME, "protocol"),
    ],
)
async def test_what_goes_wrong_is_named_and_spoils_no_later_request(
    certificate: Certificate, spoil: Spoil, code: str
) -> None:
    limits = replace(ONE_TRY, read_s=0.3) if spoil is Spoil.STUCK else ONE_TRY
    async with http2_site(certificate.server(), b"x" * 2000, spoil) as site, Visitor(certificate, limits) as visitor:
        assert [await visitor.get(site) for _ in range(2)] == [code, "ok"]


async def test_an_answer_of_another_length_than_it_says_fails_alone(certificate: Certificate) -> None:
    spoils = (Spoil.NONE, Spoil.LATE, Spoil.SHORT)
    async with http2_site(certificate.server(), b"x" * 2000, *spoils) as site, Visitor(certificate, ONE_TRY) as visitor:
        await visitor.get(site)
        neighbour = asyncio.create_task(visitor.get(site))
        await until_asked(site, 2)
        wrong = await visitor.answer(site)
        assert await neighbour == "ok"
    assert isinstance(wrong, FetchError)
    assert "not as long as it says" in str(wrong)
    assert wrong.transient
    assert site.connections == 1


async def test_who_shared_a_connection_that_breaks_tries_another(certificate: Certificate) -> None:
    """The first came before anybody else: that it was joined counts too."""
    spoils, limits = (Spoil.LATE, Spoil.BROKEN_FRAME), replace(LIMITS, attempts=2)
    async with http2_site(certificate.server(), b"x" * 2000, *spoils) as site, Visitor(certificate, limits) as visitor:
        neighbour = asyncio.create_task(visitor.get(site))
        await until_asked(site, 1)
        assert [await visitor.get(site), await neighbour] == ["ok", "ok"]


async def test_who_was_alone_on_it_does_not(certificate: Certificate) -> None:
    spoils = (Spoil.BROKEN_FRAME, Spoil.BROKEN_FRAME)
    async with http2_site(certificate.server(), b"x" * 2000, *spoils) as site, Visitor(certificate, LIMITS) as visitor:
        found = await visitor.answer(site)
    assert isinstance(found, FetchError)
    assert not found.transient


async def test_a_body_over_the_limit_is_cut_off_and_its_server_told(certificate: Certificate) -> None:
    body = b"x" * 300_000
    async with http2_site(certificate.server(), body, Spoil.STUCK) as site, Visitor(certificate, LIMITS) as visitor:
        assert await visitor.get(site) == "too_large"
        site.body = b"short"
        assert await visitor.get(site) == "ok"
    assert (len(site.given_up), site.connections) == (1, 1)


async def test_bodies_that_nobody_read_take_nothing_from_the_others(certificate: Certificate) -> None:
    """All of them together are longer than what a server may send unread (16 MB)."""
    async with http2_site(certificate.server(), b"x" * 1_000_000) as site, Visitor(certificate, LIMITS) as visitor:
        assert {await visitor.get(site) for _ in range(20)} == {"too_large"}
        site.body = b"short"
        assert await visitor.get(site) == "ok"
    assert site.connections == 1


async def test_a_connection_that_was_hung_up_without_a_word_is_not_used_again(certificate: Certificate) -> None:
    async with http2_site(certificate.server(), b"x") as site, Visitor(certificate, ONE_TRY) as visitor:
        for _ in range(3):
            assert await visitor.get(site) == "ok"
            for writer in site.talks.values():
                writer.close()
            await asyncio.gather(*site.talks)
            await asyncio.sleep(0.05)  # for what it did to arrive
    assert site.connections == 3
