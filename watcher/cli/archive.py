"""`watcher archive`: the evidence as a whole, looked at and kept within bounds."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from watcher.cli.context import now, options_of
from watcher.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watcher.archive import Archive
    from watcher.archive.verify import Fault, Verified
    from watcher.store import Store

app = typer.Typer(help="The evidence behind every revision.", no_args_is_help=True, rich_markup_mode=None)


@app.command("verify")
def verify(context: typer.Context) -> None:
    """Read every record, and compare it with what the database says of it.

    Example: watcher archive verify
    """
    from watcher.cli.tables import console

    options, out = options_of(context), console()
    store = options.store()
    if store is None:
        print(f"Nothing yet: there is no database in {options.state}/. Start `watcher run`.")
        return
    read = []
    for one in _verified(store, options.archive(store)):
        read.append(one)
        for fault in one.faults:
            out.print(f"✗ {one.file} at {fault.offset}: {_told(fault)}", soft_wrap=True)
    faults = sum(len(one.faults) for one in read)
    records, spare = sum(one.records for one in read), sum(one.spare for one in read)
    rest = f", {spare:,} that nothing refers to" if spare else ""
    said = f"{faults:,} missing or damaged" if faults else "all as they were kept"
    print(f"{_counted(len(read), 'file')}, {_counted(records, 'record')}{rest}: {said}")
    raise typer.Exit(1 if faults else 0)


def _verified(store: Store, archive: Archive) -> Iterator[Verified]:
    """The files of the archive and those that the database knows, by name, under a bar on a terminal."""
    from rich.progress import track

    from watcher.archive.verify import verify as read
    from watcher.cli.tables import console

    there = {path.name for path in archive.folder.glob("*.warc.gz")}
    names, bar = sorted({*there, *store.captures.files()}), console(stderr=True)
    for name in track(names, "reading", console=bar, transient=True, disable=not bar.is_terminal):
        yield read(archive.folder / name, store.captures.in_file(name))


def _told(fault: Fault) -> str:
    if fault.filed is None:
        return f"{fault.problem}; nothing refers to it"
    one = fault.filed
    return f"{fault.problem}; announcement {one.announcement}, revision {one.revision}, {one.capture.url}"


@app.command("prune")
def prune(
    context: typer.Context,
    keep: Annotated[str, typer.Option(metavar="AGE", help="How much to keep: 90d, 52w, 5y; at least 2d.")],
) -> None:
    """Remove files that are older, but for what is still needed of them.

    The answers behind the current texts of announcements stay, whatever their age.

    Example: watcher archive prune --keep 5y
    """
    from watcher.archive.prune import prune as remove

    span = _span(keep)
    options = options_of(context)
    store = options.store()
    if store is None:
        print(f"Nothing yet: there is no database in {options.state}/. Start `watcher run`.")
        return
    oldest = (now() - span).date()
    done = remove(options.archive(store).folder, store.captures, oldest)
    removed, freed = _counted(done.removed, "file"), f"{done.freed / 1e6:.1f} MB freed"
    print(
        f"before {oldest}: {removed} removed, {done.rewritten:,} written anew, {freed}; "
        f"{done.kept:,} records stay, which current announcements or later records need"
    )
    for file in done.damaged:
        print(f"! {file}: left as it is, since it is damaged; see `watcher archive verify`")
    raise typer.Exit(1 if done.damaged else 0)


def _span(text: str) -> timedelta:
    from watcher import choosing

    try:
        span = choosing.age(text)
        now() - span  # a calendar begins somewhere
    except (ValueError, OverflowError):
        raise UsageError(f"--keep {text!r}: expected an age such as 90d, 52w, 5y") from None
    if span < timedelta(days=2):
        raise UsageError(f"--keep {text!r}: expected at least 2d, since the files of these days are being written")
    return span


def _counted(number: int, name: str) -> str:
    """1 file, 2 files."""
    return f"{number:,} {name}{'' if number == 1 else 's'}"
