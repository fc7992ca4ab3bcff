"""`watcher series` and `watcher compare`: a body's measures over the years, and two announcements side by side."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from watcher.cli.context import options_of, whole_id
from watcher.cli.filters import region_code
from watcher.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from watcher.records.announcements import AnnouncementRecord
    from watcher.store import Store

MOST_SUGGESTED = 5
NumberArgument = Annotated[int, typer.Argument(metavar="ID", parser=whole_id)]


def compare(
    context: typer.Context,
    first: NumberArgument,
    second: NumberArgument,
    all_: Annotated[bool, typer.Option("--all", help="Every figure that only one of the two has, too.")] = False,
    json_: Annotated[bool, typer.Option("--json", help="A JSON object and nothing else.")] = False,
) -> None:
    """Show two announcements side by side: their measures and figures in pairs, what was added and what was dropped.

    Example: watcher compare 12 31
    """
    store = options_of(context).store()
    before, after = (_found(store, number) for number in (first, second))
    from watcher.histories import of_one_matter

    linked = store is not None and of_one_matter(store, first, second)
    if json_:
        from watcher.render.followups import beside_json

        print(json.dumps(beside_json(before, after, one_matter=linked), ensure_ascii=False, indent=1))
        return
    from watcher.cli.beside import print_beside

    print_beside(before, after, everything=all_, one_matter=linked)


def _found(store: Store | None, number: int) -> AnnouncementRecord:
    history = store.lists.announcement(number) if store else None
    if history is None:
        raise UsageError(f"no announcement {number}; `watcher list` shows the ids")
    return history.announcement


def series(
    context: typer.Context,
    issuer: Annotated[str, typer.Argument(metavar="ISSUER", help="A body, or a place for all of its bodies.")],
    region: Annotated[
        str | None, typer.Option(metavar="CODE", help="Which 市 is meant by 市生态环境局, by its GB/T 2260 code.")
    ] = None,
    json_: Annotated[bool, typer.Option("--json", help="A JSON array and nothing else.")] = False,
) -> None:
    """List the measures of a body over the years, with what changed from each document to the next.

    Example: watcher series 济南市生态环境局
    """
    from watcher.followups.series import series_of

    store = options_of(context).store()
    code = region_code(region) if region else None
    found = [one for body, records in _issued(store, issuer, code) for one in series_of(body, records)]
    if json_:
        from watcher.render.followups import series_json

        print(json.dumps([series_json(one) for one in found], ensure_ascii=False, indent=1))
        return
    from watcher.cli.years import print_series

    print_series(found)


def _issued(
    store: Store | None, issuer: str, region: str | None
) -> Sequence[tuple[str, tuple[AnnouncementRecord, ...]]]:
    """The bodies that are meant, each with its announcements; UsageError where there are none."""
    from watcher.followups.bodies import body_asked

    asked = body_asked(issuer, region)
    if store is not None:
        bodies = [*asked.names, *(body for place in asked.places for body in store.lists.issuers(place))]
        found = [(body, records) for body in dict.fromkeys(bodies) if (records := store.lists.issued(body))]
        if found:
            return found
    known = [body for place in asked.near for body in store.lists.issuers(place)] if store else []
    advice = f"there are some of {'、'.join(known[:MOST_SUGGESTED])}" if known else _advice(asked.near, region)
    raise UsageError(f"no announcements of {asked.names[-1]}; {advice}")


def _advice(near: Sequence[str], region: str | None) -> str:
    if near or region:
        return "`watcher list --region CODE` shows what there is of a place"
    return "give the body's full name, or --region with the code of its place"
