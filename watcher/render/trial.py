"""The message by which a person sees that a channel works; it looks like no announcement."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Final

from watcher.news import Message
from watcher.settings import Language, Subscription

# Title and text.
_SAID: Final[Mapping[Language, tuple[str, str]]] = {
    "zh": (
        "【测试】watcher 的提醒会送到这里",
        "这是订阅 {id} 的测试消息：通道可用。有新措施或变动时，提醒会以同样的方式送达。",
    ),
    "en": (
        "[Test] This is where watcher's alerts arrive",
        "A test of the subscription {id}: its channel works. What is new or changed is told in the same way.",
    ),
}


def trial_message(subscription: Subscription, unsubscribe_url: str | None = None) -> Message:
    """A message that says only that the subscription's channel works; mail shows where it ends, as in any other."""
    title, text = _SAID[subscription.language]
    text, key = text.format(id=subscription.id), f"test-{subscription.id}"
    event: dict[str, object] = {"kind": "test", "delivery": key}
    if unsubscribe_url:
        event["unsubscribe_url"] = unsubscribe_url
    return Message(
        title=title,
        text=text,
        markdown=text,
        html=f"<p>{escape(text)}</p>",
        event=event,
        key=key,
        subscription=subscription.id,
    )
