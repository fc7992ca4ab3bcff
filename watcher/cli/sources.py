"""`watcher sources`: what is watched, how it is, and what a new address would give."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from watcher.cli.context import local_zone, now, options_of
from watcher.cli.known import nothing_watched
from watcher.errors import UsageError
from watcher.recheck import HORIZON

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from watcher.cli.context import Globals
    from watcher.records.overviews import Articles
    from watcher.records.sources import SourceRecord
    from watcher.settings import ListingRule, Options, Source

app = typer.Typer(help="List, test, add and remove sources.", no_args_is_help=True)


@app.command("list")
def list_(
    context: typer.Context,
    json_: Annotated[bool, typer.Option("--json", help="A JSON array and nothing else.")] = False,
) -> None:
    """List the sources and how they are.

    Example: watcher sources list
    """
    options = options_of(context)
    settings = options.settings()
    configured, store = settings.sources, options.store()
    stored = {record.id: record for record in store.sources()} if store else {}
    articles = store.overviews.articles(now() - HORIZON) if store else {}
    if json_:
        listed = [_json(one, stored.get(one.id), articles.get(one.id)) for one in configured]
        print(json.dumps(listed, ensure_ascii=False, indent=1))
        return
    if not configured:
        print(nothing_watched(settings))
        return
    zone = local_zone(options)
    _print_table(configured, stored, articles, zone)
    for source in configured:
        if source.enabled and source.id in stored:
            _print_notes(stored[source.id], articles.get(source.id), zone, now())


def _json(source: Source, record: SourceRecord | None, articles: Articles | None) -> dict[str, object]:
    from watcher.render.sources import source_json

    of_articles = (
        {"asked": articles.asked, "unread": articles.unread, "why": articles.why, "one": articles.one}
        if articles
        else None
    )
    return {**source_json(source, record), "articles": of_articles}


def _print_table(
    configured: Sequence[Source],
    stored: Mapping[str, SourceRecord],
    articles: Mapping[str, Articles],
    zone: ZoneInfo,
) -> None:
    from watcher.cli.tables import WIDE, console, local, show_table, table
    from watcher.records.sources import Health

    headings, rows = ["id", "state", "since", "last read", "entries", "unread", "name"], []
    for source in configured:
        record = stored.get(source.id)
        health = record.health if record else Health()
        state = health.state.value if source.enabled else "off"
        times = (local(health.since, zone), local(health.last_ok, zone) if health.last_ok else "never")
        counts = (str(record.entries if record else 0), _unread(articles.get(source.id)))
        rows.append([source.id, state, *times, *counts, source.name])
    if console().width < WIDE:  # of what is not well, the notes below say since when
        for line in (headings, *rows):
            del line[2]
    show_table(table(headings, rows, stretch=len(headings) - 1))


def _unread(articles: Articles | None) -> str:
    """How many articles cannot be read now: a source whose list is well may still give nothing."""
    if articles is None:
        return "-"
    return f"all {articles.unread}" if articles.none_read else str(articles.unread)


def _print_notes(record: SourceRecord, articles: Articles | None, zone: ZoneInfo, at: datetime) -> None:
    """What is wrong with a source, and the next step; nothing for one that is well."""
    from watcher.cli.tables import console
    from watcher.cli.wellness import NONE_ASKED, notes, of_unread

    articles = articles or NONE_ASKED
    for number, line in enumerate((*notes(record, zone, at, articles), *of_unread(record, articles, at))):
        console().print(f"\n{record.id}: {line}" if number == 0 else f"    {line}", soft_wrap=True)


@app.command("test")
def try_out(
    context: typer.Context,
    target: Annotated[str, typer.Argument(metavar="ID|URL")],
    open_: Annotated[int, typer.Option("--open", min=0, help="Open the first N entries too: what would each be?")] = 0,
    json_: Annotated[bool, typer.Option("--json", help="A JSON object and nothing else.")] = False,
) -> None:
    """Show what a source would find; nothing is stored.

    Example: watcher sources test http://sthj.shandong.gov.cn/dtxx/dsdt/ --open 3
    """
    from watcher.cli.found import print_probe
    from watcher.cli.probe import probe, probe_json

    options = options_of(context)
    source, settings = _target(options, target)
    found = asyncio.run(probe(source, settings, open_))
    if json_:
        print(json.dumps(probe_json(found), ensure_ascii=False, indent=1))
    else:
        print_probe(found)
        if found.problem is None and source.id == target:
            today = now().astimezone(local_zone(options)).date()
            print(
                f"{target} can be read; a comment above its entry in {options.config} may say so: # Last read: {today}."
            )
    raise typer.Exit(1 if found.problem else 0)


def _target(options: Globals, target: str) -> tuple[Source, Options]:
    from watcher.cli.known import source_of
    from watcher.config.entries import source_from
    from watcher.settings import Options

    if "://" not in target:
        settings = options.settings()
        return source_of(settings, target), settings.options
    # An address can be tried before there is a configuration; one that is there and wrong is said, as everywhere.
    chosen = options.settings().options if Path(options.config).exists() else Options()
    return source_from({"id": "test", "name": target, "url": target, "every": "1h"}), chosen


@app.command()
def add(
    context: typer.Context,
    url: Annotated[str, typer.Argument(metavar="URL")],
    id_: Annotated[str | None, typer.Option("--id", help="[a-z0-9-]+; made from the address if none.")] = None,
    name: Annotated[str | None, typer.Option(help="Its name; made from the page's title if none.")] = None,
    every: Annotated[str, typer.Option(help="30m, 1h, 1d or a cron line with day names.")] = "30m",
    region: Annotated[str | None, typer.Option(help="Code of where its news are from, as 370700.")] = None,
    listing: Annotated[str | None, typer.Option(help="auto, feed, sitemap, page, json or jpage.")] = None,
    proxy: Annotated[str | None, typer.Option(help="For this source alone; '${NAME}' keeps a secret out.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Add it even if it cannot be read now.")] = False,
) -> None:
    """Probe an address, show the entries it would watch, and write it into the configuration, keeping its comments.

    Example: watcher sources add http://sthj.jining.gov.cn/col/col1234/index.html --id jining-sthj --region 370800
    """
    from watcher.cli.found import print_probe
    from watcher.cli.naming import source_id, source_name
    from watcher.cli.probe import settle
    from watcher.config.edit import add_source
    from watcher.config.entries import source_from

    options = options_of(context)
    settings = options.settings()
    taken = {source.id for source in settings.sources}
    if id_ in taken:
        raise UsageError(f"--id {id_!r}: {options.config} has a source of this id")
    if id_ is None:
        _refuse_watched(url, settings.sources)
    chosen = id_ or source_id(url, taken)
    more = {"region": region, "listing": listing}
    entry: dict[str, object] = {"id": chosen, "name": name or chosen, "url": url, "every": every}
    entry |= {key: value for key, value in more.items() if value is not None}
    asked = source_from({**entry, "proxy": _filled(proxy)} if proxy else entry)
    source, found = asyncio.run(settle(asked, settings.options))
    print_probe(found)
    if found.problem and not force:
        raise typer.Exit(1)
    if source.url != asked.url and id_ is None:
        _refuse_watched(source.url, settings.sources)
    named = name or (source_name(found.title) if found.title else chosen)
    settled = {**entry, "name": named, **_settled(asked, source)}
    said = None if found.problem else f"Last read: {now().astimezone(local_zone(options)).date()}."
    add_source(options.config, settled, filled={"proxy": proxy} if proxy else {}, comment=said)
    print(f"added {chosen} to {options.config}")


def _filled(text: str) -> str:
    """An option as the configuration would read it; UsageError where the environment lacks a name in it."""
    from watcher.config.secrets import Environment, UnsetError

    try:
        return Environment(os.environ).fill(text)
    except UnsetError as exc:
        raise UsageError(f"--proxy: {exc}") from None


def _settled(asked: Source, source: Source) -> dict[str, object]:
    """The keys of the entry by which `source` is read otherwise than it was asked; says what was taken."""
    settled: dict[str, object] = {}
    if source.url != asked.url:
        print(f"this address only leads to the list, which is at {source.url}; that is watched")
        settled["url"] = source.url
    if source.listing != asked.listing:
        settled["listing"] = rule = _rule(source.listing)
        print(f"a script fills this list; `listing: {json.dumps(rule) if isinstance(rule, dict) else rule}` reads it")
    return settled


def _refuse_watched(url: str, sources: Sequence[Source]) -> None:
    """Raise UsageError for the address of a source that there is, in whatever way it is written."""
    from watcher.addresses import canonical

    if (known := next((one for one in sources if canonical(one.url) == canonical(url)), None)) is not None:
        raise UsageError(f"already watched as {known.id}; give another --id to watch it twice")


def _rule(rule: ListingRule) -> str | dict[str, dict[str, str]]:
    """A rule that a page suggested, as the configuration writes it."""
    from watcher.settings import JsonRule

    if isinstance(rule, str):
        return rule
    url = rule.url if isinstance(rule, JsonRule) else None
    return {"json": {"url": url}} if url else "json"


@app.command()
def remove(context: typer.Context, id_: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Take a source out of the configuration; what it found stays.

    Example: watcher sources remove jining-sthj
    """
    from watcher.cli.known import source_of
    from watcher.config.edit import remove_source

    options = options_of(context)
    source_of(options.settings(), id_)
    remove_source(options.config, id_)
    print(f"removed {id_} from {options.config}")
