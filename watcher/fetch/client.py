"""Fetches one address: redirects checked hop by hop, conditional, polite, limited, retried."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import TracebackType
from typing import Final, Literal, Self
from urllib.parse import quote, urljoin

import httpx
from h2.exceptions import H2Error
from sniffio import current_async_library_cvar

from watcher.fetch.body import read_body, read_excerpt, read_start
from watcher.fetch.connections import SHARED
from watcher.fetch.cookies import header, take
from watcher.fetch.guard import check_url
from watcher.fetch.network import NO_TLS, Resolve, Route, guarded_transport, proxy_transport, resolve, tls_context
from watcher.fetch.pace import OwnTurns, Pace, Turns
from watcher.fetch.retry import Budget, Limits, parse_retry_after, retried
from watcher.fetch.robots import ALL, MAX_BYTES, Memory, Robots
from watcher.fetch.trouble import Trouble, challenge_trouble, failure, from_httpx, rest_trouble, status_trouble
from watcher.fetch.unpack import ACCEPT_ENCODING
from watcher.inert import inert_address
from watcher.model import NO_HEAD, Head, NotModified, Page, Validators
from watcher.read.charset import content_type, decode
from watcher.rests import ASKS_FOR_REST, Rests
from watcher.settings import PLAIN_FETCH, FetchOptions, Options

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD: Final = frozenset({301, 308})


@dataclass(frozen=True, slots=True)
class _Answer:
    """One response, read and closed; `body` is whole for a success, an excerpt for an error."""

    url: httpx.URL
    status: int
    headers: httpx.Headers
    body: bytes
    head: Head


Manner = Literal["obey", "ignore", "is robots"]
"""How a request stands to robots.txt; "is robots": it is the request for it, small and outside the host's pace."""


@dataclass(frozen=True, slots=True)
class _Ask:
    """What one call of `fetch` wants."""

    url: str
    validators: Validators | None
    route: Route
    manner: Manner


