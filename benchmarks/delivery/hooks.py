"""Webhooks that take a while to accept what is posted to them, in a process of their own.

`python -m benchmarks.delivery.hooks` prints its port, and answers each line on standard input with what it has seen.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from typing import Final

ANSWER_S: Final = 0.05
_ACCEPTED: Final = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"


class Seen:
    """Per path how many messages were accepted; `most` at once in all, `twice` two at once to one path."""

    def __init__(self) -> None:
        self.accepted: Counter[str] = Counter()
        self.busy: Counter[str] = Counter()
        self.most, self.twice, self.connections = 0, 0, 0

    def told(self) -> str:
        counted = {"accepted": sum(self.accepted.values()), "paths": len(self.accepted)}
        return json.dumps(counted | {"most": self.most, "twice": self.twice, "connections": self.connections})


class Hook(asyncio.Protocol):
    """One connection, kept for as many requests as come over it; no part of a request is looked at but its path."""

    def __init__(self, seen: Seen) -> None:
        self._seen, self._got = seen, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._seen.connections += 1

    def data_received(self, data: bytes) -> None:
        self._got += data
        head, separator, body = self._got.partition(b"\r\n\r\n")
        if not separator:
            return
        lines = head.split(b"\r\n")
        length = next(int(line[15:]) for line in lines if line.lower().startswith(b"content-length:"))
        if len(body) < length:
            return
        self._got = body[length:]
        self._take(lines[0].split()[1].decode("ascii"))

    def _take(self, path: str) -> None:
        seen = self._seen
        seen.twice += seen.busy[path] > 0
        seen.busy[path] += 1
        seen.most = max(seen.most, seen.busy.total())
        asyncio.get_running_loop().call_later(ANSWER_S, self._accept, path)

    def _accept(self, path: str) -> None:
        self._seen.busy[path] -= 1
        self._seen.accepted[path] += 1
        self._transport.write(_ACCEPTED)


async def serve() -> None:
    seen, loop = Seen(), asyncio.get_running_loop()
    server = await loop.create_server(lambda: Hook(seen), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    while await loop.run_in_executor(None, sys.stdin.readline):
        print(seen.told(), flush=True)
    server.close()


if __name__ == "__main__":
    asyncio.run(serve())
