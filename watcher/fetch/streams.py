"""httpcore's connections on asyncio's own streams.

httpcore asks each idle connection before each request whether its server closed it. Its stream from anyio answers with
three system calls, which were half of the cost of an unchanged page; here the loop has noted it already.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import httpcore

_READ_AHEAD: Final = 65_536  # bytes; at twice as many the server has to wait


class _Reader(asyncio.StreamReader):
    """Counts the bytes that nobody has read yet, and notes their end before they are read."""

    unread = 0
    ended = False

    def feed_data(self, data: Any) -> None:
        self.unread += len(data)
        super().feed_data(data)

    def feed_eof(self) -> None:
        self.ended = True
        super().feed_eof()


class Stream(httpcore.AsyncNetworkStream):
    """One connection; made by `connect`. Raises the errors of httpcore."""

    def __init__(self, reader: _Reader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        self._pieces: list[bytes] = []

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        with _translated(httpcore.ReadTimeout, httpcore.ReadError):
            async with asyncio.timeout(timeout):
                data = await self._reader.read(max_bytes)
        self._reader.unread -= len(data)
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """What is written in one turn of the loop, as the head and the body of a request, goes out as one piece."""
        with _translated(httpcore.WriteTimeout, httpcore.WriteError):
            if not self._pieces:
                asyncio.get_running_loop().call_soon(self._flush)
            self._pieces.append(buffer)
            if self._writer.transport.get_write_buffer_size():  # else there is nothing to wait for
                async with asyncio.timeout(timeout):
                    await self._writer.drain()

    def _flush(self) -> None:
        pieces, self._pieces = self._pieces, []
        if pieces and not self._writer.is_closing():  # of a connection that broke meanwhile, reading says so
            self._writer.write(b"".join(pieces))

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> Stream:
        try:
            with _translated(httpcore.ConnectTimeout, httpcore.ConnectError):
                async with asyncio.timeout(timeout):
                    await self._writer.start_tls(ssl_context, server_hostname=server_hostname)
        except BaseException:
            await self.aclose()
            raise
        return self

    async def aclose(self) -> None:
        self._flush()
        self._writer.close()
        await asyncio.sleep(0)
        self._writer.transport.abort()  # a server that says no goodbye is not waited for

    def get_extra_info(self, info: str) -> Any:
        if info == "is_ended":
            return self._reader.ended or self._writer.is_closing()
        if info == "is_readable":  # of one of HTTP/1.1 that waits for its next request: it ended, or more was answered
            return self._reader.unread > 0 or self._reader.ended or self._writer.is_closing()
        return self._writer.get_extra_info({"server_addr": "peername", "client_addr": "sockname"}.get(info, info))


async def connect(address: str, port: int, timeout: float | None) -> Stream:
    """A connection to a numeric address."""
    loop = asyncio.get_running_loop()
    reader = _Reader(_READ_AHEAD, loop)
    protocol = asyncio.StreamReaderProtocol(reader, loop=loop)
    with _translated(httpcore.ConnectTimeout, httpcore.ConnectError):
        async with asyncio.timeout(timeout):
            transport, _ = await loop.create_connection(lambda: protocol, address, port)
    return Stream(reader, asyncio.StreamWriter(transport, protocol, reader, loop))


@contextmanager
def _translated(late: type[Exception], broken: type[Exception]) -> Iterator[None]:
    try:
        yield
    except TimeoutError as exc:
        raise late(str(exc)) from exc
    except OSError as exc:  # ssl.SSLError is one
        raise broken(str(exc)) from exc
