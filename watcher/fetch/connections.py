"""httpcore's connections, where servers break the rules: what one answer does wrong is not taken out on the next.

- A body that is longer than was said leaves a rest, which HTTP/1.1 would read as the answer to the next request
  (RFC 9112 6.3): such a connection is closed.
- An answer of HTTP/2 that nobody reads to its end is reset. Unread, it would fill the window that all share, and the
  host would stand still until a time-out.
- An answer of HTTP/2 that is not as long as it says fails alone (RFC 9113 8.1.1); h2 would end the connection.
- A connection of HTTP/2 whose server hung up without a word is not used again; httpcore asks that of HTTP/1.1 alone.
- Where a connection breaks that others used, `SHARED` says so: the request at hand may not be the one to blame.

httpcore has no place where to give it other connections: its names for them are replaced, for the whole process, when
this module is imported. It is pinned to the release that has these names.
"""

from __future__ import annotations

from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, Final

import httpcore
from h2.connection import H2Connection
from h2.errors import ErrorCodes
from h2.events import DataReceived, Event, StreamReset
from h2.exceptions import InvalidBodyLengthError, ProtocolError
from httpcore._async import connection, http2, http_proxy, socks_proxy
from hyperframe.frame import DataFrame, Frame

SHARED: Final = "watcher.shared"
"""In a request's extensions: whether its connection serves others beside it, or served some before."""

_GOODBYE_S: Final = 1.0  # for a few bytes that a server has room for, or is broken


class Http1(httpcore.AsyncHTTP11Connection):
    """These are no coroutines of their own, but give the library's: each would cost every request a little."""

    def _send_request_headers(self, request: httpcore.Request) -> Coroutine[Any, Any, None]:
        request.extensions[SHARED] = self._request_count > 1
        return super()._send_request_headers(request)

    def _response_closed(self) -> Coroutine[Any, Any, None]:
        return self.aclose() if self._h11_state.trailing_data[0] else super()._response_closed()


class _Talk(H2Connection):
    def _receive_data_frame(self, frame: DataFrame) -> tuple[list[Frame], list[Event]]:
        try:
            return super()._receive_data_frame(frame)
        except InvalidBodyLengthError:
            wrong = ErrorCodes.PROTOCOL_ERROR
            self.acknowledge_received_data(frame.flow_controlled_length, frame.stream_id)
            self.reset_stream(frame.stream_id, wrong)
            return [], [StreamReset(stream_id=frame.stream_id, error_code=wrong, remote_reset=False)]


class Http2(httpcore.AsyncHTTP2Connection):
    async def _send_connection_init(self, request: httpcore.Request) -> None:
        self._h2_state = _Talk(self.CONFIG)
        await super()._send_connection_init(request)

    async def _send_request_headers(self, request: httpcore.Request, stream_id: int) -> None:
        request.extensions[SHARED] = self._request_count > 1
        await super()._send_request_headers(request, stream_id)

    async def _read_incoming_data(self, request: httpcore.Request) -> list[Event]:
        request.extensions[SHARED] = self._request_count > 1  # others may have come since it was sent
        try:
            return await super()._read_incoming_data(request)
        except ProtocolError as exc:
            self._connection_error = True
            self._read_exception = httpcore.RemoteProtocolError("what came is not HTTP/2")
            raise self._read_exception from exc

    async def _response_closed(self, stream_id: int) -> None:
        try:
            if self._given_up(stream_id):
                await self._say_so()
        finally:
            await super()._response_closed(stream_id)

    def _given_up(self, stream_id: int) -> bool:
        """Let go of a stream; whether there is something to tell the server."""
        with suppress(ProtocolError):  # of a connection that has ended there is nothing to let go
            unread = sum(one.flow_controlled_length for one in self._events[stream_id] if isinstance(one, DataReceived))
            self._h2_state.acknowledge_received_data(unread, stream_id)
            stream = self._h2_state.streams.get(stream_id)
            if stream is not None and stream.open:
                self._h2_state.reset_stream(stream_id, ErrorCodes.CANCEL)
                return True
        return False

    async def _say_so(self) -> None:
        try:
            async with self._write_lock:
                await self._network_stream.write(self._h2_state.data_to_send(), _GOODBYE_S)
        except (httpcore.NetworkError, httpcore.TimeoutException):
            self._connection_error = True

    def has_expired(self) -> bool:
        # Whether something came (`is_readable`) says nothing here: a server may ping.
        return super().has_expired() or (self.is_idle() and bool(self._network_stream.get_extra_info("is_ended")))


connection.AsyncHTTP11Connection = Http1  # type: ignore[attr-defined]
http_proxy.AsyncHTTP11Connection = Http1  # type: ignore[attr-defined]
socks_proxy.AsyncHTTP11Connection = Http1  # type: ignore[attr-defined]
http2.AsyncHTTP2Connection = Http2  # type: ignore[misc]
