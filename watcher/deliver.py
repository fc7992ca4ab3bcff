"""The other half of the main path: messages that are due are sent, and marked sent once the channel accepted them.

At least once: a crash between acceptance and mark, or an answer that is lost, repeats a message, under the same key.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from watcher.records.deliveries import DeliveryReport
from watcher.settings import DEFAULTS, Options
from watcher.store import Store
from watcher.threads import in_store

if TYPE_CHECKING:
    from watcher.news import Message
    from watcher.render.forms import Templates


class Send(Protocol):
    """As `notify.send`; raises NotifyError where the channel did not accept the message."""

    def __call__(self, to: str, message: Message) -> Awaitable[None]: ...


Line = Callable[[], AbstractAsyncContextManager[Send]]
"""As `notify.line`: what sends the messages of one subscription, one after the other."""


async def deliver_due(
    store: Store,
    line: Line,
    clock: Callable[[], datetime],
    options: Options = DEFAULTS,
    templates: Templates | None = None,
    *,
    only: Sequence[str] | None = None,
) -> DeliveryReport:
    """Send every message that is due, subscriptions side by side, each one's in order; put off what is not accepted.

    `only`: to these subscriptions, instead of all that are due.

    May be called again while an earlier call still waits for a slow channel: one message is in flight a subscription.
    Raises StoreError and mistakes of our own, after all subscriptions had their turn.
    """
    due = await in_store(store.due_subscriptions, clock()) if only is None else only
    if not due:
        return DeliveryReport()
    from watcher.courier import Courier  # with all that writes messages: only who has something to say waits for it

    courier = Courier(store, line, clock, options, templates)
    await courier.serve(due)
    return DeliveryReport(**courier.counts)
