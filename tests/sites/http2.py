"""A loopback HTTP/2 server over TLS: one answer for every request, given whole or spoilt.

async with http2_site(context, b"<ul>…") as site: get(f"https://www.example.gov.cn:{site.port}/")
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import Enum, auto

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import RequestReceived, StreamReset
from h2.exceptions import ProtocolError


class Spoil(Enum):
    """What the server does wrong once it has been asked."""

    NONE = auto()
    GOODBYE = auto()  # GOAWAY: takes no more requests on this connection
    CANCEL = auto()  # resets the stream
    NO_STATUS = auto()  # a status that is no number
    BROKEN_FRAME = auto()  # half of the body, then bytes that are no frame
    STUCK = auto()  # a body whose end does not come
    SHORT = auto()  # a body that is shorter than was said
    LATE = auto()  # nothing until the next request is answered


@dataclass(slots=True)
class Http2Site:
    body: bytes
    spoils: list[Spoil]  # one a request; no more: none
    port: int = 0
    requests: list[dict[str, str]] = field(default_factory=list)
    given_up: list[int] = field(default_factory=list)  # the streams that the client reset
    late: list[tuple[H2Connection, int]] = field(default_factory=list)
    talks: dict[asyncio.Task[None], asyncio.StreamWriter] = field(default_factory=dict)  # one a connection so far

    @property
    def connections(self) -> int:
        return len(self.talks)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self.talks[task] = writer
        talk = H2Connection(H2Configuration(client_side=False, validate_outbound_headers=False))
        talk.initiate_connection()
        try:
            writer.write(talk.data_to_send())
            while data := await reader.read(65_536):
                for event in talk.receive_data(data):
                    if isinstance(event, RequestReceived):
                        self._answer(talk, event, writer)
                    elif isinstance(event, StreamReset):
                        self.given_up.append(event.stream_id)
                writer.write(talk.data_to_send())
                await writer.drain()
        except (OSError, ssl.SSLError, ProtocolError):
            pass  # the client hung up: its right
        finally:
            writer.close()

    def _answer(self, talk: H2Connection, event: RequestReceived, writer: asyncio.StreamWriter) -> None:
        request = {name.decode(): value.decode() for name, value in event.headers}
        if request[":path"] == "/robots.txt":  # there is none, and that is not noted
            talk.send_headers(event.stream_id, [(":status", "404")], end_stream=True)
            return
        self.requests.append(request)
        spoil, stream = self.spoils.pop(0) if self.spoils else Spoil.NONE, event.stream_id
        if spoil is Spoil.GOODBYE:
            talk.close_connection(last_stream_id=0)
        elif spoil is Spoil.CANCEL:
            talk.reset_stream(stream, error_code=7)
        elif spoil is Spoil.LATE:
            self.late.append((talk, stream))
            return
        else:
            self._give(talk, stream, spoil)
        if spoil is Spoil.BROKEN_FRAME:
            writer.write(talk.data_to_send() + b"\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00" * 4)
            return
        while self.late:
            self._give(*self.late.pop(), Spoil.NONE)

    def _give(self, talk: H2Connection, stream: int, spoil: Spoil) -> None:
        length = [("content-length", str(len(self.body) + 1))] if spoil is Spoil.SHORT else []
        talk.send_headers(stream, [(":status", "many" if spoil is Spoil.NO_STATUS else "200"), *length])
        for start in range(0, len(self.body), 16_000):
            talk.send_data(stream, self.body[start : start + 16_000])
        if spoil in (Spoil.NONE, Spoil.SHORT):
            talk.end_stream(stream)


@asynccontextmanager
async def http2_site(context: ssl.SSLContext, body: bytes, *spoils: Spoil) -> AsyncIterator[Http2Site]:
    """Serve `body` on 127.0.0.1, spoiling the first answers as `spoils` say."""
    context.set_alpn_protocols(["h2"])
    site = Http2Site(body, list(spoils))
    server = await asyncio.start_server(site.serve, "127.0.0.1", 0, ssl=context)
    site.port = server.sockets[0].getsockname()[1]
    async with server:
        yield site
        for writer in site.talks.values():
            writer.close()
        await asyncio.gather(*site.talks)
