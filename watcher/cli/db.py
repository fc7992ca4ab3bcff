"""`watcher db`: the database as a whole."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from watcher.cli.context import now, options_of
from watcher.counted import counted
from watcher.errors import StoreError

if TYPE_CHECKING:
    from watcher.cli.context import Globals
    from watcher.store.contents import Sum
    from watcher.store.engine import Database
    from watcher.upkeep.manifest import Manifest

app = typer.Typer(help="The database as a whole.", no_args_is_help=True, rich_markup_mode=None)

_NOTHING: Final = "there is no database yet; start `watcher run`, or name another with --state or --database-url"


@app.command("copy")
def copy(
    context: typer.Context,
    to: Annotated[str, typer.Option(metavar="URL", help="An empty database: postgresql+psycopg://… or sqlite:///…")],
) -> None:
    """Copy the database into another, as from SQLite to PostgreSQL.

    All of it is read back and compared before it is kept; where that fails, the target is as empty as before.

    Example: watcher db copy --to postgresql+psycopg://watcher@db.example.org/watcher
    """
    from watcher.store import copying
    from watcher.store.engine import Database

    options = options_of(context)
    source = Database.find(options.address())
    if source is None:
        raise StoreError(_NOTHING)
    target = Database.fresh(to)
    _warn_of_service(options, source)
    sums = copying.copy(source, target, lambda name, rows: print(f"  {name:<16}{rows:>12,}", flush=True))
    print(f"{_told(sums)}: read back, and the same. The archive stays in {options.state}/.")
    source.close()
    target.close()


@app.command("backup")
def backup(
    context: typer.Context,
    to: Annotated[
        Path | None,
        typer.Option(
            metavar="PATH", help="A folder, or a file ending in .tar.zst.  [default: backups/ in the state folder]"
        ),
    ] = None,
) -> None:
    """Write the database and the archive into one file, while the service goes on.

    Example: watcher db backup --to /mnt/backups
    """
    from watcher.store.engine import Database
    from watcher.upkeep.backup import back_up

    options = options_of(context)
    database = Database.find(options.address())
    if database is None:
        raise StoreError(_NOTHING)
    path, manifest = back_up(database, options.archive_folder(), to or Path(options.state, "backups"), now())
    database.close()
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB, read back and whole: {_held(manifest)}")
    for name in manifest.missing:
        print(f"! {name}: not there, or cut short: its evidence is not all in the backup; see `watcher archive verify`")
    raise typer.Exit(1 if manifest.missing else 0)


@app.command("restore")
def restore(
    context: typer.Context, file: Annotated[Path, typer.Argument(metavar="FILE", help="What `db backup` wrote.")]
) -> None:
    """Take a backup back into a state folder and a database that hold nothing, SQLite or PostgreSQL.

    All of it is compared with what was noted when it was made, before anything gets its name.

    Example: watcher --state /var/lib/watcher db restore watcher-20260302T010000Z.tar.zst
    """
    from watcher.upkeep.restore import restore as take_back

    options = options_of(context)
    manifest = take_back(file, options.address(), options.archive_folder())
    print(f"taken back as of {manifest.made_at:%Y-%m-%d %H:%M:%S} UTC, compared and the same: {_held(manifest)}")
    for name in manifest.missing:
        print(f"! {name}: was not there, or cut short, when the backup was made")


@app.command("check")
def check(context: typer.Context) -> None:
    """Say what is wrong with the database and the evidence that it names, and what to do about it.

    Example: watcher db check
    """
    from watcher.cli.tables import console
    from watcher.store import Store, soundness
    from watcher.store.engine import Database
    from watcher.upkeep.checking import lost_evidence

    options, out = options_of(context), console()
    database = Database.look(options.address())
    if database is None:
        raise StoreError(_NOTHING)
    found = 0
    evidence = lost_evidence(options.archive_folder(), Store(database).captures.locations())
    for flaw in chain(soundness.flaws(database), evidence):
        found += 1
        out.print(f"✗ {flaw.subject}: {flaw.text}; {flaw.advice}", soft_wrap=True)
    unseen = soundness.unseen(database)
    database.close()
    if unseen:
        print(f"! not looked at: {unseen}")
    print(f"{', '.join((*soundness.LOOKS, 'evidence'))}: {counted(found, 'finding') if found else 'sound'}")
    raise typer.Exit(1 if found else 0)


def _held(manifest: Manifest) -> str:
    """What is in a backup."""
    announcements, files = manifest.tables["announcements"].rows, len(manifest.files) - 1
    return f"{manifest.rows:,} rows, {announcements:,} announcements, {counted(files, 'file')} of evidence"


def _warn_of_service(options: Globals, source: Database) -> None:
    from watcher.cli.diagnosis import is_alive
    from watcher.store.at_work import is_at_work

    if is_alive(Path(options.state)).ok or is_at_work(source, now()):
        print("! A service is at work: what it finds or sends from now on is not in the copy. Stop it before you move.")


def _told(sums: dict[str, Sum]) -> str:
    rows = sum(one.rows for one in sums.values())
    return f"{rows:,} rows of {len(sums)} tables, {sums['announcements'].rows:,} announcements"
