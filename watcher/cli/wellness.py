"""How a source is, said to people: behind `watcher sources list` and `doctor`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from shlex import quote
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from watcher.cli.tables import local
from watcher.clocks import is_ahead
from watcher.counted import counted
from watcher.health import replaced
from watcher.health.lost import HINT, is_shown
from watcher.records.overviews import Articles
from watcher.records.sources import SourceRecord, SourceState
from watcher.settings import Source

# A pass may wait for the host's turn, and each start is put off a little at random.
GRACE: Final = timedelta(minutes=1)
CLOCK_SET: Final = "the clock was ahead then, or is behind now; the service reads it at once"
CUT_OFF: Final = "no host is reached: look at this machine's network, its name server and the proxy first"
# What a pass says that got no connection (`fetch.trouble`).
_NOT_REACHED: Final = frozenset({"dns", "refused", "unreachable", "timeout_connect", "proxy"})
# What a pass says of a source none of whose articles can be opened (`health`): the same, and better.
_OF_ARTICLES: Final = frozenset({"no_article", "articles_away"})
NONE_ASKED: Final = Articles()
DISTRUSTED: Final = "its server answers 304 of pages that changed: it is asked in full"


def notes(record: SourceRecord, zone: ZoneInfo, now: datetime, articles: Articles = NONE_ASKED) -> Iterator[str]:
    """What is wrong with a source, then what to do, a line each; nothing for one that is well."""
    health = record.health
    if health.problem is not None:
        yield f"{health.state.value} since {local(health.since, zone)}: {health.problem.message}"
        if health.problem.hint:
            yield health.problem.hint
    if articles.none_read and (health.problem is None or health.problem.code not in _OF_ARTICLES):
        yield f"of {counted(articles.asked, 'article')} none can be read: {articles.why}"
        yield f"open one in a browser; `watcher sources test {record.id} --open 3` shows what comes instead"
    if health.last_checked is not None and is_ahead(health.last_checked, now):
        yield f"last checked at {local(health.last_checked, zone)}, which is still to come: {CLOCK_SET}"
    elif health.retry_at is not None:
        tries = counted(health.failures, "failure")
        again = local(health.retry_at, zone)
        yield f"{tries} in a row; the service asks again at {again}, `watcher check {record.id}` at once"
    if record.gap is not None:
        since = local(record.gap.since, zone)
        yield f"gap since {since}: not read from {record.gap.url} on; the next pass goes on there"
    if record.usual.lost is not None and is_shown(record.usual.lost, now):
        since, until = (local(moment, zone) for moment in (record.usual.lost.since, record.usual.lost.until))
        yield f"entries of {since} to {until} may have been missed: {record.usual.lost.why}"
        yield HINT
    if gone := replaced.shown(record.usual.replaced, now):
        yield (problem := replaced.as_problem(gone)).message
        yield problem.hint or ""
    if record.usual.trust.caught:
        yield DISTRUSTED


def of_unread(record: SourceRecord, articles: Articles, now: datetime) -> Iterator[str]:
    """Why some articles of a source cannot be read, where others can: no trouble of the source, nor of who runs it."""
    named = len(replaced.shown(record.usual.replaced, now))
    if articles.unread > named and not articles.none_read:
        yield f"{articles.unread} of {counted(articles.asked, 'article')} cannot be read now: {articles.why}"
        yield f"`watcher why {quote(articles.one or '')}` tells what was tried, and when it is asked again"


def are_cut_off(records: Sequence[SourceRecord]) -> bool:
    """Whether no host of these sources is reached, of two at least: it is rather this machine that is cut off."""
    hosts = {urlsplit(record.url).hostname for record in records}
    codes = {record.health.problem.code if record.health.problem else None for record in records}
    return len(hosts) > 1 and codes <= _NOT_REACHED


def ahead(records: Sequence[SourceRecord], now: datetime) -> list[SourceRecord]:
    """Those that a clock checked which was ahead, or since which ours was set back; the furthest first."""
    found = [(one.health.last_checked, one) for one in records if is_ahead(one.health.last_checked, now)]
    return [one for _, one in sorted(found, key=lambda pair: (pair[0], pair[1].id), reverse=True)]


def late(sources: Sequence[Source], records: Sequence[SourceRecord], now: datetime, zone: ZoneInfo) -> list[str]:
    """The ids of those enabled sources that were not read in their time: twice due since they were last read, or read
    at a moment that is still to come.
    """
    last_ok = {record.id: record.health.last_ok for record in records if record.health.state is not SourceState.NEW}
    return [source.id for source in sources if source.enabled and _is_late(source, last_ok.get(source.id), now, zone)]


def _is_late(source: Source, last_ok: datetime | None, now: datetime, zone: ZoneInfo) -> bool:
    return last_ok is None or is_ahead(last_ok, now) or _due_again(source, last_ok, zone) < now


def _due_again(source: Source, last_ok: datetime, zone: ZoneInfo) -> datetime:
    from watcher.schedule import trigger

    if source.every.interval is not None:
        return last_ok + 2 * source.every.interval + GRACE
    lines = trigger(source, zone)
    first: datetime = lines.get_next_fire_time(None, last_ok)
    second: datetime = lines.get_next_fire_time(first, first + timedelta(seconds=1))
    return second + GRACE
