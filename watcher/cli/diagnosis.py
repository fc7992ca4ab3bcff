"""What `watcher doctor` looks at; each look gives one finding with what to mend."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from watcher.cli.context import Globals
from watcher.cli.known import nothing_watched
from watcher.clocks import is_ahead
from watcher.counted import counted
from watcher.errors import WatcherError
from watcher.recheck import HORIZON
from watcher.recipients import masked

if TYPE_CHECKING:
    from watcher.records.deliveries import SubscriptionRecord
    from watcher.records.overviews import Articles
    from watcher.records.sources import SourceRecord
    from watcher.settings import Settings, Subscription

# A service touches its sign of life every two seconds; a busy or suspended machine gets some patience.
ALIVE_WITHIN_S = 120
MIN_FREE_BYTES = 200 * 1024 * 1024
# What failed longer ago is history, which nobody has to mend any more.
FAILED_WITHIN = timedelta(days=14)
UNHEARD_FOR = timedelta(days=30)
MOST_NAMED = 5
# Nothing is wrong, but what they hold is not told.
READS_SCANS = (
    "pip install 'watcher[ocr]' reads them, each when its article is looked at again",
    "`watcher list --near-misses` has those of which the title alone does not tell",
)
DELAYS_WITHIN = timedelta(days=1)
# No clock of a machine that reads today's news stands before this version was written.
NOT_BEFORE = datetime(2026, 11, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a look found in a line; `more` of it, as what to do, a line each."""

    subject: str
    ok: bool
    text: str
    more: tuple[str, ...] = ()


def is_alive(state: Path) -> Finding:
    """Whether a running service gave a sign of life lately."""
    from watcher.app import ALIVE_FILE

    try:
        age_s = time.time() - (state / ALIVE_FILE).stat().st_mtime
    except OSError:
        return Finding("service", False, f"no sign of life in {state}/; start it with `watcher run`")
    if age_s < -ALIVE_WITHIN_S:
        text = "the last sign of life is of a moment still to come: the clock was set back; if it stays so, restart it"
        return Finding("service", False, text)
    if age_s > ALIVE_WITHIN_S:
        return Finding("service", False, f"last sign of life {age_s:.0f} s ago; look at its log and restart it")
    return Finding("service", True, f"alive {max(age_s, 0):.0f} s ago")


def diagnose(options: Globals) -> list[Finding]:
    """All findings, the configuration's first: without it the rest cannot be asked."""
    try:
        settings = options.settings()
    except WatcherError as exc:
        first, *others = str(exc).splitlines()
        return [Finding("configuration", False, first, tuple(others)), _state_folder(Path(options.state))]
    subscriptions = _subscriptions(settings)
    return [
        _configuration(settings, subscriptions),
        _state_folder(Path(settings.state)),
        _clock(settings),
        *_templates(settings),
        *_page(settings),
        *_database(settings),
        *_channels(subscriptions, _held(settings)),
    ]


def _configuration(settings: Settings, subscriptions: list[Subscription]) -> Finding:
    """How much there is: of subscriptions also those that the file does not hold."""
    enabled = sum(source.enabled for source in settings.sources)
    added = len({one.id for one in subscriptions} - {one.id for one in settings.subscriptions})
    told = counted(len(subscriptions), "subscription") + (f", {added} of them not of the file" if added else "")
    text, nothing = f"{settings.path}: {counted(enabled, 'source')}, {told}", nothing_watched(settings)
    return Finding("configuration", nothing is None, text, (nothing,) if nothing else ())


def _templates(settings: Settings) -> Iterator[Finding]:
    folder = settings.options.templates
    if folder is None:
        return
    from watcher.templates import read_templates

    try:
        read_templates(folder)
    except WatcherError as exc:
        yield Finding("templates", False, str(exc))
    else:
        yield Finding("templates", True, f"{folder}: each kind of message can be made")


def _page(settings: Settings) -> Iterator[Finding]:
    if settings.options.mail and settings.options.page_mail is None:
        text = "nobody can subscribe on it: `settings.mail` is set, but mails would hold no link that ends them"
        mend = "set `settings.public_url` to the address under which readers reach the page"
        yield Finding("web page", False, text, (mend,))


