"""Whether a known page still stands at its address, asked of its site."""

from __future__ import annotations

from watcher.addresses import canonical
from watcher.attachments import digest_of
from watcher.errors import FetchError, ReadError
from watcher.gear import Gear
from watcher.lifecycle.absence import SAYS_GONE
from watcher.model import NotModified, Validators
from watcher.reading import read_page
from watcher.records.pages import PageRecord
from watcher.sanity import led_away
from watcher.settings import Source
from watcher.threads import on_cpu
from watcher.workers import in_worker


async def stands(
    page: PageRecord, source: Source, gear: Gear, *, given: Validators | None = None, elsewhere: str | None = None
) -> bool | None:
    """Whether a page is there; None where its site says neither.

    Args:
        given: what may be asked conditionally.
        elsewhere: a canonical address; what leads there does not stand here any more.
    """
    source = gear.asking_as(source, page.url)
    try:
        fetched = await gear.fetch(page.url, given, source.fetch)
        if isinstance(fetched, NotModified):
            return True
        if led_away(page.url, fetched.final_url, source.listing_url) or canonical(fetched.final_url) == elsewhere:
            return False
        if await on_cpu(digest_of, fetched) != page.digest:
            await in_worker(read_page, fetched, page.listed)
    except (FetchError, ReadError) as error:
        return False if error.code in SAYS_GONE else None
    return True
