"""`watcher why`: the whole story of an announcement, or of a page that gave none."""

from __future__ import annotations

import json
from dataclasses import dataclass
from posixpath import commonpath
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from watcher.cli.context import LARGEST, Globals, local_zone, options_of
from watcher.counted import counted
from watcher.errors import ConfigError, NothingFound, UsageError

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from watcher.account import Account, Setting
    from watcher.records.sources import SourceRecord
    from watcher.records.stories import PageStory
    from watcher.settings import Settings
    from watcher.store import Store


@dataclass(frozen=True, slots=True)
class Story:
    """What was found: pages with the account of what they are of, or the sources that might have listed them."""

    asked: str
    outcome: str
    pages: tuple[PageStory, ...] = ()
    account: Account | None = None
    sources: tuple[SourceRecord, ...] = ()
    beside: tuple[str, ...] = ()


def why(
    context: typer.Context,
    asked: Annotated[str, typer.Argument(metavar="ID|URL", help="An announcement, or the address of any page.")],
    json_: Annotated[bool, typer.Option("--json", help="A JSON object and nothing else.")] = False,
) -> None:
    """Tell why an announcement or a page came to what it came to: seen, read, decided, told to whom.

    Example: watcher why 12
    """
    options = options_of(context)
    store = options.store()
    if store is None:
        raise UsageError(f"there is no database in {options.state}/ yet: start `watcher run`")
    story = _find(asked.strip(), store, options)
    if json_:
        print(json.dumps(_json(story), ensure_ascii=False, indent=1))
    if story.account is None and not story.pages:
        raise typer.Exit(1) if json_ else NothingFound(story.outcome)
    if not json_:
        from watcher.cli.stories import print_story

        print_story(story, local_zone(options))


def _json(story: Story) -> dict[str, object]:
    from watcher.render.account import story_json, unseen_json

    if story.pages:
        return story_json(story.asked, story.outcome, story.pages, story.account)
    return unseen_json(story.asked, story.outcome, story.sources, story.beside)


def _find(asked: str, store: Store, options: Globals) -> Story:
    if asked.isdecimal():
        found = _account(int(asked), store, options) if int(asked) <= LARGEST else None
        if found is None:
            raise UsageError(f"no announcement {asked[:20]}; `watcher list` shows the ids, an address needs no id")
        return Story(asked, found.outcome, found.course.pages, found)
    return _of_address(asked, store, options)


def _account(announcement_id: int, store: Store, options: Globals) -> Account | None:
    from watcher.account import account

    history = store.lists.announcement(announcement_id)
    if history is None:
        return None
    return account(history, store.stories.of_announcement(announcement_id), _setting(store, options))


def _setting(store: Store, options: Globals) -> Setting:
    from watcher.account import Setting
    from watcher.settings import Options

    configured = _settings(options)
    regions = {record.id: record.region for record in store.sources()}
    return Setting(store.subscriptions(), regions, (configured.options if configured else Options()).backfill_days)


def _settings(options: Globals) -> Settings | None:
    """The configuration, where it can be read: a story needs none."""
    try:
        return options.settings()
    except ConfigError:
        return None


def _of_address(asked: str, store: Store, options: Globals) -> Story:
    from watcher.addresses import canonical

    url = asked if "://" in asked else f"http://{asked}"
    if store.source(asked) is not None:
        raise UsageError(
            f"{asked} is a source: `watcher sources list` and `watcher sources test {asked}` tell how it is"
        )
    if not _is_address(url):
        raise UsageError(f"{asked[:60]!r} is neither an id nor an address such as http://site.example/page.html")
    key = canonical(url)
    pages = store.stories.of_page(key)
    kept = next((one.announcement for one in pages if one.announcement is not None), None)
    found = _account(kept, store, options) if kept is not None else None
    if found is not None:
        return Story(asked, _as_copy(found, key) + found.outcome, found.course.pages, found)
    return (
        Story(asked, _nothing(pages[0], options), pages)
        if pages
        else _unseen(asked, url, key, store, local_zone(options))
    )


def _as_copy(found: Account, key: str) -> str:
    """Of a page that another one stands for."""
    from watcher.addresses import canonical

    original = found.history.announcement.url
    return "" if canonical(original) == key else f"This page is a copy of {original}. "


def _nothing(story: PageStory, options: Globals) -> str:
    from watcher.account import page_outcome
    from watcher.detect import THRESHOLD

    configured = _settings(options)
    source = configured.source(story.page.source) if configured else None
    return page_outcome(story, THRESHOLD, source.follow.max_new if source else None)


def _is_address(url: str) -> bool:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return False
    return ("." in host or ":" in host) and " " not in host


def _of_none(source: SourceRecord, seen: int, zone: ZoneInfo) -> str:
    """Why a source that might have listed an address did not."""
    from watcher.cli.tables import local

    told = (
        f"this address was never seen: it is none of the {counted(seen, 'entry', 'entries')} that {source.id} has had"
    )
    if not (source.configured and source.enabled):
        return f"{told}, which is disabled or not configured any more"
    last = f"last read {local(source.health.last_ok, zone)}" if source.health.last_ok else "never read yet"
    return f"{told}, {last}; `watcher sources test {source.id}` shows what its list holds now"


def _unseen(asked: str, url: str, key: str, store: Store, zone: ZoneInfo) -> Story:
    from watcher.addresses import canonical, site

    sources = [record for record in store.sources() if site(record.url) == site(url)]
    sources.sort(key=lambda record: -len(commonpath([canonical(record.url), key])))
    beside = store.stories.beside(url, key)
    if sources and canonical(sources[0].url) == key:
        outcome = f"this is the list of {sources[0].id}, not a page of it"
    elif beside:
        outcome = f"this address was in no list: {beside[0]} links it"
    elif sources:
        outcome = _of_none(sources[0], store.stories.entries(sources[0].id), zone)
    else:
        outcome = f"this address was never seen: no source is on {site(url)} (`watcher sources add URL`)"
    return Story(asked, outcome, sources=tuple(sources), beside=beside)
