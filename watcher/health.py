"""How a source is, from how its last passes went; says when its trouble or its recovery is news."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from watcher.errors import FetchError, ReadError
from watcher.model import EventKind
from watcher.records import Health, Problem, SourceState

# One failed pass is the weather of the network; three in a row are worth a person's time.
TROUBLE_AFTER: Final = 3

# Codes by which a site turns its visitor away: a bot check (`challenge`), or the statuses that such checks answer.
BLOCKED: Final = frozenset({"challenge", "http_401", "http_403", "http_412", "http_521"})
# A bad day of the site, not a new layout, though it came as a page.
PASSING: Final = frozenset({"maintenance"})


def problem_of(error: FetchError | ReadError) -> Problem:
    """What a person is told of an error."""
    return Problem(error.code, str(error), error.hint if isinstance(error, ReadError) else None)


def state_of(error: FetchError | ReadError) -> SourceState:
    """What an error at a source's listing says of the source."""
    if error.code in BLOCKED:
        return SourceState.BLOCKED
    if isinstance(error, ReadError) and error.code not in PASSING:
        return SourceState.LAYOUT_CHANGED
    return SourceState.FAILING


def after_success(health: Health, now: datetime) -> tuple[Health, EventKind | None]:
    """The listing was read (or answered 304)."""
    fresh = Health(
        state=SourceState.OK,
        first_checked=health.first_checked or now,
        last_checked=now,
        last_ok=now,
    )
    return fresh, EventKind.SOURCE_RECOVERED if health.told else None


def after_failure(health: Health, error: FetchError | ReadError, now: datetime) -> tuple[Health, EventKind | None]:
    """The listing could not be read; its trouble becomes an event once, after `TROUBLE_AFTER` failures in a row."""
    failures = health.failures + 1
    news = failures >= TROUBLE_AFTER and not health.told
    fresh = replace(
        health,
        state=state_of(error),
        problem=problem_of(error),
        failures=failures,
        told=health.told or news,
        first_checked=health.first_checked or now,
        last_checked=now,
    )
    return fresh, EventKind.SOURCE_TROUBLE if news else None
