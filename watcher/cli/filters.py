"""The options by which `list`, `export` and `calendar` choose announcements, in one place."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from watcher.cli.context import now, options_of
from watcher.cli.known import check_sources
from watcher.errors import UsageError

if TYPE_CHECKING:
    from datetime import datetime

    from watcher.query import Query
    from watcher.records.announcements import Filter

Many = list[str] | None


def filtered(command: Callable[..., None]) -> Callable[..., None]:
    """A command that takes `wanted: Filter` as one that has an option for each part of it.

    Typer reads a function's signature: this puts the parameters of `_wanted` in the place of `wanted`, so that no
    command lists them again.
    """
    own, shared = _parameters(command), _parameters(_wanted)
    del own["wanted"]

    @wraps(command)
    def run(**given: Any) -> None:
        wanted = _wanted(**{name: given.pop(name) for name in shared})
        check_sources(options_of(given["context"]), wanted.sources)
        command(wanted=wanted, **given)

    context = own.pop("context")
    parameters = [one.replace(kind=one.KEYWORD_ONLY) for one in (context, *shared.values(), *own.values())]
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {one.name: one.annotation for one in parameters}
    return run


def _parameters(function: Callable[..., object]) -> dict[str, inspect.Parameter]:
    """Its parameters with their types; `Filter` is only a name, since the records take long to import."""
    types = get_type_hints(function, localns={"Filter": object}, include_extras=True)
    return {
        name: parameter.replace(annotation=types[name])
        for name, parameter in inspect.signature(function).parameters.items()
    }


def _wanted(
    *,
    since: Annotated[
        str | None, typer.Option(metavar="AGE|DATE", help="First seen since: 12h, 7d, 2w or 2026-03-01.")
    ] = None,
    region: Annotated[
        Many, typer.Option(metavar="CODE", help="Code of a province, city or county (370000 takes its cities).")
    ] = None,
    type_: Annotated[
        Many, typer.Option("--type", metavar="TYPE", help="measures_document, measures_news or progress_report.")
    ] = None,
    source: Annotated[Many, typer.Option(metavar="ID", help="Id of a source.")] = None,
    query: Annotated[
        str | None, typer.Option(metavar="WORDS", help='Words in title or text; "…" keeps a phrase together.')
    ] = None,
    changed: Annotated[bool, typer.Option("--changed", help="Only those changed since they were first seen.")] = False,
    near_misses: Annotated[bool, typer.Option("--near-misses", help="Those that almost counted, for review.")] = False,
) -> Filter:
    """The filter that these options mean, without a limit; UsageError where one of them means nothing."""
    from watcher.records.announcements import Filter

    return Filter(
        since=parse_since(since) if since else None,
        regions=tuple(map(region_code, region or ())),
        types=_types(type_ or []),
        sources=tuple(source or ()),
        query=None if query is None else _query(query),
        changed=changed,
        near_misses=near_misses,
        limit=None,
    )


def parse_since(text: str) -> datetime:
    """The moment that `--since` means; UsageError where it means none."""
    from watcher import choosing

    try:
        return choosing.since(text, now())
    except ValueError as exc:
        raise UsageError(f"--since {text!r}: {exc}") from None


def region_code(code: str) -> str:
    """The code that `--region` gives; UsageError where it is none."""
    from watcher import choosing

    try:
        return choosing.region(code)
    except ValueError as exc:
        raise UsageError(f"--region {code!r}: {exc}") from None


def _types(names: list[str]) -> tuple[str, ...]:
    from watcher import choosing

    for name in names:
        try:
            choosing.types([name])
        except ValueError as exc:
            raise UsageError(f"--type {name!r}: {exc}") from None
    return tuple(names)


def _query(text: str) -> Query:
    from watcher import choosing

    text.encode()  # what is no UTF-8 is said to be that, not to be no word
    try:
        return choosing.words(text)
    except ValueError as exc:
        raise UsageError(f"--query {text[:60]!r}: {exc}") from None
