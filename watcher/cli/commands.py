"""The application of the command line: global options and the commands, each in the file of its subject."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, Any, Final

import typer

from watcher import __version__
from watcher.cli.context import Globals
from watcher.cli.logs import LogFormat

# Where each command is, and each group of them: loaded where it is named.
_COMMANDS: Final = {
    "run": "service.run",
    "worker": "service.worker",
    "web": "web.web",
    "check": "service.check",
    "doctor": "service.doctor",
    "list": "items.list_items",
    "show": "items.show",
    "why": "why.why",
    "compare": "followups.compare",
    "series": "followups.series",
    "export": "exports.export",
    "calendar": "exports.calendar",
    "feedback": "feedback.feedback",
    "extract": "documents.extract",
    "reprocess": "reprocess.reprocess",
    "subscribe": "subscriptions.subscribe",
}
_GROUPS: Final = {
    "sources": "sources.app",
    "subscriptions": "subscriptions.app",
    "deliveries": "deliveries.app",
    "archive": "archive.app",
    "db": "db.app",
}
_FLAGS: Final = frozenset({"--help", "--version"})  # the options before a command that take no value


def application(arguments: Sequence[str] = ()) -> typer.Typer:
    """The command line; of its commands the one that `arguments` name, or all where they name none.

    To build all of them takes a tenth of a start, which each would have to wait for.
    """
    made = typer.Typer(
        help="Watches Chinese government pages for measures that serve enterprises, and alerts with the key figures.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        add_completion=False,
        rich_markup_mode=None,
    )
    made.callback()(_globals)
    word = _command_word(arguments)
    named = {word} & {*_COMMANDS, *_GROUPS} or {*_COMMANDS, *_GROUPS}  # a misspelt one is like one of them
    for name, place in _COMMANDS.items():
        if name in named:
            made.command(name)(_at(place))
    for name, place in _GROUPS.items():
        if name in named:
            made.add_typer(_at(place), name=name)
    return made


def _command_word(arguments: Sequence[str]) -> str | None:
    """The first of `arguments` that is neither an option nor the value of one."""
    words = iter(arguments)
    for word in words:
        if not word.startswith("-"):
            return word
        if "=" not in word and word not in _FLAGS:
            next(words, None)
    return None


def _at(place: str) -> Any:
    module, _, name = place.partition(".")
    return getattr(import_module(f"watcher.cli.{module}"), name)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"watcher {__version__}")
        raise typer.Exit


def _globals(
    context: typer.Context,
    config: Annotated[str, typer.Option(envvar="WATCHER_CONFIG", help="The configuration file.")] = "sources.yaml",
    state: Annotated[str, typer.Option(envvar="WATCHER_STATE", help="The folder of the database.")] = "state",
    database_url: Annotated[
        str | None,
        typer.Option(envvar="WATCHER_DATABASE_URL", show_envvar=True, help="Another database than STATE/watcher.db."),
    ] = None,
    log_format: Annotated[
        LogFormat, typer.Option(envvar="WATCHER_LOG_FORMAT", help="How the service logs.")
    ] = LogFormat.TEXT,
    _: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    context.obj = Globals(config=config, state=state, database_url=database_url, log_format=log_format)
