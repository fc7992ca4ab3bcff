"""Whether articles beside one show the same as it does: then it is not the article's text, but stands in its place."""

from __future__ import annotations

from typing import Final

from watcher.change.diff import fingerprint
from watcher.errors import FetchError, ReadError
from watcher.gear import Gear
from watcher.model import Document
from watcher.reading import read_page
from watcher.records.pages import PageRecord
from watcher.sanity import without_numbers
from watcher.settings import Source
from watcher.threads import in_store, on_cpu
from watcher.workers import in_worker

# Articles beside one that are asked, where the pass did not open enough that say the same.
MOST: Final = 2


def mark_of(document: Document) -> str:
    """The same for notices that differ only in spaces, punctuation and numbers."""
    return fingerprint(document.title, without_numbers(document.text))


async def same_beside(page: PageRecord, mark: str, source: Source, gear: Gear) -> int:
    """How many articles beside a page, of `MOST` at most, show a text of this mark now; raises StoreError."""
    known = await in_store(gear.store.absences.beside, page, MOST)
    return sum([await _mark(one, source, gear) == mark for one in known])


async def _mark(page: PageRecord, source: Source, gear: Gear) -> str | None:
    """The mark of what a known article shows now; None where it cannot be had."""
    try:
        fetched = await gear.page(page.url, gear.asking_as(source, page.url))
        return await on_cpu(mark_of, (await in_worker(read_page, fetched, page.listed)).document)
    except (FetchError, ReadError):
        return None
