"""Silence is explained: which sources of a reader cannot be read, told with what he is sent anyway. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from watcher.match import follows
from watcher.news import EventKind
from watcher.records.sources import Unreadable
from watcher.settings import Subscription

# More would be longer than the news.
MOST_NAMED: Final = 10


def silent(
    subscription: Subscription, sources: Sequence[Unreadable], last_sent: datetime | None, *, digest: bool
) -> list[dict[str, Any]]:
    """What an alert says of them: in a digest all that cannot be read now, at once those that he does not know of yet.

    Who asks for `source_trouble` is told of each by an alert of its own.
    """
    if EventKind.SOURCE_TROUBLE in subscription.on:
        return []
    known = None if digest else last_sent
    return [
        {"source": one.source, "title": one.name, "url": one.url, "since": one.since and one.since.isoformat()}
        for one in sources
        if follows(subscription, one.source, one.region) and (known is None or one.told_at > known)
    ][:MOST_NAMED]
