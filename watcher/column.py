"""The listing of a source looked at: asked for, read back to what is known, believed or doubted, its entries noted.

`pipeline` says what a pass is; this is its first half, up to the point where the entries wait to be opened.

    fetch, read_listing -> walk.back (older pages; moves: what has other addresses) -> believed or doubted (sanity)
                        -> noting.note (new entries, moves) -> noting.look_behind (more moves, on the pages behind)
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Final

from watcher.addresses import canonical
from watcher.audit import after_pass, asks_in_full, cross_examines
from watcher.clocks import china_day
from watcher.errors import FetchError, ReadError
from watcher.gear import Gear
from watcher.health.size import is_collapse
from watcher.listing import read_listing
from watcher.listing.essence import SMALL, essence
from watcher.listing.order import View, moved_up, turned_round
from watcher.model import Listing, NotModified, Page, Validators
from watcher.noting import Noting
from watcher.pursuit import Pursued
from watcher.records.passes import ListingMark, Look, Pass
from watcher.records.usual import Trust
from watcher.sanity import (
    BELIEVED_AFTER,
    another_list,
    home_page,
    is_same_column,
    names_nothing,
    published_since,
    strangers,
)
from watcher.settings import Source
from watcher.threads import in_store, on_cpu
from watcher.turned import column_turned_home, turned_home
from watcher.walk import Walk, Walked
from watcher.workers import in_worker

_TURNED: Final = (
    "listing: its oldest entries come first now: newer ones may stand on a page that is not read; "
    "name the address of its newest entries as `url`"
)


@dataclass(frozen=True, slots=True)
class _Past:
    """Canonical addresses of entries that are no news; `turned`: the list has its oldest entries first now."""

    keys: frozenset[str] = frozenset()
    turned: bool = False


@dataclass(slots=True)
class Column:
    """The listing of a source in one pass; `baseline`: what stands in it is no news.

    `continued`: the address is new, the column is the old one.
    """

    source: Source
    gear: Gear
    held: Pass
    started: datetime
    baseline: bool
    continued: bool = False
    _walk: Walk = field(init=False)
    _noting: Noting = field(init=False)

    def __post_init__(self) -> None:
        record, usual = self.held.source, self.held.source.usual
        self._walk = Walk(
            self.source,
            self.gear,
            record.gap,
            self.started,
            last_read=self._last_read,
            kinds=usual.kinds,
            whole_before=usual.entries.off_since,
        )
        self._noting = Noting(self._walk, self.held)

    async def look(self) -> Look:
        """Note what the listing holds.

        Raises FetchError and ReadError, having noted nothing, where it cannot be read or is doubted.
        """
        record, url = self.held.source, self.source.listing_url
        in_full = not self._fresh or asks_in_full(record.usual.trust, record.validators, record.id)
        answer = await self.gear.fetch(url, None if in_full else record.validators, self.source.fetch)
        if isinstance(answer, NotModified):
            return await self._unchanged(answer)
        if error := home_page(url, answer.final_url):
            raise error
        mark, listing = await self._read(answer)
        if listing is None:
            return await self._unchanged(answer, mark)
        listing = await self._walk.known_again(listing)
        walk, taken_on = await self._walked(answer, listing)
        walk, added = await self._noted(listing, walk, taken_on)
        pursued = await self._noting.look_behind(walk)
        return Look(
            links=len(walk.links),
            entries=len(listing.links),
            trust=await self._trust(in_full=in_full, news=added > 0),
            took_s=answer.took_s,
            moved_to=answer.moved_to,
            added=0 if self.baseline else added,
            first=self._first,
            listing=listing,
            mark=mark,
            gap=walk.gap,
            lost=walk.lost,
            pursuit=pursued.left,
            warnings=self._warnings(walk, pursued),
        )

    async def _walked(self, answer: Page, listing: Listing) -> tuple[Walked, datetime | None]:
        """The entries read back to what is known, and since when they are news where a list is taken on.

        Raises ReadError for a list that is doubted.
        """
        known = await in_store(self._walk.known, listing.links)
        walk = await self._begun(listing, known) if self._first else await self._walk.back(listing, known)
        if self._collapsed(listing):  # what is left of a list proves no loss; the whole one is held to what was before
            walk = replace(walk, lost=None, warning=walk.warning if walk.gap else None)
        taken_on = await self._doubt(answer, listing, walk, known | walk.moved.keys())
        if taken_on is not None:
            # What is older than a list that is taken on is no news.
            walk = replace(walk, gap=None, lost=None, warning=None)
        return walk, taken_on

    async def _begun(self, listing: Listing, known: frozenset[str]) -> Walked:
        """The entries at an address that was never read; with those of older pages where the old column goes on there.

        These are asked for where nothing on the first page is known, and all of it may be news.
        """
        alone, last_read = Walked(listing.links, 1, reached=True), self.held.source.health.last_ok
        if last_read is None:
            return alone
        newest = await in_store(self.gear.store.newest_listed, self.source.id, self.started)
        day = min(filter(None, (china_day(last_read), newest)))
        stood = known | (await self._walk.no_moves().on(listing.links, known)).keys()
        if strangers(listing.links, stood, day) > len(stood):
            return alone
        walk = await self._walk.back(listing, known)
        if not is_same_column(walk.links, walk.known | walk.moved.keys(), day):
            self._walk.moves = self._walk.no_moves()
            return alone
        self.baseline, self.continued = False, True
        return walk

    async def _noted(self, listing: Listing, walk: Walked, taken_on: datetime | None) -> tuple[Walked, int]:
        """The walk as it is believed, once its entries are noted, and how many of them are new."""
        if not self._has_news(walk):
            return walk, 0
        past = await in_store(self._past, listing, walk, taken_on)
        if past.turned:
            walk = replace(walk, gap=None, lost=None, warning=_TURNED if listing.next_url else None)
        return walk, await in_store(self._noting.note, walk, past.keys, self.baseline)

    @property
    def _first(self) -> bool:
        return self._unsettled and not self.continued

    @property
    def _unsettled(self) -> bool:
        """Whether nothing was read at this address yet."""
        return self.held.source.baseline_at is None

    @property
    def _fresh(self) -> bool:
        """Whether the same bytes as at the last pass hold nothing more."""
        return self.held.source.digest is not None

    @property
    def _last_read(self) -> datetime:
        return self.held.source.health.last_ok or self.started

    async def _unchanged(self, answer: Page | NotModified, mark: ListingMark | None = None) -> Look:
        """The list is as it was; a gap that older pages left is gone on with all the same."""
        record = self.held.source
        look = Look(
            links=record.entries,
            entries=record.entries,
            trust=after_pass(record.usual.trust, None),
            took_s=answer.took_s,
            moved_to=answer.moved_to,
            mark=mark,
        )
        if record.gap is None and record.usual.pursuit is None:
            return look
        walk = Walked((), 0, reached=True)
        if record.gap is not None:
            walk = await self._walk.back(None, frozenset())
            added = await in_store(self._noting.note, walk, frozenset[str](), self.baseline)
            look = replace(look, links=len(walk.links), added=added, gap=walk.gap, lost=walk.lost)
        pursued = await self._noting.look_behind(walk)
        return replace(look, pursuit=pursued.left, warnings=self._warnings(walk, pursued))

    def _warnings(self, walk: Walked, pursued: Pursued) -> tuple[str, ...]:
        return tuple(filter(None, (walk.warning, self._noting.remark, pursued.warning)))

    async def _read(self, page: Page) -> tuple[ListingMark, Listing | None]:
        """What the page holds, or the address of its data that it names; no listing where it did not change."""
        validators, record = page.validators, self.held.source
        digest, listing = await self._read_one(page)
        if listing is not None and not listing.links and listing.next_url is not None:
            # A page that only names the address of its entries is no sign that they are unchanged.
            validators, page = Validators(), await self.gear.page(listing.next_url, self.source)
            digest, listing = await self._read_one(page)
            if listing is not None and not listing.links:
                raise names_nothing(page.url)
        return ListingMark(validators, digest, record.entries if listing is None else len(listing.links)), listing

    async def _read_one(self, page: Page) -> tuple[str, Listing | None]:
        compared_in = on_cpu if len(page.body) <= SMALL else in_worker
        digest = await compared_in(essence, page, self.source.listing)
        if self._fresh and digest == self.held.source.digest:
            return digest, None
        if self.source.listing == "page" and not self._unsettled and (error := await self._turned_home(page)):
            raise error
        return digest, await in_worker(read_listing, page, self.source.listing)

    async def _turned_home(self, page: Page) -> ReadError | None:
        pages = await in_store(self.gear.store.opened_since, self.source.id, datetime.min.replace(tzinfo=UTC))
        titles = {one.title for one in pages if one.key == canonical(self.source.listing_url)}
        return await turned_home(page, self.source, titles, self.held.source.usual.title, self.gear)

    # --- belief ----------------------------------------------------------------------------------------------------

    async def _doubt(self, answer: Page, listing: Listing, walk: Walked, known: frozenset[str]) -> datetime | None:
        """Raise ReadError for a list that is not the column's; since when its entries are news if it is taken on now.

        Since the column was last read: watcher may have been down before the list came up. The home page never is.
        """
        record = self.held.source
        if self._unsettled or (walk.reached and walk.pages > 1):
            return None
        collapsed = self._collapsed(listing)
        error = another_list(listing, known, record.usual, self._last_read, collapsed=collapsed)
        named, doubted = (listing.title, record.usual.title), error is not None
        if home := await column_turned_home(answer, self.source, named, self.gear, doubted=doubted):
            raise home
        since = record.usual.doubted_since
        if error is None:
            return None
        if since is None or self.started - since < BELIEVED_AFTER:
            raise error
        return record.health.last_ok or since

    def _collapsed(self, listing: Listing) -> bool:
        return is_collapse(self.held.source.usual.entries, listing.links, self.started)

    def _has_news(self, walk: Walked) -> bool:
        """Whether there is anything to note: a visit counter brings other bytes, and no entry."""
        return self._unsettled or walk.pages > 1 or any(canonical(link.url) not in walk.known for link in walk.links)

    def _past(self, listing: Listing, walk: Walked, taken_on: datetime | None) -> _Past:
        """The entries that are no news though they are not known."""
        record = self.held.source
        since = taken_on or (self._last_read if walk.passed else None)
        if since is not None:
            old = (link for link in walk.links if not published_since(link, since))
            return _Past(frozenset(canonical(link.url) for link in old))
        if self._first or record.gap is not None:  # what an open gap left unread is older, and news
            return _Past()
        stood = walk.known | walk.moved.keys()
        more_room = walk.pages == 1 and (len(stood) < record.entries or listing.next_url is not None)
        view = View(walk.links, stood, self._last_read, more_room)
        turned = turned_round(view, self._oldest(view))
        return _Past(turned | (moved_up(view) if walk.reached else frozenset()), turned=bool(turned))

    def _oldest(self, view: View) -> date | None:
        """The day of the oldest known entry in view, of all where none is in view."""
        if not view.known:
            return self.gear.store.oldest_listed(self.source.id)
        return min((link.published for link in view.links if link.published and view.is_known(link)), default=None)

    async def _trust(self, *, in_full: bool, news: bool) -> Trust:
        """What is known of the server's 304 after a page came, having asked it once more where that is in doubt."""
        trust, given = self.held.source.usual.trust, self.held.source.validators
        second = None
        if cross_examines(trust, given, in_full=in_full, news=news):
            with suppress(FetchError):
                second = await self.gear.fetch(self.source.listing_url, given, self.source.fetch)
        return after_pass(trust, second)
