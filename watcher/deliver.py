"""The other half of the main path: deliveries that are due are sent, and marked sent once the channel accepted them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Protocol

from watcher.model import Message
from watcher.records import DeliveryReport
from watcher.store import Store


class Send(Protocol):
    """`notify.send`; raises NotifyError where the channel did not accept the message."""

    def __call__(self, to: str, message: Message) -> Awaitable[None]: ...


async def deliver_due(store: Store, send: Send, clock: Callable[[], datetime]) -> DeliveryReport:
    """Send every message that is due, subscriptions side by side, each one's in order; put off what is not accepted.

    May be called again while an earlier call still waits for a slow channel: one message is in flight a subscription.
    """
    raise NotImplementedError
