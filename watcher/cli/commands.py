"""The application of the command line: global options and the commands, each in the file of its subject."""

from __future__ import annotations

from typing import Annotated

import typer

from watcher import __version__
from watcher.cli import (
    archive,
    deliveries,
    documents,
    exports,
    feedback,
    followups,
    items,
    reprocess,
    service,
    sources,
    subscriptions,
    web,
    why,
)
from watcher.cli.context import Globals

app = typer.Typer(
    help="Watches Chinese government pages for measures that serve enterprises, and alerts with the key figures.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"watcher {__version__}")
        raise typer.Exit


@app.callback()
def _globals(
    context: typer.Context,
    config: Annotated[str, typer.Option(envvar="WATCHER_CONFIG", help="The configuration file.")] = "sources.yaml",
    state: Annotated[str, typer.Option(envvar="WATCHER_STATE", help="The folder of the database.")] = "state",
    database_url: Annotated[
        str | None,
        typer.Option(envvar="WATCHER_DATABASE_URL", show_envvar=True, help="Another database than STATE/watcher.db."),
    ] = None,
    _: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    context.obj = Globals(config=config, state=state, database_url=database_url)


app.command("run")(service.run)
app.command("web")(web.web)
app.command("check")(service.check)
app.command("doctor")(service.doctor)
app.command("list")(items.list_items)
app.command("show")(items.show)
app.command("why")(why.why)
app.command("compare")(followups.compare)
app.command("series")(followups.series)
app.command("export")(exports.export)
app.command("calendar")(exports.calendar)
app.command("feedback")(feedback.feedback)
app.command("extract")(documents.extract)
app.command("reprocess")(reprocess.reprocess)
app.command("subscribe")(subscriptions.subscribe)
app.add_typer(sources.app, name="sources")
app.add_typer(subscriptions.app, name="subscriptions")
app.add_typer(deliveries.app, name="deliveries")
app.add_typer(archive.app, name="archive")