def _state_folder(state: Path) -> Finding:
    try:
        state.mkdir(parents=True, exist_ok=True)
        probe = state / f".write-probe-{os.getpid()}"
        probe.write_bytes(b"")
        probe.unlink()
        free = os.statvfs(state).f_bavail * os.statvfs(state).f_frsize
    except OSError as exc:
        return Finding("state folder", False, f"{state}: {exc.strerror}; make it writable for this user")
    if free < MIN_FREE_BYTES:
        return Finding("state folder", False, f"{state}: only {free // 2**20} MiB free; make room on that disk")
    return Finding("state folder", True, f"{state}: writable, {free // 2**30} GiB free")


def _stored(settings: Settings) -> list[SourceRecord]:
    """The sources that are checked; none where the database cannot be asked, as `_database` says."""
    from watcher.store import Store

    try:
        store = Store.find(settings.database_url)
        if store is None:
            return []
        try:
            return [record for record in store.sources() if record.configured and record.enabled]
        finally:
            store.close()
    except WatcherError:
        return []


def _clock(settings: Settings) -> Finding:
    from watcher.cli.tables import local
    from watcher.cli.wellness import ahead

    now = datetime.now(UTC)
    shown = now.astimezone(ZoneInfo(settings.options.timezone)).strftime("%Y-%m-%d %H:%M %Z")
    if now < NOT_BEFORE:
        return Finding("clock", False, f"{shown} lies in the past; set the machine's clock")
    if found := ahead(_stored(settings), now):
        seen = local(found[0].health.last_checked, ZoneInfo(settings.options.timezone))
        text = f"{shown}, but {found[0].id} was checked at {seen}: the clock was set back since then, or is behind"
        return Finding("clock", False, text, ("if this is not the time, set the machine's clock; else nothing",))
    return Finding("clock", True, shown)


def _database(settings: Settings) -> Iterator[Finding]:
    from watcher.store import Store

    try:
        store = Store.find(settings.database_url)
    except WatcherError as exc:
        yield Finding("database", False, str(exc))
        return
    if store is None:
        yield Finding("database", True, "none yet; `watcher run` or `watcher check` makes it")
        return
    try:
        records = [record for record in store.sources() if record.configured and record.enabled]
        queues = store.queues(datetime.now(UTC) - FAILED_WITHIN)
        delays = store.delays.since(datetime.now(UTC) - DELAYS_WITHIN)
        lost, why = store.captures.lost(datetime.now(UTC) - FAILED_WITHIN)
        suppressed = store.suppressions.all()
        scans = store.files.waiting_for_ocr()
        articles = store.overviews.articles(datetime.now(UTC) - HORIZON)
        concerned = store.subscribers.last_concerned()
        readers = [record for record in store.subscriptions() if record.status == "active" or record.held]
    finally:
        store.close()
    waiting = sum(queue.waiting for queue in queues)
    yield Finding("database", True, counted(waiting, "delivery waits", "deliveries wait"))
    if delays:
        worst = f"median {median(delays):.1f} s, worst {delays[-1]:.1f} s"
        told = f"{counted(len(delays), 'alert')} accepted in the last day"
        yield Finding("delay", True, f"{worst} from first sight to acceptance, of {told}")
    if failed := sum(queue.failed for queue in queues):
        advice = "see `watcher deliveries --status failed`; `watcher deliveries retry ID` sends one again"
        yield Finding("deliveries", False, f"{failed} failed in the last {FAILED_WITHIN.days} days; {advice}")
    for one in suppressed:
        since = (one.suppressed_at or one.since).date().isoformat()
        advice = "`watcher subscriptions resume ID` of one of its subscriptions sends to it again"
        yield Finding(
            "address", False, f"nothing is sent to {masked(one.address)} since {since}: {one.error}", (advice,)
        )
    if lost:
        answers = f"{counted(lost, 'answer')} of the last {FAILED_WITHIN.days} days"
        text = f"{answers} could not be kept as evidence, the last: {why}"
        yield Finding("archive", False, text)
    if scans:
        yield Finding("scans", True, f"{counted(scans, 'scan waits', 'scans wait')} for OCR", READS_SCANS)
    yield from _sources(settings, records, articles)
    yield from _unheard(settings, readers, concerned)


