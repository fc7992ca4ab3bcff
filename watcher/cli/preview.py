"""`watcher subscribe --preview`: what of the last 90 days a subscription would have sent, and how many a week."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from watcher.cli.context import local_zone, now
from watcher.counted import counted
from watcher.errors import ConfigError

if TYPE_CHECKING:
    from watcher.cli.context import Globals
    from watcher.settings import Subscription

MOST_SHOWN: Final = 30


def show_preview(options: Globals, subscription: Subscription) -> None:
    """Writes nothing, neither to the database nor to the channel."""
    from watcher.cli.tables import local, show_table, table
    from watcher.histories import of_late
    from watcher.preview import WINDOW, not_foretold, preview

    store = options.store()
    if store is None:
        print(
            "Nothing is stored yet: `watcher check` reads the sources, and then this tells what would have been sent."
        )
        return
    zone = local_zone(options)
    found = preview(subscription, of_late(store, subscription, now(), None), _regions(options), now(), str(zone))
    if found.alerts:
        rows = [
            (local(one.at, zone), one.kind.value, str(one.announcement), one.title, one.reason)
            for one in found.alerts[:MOST_SHOWN]
        ]
        show_table(table(("when", "kind", "id", "what", "why"), rows, stretch=3))
    if len(found.alerts) > MOST_SHOWN:
        print(f"and {len(found.alerts) - MOST_SHOWN} older ones")
    told = f"{counted(len(found.alerts), 'alert')} in the last {WINDOW.days} days"
    together = "" if subscription.deliver == "instant" else f", in {counted(found.messages, 'digest')}"
    print(f"{told}{together}; expect about {_rounded(found.a_week)} a week, by what is stored of {found.days} days")
    if left := not_foretold(subscription):
        print(f"not counted, since nobody can foretell it: {', '.join(left)}")


def _rounded(number: float) -> str:
    return f"{number:.0f}" if number >= 1.5 else f"{number:.1f}"


def _regions(options: Globals) -> dict[str, str | None]:
    try:
        return {source.id: source.region for source in options.settings().sources}
    except ConfigError:  # what is stored can be read without it
        return {}
