"""`watcher db`: the database as a whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from watcher.cli.context import options_of

if TYPE_CHECKING:
    from watcher.cli.context import Globals
    from watcher.store.contents import Sum

app = typer.Typer(help="The database as a whole.", no_args_is_help=True, rich_markup_mode=None)


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
        print(f"Nothing yet: there is no database in {options.state}/. Start `watcher run`.")
        return
    target = Database.fresh(to)
    _warn_of_service(options)
    sums = copying.copy(source, target, lambda name, rows: print(f"  {name:<16}{rows:>12,}", flush=True))
    print(f"{_told(sums)}: read back, and the same. The archive stays in {options.state}/.")
    source.close()
    target.close()


def _warn_of_service(options: Globals) -> None:
    from watcher.cli.diagnosis import is_alive

    if is_alive(Path(options.state)).ok:
        print("! A service is at work: what it finds or sends from now on is not in the copy. Stop it before you move.")


def _told(sums: dict[str, Sum]) -> str:
    rows = sum(one.rows for one in sums.values())
    return f"{rows:,} rows of {len(sums)} tables, {sums['announcements'].rows:,} announcements"
