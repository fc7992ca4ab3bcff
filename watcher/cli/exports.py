"""`watcher export` and `calendar`: what was found, for other programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from watcher.cli.context import local_zone, options_of, today
from watcher.cli.filters import filtered
from watcher.cli.output import opened
from watcher.errors import UsageError
from watcher.settings import Language

if TYPE_CHECKING:
    from watcher.cli.context import Globals
    from watcher.records.announcements import Filter
    from watcher.render.sheet import Sheet
    from watcher.store import Store

FORMATS = ("csv", "jsonl", "xlsx")


@filtered
def export(
    context: typer.Context,
    wanted: Filter,
    format_: Annotated[str, typer.Option("--format", help="csv, jsonl or xlsx.")],
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Standard output if none.")] = None,
    figures: Annotated[
        bool, typer.Option("--figures", help="A row a figure instead of one an announcement (xlsx has both).")
    ] = False,
) -> None:
    """Write announcements or their figures, newest first, with the filters of `list`.

    Example: watcher export --format xlsx --out measures.xlsx --since 30d --region 370000
    """
    from watcher.export import write_csv, write_json_lines, write_workbook
    from watcher.render.sheet import FIGURES, announcements

    if format_ not in FORMATS:
        raise UsageError(f"--format {format_!r}: expected one of {', '.join(FORMATS)}")
    if format_ == "xlsx" and out is None and sys.stdout.isatty():
        raise UsageError("--format xlsx: a workbook is nothing for a terminal; name a file with --out")
    options = options_of(context)
    zone, day, records = local_zone(options), today(options), _store(options).lists.each(wanted)
    with opened(out) as file:
        if format_ == "csv":
            sheet: Sheet[Any] = FIGURES if figures else announcements(day)
            written = f"{write_csv(file, records, sheet, zone)} rows"
        elif format_ == "jsonl":
            written = f"{write_json_lines(file, records, day, figures=figures)} lines"
        else:
            written = "{} announcements and {} figures".format(*write_workbook(file, records, zone, day))
    if out is not None:
        print(f"{written} written to {out}")


@filtered
def calendar(
    context: typer.Context,
    wanted: Filter,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Standard output if none.")] = None,
    language: Annotated[Language, typer.Option(help="Of what is ours; pages stay in their words.")] = "zh",
) -> None:
    """Write the deadlines of announcements as a calendar (iCalendar), with the filters of `list`.

    Example: watcher calendar --out deadlines.ics --region 370000
    """
    from watcher.render.calendar import calendar as pieces

    options = options_of(context)
    found = _store(options).lists.dated(wanted)
    with opened(out) as file:
        file.writelines(pieces(found, local_zone(options).key, today(options), language))
    if out is not None:
        print(f"calendar written to {out}")


def _store(options: Globals) -> Store:
    store = options.store()
    if store is None:
        raise UsageError(f"nothing to write: there is no database in {options.state}/; start `watcher run`")
    return store
