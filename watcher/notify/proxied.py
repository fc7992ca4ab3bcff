"""The way to a channel's service through the operator's proxy."""

from __future__ import annotations

import ssl
from typing import Final

import httpx

from watcher.fetch.network import proxy_transport
from watcher.notify.call import Answer, Head
from watcher.notify.direct import CONNECT_S, READ_S

TIMEOUTS: Final = {"connect": CONNECT_S, "read": READ_S, "write": READ_S, "pool": READ_S}


class Proxied:
    """As `direct.Direct`; httpx knows the kinds of proxies, and whom to ask for what."""

    def __init__(self, proxy: str, context: ssl.SSLContext) -> None:
        self._transport = proxy_transport(proxy, context)

    async def ask(self, head: Head, content: bytes, most: int) -> Answer:
        """As `direct.Connection.ask`."""
        request = httpx.Request(head.method.decode("ascii"), head.url, headers=head.headers, content=content)
        request.extensions = {"timeout": TIMEOUTS}
        response = await self._transport.handle_async_request(request)
        response.request = request
        body = bytearray()
        try:
            async for piece in response.aiter_raw():
                body += piece
                if len(body) >= most:
                    break
        finally:
            await response.aclose()
        return Answer(response.status_code, response.headers.get("content-encoding", ""), bytes(body))

    async def aclose(self) -> None:
        await self._transport.aclose()
