"""`watcher subscribe` and `watcher subscriptions`: who is told what."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Final

import typer

from watcher.cli.context import now, options_of
from watcher.errors import NotifyError, UsageError

if TYPE_CHECKING:
    from watcher.cli.context import Globals
    from watcher.records.deliveries import SubscriptionRecord
    from watcher.settings import Subscription
    from watcher.store import Store

app = typer.Typer(help="List, pause, resume, remove and test subscriptions.", no_args_is_help=True)

Many = list[str] | None
KINDS: Final = (
    "new, changed, wording, repost, withdrawn, restored, deadline, source_trouble, source_recovered, delivery_trouble "
    "or delivery_recovered."
)


def subscribe(
    context: typer.Context,
    to: Annotated[str, typer.Argument(metavar="TO", help="An apprise address: mailto://…, dingtalk://…, json://…")],
    id_: Annotated[str | None, typer.Option("--id", help="Its name; made from the channel if none.")] = None,
    on: Annotated[
        Many,
        typer.Option(metavar="KIND", help=KINDS),
    ] = None,
    region: Annotated[Many, typer.Option(metavar="CODE", help="Codes of regions; a province takes its cities.")] = None,
    type_: Annotated[
        Many, typer.Option("--type", metavar="TYPE", help="measures_document, measures_news, progress_report.")
    ] = None,
    topic: Annotated[Many, typer.Option(metavar="TOPIC", help="Topics (docs/topics.md).")] = None,
    issuer: Annotated[Many, typer.Option(metavar="NAME", help="Names of bodies.")] = None,
    source: Annotated[Many, typer.Option(metavar="ID", help="Ids of sources.")] = None,
    keyword: Annotated[Many, typer.Option(metavar="WORD", help="Any of these words in title or text.")] = None,
    keyword_all: Annotated[Many, typer.Option(metavar="WORD", help="All of these words.")] = None,
    keyword_none: Annotated[Many, typer.Option(metavar="WORD", help="None of these words.")] = None,
    figure: Annotated[Many, typer.Option(metavar="CONDITION", help='A condition such as "money >= 100万".')] = None,
    deadlines: Annotated[bool, typer.Option("--deadlines", help="Only what has a deadline.")] = False,
    changes: Annotated[str | None, typer.Option(help="figures: of changes only those of figures.")] = None,
    remind: Annotated[
        Many, typer.Option(metavar="DAYS", help="Days before a deadline (14d), with --on deadline.")
    ] = None,
    deliver: Annotated[str, typer.Option(help='instant, hourly, "daily 08:30" or "weekly mon 08:30".')] = "instant",
    quiet: Annotated[str | None, typer.Option(help='Hours in which nothing is sent: "22:00-07:30".')] = None,
    max_per_hour: Annotated[int | None, typer.Option(help="At most so many messages an hour.")] = None,
    language: Annotated[str | None, typer.Option(help="Of its messages: zh or en.")] = None,
    test: Annotated[bool, typer.Option("--test", help="Send one message now.")] = False,
    preview: Annotated[
        bool, typer.Option("--preview", help="Add nothing: list what of the last 90 days it would have sent.")
    ] = False,
) -> None:
    """Add a subscription; the service tells it from now on.

    Example: watcher subscribe "mailtos://me:secret@smtp.example.org?to=me@example.org" --region 370000 --test
    """
    from watcher import notify

    written: dict[str, object] = {"to": to, "on": on or ["new", "changed"], "deliver": deliver}
    keywords = {"any": keyword, "all": keyword_all, "none": keyword_none}
    parts = {
        "regions": region,
        "types": type_,
        "topics": topic,
        "issuers": issuer,
        "sources": source,
        "figures": figure,
        "deadlines": deadlines,
        "changes": changes,
    }
    where: dict[str, object] = {name: values for name, values in parts.items() if values}
    if asked := {name: words for name, words in keywords.items() if words}:
        where["keywords"] = asked
    if where:
        written["where"] = where
    options_given = {"remind": remind, "quiet": quiet, "max_per_hour": max_per_hour, "language": language}
    written |= {name: value for name, value in options_given.items() if value is not None and value != []}
    notify.check_address(to)
    options = options_of(context)
    if preview:
        from watcher.cli.preview import show_preview

        subscription = _checked({**written, "id": id_ or "preview"})
        _check_sources(options, subscription)
        show_preview(options, subscription)
        return
    store = options.existing_or_new_store()
    written["id"] = id_ or _free_id(notify.channel_name(to), {one.subscription.id for one in store.subscriptions()})
    subscription = _checked(written)
    _check_sources(options, subscription)
    store.add_subscription(subscription, now())
    print(f"subscribed {subscription.id}: {notify.mask(to)}")
    if test:
        _send_test(options, subscription.id)


def _checked(written: dict[str, object]) -> Subscription:
    """The options held to the same rules as an entry of `subscriptions:` in the configuration."""
    from watcher.config.entries import subscription_from

    return subscription_from(written)


def _check_sources(options: Globals, subscription: Subscription) -> None:
    from watcher.cli.known import source_of

    if subscription.where.sources:
        settings = options.settings()
        for source in subscription.where.sources:
            source_of(settings, source)


def _free_id(stem: str, taken: set[str]) -> str:
    stem = re.sub(r"[^a-z0-9-]+", "-", stem.lower()).strip("-") or "channel"
    return next(name for name in (f"{stem}-{n}" for n in range(1, len(taken) + 2)) if name not in taken)


def _send_test(options: Globals, id_: str) -> None:
    from watcher import notify
    from watcher.completing import ending_at
    from watcher.recipients import through
    from watcher.render.trial import trial_message

    settings = options.settings().options
    public_url = settings.public_url
    record = _stored(options, id_) if public_url else _named(options, id_)
    subscription, ending = record.subscription, ending_at(public_url, record.token)
    to = through(subscription.to, settings.mail)
    if to is None:
        raise UsageError(f"{subscription.id} is mailed through `settings.mail`, which names no server")
    try:
        asyncio.run(notify.send(to, trial_message(subscription, ending)))
    except NotifyError as exc:
        raise NotifyError(f"{subscription.id} stays subscribed, but the test was not accepted: {exc}") from exc
    print(f"sent a test to {notify.mask(subscription.to)}")


def _named(options: Globals, id_: str) -> SubscriptionRecord:
    found = [one for one in _known(options) if one.subscription.id == id_]
    if not found:
        raise UsageError(f"no subscription {id_!r}; `watcher subscriptions list` shows the ids")
    return found[0]


def _stored(options: Globals, id_: str) -> SubscriptionRecord:
    """As `_named`, with the token by which its reader ends it: what the file says of it is stored first."""
    found = _named(options, id_)
    if found.token:
        return found
    options.existing_or_new_store().sync_subscriptions(options.settings().subscriptions, now())
    return _named(options, id_)


def _known(options: Globals) -> list[SubscriptionRecord]:
    """Those stored, and those of the file as they stand there, also before the service ran; writes nothing."""
    from watcher.records.deliveries import SubscriptionRecord

    declared = options.settings().subscriptions
    store = options.store()
    found = {record.subscription.id: record for record in (store.subscriptions() if store else ())}
    for one in declared:
        stored = found.get(one.id)
        token = (
            stored.token if stored and stored.subscription.to == one.to else ""
        )  # it is for the address it was made for
        found[one.id] = (
            replace(stored, subscription=one, token=token)
            if stored
            else SubscriptionRecord(one, "file", "active", None, now())
        )
    return [found[name] for name in sorted(found)]


def _store_with(options: Globals, id_: str) -> Store:
    """The store to change a subscription in; one that is only declared yet is stored first."""
    store = options.existing_or_new_store()
    if id_ not in {record.subscription.id for record in store.subscriptions()}:
        store.sync_subscriptions(options.settings().subscriptions, now())
    return store


@app.command("list")
def list_(
    context: typer.Context,
    json_: Annotated[bool, typer.Option("--json", help="A JSON array and nothing else.")] = False,
) -> None:
    """List subscriptions, addresses masked.

    Example: watcher subscriptions list
    """
    records = _known(options_of(context))
    if json_:
        print(json.dumps([_json(record) for record in records], ensure_ascii=False, indent=1))
        return
    if not records:
        print("No subscriptions. Add one with `watcher subscribe TO` or in the configuration.")
        return
    from watcher import notify
    from watcher.cli.tables import show_table, table

    rows = [
        (
            one.subscription.id,
            one.status,
            " ".join(one.subscription.on),
            one.subscription.deliver,
            notify.mask(one.subscription.to),
        )
        for one in records
    ]
    show_table(table(("id", "status", "on", "deliver", "to"), rows, stretch=2))
    for one in records:
        if one.reason:
            print(f"{one.subscription.id} is {one.status}: {one.reason}")


def _json(record: SubscriptionRecord) -> dict[str, object]:
    from dataclasses import asdict

    from watcher import notify

    subscription = record.subscription
    return {
        "id": subscription.id,
        "to": notify.mask(subscription.to),
        "on": list(subscription.on),
        "where": asdict(subscription.where),
        "deliver": subscription.deliver,
        "remind": [f"{days}d" for days in subscription.remind],
        "quiet": subscription.quiet,
        "max_per_hour": subscription.max_per_hour,
        "language": subscription.language,
        "origin": record.origin,
        "status": record.status,
        "reason": record.reason,
        "created_at": record.created_at.isoformat(),
        "ended_at": None if record.ended_at is None else record.ended_at.isoformat(),
    }


@app.command()
def pause(context: typer.Context, id_: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Send nothing more until it is resumed; what waits is kept.

    Example: watcher subscriptions pause ops-mail
    """
    _store_with(options_of(context), id_).pause_subscription(id_, "paused by hand")
    print(f"paused {id_}")


@app.command()
def resume(context: typer.Context, id_: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Send again, first what waited.

    Example: watcher subscriptions resume ops-mail
    """
    resumed = _store_with(options_of(context), id_).resume_subscription(id_)
    print(f"resumed {', '.join(resumed)}")


@app.command()
def remove(
    context: typer.Context,
    id_: Annotated[str, typer.Argument(metavar="ID")],
    reason: Annotated[str, typer.Option(help="Why; kept with what was sent.")] = "removed",
) -> None:
    """Remove a subscription that was added from the command line.

    Example: watcher subscriptions remove json-1 --reason "left the company"
    """
    _store_with(options_of(context), id_).remove_subscription(id_, now(), reason)
    print(f"removed {id_}")


@app.command("test")
def try_out(context: typer.Context, id_: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Send one message now, to see that the channel works.

    Example: watcher subscriptions test ops-mail
    """
    _send_test(options_of(context), id_)
