"""What servers answer over a connection that is kept: in pieces, packed, with word ahead, cut short, without end."""

from __future__ import annotations

import asyncio
import gzip
import ssl
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.sites.certificates import Certificate
from watcher.errors import NotifyError
from watcher.fetch.network import resolve
from watcher.notify.call import Call
from watcher.notify.post import MAX_ANSWER_BYTES, Channel, post
from watcher.notify.ways import Ways

PACKED = gzip.compress(b"accepted")


@asynccontextmanager
async def answering(*answers: bytes, tls: ssl.SSLContext | None = None) -> AsyncIterator[tuple[str, list[int]]]:
    """The address of a server that gives these answers in turn, and of each connection how often it was asked."""
    asked: list[int] = []
    left = list(answers)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(0)
        number = len(asked) - 1
        while left and b"\r\n\r\n" in await reader.read(65_536):
            asked[number] += 1
            writer.write(left.pop(0))
            if left and left[0] == b"":
                left.pop(0)
                break
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls) as server:
        yield f"{'http' if tls is None else 'https'}://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook", asked


async def asked_for(url: str, times: int) -> Sequence[bytes]:
    channel = Channel(None, url, Ways(resolve))
    try:
        return [await post(channel, "webhook", Call(url, text="{}", verify=False)) for _ in range(times)]
    finally:
        await channel.ways.aclose()


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\naccepted",
        b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\naccepted",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nacce\r\n4\r\npted\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%b" % (len(PACKED), PACKED),
    ],
    ids=["plain", "hints ahead", "in pieces", "packed"],
)
async def test_an_answer_is_read_to_its_end_and_its_connection_asked_again(answer: bytes) -> None:
    async with answering(answer, answer, answer) as (url, asked):
        assert await asked_for(url, 3) == [b"accepted"] * 3
    assert asked == [3]


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 8\r\n\r\naccepted",
        b"HTTP/1.0 200 OK\r\n\r\naccepted",
    ],
    ids=["closes", "ends with its connection"],
)
async def test_a_connection_that_ends_with_its_answer_is_not_asked_again(answer: bytes) -> None:
    async with answering(answer, b"", answer, b"") as (url, asked):
        assert await asked_for(url, 2) == [b"accepted"] * 2
    assert asked == [1, 1]


ACCEPTED = b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\naccepted"


@pytest.mark.parametrize("behind", [b"\r\n", b"!", ACCEPTED], ids=["a line break", "one byte", "a second answer"])
async def test_what_stands_behind_an_answer_says_nothing_of_the_next_message(behind: bytes) -> None:
    async with answering(*[ACCEPTED + behind] * 3) as (url, asked):
        assert await asked_for(url, 3) == [b"accepted"] * 3
    assert asked == [1, 1, 1]


async def test_a_line_break_that_comes_late_leaves_no_message_in_doubt() -> None:
    async with answering(ACCEPTED, b"\r\n" + ACCEPTED, b"\r\n" + ACCEPTED) as (url, asked):
        assert await asked_for(url, 3) == [b"accepted"] * 3
    assert asked == [3]


async def test_of_a_long_answer_the_beginning_is_read_and_the_rest_left() -> None:
    long = b"HTTP/1.1 200 OK\r\nContent-Length: 900000\r\n\r\n" + b"x" * 900_000
    async with answering(long, long) as (url, asked):
        found = await asked_for(url, 2)
    assert all(MAX_ANSWER_BYTES <= len(one) < 3 * MAX_ANSWER_BYTES for one in found)
    assert asked == [1, 1]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nacc", "cut before the answer was complete"),
        (b"", "cut before the answer was complete"),
        (b"SSH-2.0-OpenSSH_9.6\r\n\r\n", "the answer is no HTTP"),
    ],
    ids=["cut short", "nothing", "no HTTP"],
)
async def test_an_answer_that_is_none_leaves_open_whether_the_message_was_taken(answer: bytes, said: str) -> None:
    async with answering(answer) as (url, _):
        with pytest.raises(NotifyError, match=said) as caught:
            await asked_for(url, 1)
    assert caught.value.unsure
    assert not caught.value.permanent


async def test_over_tls_it_speaks_the_http_that_it_offers(tmp_path: Path) -> None:
    served = Certificate.make(tmp_path, "hooks.example").server()
    served.set_alpn_protocols(["h2", "http/1.1"])
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\naccepted"
    async with answering(answer, answer, tls=served) as (url, asked):
        assert await asked_for(url, 2) == [b"accepted"] * 2
    assert asked == [2]
