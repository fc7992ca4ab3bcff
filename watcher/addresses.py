"""The canonical form of a page's address: what two links must share to be the same page. Never used to fetch."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

# Parameters that say how a reader came, not which page it is. Only those that no site uses for anything else: taking
# two pages for one would hide an announcement.
TRACKING: Final = frozenset(
    {
        "spm",
        "isappinstalled",
        "fbclid",
        "gclid",
        "msclkid",
        "bd_vid",
        "jsessionid",
        "phpsessid",
        "nsukey",
        "chksm",
        "share",
    }
)
TRACKING_BEGINS: Final = ("utm_", "hmsr", "hmpl", "hmcu", "hmkw", "hmci", "share_", "sharer_")
# `from=timeline` is where a link was shared; a number may be what a site names its page by.
_CAME_FROM: Final = re.compile(r"[a-z_]+", re.IGNORECASE)
# Addresses whose form is remembered: a pass asks for that of each entry of a list half a dozen times, and a sitemap of
# 2,000 entries held the event loop for 0.15 s with it. More than the longest list has, since each look at a longer one
# would push out what the next asks for: `listing.scan` reads 20,000 links and dates of a page. Some 300 bytes each.
REMEMBERED: Final = 24_576

DEFAULT_PORTS: Final = frozenset({80, 443})  # of either scheme, which is no part of the form
# One site under several names: the bare one, the usual one, and those for telephones.
_HOST_NAMES: Final = re.compile(r"^(?:(?:www|m|wap|3g|mobile)\.)+(?=[^.]+\.[^.])")
_DEFAULT_PAGE: Final = re.compile(r"/(?:index|default)\.(?:s?html?|xhtml|php|aspx?|jsp)$", re.IGNORECASE)
_SESSION: Final = re.compile(r";(?:jsessionid|phpsessid)=[^/;?#]*", re.IGNORECASE)
# What an address may hold as it is (RFC 3986, 3.3); everything else is written in percent signs.
_AS_IT_IS: Final = "%/:@!$&'()*+,;="
_NEEDS_NONE: Final = re.compile(rf"[\w.~{re.escape(_AS_IT_IS)}-]*", re.ASCII)
_ESCAPE: Final = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED: Final = re.compile(r"[A-Za-z0-9._~-]")


@lru_cache(REMEMBERED)
def canonical(url: str) -> str:
    """The address by which a page is known, whichever of its variants a link has.

    The same for http and https, www and the mobile hosts, host in any case, default ports, index pages, a slash at the
    end, session ids, tracking parameters, the order and the way of writing parameters, fragments. A fragment that a
    script routes by (`#/detail/7`, `#!/detail/7`) stays, since it names the page.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:  # a broken port or IPv6 address is its own canonical form
        return url
    host = _HOST_NAMES.sub("", host)
    if port is not None and port not in DEFAULT_PORTS:
        host = f"{host}:{port}"
    fragment = f"#{parts.fragment}" if parts.fragment.startswith(("/", "!/")) else ""
    return f"{host}{_path(parts.path)}{_query(parts.query)}{fragment}"


def site(url: str) -> str:
    """The host by which a page's site is known, whichever of its names the link has."""
    return canonical(url).partition("/")[0]


def _path(path: str) -> str:
    if ";" in path:
        path = _SESSION.sub("", path)
    plain = _escaped(_DEFAULT_PAGE.sub("", path).rstrip("/"))
    return _ESCAPE.sub(_plainest, plain) or "/" if "%" in plain else plain or "/"


def _escaped(text: str) -> str:
    if _NEEDS_NONE.fullmatch(text):
        return text
    return quote(text, safe=_AS_IT_IS, errors="surrogatepass")


def _plainest(escape: re.Match[str]) -> str:
    """%41 as the letter it is, %e4 as %E4."""
    character = chr(int(escape[1], 16))
    return character if _UNRESERVED.fullmatch(character) else escape[0].upper()


def _query(query: str) -> str:
    if not query:
        return ""
    # As bytes, whatever charset they are in.
    pairs = parse_qsl(_escaped(query), keep_blank_values=True, encoding="latin-1")
    kept = sorted(pair for pair in pairs if not _is_tracking(*pair))
    return f"?{urlencode(kept, encoding='latin-1')}" if kept else ""


def _is_tracking(name: str, value: str) -> bool:
    name = name.casefold()
    if name == "from":
        return _CAME_FROM.fullmatch(value) is not None
    return name in TRACKING or name.startswith(TRACKING_BEGINS)
