"""What stands behind a page at which the entries were found to have other addresses: the older ones have too.

Where a walk ends among known entries, older pages hold nothing new. Of articles that are still looked at, they hold the
new addresses, for which some pages are looked through in each pass.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from watcher.errors import FetchError, ReadError
from watcher.readdressed import are_followed
from watcher.records.usual import Pursuit
from watcher.threads import in_store
from watcher.walk import GIVEN_UP_AFTER, NO_SUCH_PAGE, Walk

_UNREAD: Final = "listing: {} was not read, where known entries may have other addresses now: {}"


@dataclass(frozen=True, slots=True)
class Pursued:
    """`left`: where the next pass goes on; `stands`: from some page on the list has the addresses that it had."""

    left: Pursuit | None = None
    stands: bool = False
    warning: str | None = None


async def pursue(pursuit: Pursuit, walk: Walk) -> Pursued:
    """Collect what else moved (`walk.moves`), on `max_pages` pages at most."""
    asked, url, store = set[str](), pursuit.url, walk.gear.store
    walk.moves.go_on(pursuit)
    for _ in range(walk.source.follow.max_pages):
        asked.add(url)
        try:
            listing = await walk.read(url)
        except (FetchError, ReadError) as error:
            return _broken_off(replace(pursuit, url=url), walk, error)
        known = await in_store(walk.known, listing.links)
        stay = await in_store(store.readdressing.unmoved, walk.source.id, known, pursuit.since)
        moved = await walk.moves.on(listing.links, known)
        if not moved:
            return Pursued(stands=2 * len(stay) > len(listing.links))
        if not are_followed(moved, walk.started) or listing.next_url is None or listing.next_url in asked:
            return Pursued()
        url = listing.next_url
    return Pursued(replace(pursuit, url=url))


def _broken_off(left: Pursuit, walk: Walk, error: FetchError | ReadError) -> Pursued:
    if error.code in NO_SUCH_PAGE:
        return Pursued()
    given_up = walk.started - left.since >= GIVEN_UP_AFTER
    return Pursued(None if given_up else left, warning=_UNREAD.format(left.url, error))
