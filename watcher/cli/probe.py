"""What a source would find, nothing stored: behind `watcher sources test` and `add`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import unescape
from urllib.parse import urlsplit

from watcher.attachments import read_article
from watcher.errors import FetchError, ReadError, WatcherError
from watcher.fetch import Fetcher
from watcher.health import problem_of, state_of
from watcher.inert import inert
from watcher.listing import read_listing
from watcher.listing.suggest import suggestions
from watcher.model import Link, NotModified, Page, Verdict
from watcher.records import Problem
from watcher.settings import FetchOptions, ListingRule, Options, Source


@dataclass(frozen=True, slots=True)
class Opened:
    """One entry that was opened: its verdict, or why it cannot be read."""

    link: Link
    verdict: Verdict | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Probe:
    mechanism: str | None
    entries: tuple[Link, ...]
    state: str
    problem: Problem | None = None
    title: str | None = None
    opened: tuple[Opened, ...] = ()
    suggested: tuple[ListingRule, ...] = ()  # by the page of a list that only a script fills


async def probe(source: Source, options: Options, open_first: int) -> Probe:
    """Fetch and read the listing of `source`, and open its first entries; never raises for what the site does."""
    async with Fetcher(options) as fetcher:
        found = await _look(fetcher, source)
        opened = [await _open(fetcher, link, source) for link in found.entries[:open_first]]
    return replace(found, opened=tuple(opened))


async def settle(source: Source, options: Options) -> tuple[Source, Probe]:
    """`probe`, and where a script fills the list, `source` by the first rule its page suggests that finds entries."""
    async with Fetcher(options) as fetcher:
        found = await _look(fetcher, source)
        for rule in found.suggested:
            other = replace(source, listing=rule)
            again = await _look(fetcher, other)
            if again.problem is None:
                return other, replace(again, title=found.title)
    return source, found


async def _look(fetcher: Fetcher, source: Source) -> Probe:
    page = None
    try:
        page = await _page(fetcher, source.listing_url, source.fetch)
        listing = read_listing(page, source.listing)
        if not listing.links and listing.next_url:  # the page only names the address of its entries
            listing = read_listing(await _page(fetcher, listing.next_url, source.fetch), source.listing)
        if not listing.links:
            raise ReadError("no_links", f"the address that the page names holds no entries: {listing.next_url}")
    except (FetchError, ReadError) as exc:
        failed = Probe(None, (), state_of(exc).value, problem_of(exc))
        if page is None:
            return failed
        rules = suggestions(page) if exc.code == "javascript_list" else ()
        return replace(failed, title=_title(page), suggested=rules)
    return Probe(listing.mechanism, listing.links, "ok", title=_title(page))


async def _page(fetcher: Fetcher, url: str, options: FetchOptions) -> Page:
    page = await fetcher.fetch(url, None, options)
    if isinstance(page, NotModified):
        raise FetchError(url, "http_304", "answered 304 to an unconditional request", transient=False, status=304)
    return page


async def _open(fetcher: Fetcher, link: Link, source: Source) -> Opened:
    try:
        page = await _page(fetcher, link.url, source.fetch)
        article = await read_article(page, source, fetcher.fetch, listed=link.published)
    except WatcherError as exc:
        return Opened(link, error=str(exc))
    return Opened(link, article.extraction.verdict)


def probe_json(found: Probe) -> dict[str, object]:
    """The object of `watcher sources test --json` in the service contract."""
    problem = found.problem
    line: dict[str, object] = {
        "mechanism": found.mechanism,
        "entries": [
            {"title": link.title, "url": link.url, "date": link.published.isoformat() if link.published else None}
            for link in found.entries
        ],
        "state": found.state,
        "problem": problem and {"code": problem.code, "message": problem.message, "hint": problem.hint},
    }
    if found.opened:
        line["opened"] = [_opened_json(one) for one in found.opened]
    return line


def _opened_json(opened: Opened) -> dict[str, object]:
    verdict = opened.verdict
    return {
        "url": opened.link.url,
        "type": verdict and verdict.type.value,
        "score": verdict and verdict.score,
        "reasons": list(verdict.reasons) if verdict else [],
        "error": opened.error,
    }


def source_id(url: str, taken: Sequence[str] | set[str]) -> str:
    """An id made from host and path: http://sthj.jining.gov.cn/dtxx/ -> sthj-jining-dtxx."""
    parts = urlsplit(url)
    host = [word for word in (parts.hostname or "").split(".") if word not in {"www", "gov", "cn", "com", "org"}]
    path = [
        word for word in re.split(r"[^a-z0-9]+", parts.path.lower()) if word and not word.startswith(("index", "html"))
    ]
    stem = "-".join([*host, *path[:2]])[:40].strip("-") or "source"
    stem = re.sub(r"[^a-z0-9-]+", "-", stem)
    return next(name for name in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if name not in taken)


def _title(page: Page) -> str | None:
    """The page's own title, for the name of a new source; `${NAME}` in it must not be filled from the environment."""
    from watcher.read.charset import decode

    match = re.search(r"<title[^>]*>([^<]{1,200})", decode(page.body[:20_000], page.charset), re.IGNORECASE)
    return " ".join(inert(unescape(match[1])).replace("${", "{").split()) or None if match else None
