"""What a probe found, for people: behind `watcher sources test` and `add`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.text import Text

from watcher.cli.tables import console, show_table, table
from watcher.counted import counted
from watcher.followups.beside import main_figures

if TYPE_CHECKING:
    from rich.table import Table

    from watcher.cli.probe import Opened, Probe
    from watcher.model import Extraction, Link
    from watcher.records.problem import Problem


# Figures of an entry that are shown, to see what it is about.
MAIN_FIGURES: Final = 4
# A page watched as itself has no older ones, and a site's map holds all.
WITHOUT_OLDER: Final = frozenset({"page", "sitemap"})


def print_probe(found: Probe) -> None:
    """The entries and what the first of them are, or why there are none."""
    out = console()
    if found.problem:
        print_problem(found.problem)
        return
    out.print(
        Text.assemble(
            ("✓ ", "green"), f"{counted(len(found.entries), 'entry', 'entries')}, found by: {found.mechanism}"
        )
    )
    if found.moved_to is not None:
        out.print(f"! the address has moved for good: set `url: {found.moved_to}`", soft_wrap=True)
    show_table(_entries(found.entries, room=out.width))
    if found.mechanism not in WITHOUT_OLDER:
        out.print(_older(found), soft_wrap=True)
    for opened in found.opened:
        out.print(_opened(opened), soft_wrap=True)


def _older(found: Probe) -> str:
    """Whether what is published while watcher is down can be caught up with."""
    if found.older is not None:
        return f"Older entries, read after downtime: {found.older}"
    entries = counted(len(found.entries), "entry", "entries")
    return f"! No older page is seen: of more than {entries} published while watcher is down, the oldest are missed"


def print_problem(problem: Problem) -> None:
    out = console()
    out.print(Text.assemble(("✗ ", "red"), problem.message, (f" [{problem.code}]", "dim")), soft_wrap=True)
    if problem.hint:
        out.print(f"  {problem.hint}", soft_wrap=True)


def _entries(links: tuple[Link, ...], *, room: int) -> Table:
    """Dates and titles whole; where there is no room for it beside them, each address stands below its title."""
    dated = [(link.published.isoformat() if link.published else "-", link) for link in links]
    longest = max(map(cell_len, (link.title for link in links))) + max(map(cell_len, (link.url for link in links)))
    if longest + len("2026-01-01") + 6 > room:
        rows = [(day, Text.assemble(link.title, "\n", (link.url, "dim"))) for day, link in dated]
        return table(("date", "title"), rows, stretch=1)
    return table(("date", "title", "url"), [(day, link.title, link.url) for day, link in dated], stretch=1)


def _opened(opened: Opened) -> Text:
    """Whether it is an announcement, and what of it would be told; below it its files."""
    title, read = opened.link.title, opened.read
    if read is None:
        return Text.assemble(("✗ ", "red"), (title, "bold"), f"\n    cannot be read: {opened.error}")
    verdict = read.verdict
    mark = ("✓ ", "green") if verdict.announcement else ("· ", "dim")
    kind = f"{verdict.type.value} {verdict.score:.2f}" + (", almost: kept for review" if verdict.near_miss else "")
    lines = [(f"\n    {kind}{_numbers(read)}", "")]
    lines += [(f"\n    file: {file.name}", "") for file in read.attachments if file.unread is None]
    unread = [(file.name, file.unread.message) for file in read.attachments if file.unread is not None]
    lines += [(f"\n    ! file not read: {name}: {why}", "yellow") for name, why in unread]
    return Text.assemble(mark, (title, "bold"), *lines)


def _numbers(read: Extraction) -> str:
    """The day, how many measures and figures, and the main ones of these."""
    day = f", {read.published.isoformat()}" if read.published else ""
    measures = f", {counted(read.measure_count, 'measure')}" if read.measure_count else ""
    main = "、".join(figure.quote for figure in main_figures(read.figures, MAIN_FIGURES))
    return day + measures + (f", {counted(len(read.figures), 'figure')}: {main}" if main else "")
