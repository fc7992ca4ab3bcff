"""A dead-man's switch: an address of the operator's that is called while all is well, as healthchecks.io takes it.

What watches over it tells him when the calls stop: a watcher that hangs, or is gone, cannot.
"""

from __future__ import annotations

import logging
from typing import Final

import httpx

log = logging.getLogger("watcher.heartbeat")

EVERY_S: Final = 60
TIMEOUT_S: Final = 10.0


class Heartbeat:
    """Calls `url` after each good cycle; an address of the configuration, and so not one for the guard."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._failures, self._rounds = 0, 0

    async def beat(self, failures: int, rounds: int) -> None:
        """Call where no job failed since the last time, and deliveries had a round; both count from the start."""
        good = failures == self._failures and rounds > self._rounds
        self._failures, self._rounds = failures, rounds
        if good:
            await self.call()

    async def call(self) -> None:
        """Call it now; that it cannot be reached is logged, and stops nothing."""
        try:
            async with httpx.AsyncClient(timeout=TIMEOUT_S) as client:
                answer = await client.get(self._url, headers={"User-Agent": "watcher"})
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            log.warning("heartbeat failed %s", type(error).__name__)  # its address may be a secret
            return
        if not answer.is_success:
            log.warning("heartbeat failed HTTP %d", answer.status_code)
