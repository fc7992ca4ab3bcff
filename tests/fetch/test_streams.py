"""A connection that waits for its next request, and what its server does with it meanwhile, or did before."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from tests.fetch.running import fetch_page
from watcher.errors import FetchError
from watcher.fetch import Fetcher, Limits
from watcher.fetch.streams import connect
from watcher.model import Page, Validators
from watcher.settings import PLAIN_FETCH, FetchOptions, Options

ONE_TRY = Limits(connect_s=1, read_s=1, total_s=5, attempts=1)
OPEN = Options(allow_private_addresses=True, per_host_delay_s=0.0)
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok"
NONE = b"HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n"

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def serving(serve: Serve) -> AsyncIterator[str]:
    """The address of a server that does `serve` with each connection; at the end all have ended."""
    connections: list[asyncio.Task[object]] = []

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        connections.append(task)
        await serve(reader, writer)
        writer.close()
        await writer.wait_closed()

    async with await asyncio.start_server(connected, "127.0.0.1", 0) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        await asyncio.gather(*connections)


@pytest.mark.parametrize(
    "last_words", [b"", b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n"], ids=["silent", "with a word"]
)
async def test_a_connection_that_the_server_gave_up_is_not_used_again(last_words: bytes) -> None:
    """With one try only: a request that went out on it would be the failure."""
    visits, was_read = [0], asyncio.Queue[None]()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if b"/robots.txt" in await reader.readuntil(b"\r\n\r\n"):
            writer.write(NONE)
            return
        visits[0] += 1
        writer.write(OK)
        await was_read.get()
        writer.write(last_words)
        if last_words:
            await reader.read()  # until the other side hangs up

    async with serving(serve) as url, Fetcher(OPEN, ONE_TRY) as fetcher:
        for _ in range(3):
            assert (await fetch_page(fetcher, url)).body == b"ok"
            was_read.put_nowait(None)
            await asyncio.sleep(0.01)  # for what it does then to arrive
    assert visits == [3]


BEHIND = {
    "a line break": OK + b"\r\n",
    "characters counted, not bytes": b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok" + "余下".encode(),
    "a second answer": OK + b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwrong",
    "behind the last chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n\n",
    "a body of a 404": b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\nnot here",
}
UNCHANGED = b"HTTP/1.1 304 Not Modified\r\nContent-Length: 6\r\n\r\n<html>"


async def outcome(fetcher: Fetcher, url: str, options: FetchOptions = PLAIN_FETCH) -> object:
    """The body, "unchanged", or the code of the error."""
    try:
        found = await fetcher.fetch(url, Validators('"etag"', None), options)
    except FetchError as error:
        return error.code
    return found.body if isinstance(found, Page) else "unchanged"


@pytest.mark.parametrize(
    ("answer", "found"),
    [(answer, b"ok" if b"404" not in answer else "http_404") for answer in BEHIND.values()]
    + [(UNCHANGED, "unchanged")],
    ids=[*BEHIND, "a body of a 304"],
)
@pytest.mark.parametrize("proxied", [False, True], ids=["direct", "through a proxy"])
async def test_what_stands_behind_an_answer_is_not_the_next_one(answer: bytes, found: object, proxied: bool) -> None:
    connections = [0]

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections[0] += 1
        while await reader.read(65_536):
            writer.write(answer)

    async with serving(serve) as url, Fetcher(OPEN, ONE_TRY) as fetcher:
        options = FetchOptions(robots="ignore", proxy=url if proxied else None)
        asked = "http://www.example.gov.cn/" if proxied else url
        assert [await outcome(fetcher, asked, options) for _ in range(4)] == [found] * 4
        assert connections == [4]


async def test_what_comes_late_behind_an_answer_costs_the_next_one_another_try() -> None:
    """It comes with the next request already on its way: no look at the connection could have told."""
    asked: list[int] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(0)
        number = len(asked) - 1
        while await reader.read(65_536):
            asked[number] += 1
            writer.write(OK if asked[number] == 1 else b"\r\n" + OK)

    async with serving(serve) as url, Fetcher(OPEN, replace(ONE_TRY, attempts=2, backoff_s=0.001)) as fetcher:
        options = FetchOptions(robots="ignore")
        assert [await outcome(fetcher, url, options) for _ in range(2)] == [b"ok"] * 2
    assert asked == [2, 1]


async def test_a_body_larger_than_what_is_read_ahead_arrives_whole() -> None:
    body = bytes(range(256)) * 4_000

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(body) + body)
        await writer.drain()

    async with serving(serve) as url, Fetcher(OPEN, ONE_TRY) as fetcher:
        assert (await fetch_page(fetcher, url)).body == body


async def test_what_is_written_in_one_go_comes_in_one_piece() -> None:
    pieces: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        while piece := await reader.read(1 << 16):
            pieces.append(piece)

    async with serving(serve) as address:
        stream = await connect("127.0.0.1", int(address.rstrip("/").rpartition(":")[2]), 1)
        await stream.write(b"head")
        await stream.write(b"body")
        await asyncio.sleep(0.1)
        await stream.write(b"last")
        await stream.aclose()
    assert pieces == [b"headbody", b"last"]
