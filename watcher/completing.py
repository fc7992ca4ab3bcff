"""What an event gets when it is sent: what was not known when it was written, or would be stale by now. Pure.

Of an announcement `first_seen`, `last_changed`, `status`, every place it was found at (`places`), what other pages say
became of its document (`lifecycle`), and its page in watcher (`item_url`); of the whole message
`list_url`, the page of all announcements, where there are several, `unsubscribe_url` and `unreadable`, the sources that
are silent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from watcher.lifecycle.lifespan import said_of
from watcher.records.deliveries import Beside
from watcher.render.item import lifecycle_json, place_json

Event = dict[str, Any]


def announced(event: Event) -> tuple[int, ...]:
    """The announcements that an event is of, each once."""
    return tuple(dict.fromkeys(_ids(event)))


def completed(
    event: Event, beside: Mapping[int, Event], unreadable: Sequence[Event], public_url: str | None, token: str
) -> Event:
    """The event as it is sent.

    Args:
        beside: by announcement, as `beside_of` says it; of those that are not in it nothing is said.
        unreadable: sources of its reader that cannot be read.
        public_url: where the web page is reached from outside.
        token: of the subscription, by which its reader ends it with one click (RFC 8058).
    """
    base = public_url.rstrip("/") if public_url else None
    made = {**event, **_of_announcement(event, beside, base)}
    if "items" in event:
        made["items"] = [{**item, **_of_announcement(item, beside, base)} for item in event["items"]]
        made |= {"list_url": f"{base}/"} if base else {}
    if unreadable:
        made["unreadable"] = list(unreadable)
    if ending := ending_at(public_url, token):
        made["unsubscribe_url"] = ending
    return made


def ending_at(public_url: str | None, token: str) -> str | None:
    """Where a reader ends his subscription; None where the page is not reached from outside."""
    return f"{public_url.rstrip('/')}/unsubscribe/{token}" if public_url and token else None


def _ids(event: Event) -> Iterator[int]:
    if isinstance(number := event.get("id"), int):
        yield number
    for item in event.get("items", ()):
        yield from _ids(item)


def beside_of(known: Beside) -> Event:
    """What is said of an announcement beside its event; made once for all who are told of it."""
    return {
        "first_seen": known.first_seen.isoformat(),
        "last_changed": known.last_changed.isoformat(),
        "status": known.status,
        "places": [place_json(place) for place in known.places],
        "lifecycle": lifecycle_json(said_of(known.sayings)),
    }


def _of_announcement(event: Event, beside: Mapping[int, Event], base: str | None) -> Event:
    number = event.get("id")
    if number is None:
        return {}
    found: Event = {"item_url": f"{base}/announcements/{number}"} if base else {}
    return {**found, **beside.get(number, {})}
