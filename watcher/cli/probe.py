"""What a source would find, nothing stored: behind `watcher sources test` and `add`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from watcher.attachments import read_article
from watcher.errors import FetchError, ReadError, WatcherError
from watcher.fetch import Fetcher
from watcher.gear import asked
from watcher.health import problem_of, state_of
from watcher.listing import read_listing
from watcher.listing.opened import Opened as OpenedPage
from watcher.listing.suggest import other_address, suggestions
from watcher.model import Attachment, Extraction, Link, Listing, Page
from watcher.records.problem import Problem
from watcher.sanity import home_page, is_move, names_nothing
from watcher.settings import Options, Source
from watcher.walk import COUNTED


@dataclass(frozen=True, slots=True)
class Opened:
    """One entry that was opened: what was read, or why it cannot be."""

    link: Link
    read: Extraction | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Probe:
    mechanism: str | None
    entries: tuple[Link, ...]
    state: str
    problem: Problem | None = None
    title: str | None = None
    older: str | None = None  # the address of its older page, where one is seen
    moved_to: str | None = None  # where the site says that the address has gone for good
    opened: tuple[Opened, ...] = ()
    suggested: tuple[Source, ...] = ()  # what the page of a list that stands elsewhere says would read it


async def probe(source: Source, options: Options, open_first: int) -> Probe:
    """Fetch and read the listing of `source`, and open its first entries; never raises for what the site does."""
    async with Fetcher(options) as fetcher:
        found = await _look(fetcher, source)
        opened = [await _open(fetcher, link, source) for link in found.entries[:open_first]]
    return replace(found, opened=tuple(opened))


async def settle(source: Source, options: Options) -> tuple[Source, Probe]:
    """`probe`, and where the list stands elsewhere, `source` as the first that its page suggests that finds entries.

    A script fills the list, or the page shows it in a frame or sends its readers on to it; or it has moved for good.
    """
    async with Fetcher(options) as fetcher:
        found = await _look(fetcher, source)
        if found.moved_to is not None and source.listing_url == source.url:
            return replace(source, url=found.moved_to), replace(found, moved_to=None)
        for other in found.suggested:
            again = await _look(fetcher, other)
            if again.problem is None:
                return other, replace(again, title=found.title or again.title)
    return source, found


async def _look(fetcher: Fetcher, source: Source) -> Probe:
    page = None
    try:
        page = await asked(fetcher.fetch, source.listing_url, source)
        if error := home_page(source.listing_url, page.final_url):
            raise error
        listing = read_listing(page, source.listing)
        if not listing.links and listing.next_url:  # the page only names the address of its entries
            listing = read_listing(await asked(fetcher.fetch, listing.next_url, source), source.listing)
        if not listing.links:
            raise names_nothing(listing.next_url or page.url)
    except (FetchError, ReadError) as exc:
        failed = Probe(None, (), state_of(exc).value, problem_of(exc))
        if page is None:
            return failed
        return replace(failed, title=OpenedPage.of(page).title, suggested=tuple(_suggested(source, page, exc.code)))
    moved_to = page.moved_to if page.moved_to and is_move(source.listing_url, page.moved_to) else None
    title, older = OpenedPage.of(page).title, _older(listing)
    return Probe(listing.mechanism, listing.links, "ok", title=title, older=older, moved_to=moved_to)


def _older(listing: Listing) -> str | None:
    """The older page; of an address that the configuration gives without its query, which may hold a key."""
    if listing.next_url is None or listing.mechanism not in COUNTED:
        return listing.next_url
    path, query, _ = listing.next_url.partition("?")
    return f"{path}?…" if query else path


def _suggested(source: Source, page: Page, code: str) -> Iterator[Source]:
    """The source as the page, which holds no list itself, says that it may be read."""
    if code == "javascript_list":
        yield from (replace(source, listing=rule) for rule in suggestions(page))
    elif code in {"elsewhere", "no_links"} and (url := other_address(page)) is not None:
        yield replace(source, url=url)


async def _open(fetcher: Fetcher, link: Link, source: Source) -> Opened:
    try:
        page = await asked(fetcher.fetch, link.url, source)
        article = await read_article(page, source, fetcher.fetch, listed=link.published)
    except WatcherError as exc:
        return Opened(link, error=str(exc))
    return Opened(link, article.extraction)


def probe_json(found: Probe) -> dict[str, object]:
    """The object of `watcher sources test --json` in the service contract."""
    problem = found.problem
    line: dict[str, object] = {
        "mechanism": found.mechanism,
        "entries": [
            {"title": link.title, "url": link.url, "date": link.published.isoformat() if link.published else None}
            for link in found.entries
        ],
        "older": found.older,
        "state": found.state,
        "moved_to": found.moved_to,
        "problem": problem and {"code": problem.code, "message": problem.message, "hint": problem.hint},
    }
    if found.opened:
        line["opened"] = [_opened_json(one) for one in found.opened]
    return line


def _opened_json(opened: Opened) -> dict[str, object]:
    read = opened.read
    return {
        "url": opened.link.url,
        "type": read and read.verdict.type.value,
        "score": read and read.verdict.score,
        "reasons": list(read.verdict.reasons) if read else [],
        "published": read.published.isoformat() if read and read.published else None,
        "measure_count": read and read.measure_count,
        "figures": [figure.quote for figure in read.figures] if read else [],
        "files": [_file(file) for file in read.attachments] if read else [],
        "error": opened.error,
    }


def _file(file: Attachment) -> dict[str, object]:
    return {"name": file.name, "url": file.url, "unread": file.unread and file.unread.code}
