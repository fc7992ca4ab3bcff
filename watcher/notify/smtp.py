"""One connection to a mail server, bounded as a whole: in time, and in what the server says, however it drips."""

from __future__ import annotations

import io
import smtplib
import socket
import ssl
import time
from typing import Any, Final

# For one step; for all of them, the mail's own way included, as `post.TOTAL_S` for other channels.
TIMEOUT_S = 30.0
TOTAL_S = 60.0
# What a server may say: some dozens of lines are usual.
MAX_SAID_BYTES: Final = 256 * 1024
# What is sent at a time: a server that takes it by drops is asked between how long it may still do so.
PART_BYTES: Final = 16 * 1024


class Connection(smtplib.SMTP):
    """Connects at once. What outlasts `TOTAL_S` raises TimeoutError, or what the library makes of that.

    Only the look-up of the server's name is not bounded here, but by the system's resolver.
    """

    def __init__(self, host: str, port: int, own_name: str, tls: ssl.SSLContext | None) -> None:
        self._until = time.monotonic() + TOTAL_S
        self._tls = tls
        super().__init__(host, port, own_name, timeout=TIMEOUT_S)

    def left_s(self) -> float:
        """How long the next step may take."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError("timed out")
        return min(left, TIMEOUT_S)

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None and self.sock is not None:
            self.file = io.BufferedReader(_Said(self.sock, self))
        return super().getreply()

    def send(self, s: Any) -> None:
        data = s.encode(self.command_encoding) if isinstance(s, str) else memoryview(s)
        for begin in range(0, len(data), PART_BYTES):
            if self.sock is not None:
                self.sock.settimeout(self.left_s())
            super().send(data[begin : begin + PART_BYTES])

    def _get_socket(self, host: str, port: int, _timeout: float) -> socket.socket:
        """The hook by which the library's own class for TLS differs. Of several addresses the first that answers."""
        error: OSError = OSError("no address")
        for family, kind, protocol, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
            opened = socket.socket(family, kind, protocol)
            try:
                opened.settimeout(self.left_s())
                opened.connect(address)
                opened.settimeout(self.left_s())
            except OSError as exc:
                opened.close()
                error = exc
                continue
            return opened if self._tls is None else self._tls.wrap_socket(opened, server_hostname=host)
        raise error


class _Said(io.RawIOBase):
    """What the server says, each piece awaited for as long as its connection has left."""

    def __init__(self, sock: socket.socket, connection: Connection) -> None:
        self._sock, self._connection, self._bytes = sock, connection, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._sock.settimeout(self._connection.left_s())
        count = self._sock.recv_into(buffer)
        self._bytes += count
        if self._bytes > MAX_SAID_BYTES:
            raise OSError("the server does not stop talking")
        self._sock.settimeout(self._connection.left_s())  # for the handshake of TLS that may come next
        return count
