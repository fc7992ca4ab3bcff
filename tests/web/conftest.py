"""A site over a real database of a few announcements, asked as a browser asks it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from tests.web import examples
from watcher.store import Store
from watcher.web.access import Access
from watcher.web.application import application
from watcher.web.seals import Seals
from watcher.web.site import Site

HOME = "http://127.0.0.1:8080"
Browser = Callable[..., httpx.AsyncClient]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path}/watcher.db")
    opened.sync_sources(examples.SOURCES, examples.NOW)
    opened.sync_subscriptions(examples.SUBSCRIPTIONS, examples.NOW)
    yield opened
    opened.close()


@pytest.fixture
def site(store: Store, tmp_path: Path) -> Site:
    """Everybody may read it; the clock stands at `examples.NOW`."""
    settings = examples.settings(tmp_path)
    return Site(store, settings, lambda: examples.NOW, Access(), Seals(b"k" * 32))


@pytest.fixture
async def browser(site: Site) -> AsyncIterator[Browser]:
    """`browser(access=…)`: a client of the site, with changes to it; it keeps cookies and follows no redirect."""
    opened: list[httpx.AsyncClient] = []

    def client(base: str = HOME, language: str = "zh-CN", **changes: object) -> httpx.AsyncClient:
        app = application(replace(site, **changes))  # type: ignore[arg-type]
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        headers = {"Accept-Language": language}
        opened.append(httpx.AsyncClient(transport=transport, base_url=base, headers=headers))
        return opened[-1]

    yield client
    for one in opened:
        await one.aclose()


@pytest.fixture
def web(browser: Browser) -> httpx.AsyncClient:
    return browser()
