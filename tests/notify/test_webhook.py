"""The JSON webhook, and services that the channel library sends to itself."""

from __future__ import annotations

import asyncio
import base64
import socket
from dataclasses import replace

import pytest

from tests.notify.conftest import Service, has_ipv6
from watcher.errors import NotifyError
from watcher.news import Message
from watcher.notify import send


async def test_the_envelope_holds_the_event_as_an_object(service: Service, message: Message) -> None:
    await send(f"json://{service.host}/hooks/watcher", message)

    [request] = service.requests
    assert (request.method, request.path) == ("POST", "/hooks/watcher")
    assert request.json == {
        "version": "1.0",
        "title": message.title,
        "message": message.text,
        "attachments": [],
        "type": "info",
        "event": message.event,
    }
    assert request.json["event"]["delivery"] == "m-7-1"


async def test_the_options_of_the_address_are_kept(service: Service, message: Message) -> None:
    to = f"json://me:p%40ss@{service.host}/a?+X-Token=abc&-team=green&:title=subject&:attachments=&:from=watcher&method=put"

    await send(to, message)

    [request] = service.requests
    assert (request.method, request.query) == ("PUT", {"team": ["green"]})
    assert request.headers["x-token"] == "abc"
    assert request.headers["authorization"] == "Basic " + base64.b64encode(b"me:p@ss").decode()
    assert set(request.json) == {"version", "subject", "message", "type", "event", "from"}


@pytest.mark.skipif(not has_ipv6(), reason="no IPv6 here")
@pytest.mark.parametrize("path", ["/", "/hooks/watcher"])
async def test_a_program_is_reached_by_its_ipv6_address(message: Message, path: str) -> None:
    asked: list[bytes] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")
        writer.close()

    async with await asyncio.start_server(answer, "::1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        await send(f"json://[::1]:{port}{path}", message)

    assert asked[0].startswith(f"POST {path} HTTP/1.1\r\n".encode())
    assert f"host: [::1]:{port}\r\n".encode() in asked[0].lower()


@pytest.mark.parametrize(("status", "permanent"), [(503, False), (401, False), (410, True), (307, True)])
async def test_a_webhook_that_refuses(status: int, permanent: bool, service: Service, message: Message) -> None:
    service.status = status
    service.headers["Location"] = service.url + "/elsewhere"

    with pytest.raises(NotifyError, match=f"webhook: HTTP {status}") as caught:
        await send(f"json://{service.host}/geheim", message)

    assert caught.value.permanent is permanent
    assert len(service.requests) == 1


async def test_a_closed_port_is_tried_again(message: Message) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]

    with pytest.raises(NotifyError, match="webhook: the connection was refused") as caught:
        await send(f"json://127.0.0.1:{port}/geheim", message)

    assert not caught.value.permanent
    assert "geheim" not in str(caught.value)


async def test_a_header_that_cannot_be_sent_is_final(service: Service, message: Message) -> None:
    with pytest.raises(NotifyError, match="cannot be sent") as caught:
        await send(f"json://{service.host}/?+X-Name=%E5%AF%86", message)

    assert caught.value.permanent


async def test_lone_surrogates_do_not_stop_an_alert(service: Service, message: Message) -> None:
    await send(f"json://{service.host}/", replace(message, title="坏\ud800字"))

    assert service.requests[0].json["title"] == "坏?字"


async def test_ntfy_gets_plain_text(service: Service, message: Message) -> None:
    service.says({"id": "x"})

    await send(f"ntfy://{service.host}/measures", message)

    [request] = service.requests
    sent = request.json
    assert sent["topic"] == "measures"
    assert sent["message"].startswith(message.title)
    assert request.headers["x-click"] == "https://gov.example/a"
    assert "由30个工作日压减到20个工作日" in sent["message"]


@pytest.mark.parametrize(("status", "permanent"), [(429, False), (400, True)])
async def test_ntfy_that_refuses(status: int, permanent: bool, service: Service, message: Message) -> None:
    service.says({"code": status * 100 + 1, "http": status, "error": "limit reached"}, status)

    with pytest.raises(NotifyError, match=f"ntfy: HTTP {status}") as caught:
        await send(f"ntfy://{service.host}/measures", message)

    assert caught.value.permanent is permanent
