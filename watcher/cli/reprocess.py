"""`watcher reprocess`: what today's rules read in the evidence that is kept."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

import typer

from watcher.cli.context import now, options_of
from watcher.cli.filters import parse_since
from watcher.cli.known import check_sources

if TYPE_CHECKING:
    from rich.text import Text

    from watcher.news import FieldChange
    from watcher.reread.reprocess import Reprocessed


@dataclass(slots=True)
class Tally:
    """What was read again so far, and what came of it."""

    revisions: int = 0
    different: list[Reprocessed] = field(default_factory=list)
    unreadable: list[Reprocessed] = field(default_factory=list)

    def add(self, one: Reprocessed) -> None:
        self.revisions += 1
        if one.problem is not None:
            self.unreadable.append(one)
        elif one.changes:
            self.different.append(one)

    def turned(self, *, into_announcements: bool) -> int:
        """How many near misses are announcements now; or the other way round."""
        return len({
            one.stored.announcement
            for one in self.different
            if one.fresh
            and one.fresh.extraction.verdict.announcement is into_announcements
            and one.stored.extraction.verdict.announcement is not into_announcements
        })  # fmt: skip


def reprocess(
    context: typer.Context,
    since: Annotated[
        str | None, typer.Option(metavar="AGE|DATE", help="Stored since: 12h, 30d, 8w or 2026-03-01.")
    ] = None,
    source: Annotated[list[str] | None, typer.Option(metavar="ID", help="Id of a source.")] = None,
    apply: Annotated[bool, typer.Option("--apply", help="Store what is read differently; nobody is alerted.")] = False,
    json_: Annotated[bool, typer.Option("--json", help="A JSON object and nothing else.")] = False,
) -> None:
    """Read the answers in the archive again with today's rules, and show what would differ.

    Example: watcher reprocess --since 30d
    """
    from watcher.records.rereadings import Scope
    from watcher.reread.reprocess import reprocess as read_again

    scope = Scope(parse_since(since) if since else None, tuple(source or ()))
    options = options_of(context)
    check_sources(options, scope.sources)
    store = options.store()
    if store is None:
        print("{}" if json_ else f"Nothing yet: there is no database in {options.state}/. Start `watcher run`.")
        return
    total, without_evidence = store.rereadings.count(scope)
    results = read_again(store, options.archive(store), scope, apply_at=now() if apply else None)
    tally = asyncio.run(_read(results, total, show=not json_))
    if json_:
        print(json.dumps(_json(tally, without_evidence, applied=apply), ensure_ascii=False, indent=1))
    else:
        print(_summary(tally, without_evidence, applied=apply))
    raise typer.Exit(1 if tally.unreadable else 0)


async def _read(results: AsyncIterator[Reprocessed], total: int, *, show: bool) -> Tally:
    """Count what comes, and print it as it comes, under a bar where standard error is a terminal."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from watcher.cli.tables import console

    out, bar, tally = console(), console(stderr=True), Tally()
    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=bar, transient=True, disable=not bar.is_terminal) as progress:
        task = progress.add_task("reading", total=total)
        async for one in results:
            tally.add(one)
            progress.advance(task)
            for line in _lines(one) if show else ():
                out.print(line, soft_wrap=True)
    return tally


def _lines(one: Reprocessed) -> list[Text]:
    """A revision that is read differently, or could not be read; nothing for any other."""
    from rich.text import Text

    if not (one.changes or one.problem):
        return []
    stored = one.stored
    name = stored.extraction.title or stored.document.url or "(no title)"
    heading = Text.assemble((f"{stored.announcement:<6}", "bold"), name, (f"  revision {stored.number}", "dim"))
    if one.problem:
        return [heading, Text.assemble("      ", ("! ", "yellow"), one.problem)]
    return [heading, *map(_change_line, one.changes)]


def _change_line(change: FieldChange) -> Text:
    from rich.text import Text

    name, _, what = change.field.partition(":")
    before, after = change.before or "(none)", change.after or "(none)"
    label = f"      {name.replace('_', ' ')}{f' {what}' if what else ''}: "
    return Text.assemble(label, (before, "red"), " → ", (after, "green"))


def _summary(tally: Tally, without_evidence: int, *, applied: bool) -> str:
    named = (
        (tally.turned(into_announcements=True), "near misses to announcements"),
        (tally.turned(into_announcements=False), "announcements to none"),
    )
    turned = ", ".join(f"{count:,} from {what}" for count, what in named if count)
    counts = [f"{len(tally.different):,} read differently" + (f" ({turned})" if turned else "")]
    counts += [f"{len(tally.unreadable):,} could not be read"] if tally.unreadable else []
    counts += [f"{without_evidence:,} more have no answer in the archive"] if without_evidence else []
    if not tally.different:
        end = "Nothing to store."
    elif applied:
        end = "What differs was stored; nobody is alerted."
    else:
        end = "Nothing was stored: --apply stores what differs, and alerts nobody."
    return f"{tally.revisions:,} revisions: {', '.join(counts)}. {end}"


def _json(tally: Tally, without_evidence: int, *, applied: bool) -> dict[str, object]:
    return {
        "revisions": tally.revisions,
        "became_announcements": tally.turned(into_announcements=True),
        "no_longer_announcements": tally.turned(into_announcements=False),
        "without_evidence": without_evidence,
        "applied": applied,
        "different": [
            {**_named(one), "changes": [_json_change(change) for change in one.changes]} for one in tally.different
        ],
        "unreadable": [{**_named(one), "problem": one.problem} for one in tally.unreadable],
    }


def _named(one: Reprocessed) -> dict[str, object]:
    stored = one.stored
    return {
        "id": stored.announcement,
        "revision": stored.number,
        "url": stored.document.url,
        "title": stored.extraction.title,
    }


def _json_change(change: FieldChange) -> dict[str, object]:
    return {"field": change.field, "before": change.before, "after": change.after}
