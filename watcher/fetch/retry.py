"""When to ask again, and when to stop: limits in attempts and in time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

from tenacity import AsyncRetrying, RetryCallState, stop_after_attempt, wait_exponential_jitter

from watcher.fetch.trouble import Trouble


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
            self.left_s -= loop.time() - start

    async def sleep(self, seconds: float) -> None:
        self.left_s -= seconds
        await asyncio.sleep(seconds)


def retrying(limits: Limits, budget: Budget) -> AsyncRetrying:
    """Retries `Trouble` that is transient, no sooner than the server asked, never longer than `budget`."""
    backoff = wait_exponential_jitter(multiplier=limits.backoff_s, max=limits.max_backoff_s, jitter=limits.backoff_s)

    def wait(state: RetryCallState) -> float:
        return max(backoff(state), _asked_for(state))

    def may_retry(state: RetryCallState) -> bool:
        error = state.outcome.exception() if state.outcome else None
        if not isinstance(error, Trouble) or not error.transient:
            return False
        return _asked_for(state) <= min(limits.max_retry_after_s, budget.left_s)

    stop = stop_after_attempt(limits.attempts)
    return AsyncRetrying(
        retry=may_retry,
        wait=wait,
        stop=lambda state: stop(state) or wait(state) >= budget.left_s,
        sleep=budget.sleep,
        reraise=True,
    )


def _asked_for(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    return (error.retry_after_s or 0.0) if isinstance(error, Trouble) else 0.0


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
