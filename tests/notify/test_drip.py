"""Mail servers that drip: a mail has an end whatever they say, and those of one server leave room for others."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.notify.conftest import StartMailServer
from watcher.errors import NotifyError
from watcher.news import Message
from watcher.notify import send, smtp
from watcher.threads import SharedPool

# As long as a test may wait for what takes a minute in life.
TOTAL_S = 2.0
# The beginning of a server's hello, of 16,379 bytes (RFC 8446, 4).
RECORD = b"\x16\x03\x03\x3f\xff\x02\x00\x3f\xfb\x03\x03"


@asynccontextmanager
async def dripping(said: bytes, *before: bytes, every_s: float = 0.1) -> AsyncIterator[int]:
    """The port of a server that says one thing again and again; before that a greeting, and an answer to each line."""
    tasks: set[asyncio.Task[None]] = set()

    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        with contextlib.suppress(ConnectionError, asyncio.CancelledError):
            for number, answer in enumerate(before):
                if number:
                    await reader.readline()
                writer.write(answer)
            while True:
                writer.write(said)
                await writer.drain()
                await asyncio.sleep(every_s)
        writer.close()

    server = await asyncio.start_server(drip, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1]
    server.close()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks)


def address(port: int, more: str = "") -> str:
    return f"mailto://127.0.0.1:{port}?from=alerts@example.org&to=reader@example.org{more}"


@pytest.mark.parametrize(
    ("said", "before", "mode"),
    [
        (b"220-hello\r\n", [], ""),
        (b"2", [], ""),
        (b"250-more\r\n", [b"220 hello\r\n"], ""),
        (b"250-more\r\n", [b"220 hello\r\n", b"250 here\r\n"], ""),
        (b"354-more\r\n", [b"220 hello\r\n", *[b"250 yes\r\n"] * 3], ""),
        (b"\0", [b"220 hello\r\n", b"250-here\r\n250 STARTTLS\r\n", b"220 go on\r\n", RECORD], "&mode=starttls"),
        (b"\0", [RECORD], "&mode=ssl"),
    ],
    ids=["greeting", "letters", "features", "sender", "mail", "starttls", "tls"],
)
async def test_a_mail_ends_in_time_whatever_the_server_drips(
    message: Message, monkeypatch: pytest.MonkeyPatch, said: bytes, before: list[bytes], mode: str
) -> None:
    monkeypatch.setattr(smtp, "TOTAL_S", TOTAL_S)
    async with dripping(said, *before) as port:
        began = time.monotonic()
        with pytest.raises(NotifyError) as caught:
            await send(address(port, mode), message)
        assert time.monotonic() - began < TOTAL_S + 3
        assert time.monotonic() - began > TOTAL_S - 0.5
    assert not caught.value.permanent


async def test_a_server_that_does_not_stop_talking_is_left(message: Message) -> None:
    async with dripping(b"220-hello\r\n" * 1000, every_s=0) as port:
        began = time.monotonic()
        with pytest.raises(NotifyError, match="hung up"):
            await send(address(port), message)
        assert time.monotonic() - began < 20


async def test_a_server_that_drips_holds_up_no_mail_to_another(
    start_mail_server: StartMailServer, message: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "TOTAL_S", 20.0)
    good = await start_mail_server()
    async with dripping(b"220-hello\r\n") as port:
        waiting = [asyncio.create_task(send(address(port), message)) for _ in range(150)]
        await asyncio.sleep(0.5)
        began = time.monotonic()
        await send(address(good.port), message)
        took = time.monotonic() - began
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
    assert len(good.mails) == 1
    assert took < 5


async def test_of_one_server_a_part_of_the_pool_works_at_a_time_and_nothing_is_kept_of_it() -> None:
    pool = SharedPool("test", 8, 2)
    at_once = [0, 0]

    def work() -> None:
        at_once[0] += 1
        at_once[1] = max(at_once)
        time.sleep(0.02)
        at_once[0] -= 1

    await asyncio.gather(*(pool.of("one", work) for _ in range(10)))
    assert at_once == [0, 2]
    assert pool._places == {}
