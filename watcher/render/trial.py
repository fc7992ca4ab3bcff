"""The message by which a person sees that a channel works; it looks like no announcement."""

from __future__ import annotations

from html import escape

from watcher.news import Message

_TITLE = "【测试】watcher 的提醒会送到这里"
_TEXT = "这是订阅 {id} 的测试消息：通道可用。有新措施或变动时，提醒会以同样的方式送达。"


def trial_message(subscription_id: str) -> Message:
    """A message that says only that the subscription's channel works."""
    text = _TEXT.format(id=subscription_id)
    return Message(
        title=_TITLE,
        text=text,
        markdown=text,
        html=f"<p>{escape(text)}</p>",
        event={"kind": "test", "delivery": f"test-{subscription_id}"},
        key=f"test-{subscription_id}",
    )