def _unheard(
    settings: Settings, readers: list[SubscriptionRecord], concerned: dict[str, datetime]
) -> Iterator[Finding]:
    """Subscriptions that nothing concerned for long, perhaps misspelt, and sources that nobody follows."""
    from watcher.match import follows

    for one in readers:
        since = max(concerned.get(one.subscription.id, one.created_at), one.created_at)
        if datetime.now(UTC) - since > UNHEARD_FOR:
            advice = "look at its `where`; `watcher subscribe TO … --preview` shows what filters would have sent"
            text = f"nothing concerned it since {since.date().isoformat()}; {advice}"
            yield Finding(f"subscription {one.subscription.id}", True, text)
    alone = [
        source.id
        for source in settings.sources
        if source.enabled and not any(follows(one.subscription, source.id, source.region) for one in readers)
    ]
    if readers and alone:
        yield Finding("sources", True, f"nobody follows {_named(alone)}: their news are stored, and told to nobody")


def _sources(settings: Settings, records: list[SourceRecord], articles: dict[str, Articles]) -> Iterator[Finding]:
    """Whether all are read as often as they should be, then a line for each that is not well."""
    from watcher.cli.wellness import CUT_OFF, NONE_ASKED, are_cut_off, late, notes

    zone, now = ZoneInfo(settings.options.timezone), datetime.now(UTC)
    watched = [source.id for source in settings.sources if source.enabled]
    if not watched:  # `_configuration` has said so
        return
    enabled = [record for record in records if record.id in watched]
    failing = [record.id for record in enabled if record.health.failures]
    behind = [one for one in late(settings.sources, records, now, zone) if one not in failing]
    text = f"{len(watched) - len(failing) - len(behind)} of {len(watched)} read in their time"
    if failing:
        text += f"; cannot be read: {_named(failing)}"
    more = (f"not yet: {_named(behind)}; is `watcher run` at work? `watcher check` reads them now",) if behind else ()
    alone = (CUT_OFF,) if are_cut_off(enabled) else ()
    yield Finding("sources", not failing and not behind, text, (*alone, *more))
    for record in records:
        of_it = articles.get(record.id, NONE_ASKED)
        if lines := tuple(notes(record, zone, now, of_it)):
            well = record.health.problem is None and not is_ahead(record.health.last_checked, now)
            well = well and not of_it.none_read
            yield Finding(f"source {record.id}", well, lines[0], lines[1:])


def _named(ids: list[str]) -> str:
    return ", ".join(ids[:MOST_NAMED]) + (" …" if len(ids) > MOST_NAMED else "")


def _subscriptions(settings: Settings) -> list[Subscription]:
    """Those of the file, and those that were added from the command line."""
    from watcher.store import Store

    found = {subscription.id: subscription for subscription in settings.subscriptions}
    try:
        store = Store.find(settings.database_url)
    except WatcherError:  # `_database` has said so
        return list(found.values())
    if store is not None:
        for record in store.subscriptions():
            if record.status == "ended":  # its reader has left
                found.pop(record.subscription.id, None)
            elif record.origin == "cli":
                found.setdefault(record.subscription.id, record.subscription)
        store.close()
    return list(found.values())


def _held(settings: Settings) -> dict[tuple[str, str], str]:
    """Why nothing is sent to a subscription, by its id and the address that refuses; another in the file is tried."""
    from watcher.store import Store

    try:
        store = Store.find(settings.database_url)
    except WatcherError:  # `_database` has said so
        return {}
    if store is None:
        return {}
    records = store.subscriptions()
    store.close()
    return {(one.subscription.id, one.subscription.to): one.reason or "" for one in records if one.held}


def _channels(subscriptions: list[Subscription], held: dict[tuple[str, str], str]) -> Iterator[Finding]:
    from watcher import notify

    for subscription in subscriptions:
        subject = f"channel {subscription.id}"
        reason = held.get((subscription.id, subscription.to))
        try:
            notify.check_address(subscription.to)
        except WatcherError as exc:
            yield Finding(subject, False, str(exc))
            continue
        if reason is None:
            yield Finding(subject, True, notify.mask(subscription.to))
        else:
            mend = (
                f"mend it, then `watcher subscriptions resume {subscription.id}` sends what was refused and what waits"
            )
            yield Finding(subject, False, f"{notify.mask(subscription.to)}: paused: {reason}", (mend,))