class Fetcher:
    """`async with Fetcher(options) as fetcher: page = await fetcher.fetch(url)`.

    One httpx transport for each scheme and `Route`: one of each, until a source names a proxy, `tls: legacy` or a `ca`.
    httpx's client above it would follow redirects and keep cookies, which is done here with other rules. The
    environment's proxy variables are not read: a proxy would take the guard's place unnoticed. Through a proxy the
    proxy resolves names, so only literal hosts are checked.

    Args:
        resolve: replaces this machine's resolver, for tests.
        turns: of the hosts, where other processes ask them too.
        memory: of what robots.txt files said to the processes before this one.
    """

    def __init__(
        self,
        options: Options,
        limits: Limits = Limits(),  # noqa: B008 (frozen)
        *,
        resolve: Resolve = resolve,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        turns: Turns | None = None,
        memory: Memory | None = None,
    ) -> None:
        self._options, self._limits, self._resolve, self._now = options, limits, resolve, now
        self._pace = Pace(options, turns or OwnTurns())
        self._rests = Rests()
        self._robots = Robots(self._read_robots, options.user_agent, now, memory)
        self._transports: dict[tuple[str, Route], httpx.AsyncHTTPTransport] = {}

    async def __aenter__(self) -> Self:
        current_async_library_cvar.set("asyncio")  # httpcore asks at each of its locks: to be told is quicker
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        transports, self._transports = list(self._transports.values()), {}
        for transport in transports:
            await transport.aclose()

    async def fetch(
        self, url: str, validators: Validators | None = None, options: FetchOptions = PLAIN_FETCH
    ) -> Page | NotModified:
        """Return what `url` answers, after redirects and retries.

        Raises:
            FetchError: no usable answer; `code` is one of `trouble.CODES` or http_NNN.
        """
        route = Route(options.proxy or self._options.proxy, options.tls, options.ca)
        ask = _Ask(url, validators, route, options.robots)
        budget = Budget(self._limits.total_s)
        try:
            return await retried(lambda: self._follow(ask, budget), self._limits, budget)
        except Trouble as trouble:
            raise failure(url, trouble) from trouble

    async def _read_robots(self, url: httpx.URL, route: Route) -> bytes:
        page = await self._follow(_Ask(str(url), None, route, "is robots"), Budget(self._limits.robots_s))
        assert isinstance(page, Page)  # nothing conditional was asked
        return page.body

    async def _follow(self, ask: _Ask, budget: Budget) -> Page | NotModified:
        """Ask, and go where the answers point, until one is no redirect."""
        first = url = self._checked(ask.url)
        cookies = httpx.Cookies()  # kept along one chain only: some sites set one and redirect to themselves
        seen: set[tuple[str, str]] = set()
        for_good, moved_to = True, None
        for _ in range(self._limits.max_redirects + 1):
            # A stored validator describes one resource: it follows a redirect that changes only scheme or host.
            validators = ask.validators if url.raw_path == first.raw_path else None
            request = self._request(url, validators, cookies)
            step = (str(url), request.headers.get("cookie", ""))
            if step in seen:
                raise Trouble("redirect_loop", f"redirects in a circle at {url}")
            seen.add(step)
            async with self._turn(url, ask):
                answer = await self._ask_once(request, ask, budget, cookies)
                self._note_rest(ask, answer)  # before the next has its turn
            target = _redirect_target(answer)
            if target is None:
                # What was sent counts, not what was stored: a server that gave no validator was asked for no 304.
                came = self._judge(ask, answer, conditional=bool(_conditions(validators)))
                return replace(came, took_s=budget.spent_s, moved_to=moved_to)
            url = self._led_to(target)
            for_good = for_good and answer.status in _FOR_GOOD
            moved_to = str(url) if for_good else moved_to
        raise Trouble("redirect_loop", f"redirects more than {self._limits.max_redirects} times")

    @asynccontextmanager
    async def _turn(self, url: httpx.URL, ask: _Ask) -> AsyncIterator[None]:
        """Wait until the site's wishes and ours let a request start, and hold its place.

        Raises:
            Trouble: robots, where the site wants no visit at `url`; http_NNN, where it wants none before a moment.
        """
        if ask.manner == "is robots":
            async with self._pace.place():
                yield
            return
        self._heed(url.host)  # its robots.txt is not asked for either
        rules = ALL if ask.manner == "ignore" else await self._robots.rules(url, ask.route)
        if not rules.allow(url):
            raise Trouble("robots", "its robots.txt asks programs to leave this page alone")
        async with self._pace.slot(url.host, rules.delay_s):
            self._heed(url.host)  # others were turned away while this one waited
            yield

    def _heed(self, host: str) -> None:
        now = self._now()
        if rest := self._rests.of(host, now):
            raise rest_trouble(host, rest, now, self._options.timezone)

    def _note_rest(self, ask: _Ask, answer: _Answer) -> None:
        """Leave the host alone where it asks for longer than one fetch waits.

        What it answers to the request for its robots.txt is of that file alone: the page is asked for, and says itself.
        """
        if answer.status not in ASKS_FOR_REST or ask.manner == "is robots" or _is_challenge(answer):
            return
        now = self._now()
        asked_s = parse_retry_after(answer.headers.get("retry-after"), now) or 0.0
        if asked_s > self._limits.max_retry_after_s:
            self._rests.note(answer.url.host, answer.status, asked_s, now)

    def _checked(self, url: str) -> httpx.URL:
        return check_url(url, allow_private=self._options.allow_private_addresses)

    def _led_to(self, target: str) -> httpx.URL:
        try:
            return self._checked(target)
        except Trouble as trouble:
            detail = f"the site redirects to an address that is not fetched: {trouble.detail}"
            raise Trouble(trouble.code, detail, transient=trouble.transient) from trouble

    def _request(self, url: httpx.URL, validators: Validators | None, cookies: httpx.Cookies) -> httpx.Request:
        headers = [
            (b"Host", url.netloc),
            (b"User-Agent", self._options.user_agent.encode()),
            (b"Accept", b"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
            (b"Accept-Language", b"zh-CN,zh;q=0.9,en;q=0.5"),
            (b"Accept-Encoding", ACCEPT_ENCODING.encode()),
            *_conditions(validators),
            *header(url, cookies),
        ]
        return httpx.Request("GET", url, headers=headers, extensions={"timeout": self._timeouts()})

    def _timeouts(self) -> dict[str, float]:
        limits = self._limits
        return {"connect": limits.connect_s, "read": limits.read_s, "write": limits.write_s, "pool": limits.pool_s}

    async def _ask_once(self, request: httpx.Request, ask: _Ask, budget: Budget, cookies: httpx.Cookies) -> _Answer:
        transport = self._transport(request.url.scheme, ask.route)
        try:
            async with budget.spend():
                response = await transport.handle_async_request(request)
                response.request = request
                try:
                    head = _head(response, direct=ask.route.proxy is None) if response.is_success else NO_HEAD
                    take(cookies, response)
                    body = await self._body(response, ask)
                finally:
                    await response.aclose()
        except (httpx.HTTPError, H2Error) as error:
            shared = bool(request.extensions.get(SHARED))
            raise from_httpx(error, through_proxy=ask.route.proxy is not None, shared=shared) from error
        except ValueError as error:  # httpcore makes a number of the status of HTTP/2 without a look at it
            raise Trouble("protocol", "the answer is not HTTP/2") from error
        return _Answer(request.url, response.status_code, response.headers, body, head)

    async def _body(self, response: httpx.Response, ask: _Ask) -> bytes:
        """The body of a success, the beginning of anything else's."""
        if not response.is_success:
            return await read_excerpt(response)
        if ask.manner == "is robots":
            return await read_start(response, MAX_BYTES)
        return await read_body(response, self._limits.max_bytes)

    def _judge(self, ask: _Ask, answer: _Answer, *, conditional: bool) -> Page | NotModified:
        now = self._now()
        if answer.status == 304 and conditional:
            return NotModified(url=ask.url, fetched_at=now)
        if not 200 <= answer.status < 300:
            if _is_challenge(answer):
                raise challenge_trouble(answer.status)
            raise status_trouble(answer.status, parse_retry_after(answer.headers.get("retry-after"), now), now)
        media_type, charset = content_type(answer.headers.get("content-type", ""))
        return Page(
            url=ask.url,
            final_url=str(answer.url),
            status=answer.status,
            body=answer.body,
            fetched_at=now,
            media_type=media_type,
            charset=charset,
            validators=Validators(_raw(answer.headers, b"etag"), _raw(answer.headers, b"last-modified")),
            head=answer.head,
        )

    def _transport(self, scheme: str, route: Route) -> httpx.AsyncHTTPTransport:
        if (scheme, route) not in self._transports:
            self._transports[scheme, route] = self._new_transport(scheme, route)
        return self._transports[scheme, route]

    def _new_transport(self, scheme: str, route: Route) -> httpx.AsyncHTTPTransport:
        if route.proxy is not None:
            return proxy_transport(route.proxy, tls_context(route.tls, route.ca))
        context = NO_TLS if scheme == "http" else tls_context(route.tls, route.ca)
        return guarded_transport(self._resolve, allow_private=self._options.allow_private_addresses, context=context)


def _conditions(validators: Validators | None) -> list[tuple[bytes, bytes]]:
    """The conditional headers, byte for byte what the server gave; one that no server can have given is left out."""
    if validators is None:
        return []
    pairs = ((b"If-None-Match", validators.etag), (b"If-Modified-Since", validators.last_modified))
    return [
        (name, value.encode("latin-1"))
        for name, value in pairs
        if value and re.fullmatch(r"[\t\x20-\x7e\x80-\xff]+", value)
    ]


def _is_challenge(answer: _Answer) -> bool:
    from watcher.read.challenge import detect  # its patterns are loaded by who meets an error

    barrier = detect(decode(answer.body), answer.status) if answer.body else None
    return barrier is not None and barrier.code == "challenge"


def _head(response: httpx.Response, *, direct: bool) -> Head:
    """The beginning of an answer that is not closed yet; `direct`: its connection leads to the server itself."""
    stream = response.extensions.get("network_stream") if direct else None
    peer = stream.get_extra_info("server_addr") if stream is not None else None
    return Head(
        protocol=response.http_version,
        reason=response.reason_phrase,
        fields=tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers.raw),
        address=peer[0] if peer else None,
    )


def _raw(headers: httpx.Headers, name: bytes) -> str | None:
    """The header's bytes as latin-1, which loses none of them."""
    return next((value.decode("latin-1") for key, value in headers.raw if key.lower() == name), None)


def _redirect_target(answer: _Answer) -> str | None:
    """Where the answer points, absolute; None where it is no redirect."""
    location = _raw(answer.headers, b"location")
    if answer.status not in _REDIRECTS or location is None:
        return None
    # Servers write unescaped bytes of any charset: they are quoted as they are.
    quoted = quote(location.encode("latin-1"), safe="%/:=&?~#+!$,;'@()*[]\\|^`{}<>\"")
    try:
        return urljoin(str(answer.url), inert_address(quoted))
    except ValueError as error:
        raise Trouble("bad_url", f"redirects to what is no address: {quoted[:80]}") from error
