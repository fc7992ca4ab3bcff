"""`watcher deliveries`: what was sent, waits or failed."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from watcher.cli.context import LARGEST, local_zone, now, options_of, whole_id
from watcher.errors import UsageError

app = typer.Typer(invoke_without_command=True)

Status = Annotated[str | None, typer.Option(help="waiting, sent, failed or settled (nothing was left to tell).")]
Limit = Annotated[int, typer.Option(min=1, max=LARGEST, help="At most so many.")]
Json = Annotated[bool, typer.Option("--json", help="A JSON array and nothing else.")]


@app.callback()
def deliveries(context: typer.Context, status: Status = None, limit: Limit = 50, json_: Json = False) -> None:
    """List deliveries, newest first, or retry one.

    Example: watcher deliveries --status failed
    """
    if context.invoked_subcommand is None:
        _list(context, status, limit, json_)


def _list(context: typer.Context, status: str | None, limit: int, json_: bool) -> None:
    from watcher import choosing

    try:
        status = None if status is None else choosing.delivery_status(status)
    except ValueError as exc:
        raise UsageError(f"--status {status!r}: {exc}") from None
    options = options_of(context)
    store = options.store()
    records = store.deliveries(status, limit) if store else ()
    if json_:
        from watcher.render.deliveries import delivery_json

        print(json.dumps([delivery_json(record) for record in records], ensure_ascii=False, indent=1))
        return
    if not records:
        print("No deliveries." if status is None else f"No deliveries with status {status}.")
        return
    from watcher.cli.tables import local, show_table, table

    zone = local_zone(options)
    rows = [
        (
            str(one.id),
            one.status,
            local(one.sent_at or one.due_at, zone),
            one.subscription,
            one.kind.value,
            str(one.attempts),
            (one.title or "") + (f" ({one.last_error})" if one.last_error else ""),
        )
        for one in records
    ]
    show_table(table(("id", "status", "sent or due", "subscription", "kind", "attempts", "what"), rows, stretch=6))


@app.command()
def retry(context: typer.Context, id_: Annotated[int, typer.Argument(metavar="ID", parser=whole_id)]) -> None:
    """Make a waiting or failed delivery due now; the service sends it, or the next `watcher check`.

    Example: watcher deliveries retry 41
    """
    store = options_of(context).store()
    if store is None:
        raise UsageError(f"no delivery {id_}; there is no database yet")
    wanted = store.retry_delivery(id_, now())
    paused = any(one.status == "paused" for one in store.subscriptions() if one.subscription.id == wanted)
    resume = f"; {wanted} is paused: `watcher subscriptions resume {wanted}` lets it go" if paused else ""
    print(f"delivery {id_} is due now{resume}")
