"""`watcher list` and `watcher show`: what was found."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from watcher.cli.context import LARGEST, local_zone, options_of, today, whole_id
from watcher.cli.feedback import wording
from watcher.cli.filters import filtered
from watcher.errors import UsageError
from watcher.model import AnnouncementType

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from rich.text import Text

    from watcher.identity.resembling import Resembled
    from watcher.records.announcements import AnnouncementRecord, Filter, History, RevisionRecord
    from watcher.records.captures import Capture
    from watcher.records.names import Links


# How types are called where there is little room.
_SHORT: Final = {
    AnnouncementType.MEASURES_DOCUMENT: "document",
    AnnouncementType.MEASURES_NEWS: "news",
    AnnouncementType.PROGRESS_REPORT: "report",
    AnnouncementType.OTHER: "other",
}


@filtered
def list_items(
    context: typer.Context,
    wanted: Filter,
    limit: Annotated[int, typer.Option(min=1, max=LARGEST, help="At most so many.")] = 50,
    json_: Annotated[bool, typer.Option("--json", help="A JSON array and nothing else.")] = False,
) -> None:
    """List recent announcements, newest first.

    Example: watcher list --since 7d --region 370000 --query 环评
    """
    from watcher.render.item import item_json

    options = options_of(context)
    store = options.store()
    records = store.lists.announcements(replace(wanted, limit=limit)) if store else ()
    if json_:
        day = today(options)
        print(json.dumps([item_json(record, day) for record in records], ensure_ascii=False, indent=1))
    elif not records:
        print(
            _nothing(wanted)
            if store
            else f"Nothing yet: there is no database in {options.state}/. Start `watcher run`."
        )
    else:
        print_list(records, today(options), local_zone(options))


def _nothing(wanted: Filter) -> str:
    from watcher.records.announcements import Filter

    asked = wanted != Filter(limit=None)
    return "Nothing matches." if asked else "Nothing found yet. `watcher sources list` shows how the sources are."


def print_list(records: tuple[AnnouncementRecord, ...], day: date, zone: Any) -> None:
    from watcher.cli.tables import WIDE, console, local, show_table, table

    narrow = console().width < WIDE
    columns: dict[str, Callable[[AnnouncementRecord], str | Text]] = {
        "id": lambda one: str(one.id),
        "first seen": lambda one: local(one.first_seen, zone)[5 if narrow else 0 :],
        "published": lambda one: one.extraction.published.isoformat() if one.extraction.published else "-",
        "type": lambda one: _SHORT[one.extraction.verdict.type] if narrow else one.extraction.verdict.type.value,
        "region": lambda one: _region(one, short=narrow),
        "title": lambda one: _headline(one, day),
    }
    rows = [[cell(record) for cell in columns.values()] for record in records]
    show_table(table(list(columns), rows, stretch=len(columns) - 1))


def _region(record: AnnouncementRecord, *, short: bool) -> str:
    """The region that it names, else that of its source; the last of its names where that must do."""
    from watcher.data import divisions

    if not record.region_code:
        return "-"
    if short:
        return next((one.name for one in reversed(divisions.load().parents(record.region_code))), "-")
    return divisions.load().region(record.region_code).name


def _headline(record: AnnouncementRecord, day: date) -> Text:
    """The title, and under it where a query found its words, if not there alone."""
    from watcher.cli.tables import STATES, marked
    from watcher.lifecycle.lifespan import lifecycle_of

    found = lifecycle_of(record, day)
    flags = [
        *(["withdrawn"] if record.status == "withdrawn" else []),
        *([STATES[found.state]] if found else []),
        *([f"like {record.resembles}, other numbers"] if record.resembles else []),
        *([f"revision {record.revision}"] if record.revision > 1 else []),
    ]
    hit = record.hit
    line = marked(record.extraction.title or record.url, hit.title_marks if hit else ())
    line.append(f" ({', '.join(flags)})" if flags else "")
    if hit and hit.field != "title":
        line.append("\n…", "dim").append_text(marked(hit.snippet, hit.marks, "dim")).append("…", "dim")
    return line


def show(
    context: typer.Context,
    id_: Annotated[int, typer.Argument(metavar="ID", parser=whole_id)],
    revision: Annotated[
        int | None, typer.Option(metavar="N", min=1, max=LARGEST, help="As it was at this revision.")
    ] = None,
    diff: Annotated[bool, typer.Option("--diff", help="What it changed, old and new text side by side.")] = False,
    json_: Annotated[bool, typer.Option("--json", help="A JSON object and nothing else.")] = False,
) -> None:
    """Show one announcement: figures, deadlines, measures, places seen, revisions, what it cites and who cites it.

    Example: watcher show 12 --diff
    """
    from watcher.histories import resembled_in, shown

    options = options_of(context)
    store = options.store()
    history = store.lists.announcement(id_) if store else None
    if store is None or history is None:
        raise UsageError(f"no announcement {id_}; `watcher list` shows the ids")
    chosen = _revision(history, revision)
    if json_:
        print(json.dumps(shown(store, history, chosen, today(options)), ensure_ascii=False, indent=1))
    elif diff:
        _print_difference(history, chosen, local_zone(options))
    else:
        _print_history(history, chosen, store.names.links(id_), today(options), zone=local_zone(options))
        _print_resembled(resembled_in(store, history))


def _print_resembled(found: Resembled | None) -> None:
    if found is not None:
        numbers = f": {'; '.join(found.changed)}" if found.changed else ""
        print(f"like    the same words as announcement {found.id}, other numbers{numbers}  {found.url}")


def _revision(history: History, number: int | None) -> RevisionRecord:
    found = next((one for one in history.revisions if one.number == (number or history.announcement.revision)), None)
    if found is None:
        raise UsageError(f"announcement {history.announcement.id} has revisions 1 to {len(history.revisions)}")
    return found


def _print_difference(history: History, chosen: RevisionRecord, zone: Any) -> None:
    from watcher.cli.comparison import print_comparison

    if chosen.number == 1:
        more = f": `watcher show {history.announcement.id} --diff --revision 2`" if len(history.revisions) > 1 else ""
        print(f"Revision 1 is the first one: there is nothing before it to compare with{more}")
        return
    print_comparison(_revision(history, chosen.number - 1), chosen, zone)


def _evidence(capture: Capture) -> str:
    """Where the answer lies that a revision was read from."""
    place = capture.location
    kept = f"archive/{place.file} at {place.offset}" if place else f"not: {capture.problem}"
    return f"{kept}  {capture.url}"


def _print_history(history: History, chosen: RevisionRecord, links: Links, day: date, *, zone: Any) -> None:
    from watcher.cli.comparison import note_line
    from watcher.cli.tables import console, link_lines, local, print_extraction, state_lines

    print_extraction(chosen.extraction)
    out, record = console(), history.announcement
    for place in record.places:
        more = f"  (gone since {local(place.gone_since, zone)})" if place.gone_since else ""
        more += f"  (still shows revision {place.shows})" if place.shows and place.shows < record.revision else ""
        out.print(f"seen    {local(place.first_seen, zone)}  {place.source}  {place.url}{more}", soft_wrap=True)
    for turn in history.turns:
        out.print(f"{turn.kind.value}  {local(turn.at, zone)}", soft_wrap=True)
    for line in state_lines(record, day):
        out.print(line, soft_wrap=True)
    for one in history.revisions:
        shown = "  (shown above)" if one.number == chosen.number and len(history.revisions) > 1 else ""
        again = f"  read again {local(one.reread_at, zone)}" if one.reread_at else ""
        out.print(f"revision {one.number}  {local(one.seen_at, zone)}{again}{shown}", soft_wrap=True)
        for change in one.changes:
            out.print(note_line(change), soft_wrap=True)
    for capture in chosen.captures:
        out.print(f"kept    {_evidence(capture)}", soft_wrap=True)
    for said in history.feedback:
        words = wording(said.opinion, _revision(history, said.revision).extraction.figures)
        out.print(f"said    {local(said.at, zone)}  of revision {said.revision}: {words}", soft_wrap=True)

    for line in link_lines(links):
        out.print(line, soft_wrap=True)
    out.print(f"url     {record.url}", soft_wrap=True)
