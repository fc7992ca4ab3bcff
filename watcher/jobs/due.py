"""Which sources are due, by when they were last checked; which of them first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit
from zlib import crc32
from zoneinfo import ZoneInfo

from watcher.clocks import is_ahead
from watcher.health.backoff import believed
from watcher.records.sources import Health
from watcher.schedule import JITTER_SHARE, MAX_JITTER_S, back_off, trigger
from watcher.settings import Source

EVER: Final = datetime.min.replace(tzinfo=UTC)
NEVER: Final = datetime.max.replace(tzinfo=UTC)
Rest = tuple[str, datetime | None, datetime | None]
"""A source's id, when it was last checked, before when it is not checked again."""


class Plan:
    """When each source is due next; what does not change from one look to the next is not worked out again."""

    def __init__(self, sources: Iterable[Source], zone: ZoneInfo) -> None:
        self._sources = {one.id: one for one in sources if one.enabled}
        self._zone = zone
        self._known: dict[str, tuple[Rest, datetime]] = {}
        self._asked: dict[str, datetime] = {}

    def due(self, rest: Iterable[Rest], now: datetime) -> list[str]:
        """Those that are due, of those that nobody is checking: the hosts take turns, each host's longest due first."""
        ours = (self._believed(one, now) for one in rest if one[0] in self._sources)
        found = sorted((when, one[0]) for one in ours if (when := self._due_at(one)) <= now)
        for _, name in found:
            self._asked[name] = now
        return in_turns([self._sources[name] for _, name in found])

    def _believed(self, rest: Rest, now: datetime) -> Rest:
        """What is stored of a source, without what a clock that was ahead wrote.

        One that was last checked in the future is due at once, and then as if it had been checked when it was due
        last: it may be our clock that is behind, or another's that stays ahead, and neither may hurry a site.
        """
        name, last_checked, retry_at = rest
        every = self._sources[name].every.interval
        if is_ahead(last_checked, now):
            asked = self._asked.get(name)
            return name, None if is_ahead(asked, now) else asked, None
        return name, last_checked, believed(Health(last_checked=last_checked, retry_at=retry_at), every, now)

    def _due_at(self, rest: Rest) -> datetime:
        known = self._known.get(rest[0])
        if known is None or known[0] != rest:
            known = self._known[rest[0]] = rest, due_at(self._sources[rest[0]], rest[1], rest[2], self._zone)
        return known[1]


def due_at(source: Source, last_checked: datetime | None, retry_at: datetime | None, zone: ZoneInfo) -> datetime:
    """When a source is due: with its interval, put off a little; with the time of its cron line, though that was
    missed; not before it may be asked again. A cron line may have no time at all (30 February).
    """
    if last_checked is None:
        return EVER
    later = back_off(source, retry_at, zone) or EVER
    if source.every.interval is None:
        when: datetime | None = trigger(source, zone).get_next_fire_time(None, last_checked)
        return NEVER if when is None else max(when, later)
    put_off = min(source.every.interval.total_seconds() * JITTER_SHARE, MAX_JITTER_S) * _chance(source, last_checked)
    return max(datetime.fromtimestamp((last_checked + source.every.interval).timestamp() + put_off, UTC), later)


def _chance(source: Source, last_checked: datetime) -> float:
    """In [0, 1): another with each pass, and the same for all who ask."""
    return crc32(f"{source.id} {last_checked.timestamp()}".encode()) / 2**32


def in_turns(sources: Sequence[Source]) -> list[str]:
    """Their ids, the first of every host before the second of any: the many of one host wait for its pace together."""
    so_far: Counter[str] = Counter()
    ranked: list[tuple[int, str]] = []
    for one in sources:
        host = urlsplit(one.listing_url).netloc
        ranked.append((so_far[host], one.id))
        so_far[host] += 1
    return [name for _, name in sorted(ranked, key=lambda pair: pair[0])]
