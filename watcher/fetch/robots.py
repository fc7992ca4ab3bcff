"""What a site's robots.txt allows us (RFC 9309): asked for once a day, kept in memory, never in the way for long.

Where it cannot be had (an error of the server or the network), what was last known holds, and before that everything is
allowed. RFC 9309 would have a crawler keep out then; docs/decisions/006-robots.md says why a watcher does not.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

import httpx
from protego import Protego

from watcher.fetch.network import Route
from watcher.fetch.trouble import Trouble

MAX_BYTES: Final = 512_000  # RFC 9309 2.5 asks for 500 KiB; what follows is not read
MAX_DELAY_S: Final = 30.0  # a longer Crawl-delay is meant for crawlers that take the whole site
KEPT: Final = timedelta(days=1)  # RFC 9309 2.4
KEPT_FAILURE: Final = timedelta(minutes=10)
MAX_SITES: Final = 20_000
MAX_WILD: Final = 1_000
_LARGE = 20_000  # bytes that take more than a few milliseconds to read

Read = Callable[[httpx.URL, Route], Awaitable[bytes]]
"""A robots.txt's address -> its start; raises `Trouble`."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What one site asks of us: pages to leave alone, and seconds between two requests."""

    file: Protego | None = None
    delay_s: float = 0.0

    def allow(self, url: httpx.URL) -> bool:
        return self.file is None or self.file.can_fetch(str(url), "*")


ALL: Final = Rules()
_NEVER: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(slots=True)
class _Known:
    rules: Rules = ALL
    until: datetime = _NEVER
    asking: asyncio.Lock = field(default_factory=asyncio.Lock)


class Robots:
    """`rules = await robots.rules(url, route)`: one request a site and day, however many want to know."""

    def __init__(self, read: Read, user_agent: str, now: Callable[[], datetime]) -> None:
        self._read, self._token, self._now = read, product_token(user_agent), now
        self._known: dict[tuple[Route, str], _Known] = {}

    async def rules(self, url: httpx.URL, route: Route) -> Rules:
        known = self._of_site(url, route)
        if self._now() >= known.until:
            async with known.asking:
                if self._now() >= known.until:
                    known.rules, kept = await self._ask(url, route, known.rules)
                    known.until = self._now() + kept
        return known.rules

    async def _ask(self, url: httpx.URL, route: Route, last: Rules) -> tuple[Rules, timedelta]:
        try:
            body = await self._read(url.join("/robots.txt"), route)
        except Trouble as trouble:
            if trouble.status is not None and 400 <= trouble.status < 500:
                return ALL, KEPT  # RFC 9309 2.3.1.3: there is none
            return last, KEPT_FAILURE
        if len(body) > _LARGE:
            return await asyncio.to_thread(read_rules, body, self._token), KEPT
        return read_rules(body, self._token), KEPT

    def _of_site(self, url: httpx.URL, route: Route) -> _Known:
        site = (route, f"{url.scheme}://{url.netloc.decode('ascii')}")
        if site not in self._known and len(self._known) >= MAX_SITES:
            del self._known[next(iter(self._known))]
        return self._known.setdefault(site, _Known())


def product_token(user_agent: str) -> str:
    """The name by which a robots.txt calls us: the first of the User-Agent, or that behind "compatible;"."""
    found = re.search(r"\(compatible; ?([A-Za-z_-]+)", user_agent) or re.match(r"([A-Za-z_-]+)", user_agent)
    return found[1].lower() if found else "watcher"


def read_rules(body: bytes, token: str) -> Rules:
    """Read a robots.txt of any bytes, as far as it speaks to `token`."""
    lines = _without_excess(_group(body.decode("utf-8-sig", "replace"), token))
    if not lines:
        return ALL
    file = Protego.parse("\n".join(["User-agent: *", *lines]))
    return Rules(file, min(file.crawl_delay("*") or 0.0, MAX_DELAY_S))


def _without_excess(lines: list[str]) -> list[str]:
    """Rules with wildcards are tried one by one: 30,000 of them took a second for one long address."""
    dropped = frozenset([index for index, line in enumerate(lines) if "*" in line][MAX_WILD:])
    return [line for index, line in enumerate(lines) if index not in dropped]


_AGENT = re.compile(r"user[- ]?agent\s*:?", re.IGNORECASE)
_OF_NO_GROUP = ("sitemap", "site-map", "host")


def _group(text: str, token: str) -> list[str]:
    """The rules for `token`, else those for all.

    The library would join every rule to every name above it: a file of 20,000 names and 20,000 rules, 400 KB long,
    would fill the memory. Here its length is the limit.
    """
    rules: dict[str, list[str]] = {"*": []}
    current: set[str] = set()
    among_names = False
    for whole in text.splitlines():
        line = whole.partition("#")[0].strip()
        if not line or line.lower().startswith(_OF_NO_GROUP):
            continue
        if named := _AGENT.match(line):
            current = current if among_names else set()
            among_names = True
            name = line[named.end() :].strip().lower()
            name = name if name == "*" else name.partition("/")[0].strip("* ")  # "watcher/1.0", "watcher*"
            if name in ("*", token):
                current.add(name)
                rules.setdefault(name, [])
        else:
            among_names = False
            for name in current:
                rules[name].append(line)
    return rules.get(token, rules["*"])
