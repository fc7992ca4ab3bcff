"""Connections to a channel: kept from one message to the next, past a server that hangs up, by the operator's proxy."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace

import pytest

from tests.notify.conftest import Service
from watcher.errors import NotifyError
from watcher.news import Message
from watcher.notify import line, send


@dataclass
class Hook:
    """A webhook that counts connections; `hangs_up`: it closes each after its answer, without a word."""

    port: int = 0
    hangs_up: bool = False
    asked: list[int] = field(default_factory=list)  # how many times each connection was asked
    open: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        number = len(self.asked)
        self.asked.append(0)
        self.open += 1
        try:
            while head := await self._head(reader):
                length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
                await reader.readexactly(int(length.partition(b":")[2]))
                self.asked[number] += 1
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
                if self.hangs_up:
                    break
        finally:
            self.open -= 1
            writer.close()

    async def _head(self, reader: asyncio.StreamReader) -> bytes:
        try:
            return await reader.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError:
            return b""


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    played = Hook()
    async with await asyncio.start_server(played.serve, "127.0.0.1", 0) as server:
        played.port = server.sockets[0].getsockname()[1]
        yield played


async def until_closed(hook: Hook) -> None:
    async with asyncio.timeout(5):
        while hook.open:
            await asyncio.sleep(0.01)


async def test_messages_one_after_the_other_share_a_connection_that_ends_with_them(
    hook: Hook, message: Message
) -> None:
    async with line() as one:
        for _ in range(5):
            await one(f"json://127.0.0.1:{hook.port}/a", message)
    assert hook.asked == [5]
    await until_closed(hook)


async def test_a_server_that_hangs_up_after_each_answer_gets_every_message_once(hook: Hook, message: Message) -> None:
    hook.hangs_up = True
    async with line() as one:
        for _ in range(5):
            await one(f"json://127.0.0.1:{hook.port}/a", message)
            await until_closed(hook)
    assert hook.asked == [1] * 5


async def test_another_address_is_another_channel(hook: Hook, service: Service, message: Message) -> None:
    async with line() as one:
        await one(f"json://127.0.0.1:{hook.port}/a", message)
        await one(f"json://me:word@{service.host}/b", message)
        await one(f"json://127.0.0.1:{hook.port}/c", message)
    assert hook.asked == [2]
    assert [request.path for request in service.requests] == ["/b"]


async def test_ntfy_opens_the_page_of_each_message(service: Service, message: Message) -> None:
    pages = ["https://gov.example/a", "https://gov.example/b"]
    async with line() as one:
        for page in pages:
            await one(f"ntfy://{service.host}/topic", replace(message, event={**message.event, "url": page}))
    assert [
        request.headers["x-click"] if "x-click" in request.headers else request.json["click"]
        for request in service.requests
    ] == pages


@pytest.mark.parametrize(("exempt", "asked"), [("", "proxy"), ("hooks.example", "nobody")])
async def test_the_operators_proxy_is_asked_where_his_environment_names_it(
    exempt: str, asked: str, service: Service, message: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", service.url)
    monkeypatch.setenv("NO_PROXY", exempt)
    if asked == "proxy":
        await send("json://hooks.example/a", message)
        assert [request.path for request in service.requests] == ["/a"]
    else:
        with pytest.raises(NotifyError, match="dns"):
            await send("json://hooks.example/a", message)
        assert service.requests == []


async def test_what_is_encoded_already_is_posted_as_it_is(service: Service, message: Message) -> None:
    ready = replace(message, encoded={"figures": '[{"quote": "最高300万元"}]'})
    await send(f"json://{service.host}/?:event=alert", ready)
    assert service.requests[0].json["alert"] == {**message.event, "figures": [{"quote": "最高300万元"}]}


async def test_services_that_hang_do_not_hold_up_others_of_the_library(message: Message) -> None:
    """All must be asked at once before any of them answers."""
    asked, all_asked = 0, asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal asked
        await reader.readuntil(b"\r\n\r\n")
        asked += 1
        if asked == 20:
            all_asked.set()
        await all_asked.wait()
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        async with asyncio.timeout(20):
            await asyncio.gather(*(send(f"ntfy://127.0.0.1:{port}/topic-{number}", message) for number in range(20)))
