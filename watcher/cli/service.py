"""`watcher run`, `worker`, `check` and `doctor`: the service and a look at its health."""

from __future__ import annotations

import gc
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from watcher import loop
from watcher.cli import starting
from watcher.cli.context import now, options_of
from watcher.cli.known import nothing_watched, source_of
from watcher.cli.logs import set_up_logging
from watcher.counted import counted
from watcher.errors import UsageError

if TYPE_CHECKING:
    from watcher.app import App
    from watcher.news import RunReport
    from watcher.pipeline import Asked
    from watcher.settings import Settings, Source
    from watcher.store import Store


# New objects between two looks for garbage in circles, of one who is at work for long: with these a pass takes a sixth
# less than with Python's 700, and at most half a million objects that nobody needs are held.
GARBAGE: Final = (10_000, 10, 5)
# Of a single pass, which is over before it has made so many: a pass over 1,000 unchanged lists takes 3 % less.
GARBAGE_OF_A_PASS: Final = (100_000, 10, 5)


class Engine(StrEnum):
    """What runs the work: this process alone, or all that share its database."""

    APSCHEDULER = "apscheduler"
    PROCRASTINATE = "procrastinate"


SLOTS: Final = "Passes at a time in this process.  [default: `concurrency` of sources.yaml]"


def run(
    context: typer.Context,
    web: Annotated[
        str | None, typer.Option(metavar="HOST:PORT", help="Where the web page is served.  [default: 127.0.0.1:8080]")
    ] = None,
    no_web: Annotated[bool, typer.Option("--no-web", help="Serve no web page.")] = False,
    engine: Annotated[
        Engine | None,
        typer.Option(help="What runs the work.  [default: procrastinate on PostgreSQL, else apscheduler]"),
    ] = None,
    concurrency: Annotated[int | None, typer.Option(min=0, help=SLOTS)] = None,
) -> None:
    """Run the service until SIGTERM or SIGINT.

    Checks every enabled source when it is due and sends alerts, and serves the web page; at the end it finishes what is
    in hand. On PostgreSQL the work is shared with every other `watcher run` and `watcher worker` on that database;
    with --concurrency 0 it is left to them.

    Example: watcher --config sources.yaml --state state run
    """
    if web is not None and no_web:
        raise UsageError("--web and --no-web exclude each other")
    options = options_of(context)
    settings = options.settings(to_send=True)
    run_by = _engine(engine, settings)
    if run_by is Engine.APSCHEDULER and concurrency is not None:
        raise UsageError("--concurrency is for the engine procrastinate; `concurrency` in sources.yaml is for both")
    set_up_logging(logging.INFO, settings.options.timezone, options.log_format)
    if (told := nothing_watched(settings)) is not None:
        logging.getLogger("watcher").warning(told)
    starting.run(_serve(settings, run_by, concurrency, web, page=not no_web))


def worker(context: typer.Context, concurrency: Annotated[int | None, typer.Option(min=1, help=SLOTS)] = None) -> None:
    """Take a share of the work of a service on PostgreSQL, until SIGTERM or SIGINT.

    Any number of them may run, on any machine, with the same sources.yaml; one that is killed is made up for by the
    others within a minute.

    Example: watcher --database-url postgresql+psycopg://watcher@db.example/watcher worker
    """
    options = options_of(context)
    settings = options.settings(to_send=True)
    run_by = _engine(Engine.PROCRASTINATE, settings)
    set_up_logging(logging.INFO, settings.options.timezone, options.log_format)
    starting.run(_serve(settings, run_by, concurrency, None, page=False))


def _engine(asked: Engine | None, settings: Settings) -> Engine:
    """The engine that was asked for, or the one for the database; UsageError where the two do not fit."""
    on_server = settings.database_url.startswith("postgresql")
    if asked is Engine.PROCRASTINATE and not on_server:
        raise UsageError(
            "sharing the work between processes needs PostgreSQL: name a database on it with --database-url or "
            "WATCHER_DATABASE_URL (docs/scale.md), or use `watcher run` alone"
        )
    return asked or (Engine.PROCRASTINATE if on_server else Engine.APSCHEDULER)


