"""The edges that a pass works with; handed in, so that the path itself knows neither SQL nor HTTP nor a clock."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from watcher.addresses import site
from watcher.archive import Archive
from watcher.model import NotModified, Page, Validators
from watcher.room import Room
from watcher.settings import FetchOptions, Options, Source
from watcher.store import Store


class Fetch(Protocol):
    """`Fetcher.fetch`; raises FetchError."""

    def __call__(
        self, url: str, validators: Validators | None = None, options: FetchOptions = ...
    ) -> Awaitable[Page | NotModified]: ...


async def asked(fetch: Fetch, url: str, source: Source) -> Page:
    """What stands at `url`, asked for in full as `source` asks; raises FetchError."""
    fetched = await fetch(url, None, source.fetch)
    assert isinstance(fetched, Page)  # nothing conditional was asked
    return fetched


@dataclass(frozen=True, slots=True)
class Gear:
    fetch: Fetch
    store: Store
    options: Options
    clock: Callable[[], datetime]  # aware, UTC
    archive: Archive
    sources: tuple[Source, ...] = ()  # as configured
    # Fresh texts are looked up and stored one after another: whatever is stored in between may be the same one.
    newcomers: asyncio.Lock = field(default_factory=asyncio.Lock)
    room: Room = field(default_factory=Room)  # of the answers of all articles in hand

    async def page(self, url: str, source: Source) -> Page:
        """As `asked`."""
        return await asked(self.fetch, url, source)

    def asking_as(self, source: Source, url: str) -> Source:
        """`source`, asking as the source on whose site the page stands does: it may be an original found by a link."""
        if site(url) == site(source.url):
            return source
        home = self.source_at(url)
        return replace(source, fetch=home.fetch) if home else source

    def source_at(self, url: str) -> Source | None:
        """A source on the page's site."""
        return next((one for one in self.sources if site(one.url) == site(url)), None)
