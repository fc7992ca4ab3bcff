"""Older pages of a listing read back to what is known, over several passes where one does not get there.

A walk is begun where no entry of the first page is known, and ends at a page that reaches what was known before, by its
address or, where all addresses are new, by its title; or at the list's end. Where it stops in between, the gap is
stored with the address at which the next pass goes on, also where the list is unchanged then.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from watcher.addresses import canonical
from watcher.errors import FetchError, ReadError
from watcher.gear import Gear
from watcher.listing import read_listing
from watcher.listing.gap import reaches_known
from watcher.model import Link, Listing
from watcher.moves import Moves
from watcher.readdressed import Move, passes
from watcher.records.sources import Gap
from watcher.sanity import FEW
from watcher.settings import Source
from watcher.stamps import known_again, stamps
from watcher.threads import in_store
from watcher.workers import in_worker

# What says of an older page that there is none.
NO_SUCH_PAGE: Final = frozenset({"http_404", "http_410", "not_found", "empty_list"})
# Of what these find, an older page is asked for whether there is one or not.
COUNTED: Final = frozenset({"json", "jpage"})
# An older page that cannot be read for so long is not asked for any more.
GIVEN_UP_AFTER: Final = timedelta(days=7)
_PASSED: Final = "none of them is known though the last ones are older: their addresses may have changed"


@dataclass(frozen=True, slots=True)
class Walked:
    """The entries read in a pass and how its walk ended: `reached` what was known, or left a `gap`, or at the end.

    `lost`: why older ones may never be seen. `known`: canonical addresses of those entries that are known; `moved`:
    those that stood in the column under other addresses, by canonical address. `behind`: the page behind the last one.
    `passed`: it went far beyond the last pass in vain, and what is dated before that is no news.
    """

    links: Sequence[Link]
    pages: int
    reached: bool
    gap: Gap | None = None
    warning: str | None = None
    lost: str | None = None
    known: frozenset[str] = frozenset()
    moved: Mapping[str, Move] = field(default_factory=dict)
    behind: str | None = None
    passed: bool = False


@dataclass(slots=True)
class Walk:
    """A walk at work; `gap`: what the last pass left of it; `last_read`: when the list was; `kinds`: of addresses.

    `whole_before`: since then the list was cut short, and what was seen in what was left of it reaches back to nothing.
    """

    source: Source
    gear: Gear
    gap: Gap | None
    started: datetime
    last_read: datetime
    kinds: Collection[str] = ()
    whole_before: datetime | None = None
    moves: Moves = field(init=False)
    _links: list[Link] = field(default_factory=list)
    _last: Sequence[Link] = ()  # of the page that was read last
    _keys: set[str] = field(default_factory=set)
    _known_keys: set[str] = field(default_factory=set)
    _asked: set[str] = field(default_factory=set)
    _fresh: int = 0
    _names_it: bool = False  # the first page names the next one; data is only counted on, over its end too

    def __post_init__(self) -> None:
        self.moves = self.no_moves()

    def no_moves(self) -> Moves:
        return Moves(self.source.id, self.gear.store, self.gap.since if self.gap else self.started)

    async def back(self, first: Listing | None, known: frozenset[str]) -> Walked:
        """Read on from the first page, None where it is unchanged, or from where the last pass stopped.

        Args:
            known: of the first page's entries.
        """
        url = self.gap.url if self.gap else None
        if first is not None:
            self._take(self.source.listing_url, first, known)
            self._names_it = first.mechanism not in COUNTED
            before = None if self.gap else self.whole_before
            known = known if before is None else await in_store(self.known, first.links, before)
            if not await self._read_of(first.links, known, before):
                url = first.next_url  # over all that is new, then over what the last walk read
            elif url is None:
                return await self._reached(first)
        return await self._from(url)

    async def _from(self, url: str | None) -> Walked:
        while True:
            if url is None or url in self._asked or self.source.follow.max_pages == 1:
                only = self.source.follow.max_pages == 1 and url is not None
                why = "`max_pages: 1` leaves older pages unread" if only else "no older page is seen"
                return await self._ended(why)
            if self._is_enough():
                return self._end(gap=Gap(self._since, url), warning=_left(len(self._links), len(self._asked), url))
            try:
                listing = await self.read(url)
            except (FetchError, ReadError) as error:
                return await self._broken_off(url, error)
            known = await in_store(self.known, listing.links)
            if not self._take(url, listing, known):
                return self._lost(f"{url} shows the entries of a newer page again")
            before = self.gap.since if self.gap else self.whole_before  # what the walk itself found is no sign
            if before is not None:
                known = await in_store(self.known, listing.links, before)
            if await self._read_of(listing.links, known, before):
                return await self._reached(listing)
            if self.gap is None and len(self._asked) >= self.source.follow.max_pages and self._passes(listing):
                return replace(self._lost(_PASSED), passed=True)
            url = listing.next_url

    async def _read_of(self, links: Sequence[Link], known: frozenset[str], before: datetime | None) -> bool:
        """Collect what moved on a page; whether that reaches what was known, be it under other addresses."""
        moved = await self.moves.on(links, known, before)
        return reaches_known(links, known | moved.keys())

    async def _reached(self, last: Listing) -> Walked:
        """The end at a page that reaches what was known."""
        if not self.moves.alone and 0 < len(self.moves.found) < FEW:
            await self._ask(self.moves.found)
        return self._end(reached=True, behind=last.next_url)

    async def _ask(self, found: dict[str, Move]) -> None:
        """Forget of a few entries, which were put up again as it seems, those that still stand where they stood.

        Two documents of one day may have one title, and a list shows some of its entries only.
        """
        from watcher.lifecycle.standing import stands  # with all that reads a text: hardly any pass has to ask

        pages = await in_store(self.gear.store.pages_of, [move.was.page for move in found.values()])
        for key in [*found]:
            page = pages[found[key].was.page]
            if await stands(page, self.source, self.gear, elsewhere=key) is not False:
                del found[key]

    def _passes(self, listing: Listing) -> bool:
        return passes(listing.links, self.last_read, self.kinds)

    @property
    def _since(self) -> datetime:
        """Since when there is a gap."""
        return self.gap.since if self.gap else self.whole_before or self.started

    def _is_enough(self) -> bool:
        follow = self.source.follow
        return len(self._asked) >= follow.max_pages and self._fresh >= follow.max_new

    async def read(self, url: str) -> Listing:
        """An older page. Raises FetchError and ReadError."""
        page = await self.gear.page(url, self.source)
        return await self.known_again(await in_worker(read_listing, page, self.source.listing))

    def known(self, links: Sequence[Link], before: datetime | None = None) -> frozenset[str]:
        """The canonical addresses of the entries that the source listed before (`before`: that moment)."""
        return self.gear.store.known_keys(self.source.id, [canonical(link.url) for link in links], before)

    async def known_again(self, listing: Listing) -> Listing:
        """The listing with known entries under the addresses by which they are, where these differ at each pass."""
        if not (names := stamps(listing.links)):
            return listing
        known = await in_store(self.known, listing.links)
        titles = {link.title for link in listing.links if canonical(link.url) not in known}
        if not titles:
            return listing
        return known_again(listing, names, await in_store(self.gear.store.stood, self.source.id, titles, (), None))

    def _take(self, url: str, listing: Listing, known: frozenset[str]) -> bool:
        """Add a page's entries; False where the walk has seen all of them: some sites show a page for any number."""
        keys = {canonical(link.url) for link in listing.links}
        added = keys - self._keys
        self._asked.add(url)
        self._keys |= keys
        self._known_keys |= known
        self._fresh += len(added - known)
        self._links += listing.links
        self._last = listing.links
        return bool(added)

    async def _ended(self, why: str | None) -> Walked:
        """The end of a list in which nothing is known: whether all is read that came since, or why it may not be.

        Of more pages than one it is where the last of them goes on before a day that was seen. Else what was known
        would stand below, had it not left the list, and others may have with it.
        """
        if self._asked == {self.source.listing_url} and why is not None:
            return self._lost(why)
        newest = await in_store(self.gear.store.newest_listed, self.source.id, self._since)
        oldest = next((link.published for link in reversed(self._last) if link.published is not None), None)
        if newest is not None and oldest is not None and oldest < newest:
            return self._end()
        return self._lost(why or "the list ends there")

    async def _broken_off(self, url: str, error: FetchError | ReadError) -> Walked:
        if error.code in NO_SUCH_PAGE:
            named = self._names_it and self._asked == {self.source.listing_url}
            return await self._ended(f"the older page that it names is not there, {url}" if named else None)
        if self.started - self._since >= GIVEN_UP_AFTER:
            return self._lost(f"{url} could not be read for {GIVEN_UP_AFTER.days} days ({error})")
        later = f"listing: {url} and what is older was not read, the next pass asks for them: {error}"
        return self._end(gap=Gap(self._since, url), warning=later)

    def _end(
        self,
        *,
        reached: bool = False,
        gap: Gap | None = None,
        warning: str | None = None,
        behind: str | None = None,
    ) -> Walked:
        known, moved = frozenset(self._known_keys), self.moves.found
        return Walked(self._links, len(self._asked), reached, gap, warning, known=known, moved=moved, behind=behind)

    def _lost(self, why: str) -> Walked:
        read = f"the {len(self._links)} entries"
        read += f" of {len(self._asked)} pages" if len(self._asked) > 1 else ""
        lost = f"{read} do not reach back to the last pass; {why}" if self._links else why
        return replace(self._end(warning=f"listing: {lost}, so that some may have been missed"), lost=lost)


def _left(entries: int, pages: int, url: str) -> str:
    read = f"{entries} entries of {pages} page{'s' if pages > 1 else ''}"
    return f"listing: {read} do not reach back to what is known; the next pass goes on at {url} (follow: max_new)"
