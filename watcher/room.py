"""The memory that answers take from when they came until they are kept as evidence: bounded for the whole process."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

# As much as the files of one article may hold (`attachments.MOST_BYTES`).
MOST_HELD: Final = 60_000_000


class Share:
    """What one article holds, with the original that it names; `held` in bytes."""

    def __init__(self, room: Room) -> None:
        self._room, self.held = room, 0

    async def wait(self) -> None:
        """Until one more answer may be asked for."""
        await self._room.wait(self)

    def hold(self, size: int) -> None:
        self._room.enter(self)
        self.held += size

    def let_go(self, size: int) -> None:
        self.held -= size
        self._room.freed()


class Room:
    """`with room.share() as share: await share.wait(); …; share.hold(size)`, freed with the block.

    Whoever wants another answer waits while `most` is held, but for the one that came first: it goes on to its end,
    though nothing be freed before, so that all others have theirs. So `most` is exceeded by what was under way, and by
    what one article may hold. Who holds a lock that others need before they end must not wait.
    """

    def __init__(self, most: int = MOST_HELD) -> None:
        self._most = most
        self._shares: dict[Share, None] = {}  # of those that hold something or wait, the first to come first
        self._freed = asyncio.Event()

    @property
    def held(self) -> int:
        return sum(share.held for share in self._shares)

    @contextmanager
    def share(self) -> Iterator[Share]:
        share = Share(self)
        try:
            yield share
        finally:
            self._shares.pop(share, None)
            self.freed()

    def freed(self) -> None:
        self._freed.set()

    def enter(self, share: Share) -> None:
        self._shares.setdefault(share)

    async def wait(self, share: Share) -> None:
        self.enter(share)
        while self.held >= self._most and next(iter(self._shares)) is not share:
            self._freed.clear()
            await self._freed.wait()
