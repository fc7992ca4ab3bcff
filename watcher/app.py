"""The composition root: `Settings` -> the real client, store and channels. The only place that wires them together."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from socket import gethostname
from typing import TYPE_CHECKING

from watcher import notify
from watcher.archive import FOLDER, Archive
from watcher.deadlines.remind import remind
from watcher.deliver import deliver_due
from watcher.errors import StoreError, WatcherError
from watcher.fetch import Fetcher
from watcher.heartbeat import Heartbeat
from watcher.kept_rules import KeptRules
from watcher.lifecycle.expire import expire
from watcher.news import RunReport
from watcher.pipeline import ORDINARY, Asked, Gear, check_source
from watcher.records.deliveries import DeliveryReport
from watcher.records.sources import Health
from watcher.settings import Settings, Source
from watcher.store import Store
from watcher.threads import in_store, on_start

if TYPE_CHECKING:
    from watcher.render.forms import Templates
    from watcher.turns import SharedTurns

log = logging.getLogger("watcher.app")

# Touched at each round of deliveries; `watcher doctor --alive` (the container's health check) looks at its age.
ALIVE_FILE = "alive"
FOR_NEWS = (
    "watcher.openings",
    "watcher.alarms",
    "watcher.courier",
    "watcher.deadlines.reminders",
    "watcher.lifecycle.lapse",
)


class App:
    """One watcher at work: passes and deliveries on one store, one HTTP client and one clock."""

    def __init__(self, settings: Settings, store: Store, fetcher: Fetcher, templates: Templates | None = None) -> None:
        self.settings = settings
        self._templates = templates
        self.store = store
        state = Path(settings.state)
        archive = Archive(state / FOLDER, store, gethostname() if store.shared else "")
        self._gear = Gear(fetcher.fetch, store, settings.options, self.now, archive, settings.sources)
        self._alive = state / ALIVE_FILE
        self.rounds = 0  # of deliveries, that came to their end
        url = settings.options.heartbeat_url
        self.heartbeat = Heartbeat(url) if url else None
        self.beat: datetime | None = None  # when the service last gave a sign of life
        self.on_report: Callable[[RunReport], object] = lambda _: None  # is told of each pass
        self.send_found: Callable[[], Awaitable[object]] = self.deliver_due  # is called when a pass found something

    @staticmethod
    def now() -> datetime:
        return datetime.now(UTC)

    def health(self) -> dict[str, Health]:
        """How each source is, by id."""
        return {record.id: record.health for record in self.store.sources()}

    async def check_source(self, source: Source, asked: Asked = ORDINARY) -> RunReport:
        """One pass over a source, logged with one line, and what it found sent at once."""
        report = await check_source(source, self._gear, asked)
        log.log(logging.WARNING if report.problem else logging.INFO, "%s", summary(report))
        for warning in report.warned:
            log.warning("warning source=%s %s", source.id, warning)
        self.on_report(report)
        if report.deliveries:
            await self.send_found()
        return report

    async def check(
        self, sources: Sequence[Source], asked: Asked = ORDINARY, on_done: Callable[[RunReport], None] = lambda _: None
    ) -> list[RunReport]:
        """One pass over each source, side by side; `on_done` is told of each as it ends.

        Raises WatcherError where the store or a mistake of ours broke one off, after all have ended and what they
        found was sent.
        """

        async def one(source: Source) -> RunReport:
            report = await self.check_source(source, asked)
            on_done(report)
            return report

        results = await asyncio.gather(*map(one, sources), return_exceptions=True)
        errors = [
            (source, result)
            for source, result in zip(sources, results, strict=True)
            if isinstance(result, BaseException)
        ]
        if errors:
            await self.deliver_due()
            raise _failed(errors) from errors[0][1]
        return [result for result in results if not isinstance(result, BaseException)]

    async def remind(self) -> None:
        """Write what the day brings into the outbox: deadlines that come near, documents that are no longer valid."""
        options = self.settings.options
        written = await in_store(remind, self.store, self.now(), options.timezone)
        lapsed = await in_store(expire, self.store, self.now(), options)
        if written or lapsed:
            log.info("remind deliveries=%d lapsed=%d", written, lapsed)

    async def tidy(self) -> None:
        """Forget what `settings.keep` says is old enough."""
        before = self.now() - timedelta(days=self.settings.options.keep_days)
        if removed := await in_store(self.store.retention.forget, before):
            log.info("tidy removed=%d before=%s", removed, before.date())

    async def set_back(self) -> None:
        """The clock was set back: what waits for a moment that it named before waits no longer."""
        options = self.settings.options
        if found := await in_store(self.store.ahead.forget, self.now(), options.timezone):
            log.info("deliveries=%d due earlier, since the clock was set back", found)

    async def deliver_round(self) -> DeliveryReport:
        """One of the service's rounds of deliveries, with its sign of life."""
        report = await self.deliver_due()
        self.sign_of_life()
        return report

    def sign_of_life(self) -> None:
        """The service is at work."""
        self._alive.touch()
        self.rounds += 1
        self.beat = self.now()

    def sign_off(self) -> None:
        """Take the sign of life away: the service ended in order."""
        self._alive.unlink(missing_ok=True)

    async def deliver_due(self, only: Sequence[str] | None = None) -> DeliveryReport:
        """Send what is due, or of that what is for some subscriptions; what a channel does not accept is put off."""
        options = self.settings.options
        report = await deliver_due(self.store, notify.line, self.now, options, self._templates, only=only)
        if report.sent or report.put_off or report.failed:
            level = logging.ERROR if report.failed else logging.WARNING if report.put_off else logging.INFO
            log.log(level, "deliver sent=%d put_off=%d failed=%d", report.sent, report.put_off, report.failed)
        return report


