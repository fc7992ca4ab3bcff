"""What a site's robots.txt allows us (RFC 9309): asked for once a day, remembered, never in the way for long.

Where it cannot be had (an error of the server or the network), what was last known holds, and before that everything is
allowed. RFC 9309 would have a crawler keep out then; docs/decisions/006-robots.md says why a watcher does not.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Sized
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final, ParamSpec, Protocol, TypeVar

import httpx
from protego import Protego

from watcher.fetch.network import Route
from watcher.fetch.trouble import Trouble
from watcher.site_rules import SiteRules

MAX_BYTES: Final = 512_000  # RFC 9309 2.5 asks for 500 KiB; what follows is not read
MAX_DELAY_S: Final = 30.0  # a longer Crawl-delay is meant for crawlers that take the whole site
KEPT: Final = timedelta(days=1)  # RFC 9309 2.4
KEPT_FAILURE: Final = timedelta(minutes=10)
# Characters of rules; in memory, parsed, each takes 14 bytes, so that a file of 490 KB takes 8 MB (measured).
MAX_HELD: Final = 4_000_000
_OF_EACH: Final = 200  # what a site costs beside its rules, as so many characters
MAX_WILD: Final = 1_000
_LARGE: Final = 20_000  # characters or bytes that take more than a few milliseconds to read

P = ParamSpec("P")
T = TypeVar("T")

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


class Memory(Protocol):
    """What the processes before this one, and those beside it, read."""

    async def find(self, site: str) -> SiteRules | None: ...

    async def keep(self, rules: SiteRules) -> None: ...


@dataclass(slots=True)
class _Known:
    rules: Rules = ALL
    length: int = 0  # characters of the rules
    counted: int = 0  # of these and `_OF_EACH`, what is counted in `Robots._held`
    until: datetime = _NEVER
    asking: asyncio.Lock = field(default_factory=asyncio.Lock)


class Robots:
    """`rules = await robots.rules(url, route)`: one request a site and day, however many want to know.

    Those of the sites that were asked for last are held, as far as `MAX_HELD` goes.
    """

    def __init__(self, read: Read, user_agent: str, now: Callable[[], datetime], memory: Memory | None = None) -> None:
        self._read, self._token, self._now, self._memory = read, product_token(user_agent), now, memory
        self._known: dict[tuple[Route, str], _Known] = {}  # the last asked for is the last
        self._held = 0

    async def rules(self, url: httpx.URL, route: Route) -> Rules:
        site = (route, _site(url))
        known = self._known[site] = self._known.pop(site) if site in self._known else _Known()
        if self._is_over(known):
            try:
                await self._learn(known, url, route)
            finally:
                self._count(site, known)
        return known.rules

    async def _learn(self, known: _Known, url: httpx.URL, route: Route) -> None:
        async with known.asking:
            if self._is_over(known):
                await self._recall(known, _site(url))
            if self._is_over(known):
                await self._ask(known, url, route)

    def _count(self, site: tuple[Route, str], known: _Known) -> None:
        """Hold what was learnt of a site, and forget others where all together are too much."""
        before = self._known.pop(site, known)  # another, where it was forgotten while it was asked
        self._held -= before.counted
        known.counted = _OF_EACH + known.length
        self._held += known.counted
        self._known[site] = known
        while self._held > MAX_HELD:
            forgotten = self._known.pop(next(iter(self._known)))
            self._held -= forgotten.counted
            forgotten.counted = 0

    def _is_over(self, known: _Known) -> bool:
        """Whether the file is to be asked for: its day has ended, or was counted by a clock that was set back since."""
        now = self._now()
        return not now < known.until <= now + KEPT

    async def _recall(self, known: _Known, site: str) -> None:
        found = await self._memory.find(site) if self._memory else None
        if found is not None and found.token == self._token:
            known.rules, known.until = await _aside(found.lines, parse_rules, found.lines), found.until
            known.length = len(found.lines)

    async def _ask(self, known: _Known, url: httpx.URL, route: Route) -> None:
        """What the site says now; where it cannot be asked, what was known of it goes on for a while."""
        try:
            body = await self._read(url.join("/robots.txt"), route)
        except Trouble as trouble:
            if trouble.status is None or not 400 <= trouble.status < 500:
                known.until = self._now() + KEPT_FAILURE
                return
            body = b""  # RFC 9309 2.3.1.3: there is none
        lines = await _aside(body, rules_for, body, self._token)
        known.rules, known.until = await _aside(lines, parse_rules, lines), self._now() + KEPT
        known.length = len(lines)
        if self._memory:
            await self._memory.keep(SiteRules(_site(url), self._token, lines, known.until))


def product_token(user_agent: str) -> str:
    """The name by which a robots.txt calls us: the first of the User-Agent, or that behind "compatible;"."""
    found = re.search(r"\(compatible; ?([A-Za-z_-]+)", user_agent) or re.match(r"([A-Za-z_-]+)", user_agent)
    return found[1].lower() if found else "watcher"


async def _aside(read: Sized, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The work, in a thread where what it reads is large."""
    return await asyncio.to_thread(work, *args, **kwargs) if len(read) > _LARGE else work(*args, **kwargs)


def _site(url: httpx.URL) -> str:
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


def rules_for(body: bytes, token: str) -> str:
    """The rules of a robots.txt of any bytes, a line each, as far as it speaks to `token`; "" where it has none."""
    text = body.decode("utf-8-sig", "replace").replace("\0", "")  # which PostgreSQL stores in no text
    return "\n".join(_without_excess(_group(text, token)))


def parse_rules(lines: str) -> Rules:
    """Rules that are for us, as `rules_for` gives them."""
    if not lines:
        return ALL
    file = Protego.parse(f"User-agent: *\n{lines}")
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
