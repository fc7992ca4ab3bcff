"""Connects to the very address that was checked: the guard's half that lives below httpx."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable
from functools import cache
from ipaddress import ip_address

import httpcore
import httpx

from watcher.fetch.guard import check_address
from watcher.fetch.trouble import Trouble

Resolve = Callable[[str, int], Awaitable[list[str]]]
"""(host, port) -> its addresses as text, in the order to try; raises `OSError` like `socket.getaddrinfo`."""

_MAX_ADDRESSES = 4  # a name may list hundreds; four dead ones are enough to give up


async def resolve(host: str, port: int) -> list[str]:
    """Ask this machine's resolver, off the event loop."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Resolves, checks every address, then connects to one of them by number; Host and SNI keep the name."""

    def __init__(self, resolve: Resolve, *, allow_private: bool) -> None:
        self._resolve, self._allow_private = resolve, allow_private
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        loop = asyncio.get_running_loop()
        end = None if timeout is None else loop.time() + timeout
        addresses = (await self._checked(host, port, timeout))[:_MAX_ADDRESSES]
        for left in range(len(addresses), 0, -1):
            share = None if end is None else max(end - loop.time(), 0.01) / left
            try:
                return await self._inner.connect_tcp(
                    addresses[-left], port, timeout=share, local_address=local_address, socket_options=socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if left == 1:
                    raise
        raise Trouble("dns", "its name has no address")

    async def _checked(self, host: str, port: int, timeout: float | None) -> list[str]:
        try:
            async with asyncio.timeout(timeout):
                addresses = await self._resolve(host, port)
        except TimeoutError as error:
            raise Trouble("dns", "its name was not resolved in time", transient=True) from error
        except socket.gaierror as error:
            raise Trouble("dns", "its name is not known", transient=error.errno == socket.EAI_AGAIN) from error
        except (OSError, UnicodeError) as error:
            raise Trouble("dns", f"its name cannot be resolved: {error}") from error
        if not self._allow_private:
            # All of them: a name that mixes public and private addresses is an attack or a mistake.
            for address in addresses:
                check_address(ip_address(address))
        return addresses

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


@cache
def tls_context() -> ssl.SSLContext:
    """The one context: certificates and names always verified; SSL_CERT_FILE and SSL_CERT_DIR are honoured."""
    context = httpx.create_ssl_context(trust_env=True)
    # Some government sites never learned RFC 5746 (secure renegotiation), and OpenSSL 3 refuses them by default.
    # Browsers connect to them, and nothing secret is sent. The flag has a name only since Python 3.12.
    context.options |= getattr(ssl, "OP_LEGACY_SERVER_CONNECT", 0x4)
    return context


def guarded_transport(resolve: Resolve, *, allow_private: bool, limits: httpx.Limits) -> httpx.AsyncHTTPTransport:
    """httpx's own transport over a `GuardedBackend`."""
    transport = httpx.AsyncHTTPTransport(verify=tls_context(), limits=limits, trust_env=False)
    # httpx takes no network backend; its pool does. The private name is stable: httpx is pinned below 0.29.
    transport._pool = httpcore.AsyncConnectionPool(
        ssl_context=tls_context(),
        max_connections=limits.max_connections,
        max_keepalive_connections=limits.max_keepalive_connections,
        keepalive_expiry=limits.keepalive_expiry,
        network_backend=GuardedBackend(resolve, allow_private=allow_private),
    )
    return transport
