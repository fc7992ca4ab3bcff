"""The listing of a source looked at: asked for, read back to what is known, its entries noted.

`pipeline` says what a pass is; this is its first half, up to the point where the entries wait to be opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Final

from watcher.addresses import canonical
from watcher.errors import FetchError, ReadError
from watcher.gear import Gear
from watcher.listing import read_listing
from watcher.listing.gap import reaches_known
from watcher.model import Link, Listing, NotModified, Page, Validators
from watcher.records import ListingMark, Pass
from watcher.settings import Source
from watcher.threads import in_store, on_cpu

# Answers to an older listing page that say that there is none.
NO_SUCH_PAGE: Final = frozenset({404, 410})
# A column and the address of its data, which a script of the page asks: no list stands further away.
HOPS: Final = 2


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at a listing found; `mark` None where the server said that it did not change."""

    entries: int
    mark: ListingMark | None = None
    warnings: tuple[str, ...] = ()


@dataclass(slots=True)
class Column:
    """The listing of a source in one pass; `baseline`: what stands in it is no news."""

    source: Source
    gear: Gear
    held: Pass
    started: datetime
    baseline: bool
    _warnings: list[str] = field(default_factory=list)

    async def look(self) -> Look:
        """Note what the listing holds.

        Raises FetchError and ReadError, having noted nothing, where it cannot be read.
        """
        record = self.held.source
        # A walk that broke off needs the first page anew.
        fresh = record.digest and record.gap_since is None
        url, validators = self.source.listing_url, record.validators if fresh else None
        for _ in range(HOPS):
            fetched = await self.gear.fetch(url, validators, self.source.fetch)
            if isinstance(fetched, NotModified):
                return Look(record.entries)
            # A page that only names the address of its entries is no sign that they are unchanged.
            given = fetched.validators if url == self.source.listing_url else Validators()
            digest = await on_cpu(_digest, fetched)
            if digest == record.digest and record.gap_since is None:
                return Look(record.entries, ListingMark(given, digest, record.entries))
            listing = await on_cpu(read_listing, fetched, self.source.listing)
            if listing.links or listing.next_url is None:
                break
            url, validators = listing.next_url, None
        else:
            hint = "set `url` to the address that holds the entries"
            raise ReadError("no_links", f"the address that the page names holds no entries: {url}", hint=hint)
        links, gap_since = await self._with_older(listing)
        await in_store(self._note, links, gap_since)
        mark = ListingMark(given, digest, len(listing.links), gap_since)
        return Look(len(links), mark, tuple(self._warnings))

    def _note(self, links: Sequence[Link], gap_since: datetime | None) -> None:
        now = self.gear.clock()
        self.gear.store.add_entries(self.held, links, baseline=self.baseline, now=now, gap_since=gap_since)

    async def _with_older(self, listing: Listing) -> tuple[list[Link], datetime | None]:
        """The listing's entries and those of older pages until one is known from the last pass.

        A walk that breaks off for a passing reason is taken up by the next pass: the second result says since when.
        """
        links, seen = list(listing.links), {self.source.listing_url}
        first, since = self.held.source.baseline_at is None, self.held.source.gap_since
        while not first and not await in_store(self._reaches_known, listing.links, since):
            url = listing.next_url
            if url is None or url in seen or len(seen) >= self.source.follow.max_pages:
                if len(seen) == 1 or url is not None:  # else the list was read to its end
                    self._warnings.append(_gap_left(len(seen), url))
                break
            seen.add(url)
            try:
                listing = await self._older(url)
            except (FetchError, ReadError) as error:
                if _is_end(error):
                    break
                self._warnings.append(f"older page of the listing: {error}")
                passing = isinstance(error, FetchError) and error.transient
                return links, (since or self.started) if passing else None
            links += listing.links
        return links, None

    async def _older(self, url: str) -> Listing:
        fetched = await self.gear.fetch(url, None, self.source.fetch)
        if isinstance(fetched, NotModified):  # to a question without validators: a broken server
            return Listing("none", ())
        return await on_cpu(read_listing, fetched, self.source.listing)

    def _reaches_known(self, links: Sequence[Link], since: datetime | None) -> bool:
        keys = [canonical(link.url) for link in links]
        return reaches_known(links, self.gear.store.known_keys(self.source.id, keys, since))


def _digest(fetched: Page) -> str:
    return sha256(fetched.body).hexdigest()


def _is_end(error: FetchError | ReadError) -> bool:
    """Whether an older page of a listing is none any more: the list was read to its end."""
    return (isinstance(error, FetchError) and error.status in NO_SUCH_PAGE) or error.code == "empty_list"


def _gap_left(pages: int, older: str | None) -> str:
    """What a reader should know of entries that a pass may not have seen."""
    read = "none of the entries was known" if pages == 1 else f"none of the entries of {pages} pages was known"
    why = f"{older} and what is older was not read (follow: max_pages)" if older else "no older page is seen"
    return f"listing: {read} from the last pass, and {why}: some may have been missed"
