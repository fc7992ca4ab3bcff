"""Who is let in: the host that was asked for, and the token or the name that a proxy gives. Pure.

On loopback everybody who can reach the port may read. Elsewhere a request brings the token (as the password of HTTP's
Basic scheme, which browsers, feed readers and Prometheus know, or as a bearer), or the header in which a proxy that
authenticates says who it is. The Host header is checked in any case: a page of a stranger whose name was pointed at
127.0.0.1 (DNS rebinding) asks under its own name.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final
from urllib.parse import urlsplit

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
# Without a token: probes that say nothing, and what only the holder of a mailed link can ask for.
PROBES: Final = frozenset({"/healthz", "/readyz"})
OPEN: Final = ("/static/", "/unsubscribe/", "/confirm/")
_HEADER: Final = re.compile(r"[A-Za-z][A-Za-z0-9-]{1,63}")
SHORTEST_TOKEN: Final = 16


class Entry(Enum):
    """What becomes of a request."""

    OPEN = "open"
    WRONG_HOST = "wrong_host"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Access:
    """How the page is guarded. `hosts`: names under which it may be asked, beside loopback and addresses by number.

    `proxies`: those whose `X-Forwarded-For` is believed.
    """

    loopback: bool = True
    token: str | None = field(default=None, repr=False)
    user_header: str | None = None
    hosts: frozenset[str] = frozenset()
    proxies: tuple[Network, ...] = ()

    def entry(self, path: str, headers: Mapping[str, str]) -> Entry:
        """Whether a request is let in; `headers` by names in small letters."""
        if not self._knows(headers.get("host", "")):
            return Entry.WRONG_HOST
        if self._is_free or path in PROBES or path.startswith(OPEN) or self._is_user(headers):
            return Entry.OPEN
        return Entry.UNKNOWN

    @property
    def _is_free(self) -> bool:
        return self.loopback and self.token is None and self.user_header is None

    def _knows(self, host: str) -> bool:
        name = host_name(host)
        if name is None:
            return False
        return name in LOOPBACK or name in self.hosts or (not self.loopback and _is_number(name))

    def _is_user(self, headers: Mapping[str, str]) -> bool:
        if self.user_header and headers.get(self.user_header.lower(), "").strip():
            return True
        given = _credentials(headers.get("authorization", ""))
        return self.token is not None and given is not None and hmac.compare_digest(given, self.token.encode())


def access(
    bind: str, *, token: str | None, user_header: str | None, hosts: str, public_url: str | None, proxies: str = ""
) -> Access:
    """The guard of a page that listens on the address `bind`.

    Raises:
        ValueError: what is missing or no such thing, and what to do.
    """
    if token is not None and len(token) < SHORTEST_TOKEN:
        raise ValueError(f"WATCHER_WEB_TOKEN: expected at least {SHORTEST_TOKEN} characters, as `openssl rand -hex 16`")
    if user_header is not None and _HEADER.fullmatch(user_header) is None:
        raise ValueError(f"WATCHER_WEB_USER_HEADER: {user_header[:40]!r} is no name of a header such as X-Remote-User")
    if not is_loopback(bind) and token is None and user_header is None:
        raise ValueError(
            f"{bind} can be reached from outside: set WATCHER_WEB_TOKEN, or, behind a proxy that authenticates, "
            "WATCHER_WEB_USER_HEADER (docs/web.md)"
        )
    named = {name.strip().lower() for name in hosts.split(",")} - {""}
    public = urlsplit(public_url or "").hostname
    known = frozenset(named | ({public} if public else set()))
    return Access(is_loopback(bind), token, user_header, known, _networks(proxies))


def _networks(written: str) -> tuple[Network, ...]:
    try:
        return tuple(ipaddress.ip_network(one.strip()) for one in written.split(",") if one.strip())
    except ValueError as exc:
        raise ValueError(
            f"WATCHER_WEB_PROXIES: expected addresses or networks such as 127.0.0.1,10.0.0.0/8: {exc}"
        ) from None


def is_loopback(bind: str) -> bool:
    try:
        return ipaddress.ip_address(bind).is_loopback
    except ValueError:
        return bind == "localhost"


def host_name(header: str) -> str | None:
    """The name in a Host header, without port and brackets, in small letters; None where it is none."""
    match = re.fullmatch(r"(?:\[([0-9A-Fa-f:.]{2,45})\]|([A-Za-z0-9._-]{1,253}))(?::[0-9]{1,5})?", header)
    return (match[1] or match[2]).rstrip(".").lower() if match else None


def _is_number(name: str) -> bool:
    """An address by number is nobody's name: no page of a stranger is served under it."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _credentials(header: str) -> bytes | None:
    """The token of a bearer, the password of a user; None where there is none."""
    scheme, _, value = header.partition(" ")
    if scheme.lower() == "bearer":
        return value.strip().encode()
    if scheme.lower() != "basic":
        return None
    try:
        return base64.b64decode(value.strip(), validate=True).partition(b":")[2]
    except (binascii.Error, ValueError):
        return None
