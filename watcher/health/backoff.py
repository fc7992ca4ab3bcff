"""When a source that failed is asked again by the service."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from watcher.clocks import is_ahead
from watcher.errors import FetchError, ReadError
from watcher.records.sources import Health
from watcher.rests import LONGEST_ASKED

# Its own rhythm for the first failures, so that trouble is known in time; then ever rarer, as long as half a day's news
# is still found within the half day.
PATIENT: Final = 2
LONGEST: Final = timedelta(hours=4)
# Of a source on a cron line.
ORDINARY: Final = timedelta(minutes=30)


def retry_at(failures: int, every: timedelta | None, error: FetchError | ReadError, now: datetime) -> datetime:
    """When to ask again after `failures` in a row, the last by `error`; `every` is the source's own rhythm."""
    rhythm = every or ORDINARY
    if isinstance(error, FetchError) and error.unasked:  # others drew the host's refusal: no reason to ask rarely
        return now + max(rhythm, asked_for(error))
    pause = max(rhythm, min(rhythm * (1 << min(max(failures - PATIENT, 0), 20)), LONGEST))
    return now + max(pause, asked_for(error))


def believed(health: Health, every: timedelta | None, now: datetime) -> datetime | None:
    """Before when a source is not asked again; None where it may be, or a clock that was ahead named the moment."""
    longest = max(every or ORDINARY, LONGEST, LONGEST_ASKED)
    if health.retry_at is None or is_ahead(health.last_checked, now) or is_ahead(health.retry_at, now + longest):
        return None
    return health.retry_at


def asked_for(error: FetchError | ReadError) -> timedelta:
    """How long a site wants to be left alone (Retry-After), a day at most."""
    if not isinstance(error, FetchError) or error.retry_after_s is None:
        return timedelta(0)
    return min(timedelta(seconds=error.retry_after_s), LONGEST_ASKED)
