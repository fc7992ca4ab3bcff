"""What the tests of the fetcher share: options that do not wait, and two ways to ask."""

from __future__ import annotations

import pytest

from watcher.errors import FetchError
from watcher.fetch import Fetcher, Limits
from watcher.model import Page
from watcher.settings import Options

OPTIONS = Options(
    user_agent="watcher-test/1.0", allow_private_addresses=True, per_host_delay_s=0.0, per_host_concurrency=8
)
LIMITS = Limits(connect_s=10, read_s=10, total_s=30, max_bytes=100_000, backoff_s=0.001, max_backoff_s=0.002)


async def fetch_page(fetcher: Fetcher, url: str) -> Page:
    page = await fetcher.fetch(url)
    assert isinstance(page, Page)
    return page


async def failure(fetcher: Fetcher, url: str) -> FetchError:
    with pytest.raises(FetchError) as caught:
        await fetcher.fetch(url)
    assert "\n" not in str(caught.value)
    return caught.value
