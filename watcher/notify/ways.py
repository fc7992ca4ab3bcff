"""Connections to the services of channels, kept from one message to the next.

Each message over a connection of its own costs 26 ms of CPU, most of it for reading whom to trust; over one that is
kept, 0.4 ms.
"""

from __future__ import annotations

import ssl
from functools import cache
from typing import Final
from urllib.request import getproxies, proxy_bypass

import httpx

from watcher.fetch.network import NO_TLS, Resolve, guarded_transport, proxy_transport, resolve, tls_context

Key = tuple[str, bool, bool]

CONNECT_S: Final = 10.0
READ_S: Final = 20.0
TIMEOUTS: Final = {"connect": CONNECT_S, "read": READ_S, "write": READ_S, "pool": READ_S}


class Ways:
    """Those of one channel, which has one request at a time; `aclose` when nothing more is to be sent to it."""

    def __init__(self, resolve: Resolve = resolve) -> None:
        self._resolve = resolve
        self._transports: dict[Key, httpx.AsyncHTTPTransport] = {}

    async def ask(self, request: httpx.Request, *, verify: bool, public_only: bool) -> httpx.Response:
        """The answer to a request, its body still to be read; to be closed.

        Args:
            public_only: to the public internet alone, past any proxy: it would resolve the name itself.
        Raises:
            Trouble, httpx.HTTPError: there is none.
        """
        key = (request.url.scheme, verify, public_only)
        if key not in self._transports:
            self._transports[key] = self._opened(request.url, verify=verify, public_only=public_only)
        request.extensions = {"timeout": TIMEOUTS}
        response = await self._transports[key].handle_async_request(request)
        response.request = request
        return response

    async def aclose(self) -> None:
        transports, self._transports = list(self._transports.values()), {}
        for one in transports:
            await one.aclose()

    def _opened(self, url: httpx.URL, *, verify: bool, public_only: bool) -> httpx.AsyncHTTPTransport:
        proxy = None if public_only else _proxy(url)
        if proxy is not None:
            return proxy_transport(proxy, _context(verify=verify))
        context = NO_TLS if url.scheme == "http" else _context(verify=verify)
        return guarded_transport(self._resolve, allow_private=not public_only, context=context)


def _proxy(url: httpx.URL) -> str | None:
    """What HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY say of an address."""
    proxies = getproxies()
    found = proxies.get(url.scheme) or proxies.get("all")
    if found is None or proxy_bypass(url.netloc.decode("ascii")):
        return None
    return found if "://" in found else f"http://{found}"


def _context(*, verify: bool) -> ssl.SSLContext:
    return tls_context() if verify else _trusting()


@cache
def _trusting() -> ssl.SSLContext:
    """Any certificate is taken: an operator's `verify=no`."""
    return httpx.create_ssl_context(verify=False)
