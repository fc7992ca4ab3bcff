"""A connection that waits for its next request, and what its server does with it meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from tests.fetch.running import fetch_page
from watcher.fetch import Fetcher, Limits
from watcher.fetch.streams import connect
from watcher.settings import Options

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