async def _serve(settings: Settings, engine: Engine, slots: int | None, bind: str | None, *, page: bool) -> None:
    async with _at_work(settings, patient=True) as app, AsyncExitStack() as stack:
        if page:
            from watcher.cli.web import beside

            await stack.enter_async_context(beside(app, bind))
        if engine is Engine.PROCRASTINATE:
            from watcher.jobs import worker

            await worker.serve(app, settings.options.concurrency if slots is None else slots)
        else:
            from watcher import schedule

            await schedule.serve(app)


@asynccontextmanager
async def _at_work(settings: Settings, *, patient: bool = False) -> AsyncIterator[App]:
    from watcher.app import opened

    async with opened(settings, patient=patient) as app:
        gc.freeze()  # what was loaded until here stays: collections that look through it stall the loop for nothing
        gc.set_threshold(*(GARBAGE if patient else GARBAGE_OF_A_PASS))
        yield app


def check(
    context: typer.Context,
    ids: Annotated[list[str] | None, typer.Argument(metavar="ID", help="Sources; all enabled ones if none.")] = None,
    recheck: Annotated[
        bool, typer.Option("--recheck", help="Look again at all articles of the last 90 days, unreadable ones too.")
    ] = False,
    notify_existing: Annotated[
        bool, typer.Option("--notify-existing", help="Alert on what a first pass finds, too.")
    ] = False,
) -> None:
    """Make one pass over all or named sources.

    A source's first pass is a silent baseline. Waits until what was found is delivered or put off for a retry.

    Example: watcher check sd-dsdt mee-dffz
    """
    from watcher.pipeline import Asked

    options = options_of(context)
    settings = options.settings(to_send=True)
    chosen = _chosen(settings, ids or [])
    if not chosen:  # what waits is delivered all the same
        print(nothing_watched(settings))
    set_up_logging(logging.ERROR, settings.options.timezone, options.log_format)
    reports = loop.run(_check(settings, chosen, Asked(recheck=recheck, notify_existing=notify_existing)))
    raise typer.Exit(1 if any(report.problem for report in reports) else 0)


def _chosen(settings: Settings, ids: list[str]) -> list[Source]:
    if not ids:
        return [source for source in settings.sources if source.enabled]
    return [source_of(settings, one) for one in dict.fromkeys(ids)]


async def _check(settings: Settings, chosen: list[Source], asked: Asked) -> list[RunReport]:
    from watcher.cli.passes import shown

    async with _at_work(settings) as app:
        with shown(len(chosen)) as show:
            reports = await app.check(chosen, asked, lambda report: show(report, _hint(app.store, report)))
        await app.remind()
        await app.tidy()
        await app.deliver_due()
        if app.heartbeat is not None:
            await app.heartbeat.call()
        _tell_put_off(app.store)
    return reports


def _hint(store: Store, report: RunReport) -> str | None:
    """What to do about a source that is not well."""
    record = store.source(report.source) if report.problem or report.concern else None
    return record.health.problem.hint if record and record.health.problem else None


def _tell_put_off(store: Store) -> None:
    """One line a subscription whose channel did not accept what it was sent: it is kept, and tried again."""
    for queue in store.queues(now()):
        if queue.put_off:
            told = counted(queue.put_off, "delivery waits", "deliveries wait")
            print(f"! {queue.subscription}: {told} for another try: {queue.last_error}")


def doctor(
    context: typer.Context,
    alive: Annotated[
        bool, typer.Option("--alive", help="Only whether a running service is at work (exit status).")
    ] = False,
) -> None:
    """Say what is wrong and how to mend it.

    Looks at configuration, database, state folder, clock, sources and every channel.

    Example: watcher doctor
    """
    from rich.text import Text

    from watcher.cli.diagnosis import Finding, diagnose, is_alive
    from watcher.cli.tables import console

    options = options_of(context)
    findings: list[Finding] = [is_alive(Path(options.state))] if alive else diagnose(options)

    out = console()
    for finding in findings:
        mark = ("✓ ", "green") if finding.ok else ("✗ ", "red")
        out.print(Text.assemble(mark, (finding.subject, "bold"), f": {finding.text}"), soft_wrap=True)
        for line in finding.more:
            out.print(f"    {line}", soft_wrap=True)
    raise typer.Exit(0 if all(finding.ok for finding in findings) else 1)
