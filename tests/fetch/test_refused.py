"""docs/guard.md is true: what it lists is refused by the fetcher, asked for at once or led to, and nothing is asked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.sites import Site, redirect
from watcher.errors import FetchError
from watcher.fetch import Fetcher, Limits
from watcher.settings import FetchOptions, Options

PAGE = (Path(__file__).parents[2] / "docs" / "guard.md").read_text("utf-8")
VECTORS = re.findall(r"^\| [^|]+ \| `([^`]+)` \| `(\w+)` \|$", PAGE, re.MULTILINE)
GUARDED = Options(per_host_delay_s=0.0)
PUBLIC = "http://www.example.gov.cn/"
LIMITS = Limits(connect_s=1, read_s=1, total_s=5, attempts=1)


async def code_of(fetcher: Fetcher, url: str, options: FetchOptions = FetchOptions()) -> str:  # noqa: B008  frozen
    with pytest.raises(FetchError) as caught:
        await fetcher.fetch(url, None, options)
    return caught.value.code


def test_the_page_lists_every_kind() -> None:
    assert len(VECTORS) == len(re.findall(r"^\| .*`", PAGE, re.MULTILINE)) >= 50


@pytest.mark.parametrize(("url", "code"), VECTORS)
async def test_what_the_page_lists_is_refused_and_never_asked(url: str, code: str) -> None:
    with Site() as site:
        site.set("/", "secret of the intranet")
        async with Fetcher(GUARDED, LIMITS) as fetcher:
            assert await code_of(fetcher, url.replace("PORT", str(site.port))) == code
    assert site.requests == []


@pytest.mark.parametrize("url", [url for url, _ in VECTORS])
async def test_a_public_page_cannot_lead_there(url: str) -> None:
    """Through a proxy, so that the first hop may stand for a public site; an address without a host stays on it."""
    with Site() as site:
        target = url.replace("PORT", str(site.port)).encode().decode("latin-1")  # as servers write what is no ASCII
        site.set(PUBLIC, redirect(target))
        async with Fetcher(GUARDED, LIMITS) as fetcher:
            code = await code_of(fetcher, PUBLIC, FetchOptions(proxy=site.url("")))
    assert code in {"address_refused", "bad_url", "unsupported_scheme", "http_404"}
    assert all(path.startswith(PUBLIC) for path in site.paths())
