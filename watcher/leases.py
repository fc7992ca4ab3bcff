"""Keep a claim while the work that it protects goes on."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from watcher.errors import ClaimLost, StoreError
from watcher.records.passes import Claim
from watcher.store import LEASE, Store
from watcher.threads import in_store, on_lease

log = logging.getLogger("watcher.leases")

# A third of the lease: two renewals may fail or come late before another process takes over.
RENEW_EVERY_S: Final = 10.0


@dataclass(slots=True)
class Hold:
    """What a block says of the claim that is kept for it."""

    given_back: bool = False


@asynccontextmanager
async def kept(store: Store, claim: Claim, clock: Callable[[], datetime]) -> AsyncIterator[Hold]:
    """Renew `claim` until the block ends, then release it, whatever ended the block.

    A block whose last write gave the claim back says so: `Hold.given_back`.

    Raises ClaimLost, having cancelled the block, where the claim is no longer ours.
    """
    work = asyncio.current_task()
    assert work is not None  # asyncio runs every coroutine in a task
    keeper, hold = _Keeper(store, claim, clock, work), Hold()
    renewing = asyncio.create_task(keeper.renew())
    try:
        yield hold
    except asyncio.CancelledError:
        if keeper.lost and work.uncancel() == 0:
            raise ClaimLost(claim.key) from None
        raise
    finally:
        renewing.cancel()
        if not hold.given_back:
            await keeper.release()


class _Keeper:
    def __init__(self, store: Store, claim: Claim, clock: Callable[[], datetime], work: asyncio.Task[object]) -> None:
        self._store, self._claim, self._clock, self._work = store, claim, clock, work
        self.lost = False

    async def renew(self) -> None:
        """Renew until cancelled; cancel the work once the claim is another's, or may be."""
        loop = asyncio.get_running_loop()
        held_until = loop.time() + LEASE.total_seconds()
        while loop.time() < held_until:
            await asyncio.sleep(RENEW_EVERY_S)
            asked = loop.time()
            try:
                async with asyncio.timeout_at(held_until):  # the database may be away for longer
                    if not await on_lease.together(self._store.renew, (self._claim, self._clock())):
                        break
            except TimeoutError:
                break
            except StoreError as error:
                log.warning("renewal failed claim=%s %s", self._claim.key, error)
            else:
                held_until = asked + LEASE.total_seconds()
        self.lost = True
        self._work.cancel()

    async def release(self) -> None:
        try:
            await in_store.together(self._store.release, self._claim)
        except StoreError as error:  # it ends by itself with its lease; the work is done and its result counts
            log.warning("release failed claim=%s %s", self._claim.key, error)
