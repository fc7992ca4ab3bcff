"""The listing of a source looked at: asked for, read back to what is known, believed or doubted, its entries noted.

`pipeline` says what a pass is; this is its first half, up to the point where the entries wait to be opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from typing import Final

from watcher.addresses import canonical
from watcher.audit import after_pass, asks_in_full, cross_examines
from watcher.errors import FetchError, ReadError
from watcher.gear import Gear
from watcher.listing import read_listing
from watcher.listing.gap import reaches_known
from watcher.model import Link, Listing, NotModified, Page, Validators
from watcher.records import ListingMark, Look, Pass, Trust
from watcher.sanity import BELIEVED_AFTER, another_list, home_page, published_since
from watcher.settings import Source
from watcher.threads import in_store, on_cpu
from watcher.workers import in_worker

# Answers to an older listing page that say that there is none.
NO_SUCH_PAGE: Final = frozenset({404, 410})


@dataclass(frozen=True, slots=True)
class _Walk:
    """The entries of the first page and of older ones, and how the walk ended.

    `reached`: an entry of the last page read was known; `gap_since`: it broke off for a passing reason, and is taken up
    by the next pass.
    """

    links: Sequence[Link]
    pages: int
    reached: bool
    gap_since: datetime | None = None


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

        Raises FetchError and ReadError, having noted nothing, where it cannot be read or is doubted.
        """
        record, url = self.held.source, self.source.listing_url
        in_full = not self._fresh or asks_in_full(record.usual.trust, record.validators, record.id)
        answer = await self.gear.fetch(url, None if in_full else record.validators, self.source.fetch)
        if isinstance(answer, NotModified):
            return self._unchanged(answer)
        if error := home_page(url, answer.final_url):
            raise error
        mark, listing = await self._read(answer)
        if listing is None:
            return self._unchanged(answer, mark)
        known = frozenset() if self._first else await in_store(self._known, listing.links, None)
        walk = await self._walk(listing, known)
        taken_on = self._doubt(listing, walk, known)
        added = await in_store(self._note, walk, taken_on) if self._has_news(walk, known) else 0
        return Look(
            links=len(walk.links),
            entries=len(listing.links),
            trust=await self._trust(in_full=in_full, news=added > 0),
            took_s=answer.took_s,
            moved_to=answer.moved_to,
            added=0 if self.baseline else added,
            listing=listing,
            mark=mark if walk.gap_since is None else replace(mark, gap_since=walk.gap_since),
            warnings=tuple(self._warnings),
        )

    @property
    def _first(self) -> bool:
        return self.held.source.baseline_at is None

    @property
    def _fresh(self) -> bool:
        """Whether the same bytes as at the last pass hold nothing more; a walk that broke off reads them anew."""
        return self.held.source.digest is not None and self.held.source.gap_since is None

    def _unchanged(self, answer: Page | NotModified, mark: ListingMark | None = None) -> Look:
        record = self.held.source
        trust = after_pass(record.usual.trust, None)
        return Look(record.entries, record.entries, trust, answer.took_s, answer.moved_to, mark=mark)

    async def _read(self, page: Page) -> tuple[ListingMark, Listing | None]:
        """What the page holds, or the address of its data that it names; no listing where it did not change."""
        validators, record = page.validators, self.held.source
        digest, listing = await self._read_one(page)
        if listing is not None and not listing.links and listing.next_url is not None:
            # A page that only names the address of its entries is no sign that they are unchanged.
            validators, page = Validators(), await self._page(listing.next_url)
            digest, listing = await self._read_one(page)
            if listing is not None and not listing.links:
                hint = "set `url` to the address that holds the entries"
                raise ReadError("no_links", f"the address that the page names holds no entries: {page.url}", hint=hint)
        return ListingMark(validators, digest, record.entries if listing is None else len(listing.links)), listing

    async def _read_one(self, page: Page) -> tuple[str, Listing | None]:
        digest = await on_cpu(_digest, page)
        if self._fresh and digest == self.held.source.digest:
            return digest, None
        return digest, await in_worker(read_listing, page, self.source.listing)

    async def _page(self, url: str) -> Page:
        fetched = await self.gear.fetch(url, None, self.source.fetch)
        assert isinstance(fetched, Page)  # nothing conditional was asked
        return fetched

    # --- back to what is known -------------------------------------------------------------------------------------

    async def _walk(self, listing: Listing, known: frozenset[str]) -> _Walk:
        """The listing's entries and those of older pages until one is known from the last pass."""
        links, seen = list(listing.links), {self.source.listing_url}
        since = self.held.source.gap_since
        if since is not None:  # what is known may be of the walk that broke off
            known = await in_store(self._known, listing.links, since)
        while not self._first and not reaches_known(listing.links, known):
            url = listing.next_url
            if url is None or url in seen or len(seen) >= self.source.follow.max_pages:
                if len(seen) == 1 or url is not None:  # else the list was read to its end
                    self._warnings.append(_gap_left(len(links), len(seen), url))
                return _Walk(links, len(seen), reached=False)
            seen.add(url)
            try:
                listing = await in_worker(read_listing, await self._page(url), self.source.listing)
            except (FetchError, ReadError) as error:
                return _Walk(links, len(seen) - 1, reached=False, gap_since=self._broken_off(url, error))
            links += listing.links
            known = await in_store(self._known, listing.links, since)
        return _Walk(links, len(seen), reached=True)

    def _broken_off(self, url: str, error: FetchError | ReadError) -> datetime | None:
        """Since when entries may be missing after an older page could not be read; None for never."""
        if _is_end(error):
            return None
        passing = isinstance(error, FetchError) and error.transient
        later = "the next pass asks for them" if passing else "some may have been missed"
        self._warnings.append(f"listing: {url} and what is older was not read, {later}: {error}")
        return (self.held.source.gap_since or self.started) if passing else None

    def _known(self, links: Sequence[Link], before: datetime | None) -> frozenset[str]:
        return self.gear.store.known_keys(self.source.id, [canonical(link.url) for link in links], before)

    # --- belief ----------------------------------------------------------------------------------------------------

    def _doubt(self, listing: Listing, walk: _Walk, known: frozenset[str]) -> datetime | None:
        """Raise ReadError for a list that is not the column's; the moment it came up where it is taken on now."""
        record = self.held.source
        if self._first or (walk.reached and walk.pages > 1):
            return None
        error = another_list(listing, known, record.usual, record.health.last_ok or self.started)
        since = record.usual.doubted_since
        if error is None:
            return None
        if since is None or self.started - since < BELIEVED_AFTER:
            raise error
        return since

    def _has_news(self, walk: _Walk, known: frozenset[str]) -> bool:
        """Whether there is anything to note: a visit counter brings other bytes, and no entry."""
        return self._first or walk.pages > 1 or any(canonical(link.url) not in known for link in walk.links)

    def _note(self, walk: _Walk, taken_on: datetime | None) -> int:
        """Note the entries, and return how many were not known; those of a list that is taken on are no news.

        But for those that were published since it came up.
        """
        if taken_on is None:
            return self._add(walk.links, walk.gap_since, baseline=self.baseline)
        self._add([link for link in walk.links if not published_since(link, taken_on)], None, baseline=True)
        news = [link for link in walk.links if published_since(link, taken_on)]
        return self._add(news, walk.gap_since, baseline=False)

    def _add(self, links: Sequence[Link], gap_since: datetime | None, *, baseline: bool) -> int:
        now = self.gear.clock()
        return self.gear.store.add_entries(self.held, links, baseline=baseline, now=now, gap_since=gap_since)

    async def _trust(self, *, in_full: bool, news: bool) -> Trust:
        """What is known of the server's 304 after a page came, having asked it once more where that is in doubt."""
        trust, given = self.held.source.usual.trust, self.held.source.validators
        second = None
        if cross_examines(trust, given, in_full=in_full, news=news):
            with suppress(FetchError):
                second = await self.gear.fetch(self.source.listing_url, given, self.source.fetch)
        return after_pass(trust, second)


def _digest(fetched: Page) -> str:
    return sha256(fetched.body).hexdigest()


def _is_end(error: FetchError | ReadError) -> bool:
    """Whether an older page of a listing is none any more: the list was read to its end."""
    return (isinstance(error, FetchError) and error.status in NO_SUCH_PAGE) or error.code == "empty_list"


def _gap_left(entries: int, pages: int, older: str | None) -> str:
    """What a reader should know of entries that a pass may not have seen."""
    read = f"none of the {entries} entries" if pages == 1 else f"none of the {entries} entries of {pages} pages"
    why = f"{older} and what is older was not read (follow: max_pages)" if older else "no older page is seen"
    return f"listing: {read} was known from the last pass; {why}, so that some may have been missed"
