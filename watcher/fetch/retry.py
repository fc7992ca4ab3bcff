"""When to ask again, and when to stop: limits in attempts and in time."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

from watcher.fetch.trouble import Trouble

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how much one fetch may take. Waiting for the host's turn does not count."""

    connect_s: float = 10.0
    read_s: float = 20.0  # between two pieces of an answer
    write_s: float = 10.0
    pool_s: float = 10.0
    total_s: float = 60.0  # all attempts, redirects and pauses together
    robots_s: float = 5.0  # the most that a robots.txt holds up the first request to its site
    max_bytes: int = 20_000_000  # of the decoded body
    max_redirects: int = 10
    attempts: int = 3
    backoff_s: float = 1.0  # before the second attempt; doubles, plus up to as much again at random
    max_backoff_s: float = 10.0
    max_retry_after_s: float = 30.0  # a longer Retry-After is left to the caller


class Budget:
    """The seconds that one fetch may still spend on the wire or pausing."""

    def __init__(self, total_s: float) -> None:
        self.left_s = total_s
        self.spent_s = 0.0  # of these, on the wire

    @asynccontextmanager
    async def spend(self) -> AsyncIterator[None]:
        """Count the time inside; raise `Trouble` when nothing is left."""
        loop = asyncio.get_running_loop()
        start = loop.time()
        try:
            async with asyncio.timeout(max(self.left_s, 0)):
                yield
        except TimeoutError as error:
            raise Trouble("timeout_read", "the whole answer did not come within the time allowed") from error
        finally:
            took_s = loop.time() - start
            self.left_s -= took_s
            self.spent_s += took_s

    async def sleep(self, seconds: float) -> None:
        self.left_s -= seconds
        await asyncio.sleep(seconds)


async def retried(attempt: Callable[[], Awaitable[T]], limits: Limits, budget: Budget) -> T:
    """Attempts until one succeeds: after a transient `Trouble`, no sooner than the server asked, within `budget`.

    Written out since it stands in the way of every request: a retry library took an eighth of what one costs.
    """
    failures = 0
    while True:
        try:
            return await attempt()
        except Trouble as trouble:
            failures += 1
            asked_for_s = trouble.retry_after_s or 0.0
            pause_s = max(_backoff_s(failures, limits), asked_for_s)
            last = failures == limits.attempts or asked_for_s > limits.max_retry_after_s or pause_s >= budget.left_s
            if last or not trouble.transient:
                raise
        await budget.sleep(pause_s)


def _backoff_s(failures: int, limits: Limits) -> float:
    """The pause after so many failures: doubled each time, plus up to `backoff_s` at random."""
    return min(limits.backoff_s * 2.0 ** (failures - 1) + random.uniform(0, limits.backoff_s), limits.max_backoff_s)


def parse_retry_after(value: str | None, now: datetime) -> float | None:
    """Return the seconds that a Retry-After header asks for (a number or a date, RFC 9110 10.2.3), else None."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
        return max((moment - now).total_seconds(), 0.0)
    except (ValueError, TypeError, OverflowError):
        return None
