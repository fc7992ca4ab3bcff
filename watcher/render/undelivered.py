"""What an event about a subscription that cannot be reached says: what is wrong and what to do, or that it is over.

Each line is a label ("" for none) and a text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from watcher.render.standing import Labelled, moment
from watcher.render.wording import Wording

# Of one message that was refused for what it says: what became of it, and what to do.
_MESSAGE: Final = {
    "zh": "通道拒收其中一条提醒的内容，其余照常送达",
    "en": "the content of one message was refused; the others go on",
}
_RETRY: Final = {
    "zh": "用 `watcher deliveries --status failed` 查看该条；`watcher deliveries retry 编号` 可重发",
    "en": "`watcher deliveries --status failed` shows it; `watcher deliveries retry ID` sends it again",
}


def undelivered(event: Mapping[str, object], words: Wording, timezone: str) -> Iterator[Labelled]:
    """Nothing of an event of another kind."""
    kind, since = event.get("kind"), moment(event.get("since"), timezone)
    if kind == "delivery_trouble" and event.get("message_only"):
        yield "", _MESSAGE[words.language]
        yield words.channel, str(event.get("channel"))
        yield words.channel_said, str(event.get("error"))
        yield words.hint, _RETRY[words.language]
    elif kind == "delivery_trouble":
        paused = event.get("paused")
        yield "", words.refused_for_good if paused else words.not_accepted
        yield words.since, since
        yield words.channel, str(event.get("channel"))
        yield words.channel_said, str(event.get("error"))
        yield words.hint, (words.resume if paused else words.look).format(id=_first(event))
    elif kind == "delivery_recovered":
        yield words.meanwhile, words.span.format(since=since, until=moment(event.get("until"), timezone))
        yield words.channel, str(event.get("channel"))


def _first(event: Mapping[str, object]) -> str:
    named = event.get("subscriptions")
    return str(named[0]) if isinstance(named, list) and named else "ID"
