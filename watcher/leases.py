"""Keep a claim while the work that it protects goes on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from typing import Final

from watcher.records import Claim
from watcher.store import Store

# A third of the lease: two renewals may come late before another process takes over.
RENEW_EVERY_S: Final = 10.0


@asynccontextmanager
async def kept(store: Store, claim: Claim, clock: Callable[[], datetime]) -> AsyncIterator[None]:
    """Renew `claim` until the block ends, then release it, whatever ended the block."""

    async def renew() -> None:
        while True:
            await asyncio.sleep(RENEW_EVERY_S)
            await asyncio.to_thread(store.renew, claim, clock())

    renewing = asyncio.create_task(renew())
    try:
        yield
    finally:
        renewing.cancel()
        with suppress(asyncio.CancelledError):
            await renewing
        await asyncio.to_thread(store.release, claim)
