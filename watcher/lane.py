"""One host's requests of all processes: when the next may start, decided from what is known of those before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

# A request whose process never ended it counts for so long: more than a fetch may take (`fetch.Limits.total_s`).
LEASE_S: Final = 120.0
# How soon it is asked again for a place at a host that has none.
FULL_S: Final = 0.25


@dataclass(frozen=True, slots=True)
class Lane:
    """A host: the moment before which nobody may start, and until when each request under way counts.

    Moments are seconds of one clock.
    """

    not_before: float = 0.0
    under_way: Mapping[str, float] | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """A request that wants to start: `token` names it; `most` requests at a time, `delay_s` from start to start."""

    host: str
    token: str
    delay_s: float
    most: int


@dataclass(frozen=True, slots=True)
class Answer:
    """It may start after `wait_s`, or (not `granted`) may ask again then."""

    granted: bool
    wait_s: float


def enter(lane: Lane, ask: Ask, now: float) -> tuple[Lane, Answer]:
    """The lane after the question, and the answer. Who asks a second time, since the answer was lost, starts once.

    What lies further ahead than the requests under way can have put it was written before the clock was set back.
    """
    furthest = now + ask.most * max(ask.delay_s, LEASE_S)
    under_way = {token: until for token, until in (lane.under_way or {}).items() if now < until <= furthest + LEASE_S}
    others = {token: until for token, until in under_way.items() if token != ask.token}
    not_before = lane.not_before if lane.not_before <= furthest else now
    if len(others) >= ask.most:
        return Lane(not_before, others), Answer(False, FULL_S)
    start = max(now, not_before)
    return Lane(start + ask.delay_s, {**others, ask.token: start + LEASE_S}), Answer(True, start - now)


def leave(lane: Lane, token: str) -> Lane:
    """The lane after a request has ended."""
    return Lane(lane.not_before, {one: until for one, until in (lane.under_way or {}).items() if one != token})
