"""One host's pace over all processes on a shared database: each request asks it for its turn."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

from watcher.errors import StoreError
from watcher.lane import Ask
from watcher.store.hosts import Hosts
from watcher.threads import in_store

log = logging.getLogger("watcher.turns")


class SharedTurns:
    """Turns of all processes: `most` requests to a host at a time, each so long after the one before."""

    def __init__(self, hosts: Hosts, most: int) -> None:
        self._hosts, self._most = hosts, most

    @asynccontextmanager
    async def turn(self, host: str, delay_s: float) -> AsyncIterator[None]:
        """As `fetch.pace.Turns`; raises StoreError."""
        ask = Ask(host, uuid4().hex, delay_s, self._most)
        answer = await in_store.together(self._hosts.enter, ask)
        while not answer.granted:
            await asyncio.sleep(answer.wait_s)
            answer = await in_store.together(self._hosts.enter, ask)
        try:
            await asyncio.sleep(answer.wait_s)
            yield
        finally:
            await self._leave(ask)

    async def _leave(self, ask: Ask) -> None:
        try:
            await in_store.together(self._hosts.leave, (ask.host, ask.token))
        except StoreError as error:  # its place is free again after a while; what was fetched counts
            log.warning("host=%s its turn was not given back: %s", ask.host, error)
