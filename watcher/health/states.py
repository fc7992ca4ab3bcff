"""How a source is, from how its last passes went; says when its trouble or its recovery is news.

                     nothing wrong              something wrong
    well             well                       unwell; news after `TROUBLE_AFTER` passes in a row
    unwell, untold   well, no news              unwell; news after `TROUBLE_AFTER` passes in a row
    unwell, told     well, news: recovered      unwell, no more news

A host that asks to be left alone turns all its sources away, though the next one may be read well: a pass that was not
even let ask is something wrong, but none of those in a row; it is news once it has lasted for `LASTING`.

A source that comes and goes would be news every day: after a recovery that was told, trouble within `CALM` is news only
once it has lasted for `LASTING`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from watcher.errors import FetchError, ReadError
from watcher.news import EventKind
from watcher.records.problem import Problem
from watcher.records.sources import Health, SourceState

# One failed pass is the weather of the network; three in a row are worth a person's time.
TROUBLE_AFTER: Final = 3
# A site that is down each night, or at each month's end, is known to its readers after the first time.
CALM: Final = timedelta(days=7)
LASTING: Final = timedelta(days=1)

# Codes by which a site turns its visitor away: a bot check (`challenge`), a firewall, a login, or such statuses.
BLOCKED: Final = frozenset({"challenge", "firewall", "login", "http_401", "http_403", "http_412", "http_521"})
# A page of another address than the column's.
MOVED: Final = frozenset({"home_page", "another_page", "elsewhere", "list_page", "site_moved"})
# What a site says of itself in a page, where others answer with a status.
SAID: Final = frozenset({"maintenance", "not_found", "error_page", "default_page", "closed"})

Outcome = tuple[Health, EventKind | None]


@dataclass(frozen=True, slots=True)
class Sign:
    """Something about a listing that was read which a person should know."""

    state: SourceState
    problem: Problem


def problem_of(error: FetchError | ReadError) -> Problem:
    """What a person is told of an error."""
    facts = error.facts if isinstance(error, ReadError) else ()
    return Problem(error.code, error.message, error.hint, facts)


def state_of(error: FetchError | ReadError) -> SourceState:
    """What an error at a source's listing says of the source."""
    if error.code in BLOCKED:
        return SourceState.BLOCKED
    if error.code in MOVED:
        return SourceState.MOVED
    if isinstance(error, ReadError) and error.code not in SAID:
        return SourceState.LAYOUT_CHANGED
    return SourceState.FAILING


def after_success(health: Health, now: datetime, sign: Sign | None = None) -> Outcome:
    """The listing was read (or answered 304); `sign` where it was not all well."""
    read = replace(health, failures=0, retry_at=None, last_ok=now)
    if sign is None:
        return _well(read, now)
    return _unwell(read, sign, now)


def after_failure(health: Health, error: FetchError | ReadError, now: datetime, retry_at: datetime) -> Outcome:
    """The listing could not be read; the service asks again at `retry_at`."""
    asked = not (isinstance(error, FetchError) and error.unasked)
    failed = replace(health, failures=max(health.failures + asked, 1), retry_at=retry_at)
    return _unwell(failed, Sign(state_of(error), problem_of(error)), now, asked=asked)


def _well(health: Health, now: datetime) -> Outcome:
    was_well = health.state is SourceState.OK
    fresh = replace(
        _checked(health, now),
        state=SourceState.OK,
        problem=None,
        since=health.since if was_well else now,
        strikes=0,
        told=False,
        recovered=now if health.told else health.recovered,
    )
    return fresh, EventKind.SOURCE_RECOVERED if health.told else None


def _unwell(health: Health, sign: Sign, now: datetime, *, asked: bool = True) -> Outcome:
    strikes = max(health.strikes + asked, 1)
    since = (health.since or now) if health.strikes else now
    lasting = now - since >= LASTING
    relapse = health.recovered is not None and now - health.recovered < CALM
    enough = strikes >= TROUBLE_AFTER or (lasting and not asked)
    news = enough and not health.told and (lasting or not relapse)
    fresh = replace(
        _checked(health, now),
        state=sign.state,
        problem=sign.problem,
        since=since,
        strikes=strikes,
        told=health.told or news,
    )
    return fresh, EventKind.SOURCE_TROUBLE if news else None


def _checked(health: Health, now: datetime) -> Health:
    return replace(health, first_checked=health.first_checked or now, last_checked=now)
