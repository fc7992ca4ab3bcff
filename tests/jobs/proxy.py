"""A network between a process and its database that is cut, at once or at a part of what is sent, or swallows all."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.sites.thread import ServerThread


class Proxy:
    """Hands on to a port of this machine; `cut` ends connections and refuses new ones, `stall` passes nothing on."""

    def __init__(self, to: int) -> None:
        self._to = to
        self._server = ServerThread(self._serve)
        self._writers: set[asyncio.StreamWriter] = set()
        self._passing = asyncio.Event()
        self._passing.set()
        self._refusing = False
        self.parts, self._cut_at = 0, 0

    def cut_at(self, part: int) -> None:
        """Lose the connection on which this part of all that is sent to the database comes, of the parts from 1 on."""
        self._cut_at = part

    @property
    def port(self) -> int:
        return self._server.port

    def start(self) -> None:
        self._server.start()

    def stop(self) -> None:
        self._server.stop()

    def cut(self) -> None:
        self._call(self._cut)

    def stall(self) -> None:
        self._call(self._passing.clear)

    def mend(self) -> None:
        self._call(self._mend)

    def _cut(self) -> None:
        self._refusing = True
        for writer in self._writers:
            writer.transport.abort()

    def _mend(self) -> None:
        self._refusing = False
        self._passing.set()

    def _call(self, what: Any) -> None:
        self._server.loop.call_soon_threadsafe(what)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._refusing:
            writer.transport.abort()
            return
        there, to = await asyncio.open_connection("127.0.0.1", self._to)
        self._writers |= {writer, to}
        try:
            await asyncio.gather(self._pass(reader, to, counted=True), self._pass(there, writer))
        except OSError:
            pass
        finally:
            for one in (writer, to):
                self._writers.discard(one)
                one.transport.abort()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, counted: bool = False) -> None:
        while part := await reader.read(65536):
            await self._passing.wait()
            self.parts += counted
            if counted and self.parts == self._cut_at:
                break
            writer.write(part)
            await writer.drain()
        writer.transport.abort()  # either end closes both


@contextmanager
def proxy(to: int) -> Iterator[Proxy]:
    made = Proxy(to)
    made.start()
    try:
        yield made
    finally:
        made.stop()
