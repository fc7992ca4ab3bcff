"""Whose request it is: the network address of a reader, where it is known. Pure.

Anybody can send `X-Forwarded-For`, and so be somebody else each time: it is believed of the proxies that are named.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from typing import Final

from starlette.datastructures import Headers

from watcher.web.access import Access

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# By which a proxy says that it asks for somebody else.
_FORWARDED: Final = ("forwarded", "x-forwarded-for", "via")
_MOST_HOPS: Final = 20


def known_client(host: str | None, headers: Headers, access: Access) -> str | None:
    """The network address of a reader; None where it may be that of a proxy, behind which all readers have one."""
    asks = _address(host or "")
    if asks is None:
        return None
    if any(asks in network for network in access.proxies):
        found = _behind(access, headers.getlist("x-forwarded-for"))
        return str(found) if found else None
    if asks.is_loopback or access.user_header is not None or any(name in headers for name in _FORWARDED):
        return None
    return str(asks)


def _behind(access: Access, written: Sequence[str]) -> Address | None:
    """The last address that is no proxy of ours: what stands before it, whoever has it may have written himself."""
    for one in reversed(",".join(written).split(",")[-_MOST_HOPS:]):
        address = _address(one.strip())
        if address is None or not any(address in network for network in access.proxies):
            return address
    return None


def _address(written: str) -> Address | None:
    try:
        found = ipaddress.ip_address(written)
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, ipaddress.IPv6Address) else found
