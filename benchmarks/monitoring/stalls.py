"""How an event loop stalls: a task that wants to run every few milliseconds, and the longest that it had to wait."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

_EVERY_S: Final = 0.01  # often enough to see 100 ms; more often would be most of what an idle service spends


@dataclass(slots=True)
class Stalls:
    """The longest wait so far in milliseconds, and how much of it this process was at work: on a busy machine the
    rest is others' time."""

    longest_ms: float = 0.0
    at_work_ms: float = 0.0

    def note(self, wall_s: float, cpu_s: float) -> None:
        if wall_s * 1000 > self.longest_ms:
            self.longest_ms = wall_s * 1000
        self.at_work_ms = max(self.at_work_ms, min(wall_s, cpu_s) * 1000)


@asynccontextmanager
async def watched() -> AsyncIterator[Stalls]:
    """Watch the loop that runs the block."""
    stalls = Stalls()

    async def tick() -> None:
        wall, cpu = time.monotonic(), time.process_time()
        while True:
            await asyncio.sleep(_EVERY_S)
            now, used = time.monotonic(), time.process_time()
            stalls.note(now - wall - _EVERY_S, used - cpu)
            wall, cpu = now, used

    ticking = asyncio.create_task(tick())
    try:
        yield stalls
    finally:
        ticking.cancel()
