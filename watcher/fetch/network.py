"""Connects to the very address that was checked: the guard's half that lives below httpx."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from ipaddress import ip_address
from typing import Final, Literal

import httpcore
import httpx

from watcher.fetch import connections  # noqa: F401 (they take the place of httpcore's)
from watcher.fetch.guard import check_address
from watcher.fetch.pool import Pool
from watcher.fetch.streams import connect
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

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,  # noqa: ARG002 (the pool names neither)
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002
    ) -> httpcore.AsyncNetworkStream:
        loop = asyncio.get_running_loop()
        end = None if timeout is None else loop.time() + timeout
        addresses = (await self._checked(host, port, timeout))[:_MAX_ADDRESSES]
        for left in range(len(addresses), 0, -1):
            share = None if end is None else max(end - loop.time(), 0.01) / left
            try:
                return await connect(addresses[-left], port, share)
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


@dataclass(frozen=True, slots=True)
class Route:
    """What tells connections apart beside their host: sources that share it share connections."""

    proxy: str | None = field(default=None, repr=False)
    tls: Literal["standard", "legacy"] = "standard"
    ca: str | None = None


# `concurrency` is the pace's business: a second limit here would only turn waiting into time-outs.
_LIMITS: Final = httpx.Limits(max_connections=None, max_keepalive_connections=64, keepalive_expiry=30)


# For plain connections, which ask for none: it trusts nobody. To read whom to trust takes 20 ms.
NO_TLS: Final = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@cache
def tls_context(tls: Literal["standard", "legacy"] = "standard", ca: str | None = None) -> ssl.SSLContext:
    """Certificates and names are always verified; SSL_CERT_FILE and SSL_CERT_DIR are honoured.

    Args:
        tls: "legacy" also connects to servers that never learned RFC 5746 (secure renegotiation), have keys of 1024
            bits or no forward secrecy. TLS 1.0 and 1.1, and certificates signed with SHA-1, stay closed: no browser
            has them since 2020 and 2017.
        ca: a PEM file trusted beside the public authorities: an authority, or a link of a chain that a server forgot.
    Raises:
        Trouble: ca.
    """
    context = httpx.create_ssl_context(trust_env=True)
    if tls == "legacy":
        context.set_ciphers("DEFAULT:@SECLEVEL=1")
        context.options |= getattr(ssl, "OP_LEGACY_SERVER_CONNECT", 0x4)  # the flag has a name since Python 3.12
        context.verify_flags &= ~ssl.VERIFY_X509_STRICT  # a default since Python 3.13 that old certificates fail
    if ca is not None:
        try:
            context.load_verify_locations(ca)
        except OSError as error:  # ssl.SSLError is one
            raise Trouble("ca", f"cannot read certificates from {ca}: {error.strerror or error}") from error
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    return context


def guarded_transport(resolve: Resolve, *, allow_private: bool, context: ssl.SSLContext) -> httpx.AsyncHTTPTransport:
    """httpx's own transport over a `GuardedBackend`; HTTP/2 where a server offers it."""
    transport = httpx.AsyncHTTPTransport(verify=context, trust_env=False)
    # httpx takes no network backend; its pool does. The private name is stable: httpx is pinned below 0.29.
    transport._pool = Pool(
        ssl_context=context,
        http2=True,
        max_connections=_LIMITS.max_connections,
        max_keepalive_connections=_LIMITS.max_keepalive_connections,
        keepalive_expiry=_LIMITS.keepalive_expiry,
        network_backend=GuardedBackend(resolve, allow_private=allow_private),
    )
    return transport


def proxy_transport(proxy: str, context: ssl.SSLContext) -> httpx.AsyncHTTPTransport:
    """A transport through `proxy`, which resolves names itself.

    Raises:
        Trouble: proxy.
    """
    try:
        return httpx.AsyncHTTPTransport(verify=context, http2=True, limits=_LIMITS, trust_env=False, proxy=proxy)
    except (ValueError, httpx.InvalidURL) as error:
        # The text of the error may repeat the proxy's password.
        raise Trouble("proxy", "the proxy's address cannot be used", transient=False) from error
