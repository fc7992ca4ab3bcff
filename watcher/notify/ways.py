"""Connections to the services of channels, kept from one message to the next.

Each message over a connection of its own costs 26 ms of CPU, most of it for reading whom to trust; over one that is
kept, 0.15 ms.
"""

from __future__ import annotations

import ssl
from collections.abc import Hashable
from functools import cache
from urllib.request import getproxies, proxy_bypass

import httpx

from watcher.fetch.network import NO_TLS, GuardedBackend, Resolve, resolve, tls_context
from watcher.notify.call import Answer, Call, Head, content, head, likeness
from watcher.notify.direct import Direct
from watcher.notify.proxied import Proxied

Key = tuple[str, bytes, bool, bool]


class Ways:
    """Those of one channel, which has one request at a time; `aclose` when nothing more is to be sent to it."""

    def __init__(self, resolve: Resolve = resolve) -> None:
        self._resolve = resolve
        self._last: tuple[Hashable, Head] | None = None
        self._open: dict[Key, Direct | Proxied] = {}

    async def ask(self, call: Call, most: int, *, public_only: bool) -> Answer:
        """The answer to a request, of its body at least `most` bytes or all.

        Args:
            public_only: to the public internet alone, past any proxy: it would resolve the name itself.
        Raises:
            Trouble, httpx.HTTPError: there is none.
            httpx.InvalidURL, UnicodeError: it cannot be asked.
        """
        asked = self._head(call)
        key = (asked.url.scheme, asked.url.netloc, call.verify, public_only)
        if key not in self._open:
            self._open[key] = self._way(asked.url, verify=call.verify, public_only=public_only)
        return await self._open[key].ask(asked, content(call), most)

    async def aclose(self) -> None:
        ways, self._open = list(self._open.values()), {}
        for one in ways:
            await one.aclose()

    def _head(self, call: Call) -> Head:
        """Made once for all messages to an address whose requests differ in nothing but what they hold."""
        like = likeness(call)
        if self._last is None or self._last[0] != like:
            self._last = (like, head(call))
        return self._last[1]

    def _way(self, url: httpx.URL, *, verify: bool, public_only: bool) -> Direct | Proxied:
        proxy = None if public_only else _proxy(url)
        if proxy is not None:
            return Proxied(proxy, tls_context() if verify else _trusting())
        backend = GuardedBackend(self._resolve, allow_private=not public_only)
        return Direct(backend, NO_TLS if url.scheme == "http" else _context(verify=verify))


def _proxy(url: httpx.URL) -> str | None:
    """What HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY say of an address."""
    proxies = getproxies()
    found = proxies.get(url.scheme) or proxies.get("all")
    if found is None or proxy_bypass(url.netloc.decode("ascii")):
        return None
    return found if "://" in found else f"http://{found}"


@cache
def _context(*, verify: bool) -> ssl.SSLContext:
    """One of our own: it offers HTTP/1.1, where those of fetching offer HTTP/2 too."""
    context = httpx.create_ssl_context(verify=verify)
    context.set_alpn_protocols(["http/1.1"])
    return context


@cache
def _trusting() -> ssl.SSLContext:
    """Any certificate is taken: an operator's `verify=no`."""
    return httpx.create_ssl_context(verify=False)
