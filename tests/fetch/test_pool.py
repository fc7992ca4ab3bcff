"""The pool of connections decides as httpcore's own does, each case is held against both; but it gives none twice.

What both would do wrong with a server's answers is tested on servers: `test_streams`, `test_http2`.
"""

from __future__ import annotations

import asyncio

import httpcore
import pytest

from watcher.fetch.pool import Pool

ANSWER = [b"HTTP/1.1 200 OK\r\n", b"Content-Length: 2\r\n\r\n", b"ok"]

POOLS = pytest.mark.parametrize("kind", [httpcore.AsyncConnectionPool, Pool])


def states(pool: httpcore.AsyncConnectionPool) -> list[str]:
    """Each connection as the library shows it: its origin, whether it is idle, how often it was used."""
    return [repr(one).removeprefix("<AsyncHTTPConnection [").removesuffix("]>") for one in pool.connections]


@POOLS
async def test_a_connection_is_used_again_by_its_own_site(kind: type[httpcore.AsyncConnectionPool]) -> None:
    async with kind(network_backend=httpcore.AsyncMockBackend(ANSWER * 3)) as pool:
        for host in ("a", "a", "b"):
            await pool.request("GET", f"http://{host}.example/")
        assert states(pool) == [
            "'http://a.example:80', HTTP/1.1, IDLE, Request Count: 2",
            "'http://b.example:80', HTTP/1.1, IDLE, Request Count: 1",
        ]


@POOLS
async def test_idle_ones_beyond_the_number_to_keep_are_closed(kind: type[httpcore.AsyncConnectionPool]) -> None:
    async with kind(max_keepalive_connections=2, network_backend=httpcore.AsyncMockBackend(ANSWER)) as pool:
        for host in "abcd":
            await pool.request("GET", f"http://{host}.example/")
        assert [state.split(",")[0] for state in states(pool)] == ["'http://c.example:80'", "'http://d.example:80'"]


@POOLS
async def test_an_idle_one_makes_room_for_another_site(kind: type[httpcore.AsyncConnectionPool]) -> None:
    async with kind(max_connections=1, network_backend=httpcore.AsyncMockBackend(ANSWER)) as pool:
        await pool.request("GET", "http://a.example/")
        await pool.request("GET", "http://b.example/")
        assert states(pool) == ["'http://b.example:80', HTTP/1.1, IDLE, Request Count: 1"]


@POOLS
async def test_where_all_are_busy_a_request_waits_for_the_next(kind: type[httpcore.AsyncConnectionPool]) -> None:
    async with kind(max_connections=1, network_backend=httpcore.AsyncMockBackend(ANSWER * 2)) as pool:
        async with pool.stream("GET", "http://a.example/") as first:
            waiting = asyncio.create_task(pool.request("GET", "http://a.example/again"))
            await asyncio.sleep(0)
            assert not waiting.done()
            await first.aread()
        assert (await waiting).status == 200
        assert states(pool) == ["'http://a.example:80', HTTP/1.1, IDLE, Request Count: 2"]


@POOLS
async def test_expired_ones_are_closed_at_the_next_request(kind: type[httpcore.AsyncConnectionPool]) -> None:
    async with kind(keepalive_expiry=0.05, network_backend=httpcore.AsyncMockBackend(ANSWER)) as pool:
        await pool.request("GET", "http://a.example/")
        await asyncio.sleep(0.1)
        await pool.request("GET", "http://b.example/")
        assert [state.split(",")[0] for state in states(pool)] == ["'http://b.example:80'"]


async def test_who_start_together_are_given_a_connection_each(monkeypatch: pytest.MonkeyPatch) -> None:
    tries = counted_tries(monkeypatch)
    async with Pool(network_backend=httpcore.AsyncMockBackend(ANSWER * 2)) as pool:
        for _ in range(2):
            await asyncio.gather(*(pool.request("GET", f"http://a.example/{page}") for page in range(4)))
        assert [state.rpartition(", ")[2] for state in states(pool)] == ["Request Count: 2"] * 4
    assert len(tries) == 8


async def test_a_connection_that_was_given_is_not_closed_for_another_site(monkeypatch: pytest.MonkeyPatch) -> None:
    tries = counted_tries(monkeypatch)
    async with Pool(max_connections=1, network_backend=httpcore.AsyncMockBackend(ANSWER * 2)) as pool:
        await pool.request("GET", "http://a.example/")
        await asyncio.gather(pool.request("GET", "http://a.example/again"), pool.request("GET", "http://b.example/"))
        assert states(pool) == ["'http://b.example:80', HTTP/1.1, IDLE, Request Count: 1"]
    assert tries == ["a.example", "a.example", "b.example"]


def counted_tries(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The host of each try to send a request on a connection, those too that find it taken."""
    tries: list[str] = []
    send = httpcore.AsyncHTTPConnection.handle_async_request

    async def counting(connection: httpcore.AsyncHTTPConnection, request: httpcore.Request) -> httpcore.Response:
        tries.append(request.url.host.decode())
        return await send(connection, request)

    monkeypatch.setattr(httpcore.AsyncHTTPConnection, "handle_async_request", counting)
    return tries
