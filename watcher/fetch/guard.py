"""Decides which addresses may be asked: public ones, over http or https, written without tricks.

A listing is hostile input: a link in it must not make this machine ask its own network (server-side request forgery).
`check_url` judges the text of an address on every hop; `check_address` judges what its name resolved to. `network`
connects to exactly the address that was checked, so a name that answers differently the second time gains nothing.
One parser (httpx's) both judges and connects, so that two parsers cannot disagree.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final

import httpx

from watcher.fetch.trouble import Trouble

# IANA IPv4 Special-Purpose Address Registry (2025-10), multicast and class E included; as a whole, since the
# `ipaddress` module's idea of "global" differs between patch releases.
_CLOSED_IPV4: Final = tuple(
    IPv4Network(block)
    for block in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT; Alibaba Cloud's metadata is 100.100.100.200
        "127.0.0.0/8",
        "169.254.0.0/16",  # link-local; most clouds' metadata is 169.254.169.254
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/3",
        "168.63.129.16/32",  # public by number, but Azure's own host to every machine there
    )
)

# Only global unicast is open, less what tunnels or documents: that also closes ::1, fc00::/7, fe80::/10, ff00::/8,
# IPv4-mapped ::ffff:0:0/96 and NAT64 64:ff9b::/96. IANA IPv6 Special-Purpose Address Registry (2025-10).
_OPEN_IPV6: Final = IPv6Network("2000::/3")
_CLOSED_IPV6: Final = tuple(IPv6Network(block) for block in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))

# Special-use names (RFC 6761, RFC 6762, ICANN's .internal): never a public site, whoever resolves them.
_LOCAL_NAMES: Final = ("localhost", "local", "internal")

_MAX_URL = 8_000  # characters; servers commonly refuse more


def check_url(text: str, *, allow_private: bool) -> httpx.URL:
    """Return the address to ask, or raise `Trouble` (bad_url, unsupported_scheme, address_refused)."""
    url = _parse(text)
    if url.scheme not in ("http", "https"):
        raise Trouble("unsupported_scheme", f"its scheme is {url.scheme}" if url.scheme else "it has no scheme")
    if url.userinfo:
        raise Trouble("address_refused", "the address hides a user name before its host")
    host = url.raw_host.decode("ascii").rstrip(".").lower()
    if not host or not (url.port is None or 0 < url.port < 65_536):
        raise Trouble("bad_url", "the address has no host, or a port that does not exist")
    literal = literal_address(host)
    if not allow_private:
        if literal is not None:
            check_address(literal)
        elif host.rsplit(".", 1)[-1] in _LOCAL_NAMES:
            raise Trouble("address_refused", f"{host} is a name of this machine or network")
    return url.copy_with(fragment=None) if url.fragment or "#" in text else url


def _parse(text: str) -> httpx.URL:
    text = text.strip(" \t\r\n")
    if len(text) > _MAX_URL:
        raise Trouble("bad_url", f"the address has more than {_MAX_URL} characters")
    # Browsers take a backslash for a slash and drop tabs, other parsers do not: nobody honest needs either.
    if "\\" in text or any(ord(character) < 32 or ord(character) == 127 for character in text):
        raise Trouble("bad_url", "the address holds control characters or a backslash")
    try:
        return httpx.URL(text)
    except (httpx.InvalidURL, ValueError) as error:
        # httpx itself refuses octal and overlong parts (0177.0.0.1, 127.0.0.256): disguises too.
        code = "address_refused" if "IPv4" in str(error) else "bad_url"
        raise Trouble(code, f"not an address: {error}") from error


def literal_address(host: str) -> IPv4Address | IPv6Address | None:
    """Return the address that `host` writes, None where it is a name.

    Raises:
        Trouble: a number that some resolvers take for an IPv4 address (2130706433, 0177.0.0.1, 0x7f.1): a host ends
            in a number only if it is an address (URL Standard, "ends in a number"), and then it has four decimal parts.
    """
    try:
        return ip_address(host)
    except ValueError:
        last = host.rsplit(".", 1)[-1]
        if last.isdigit() or _is_hexadecimal(last) or "%" in host or ":" in host:
            raise Trouble("address_refused", f"{host} is an address in disguise") from None
        return None


def _is_hexadecimal(label: str) -> bool:
    return label.startswith("0x") and all(digit in "0123456789abcdef" for digit in label[2:])


def check_address(address: IPv4Address | IPv6Address) -> None:
    """Raise `Trouble` unless `address` is one of the public internet."""
    if not is_public(address):
        raise Trouble("address_refused", f"{address} is no public address")


def is_public(address: IPv4Address | IPv6Address) -> bool:
    if isinstance(address, IPv4Address):
        return not any(address in block for block in _CLOSED_IPV4)
    return address in _OPEN_IPV6 and not any(address in block for block in _CLOSED_IPV6)
