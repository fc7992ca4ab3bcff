"""What a person sees of passes at work: a line for each source that is done, below it a bar on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from watcher.counted import counted

if TYPE_CHECKING:
    from watcher.news import RunReport

Piece = tuple[str, str]
"""A text and its style, a style of Rich or "" for none."""

Show = Callable[["RunReport", str | None], None]
"""Shows a pass that ended, and what to do about its source."""


@contextmanager
def shown(total: int) -> Iterator[Show]:
    """Show each of `total` passes as it ends, in the order they end."""
    if sys.stdout.isatty() or sys.stderr.isatty():
        with _with_bar(total) as show:
            yield show
    else:  # Rich takes a fifth of a pass to write the same, and longest of all to load
        yield _print


def report_text(report: RunReport) -> str:
    """One pass in one line: read or not, and what it found; below it what a person should know."""
    return "".join(text for text, _ in report_line(report))


def _print(report: RunReport, hint: str | None) -> None:
    print(report_text(report))
    if hint:
        print(f"    {hint}")


@contextmanager
def _with_bar(total: int) -> Iterator[Show]:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.text import Text

    from watcher.cli.tables import console

    out, error = console(), console(stderr=True)
    columns = (TextColumn("checking"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=error, transient=True, disable=not error.is_terminal) as bar:
        task = bar.add_task("check", total=total)

        def show(report: RunReport, hint: str | None) -> None:
            bar.advance(task)
            if not out.is_terminal:
                _print(report, hint)
                return
            out.print(Text.assemble(*report_line(report)), soft_wrap=True)  # above the bar
            if hint:
                out.print(f"    {hint}", soft_wrap=True)

        yield show


def report_line(report: RunReport) -> list[Piece]:
    """`report_text` in pieces, each with its style."""
    if report.problem:
        code, message = report.problem
        return [("✗ ", "red"), (report.source, "bold"), (f"  {message} ", ""), (f"[{code}]", "dim")]
    if report.busy:
        return [("· ", "yellow"), (report.source, "bold"), ("  skipped: another process is checking it", "")]
    parts = ["list unchanged" if report.not_modified else counted(report.links, "entry", "entries")]
    parts += ["first reading: baseline, nobody is alerted"] if report.baseline else []
    parts += [counted(count, one, many) for one, many, count in _counts(report) if count]
    line = [
        ("✓ ", "green"),
        (report.source, "bold"),
        ("  " + ", ".join(parts), ""),
        (f"  {report.took_s:.1f} s", "dim"),
    ]
    for warning in (*report.warned, *_concerns(report)):
        line += [("\n    ! ", "yellow"), (warning, "")]
    return line


def _concerns(report: RunReport) -> list[str]:
    """What a person should know of a source that was read all the same; what to do about the last follows it."""
    told = counted(report.waiting, "entry waits", "entries wait")
    waiting = [f"{told} for the next pass (follow: max_new)"] if report.waiting else []
    return [*waiting, f"{report.concern[0]}: {report.concern[1]}"] if report.concern else waiting


def _counts(report: RunReport) -> list[tuple[str, str, int]]:
    """What is said of one, what of many, and how many there are."""
    return [
        ("opened", "opened", report.opened),
        ("unchanged", "unchanged", report.unchanged),
        ("matched", "matched", report.matched),
        ("new", "new", report.new),
        ("changed", "changed", report.changed),
        ("repost", "reposts", report.reposts),
        ("withdrawn", "withdrawn", report.withdrawn),
        ("restored", "restored", report.restored),
        ("near miss", "near misses", report.near_misses),
        ("delivery", "deliveries", report.deliveries),
    ]