@asynccontextmanager
async def opened(settings: Settings, *, patient: bool = False) -> AsyncIterator[App]:
    """Open state and client, bring the stored sources and subscriptions in line with the configuration.

    `patient`, as a service is, waits for a database whose server is away, and loads at once what a pass loads when it
    has news: the first would be told later, and stall the loop for a third of a second.

    Raises StoreError where the database cannot be used, ConfigError where a template of the operator's is wrong.
    """
    templates = _templates(settings)
    _make_folder(Path(settings.state))
    store = await on_start(_in_line, settings) if patient else _in_line(settings)
    try:
        if patient:
            store.load()
            for module in FOR_NEWS:
                import_module(module)
        for source in settings.sources:
            if source.enabled and source.fetch.robots == "ignore":
                log.info("start source=%s robots.txt=ignored, as sources.yaml says", source.id)
        async with Fetcher(settings.options, turns=_turns(settings, store), memory=KeptRules(store.robots)) as fetcher:
            yield App(settings, store, fetcher, templates)
    finally:
        store.close()


def _turns(settings: Settings, store: Store) -> SharedTurns | None:
    """The pace of hosts over all processes, where there may be others."""
    if not store.shared:
        return None
    from watcher.turns import SharedTurns

    return SharedTurns(store.hosts, settings.options.per_host_concurrency)


def _in_line(settings: Settings) -> Store:
    """The store, with the sources and subscriptions of the configuration."""
    store = Store.open(settings.database_url)
    try:
        store.sync_sources(settings.sources, App.now())
        store.sync_subscriptions(settings.subscriptions, App.now())
    except BaseException:
        store.close()
        raise
    return store


def _failed(errors: Sequence[tuple[Source, BaseException]]) -> WatcherError:
    """One line for all: which sources, and what of the first."""
    ids = ", ".join(source.id for source, _ in errors)
    _, first = errors[0]
    said = str(first) if isinstance(first, WatcherError) else f"a mistake in watcher: {first!r}"
    return WatcherError(f"not checked to the end: {ids}: {said}")


def _templates(settings: Settings) -> Templates | None:
    """The operator's own; None where he has none, which most have not: reading them loads the template engine."""
    if settings.options.templates is None:
        return None
    from watcher.templates import read_templates

    return read_templates(settings.options.templates)


def _make_folder(state: Path) -> None:
    try:
        state.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        advice = "name a folder that this user may write with --state or WATCHER_STATE"
        raise StoreError(f"state folder {state}: {exc.strerror}; {advice}") from exc


def summary(report: RunReport) -> str:
    """One log line of a pass, key=value: what it counted, or why the source could not be read."""
    took = f"took_s={report.took_s:.1f}"
    if report.problem:
        return f"check source={report.source} problem={report.problem[0]} {took} message={report.problem[1]!r}"
    if report.busy:
        return f"check source={report.source} busy=another process is checking it, or has read another address for it"
    counts = (
        f"links={report.links} opened={report.opened} unchanged={report.unchanged} matched={report.matched} "
        f"new={report.new} changed={report.changed} reposts={report.reposts} withdrawn={report.withdrawn} "
        f"restored={report.restored} near_misses={report.near_misses} "
        f"deliveries={report.deliveries} errors={len(report.warnings)}"
    )
    flags = {
        "baseline": report.baseline,
        "not_modified": report.not_modified,
        f"waiting={report.waiting}": report.waiting > 0,
        f"state={report.concern and report.concern[0]}": report.concern is not None,
    }
    return " ".join([f"check source={report.source}", counts, took, *(name for name, on in flags.items() if on)])
