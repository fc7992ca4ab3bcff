"""Keeps requests to one host apart and few, and all requests together below a limit."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from watcher.settings import Options

_IDLE_LANES = 2_000  # hosts remembered before those without a claim on the future are forgotten


@dataclass(slots=True)
class _Lane:
    """One host: who is in it, and the moment (loop time) before which nobody may start."""

    places: asyncio.Semaphore
    not_before: float = 0.0
    users: int = 0
    gate: asyncio.Lock = field(default_factory=asyncio.Lock)


class Pace:
    """`async with pace.slot(host)` around each request: waits for the host's delay and for a free place.

    `async with pace.place()` only counts the request among all.
    """

    def __init__(self, options: Options) -> None:
        self._delay_s, self._per_host = options.per_host_delay_s, options.per_host_concurrency
        self._all = asyncio.Semaphore(options.concurrency)
        self._lanes: dict[str, _Lane] = {}

    @asynccontextmanager
    async def slot(self, host: str, at_least_s: float = 0.0) -> AsyncIterator[None]:
        """`at_least_s`: a delay that the host itself asks for."""
        lane = self._lane(host)
        lane.users += 1
        try:
            async with lane.places:
                await self._wait_turn(lane, max(self._delay_s, at_least_s))
                # The common limit comes last: who waits for his host must not hold a place that others can use.
                async with self._all:
                    yield
        finally:
            lane.users -= 1

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        async with self._all:
            yield

    async def _wait_turn(self, lane: _Lane, delay_s: float) -> None:
        async with lane.gate:
            wait_s = lane.not_before - asyncio.get_running_loop().time()
            if wait_s > 0:
                await asyncio.sleep(wait_s)
            lane.not_before = asyncio.get_running_loop().time() + delay_s

    def _lane(self, host: str) -> _Lane:
        if len(self._lanes) >= _IDLE_LANES and host not in self._lanes:
            now = asyncio.get_running_loop().time()
            self._lanes = {name: lane for name, lane in self._lanes.items() if lane.users or lane.not_before > now}
        return self._lanes.setdefault(host, _Lane(asyncio.Semaphore(self._per_host)))
