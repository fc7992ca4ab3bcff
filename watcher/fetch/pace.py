"""Keeps requests to one host apart and few, and all requests together below a limit."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import Protocol

from watcher.settings import Options

_IDLE_LANES = 2_000  # hosts remembered before those without a claim on the future are forgotten


class Turns(Protocol):
    """When the next request to a host may start: of this process (`OwnTurns`), or of all (`watcher.turns`)."""

    def turn(self, host: str, delay_s: float) -> AbstractAsyncContextManager[None]:
        """Wait for the host's turn, which comes `delay_s` after the one before; the request is the block."""
        ...


@dataclass(slots=True)
class _Gate:
    """The moment (loop time) before which nobody may start."""

    not_before: float = 0.0
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class OwnTurns:
    """Turns of this process alone."""

    def __init__(self) -> None:
        self._gates: dict[str, _Gate] = {}

    @asynccontextmanager
    async def turn(self, host: str, delay_s: float) -> AsyncIterator[None]:
        gate, clock = self._gate(host), asyncio.get_running_loop().time
        async with gate.lock:
            wait_s = gate.not_before - clock()
            if wait_s > 0:
                await asyncio.sleep(wait_s)
            gate.not_before = clock() + delay_s
        yield

    def _gate(self, host: str) -> _Gate:
        if len(self._gates) >= _IDLE_LANES and host not in self._gates:
            now = asyncio.get_running_loop().time()
            self._gates = {
                name: gate for name, gate in self._gates.items() if gate.lock.locked() or gate.not_before > now
            }
        return self._gates.setdefault(host, _Gate())


@dataclass(slots=True)
class _Lane:
    """One host: who of this process is in it, or waits to be."""

    places: asyncio.Semaphore
    users: int = 0


class Pace:
    """`async with pace.slot(host)` around each request: waits for the host's delay and for a free place.

    `async with pace.place()` only counts the request among all.
    """

    def __init__(self, options: Options, turns: Turns) -> None:
        self._delay_s, self._per_host = options.per_host_delay_s, options.per_host_concurrency
        self._all = asyncio.Semaphore(options.concurrency)
        self._turns = turns
        self._lanes: dict[str, _Lane] = {}

    @asynccontextmanager
    async def slot(self, host: str, at_least_s: float = 0.0) -> AsyncIterator[None]:
        """`at_least_s`: a delay that the host itself asks for."""
        lane = self._lanes.setdefault(host, _Lane(asyncio.Semaphore(self._per_host)))
        lane.users += 1
        try:
            # The common limit comes last: who waits for his host must not hold a place that others can use.
            async with lane.places, self._turns.turn(host, max(self._delay_s, at_least_s)), self._all:
                yield
        finally:
            lane.users -= 1
            if not lane.users:
                del self._lanes[host]

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        async with self._all:
            yield
