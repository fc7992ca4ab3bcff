"""The canonical form of a page's address: what two links must share to be the same page. Never used to fetch."""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

# Parameters that say how a reader came, not which page it is. Only those that no site uses for anything else: taking
# two pages for one would hide an announcement.
TRACKING: Final = frozenset({"spm", "isappinstalled", "fbclid", "gclid"})
PORTS: Final = {"http": "80", "https": "443"}


def canonical(url: str) -> str:
    """The same for http and https, host in any case, default port, tracking parameters, fragment.

    A fragment that a script routes by (`#/detail/7`, `#!/detail/7`) stays, since it names the page.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:  # a broken port or IPv6 address is its own canonical form
        return url
    if port is not None and str(port) != PORTS.get(parts.scheme):
        host = f"{host}:{port}"
    query = _query(parts.query)
    fragment = f"#{parts.fragment}" if parts.fragment.startswith(("/", "!/")) else ""
    return f"{host}{parts.path or '/'}{query}{fragment}"


def _query(query: str) -> str:
    if not query:
        return ""
    pairs = parse_qsl(query, keep_blank_values=True, errors="surrogateescape")
    kept = [(name, value) for name, value in pairs if name not in TRACKING and not name.startswith("utm_")]
    if not pairs or len(kept) == len(pairs):
        return f"?{query}"
    return f"?{urlencode(kept, errors='surrogateescape')}" if kept else ""
