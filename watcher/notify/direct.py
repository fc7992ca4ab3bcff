"""One connection to a channel's service, over which it is asked one thing after the other, in HTTP/1.1.

A channel has one message in flight: it needs no pool, no locks and no HTTP/2. Without them a message takes a third of
the CPU that it takes through an HTTP client.
"""

from __future__ import annotations

import asyncio
import ssl
from typing import Any, Final

import h11
import httpcore
import httpx

from watcher.fetch.network import GuardedBackend
from watcher.notify.call import Answer, Head

CONNECT_S: Final = 10.0
READ_S: Final = 20.0
# A server, or a firewall on the way, forgets a connection that nobody uses.
IDLE_S: Final = 30.0
_READ: Final = 65_536  # bytes at a time
_LONGEST_HEAD: Final = 102_400  # bytes


class Connection:
    """Its errors are httpx's, as of what goes through a proxy."""

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream
        self._http = h11.Connection(h11.CLIENT, max_incomplete_event_size=_LONGEST_HEAD)
        self._used_at = 0.0

    @property
    def is_usable(self) -> bool:
        """Whether it can be asked: the last answer was read to its end, nothing stood behind it, nor came since.

        What stands there would be taken for the answer to the next message; a server that hung up is of that kind too.
        """
        idle_s = asyncio.get_running_loop().time() - self._used_at
        in_step = self._http.our_state is h11.IDLE and not self._http.trailing_data[0]
        return in_step and idle_s < IDLE_S and not self._stream.get_extra_info("is_readable")

    async def ask(self, head: Head, content: bytes, most: int) -> Answer:
        """The answer, of its body at least `most` bytes or all.

        Raises:
            httpx.HTTPError: there is none; a LocalProtocolError before anything was sent.
        """
        try:
            await self._stream.write(self._written(head, content), READ_S)
            answer = await self._answer(most)
        except h11.LocalProtocolError as exc:
            raise httpx.LocalProtocolError("a header cannot be sent") from exc
        except h11.RemoteProtocolError as exc:
            raise httpx.RemoteProtocolError(str(exc)) from exc
        except (httpcore.TimeoutException, httpcore.NetworkError) as exc:
            raise _of_httpx(exc) from exc
        if self._http.our_state is self._http.their_state is h11.DONE:
            self._http.start_next_cycle()
        self._used_at = asyncio.get_running_loop().time()
        return answer

    def _written(self, head: Head, content: bytes) -> bytes:
        headers = [*head.headers, (b"Content-Length", b"%d" % len(content))]
        request = h11.Request(method=head.method, target=head.url.raw_path, headers=headers)
        parts = (self._http.send(part) for part in (request, h11.Data(content), h11.EndOfMessage()))
        return b"".join(part for part in parts if part)

    async def _answer(self, most: int) -> Answer:
        status, packed, body = 0, "", bytearray()
        while len(body) < most:
            event = self._http.next_event()
            if event is h11.NEED_DATA:
                await self._hear()
            elif isinstance(event, h11.Response):  # what is only informational (1xx) is another event
                status, packed = event.status_code, _packed(event)
            elif isinstance(event, h11.Data):
                body += event.data
            elif isinstance(event, h11.EndOfMessage):
                break
        return Answer(status, packed, bytes(body))

    async def _hear(self) -> None:
        data = await self._stream.read(_READ, READ_S)
        if not data and self._http.their_state is h11.SEND_RESPONSE:
            raise httpx.RemoteProtocolError("the server disconnected before it answered")
        if self._http.their_state is h11.SEND_RESPONSE and not self._http.trailing_data[0]:
            # Some servers end a body with a line break more than they said. Where it comes late, it is no answer.
            data = data.lstrip(b"\r\n")
            if not data:
                return
        self._http.receive_data(data)

    async def aclose(self) -> None:
        await self._stream.aclose()


class Direct:
    """The way to one server: a connection that is opened again when it was closed."""

    def __init__(self, backend: GuardedBackend, context: ssl.SSLContext) -> None:
        self._backend, self._context = backend, context
        self._connection: Connection | None = None

    async def ask(self, head: Head, content: bytes, most: int) -> Answer:
        """As `Connection.ask`; raises Trouble too, where the guard refuses the address."""
        await asyncio.sleep(0)  # the loop hears of a server that hung up after its last answer
        if self._connection is None or not self._connection.is_usable:
            await self.aclose()
            self._connection = Connection(await self._connected(head.url))
        return await self._connection.ask(head, content, most)

    async def aclose(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.aclose()

    async def _connected(self, url: httpx.URL) -> httpcore.AsyncNetworkStream:
        secure, host = url.scheme == "https", url.raw_host.decode("ascii")
        try:
            stream = await self._backend.connect_tcp(host, url.port or (443 if secure else 80), CONNECT_S)
            return await stream.start_tls(self._context, host, CONNECT_S) if secure else stream
        except (httpcore.TimeoutException, httpcore.NetworkError) as exc:
            raise _of_httpx(exc) from exc


def _packed(response: h11.Response) -> str:
    found = (value for name, value in response.headers if name == b"content-encoding")
    return ", ".join(value.decode("latin-1") for value in found)


def _of_httpx(error: httpcore.TimeoutException | httpcore.NetworkError) -> httpx.TransportError:
    """The exception of httpx that has the same name."""
    kind: Any = getattr(httpx, type(error).__name__)
    found: httpx.TransportError = kind(str(error))
    return found
