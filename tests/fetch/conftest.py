from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from tests.fetch.running import LIMITS, OPTIONS
from tests.sites import Site
from watcher.fetch import Fetcher


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


@pytest_asyncio.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    async with Fetcher(OPTIONS, LIMITS) as running:
        yield running
