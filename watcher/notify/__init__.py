"""Hand one `Message` to one channel, or raise `NotifyError`.

An address (`to`) is an apprise URL and holds secrets: only `mask(to)` may be shown. The channel library is loaded when
the first address is opened, so that listing subscriptions costs nothing.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Protocol

from watcher.news import Message
from watcher.notify.naming import RedactingFilter, channel_name, mask

__all__ = ["RedactingFilter", "Send", "channel_name", "check_address", "line", "mask", "send"]


class Send(Protocol):
    """`send` over connections that are kept."""

    async def __call__(self, to: str, message: Message, *, public_only: bool = False) -> None: ...


def check_address(to: str) -> None:
    """Check that a channel can be made of `to`, without sending anything.

    Raises:
        NotifyError: permanent, with what to do.
    """
    from watcher.notify.address import open_channel

    open_channel(to)


async def send(to: str, message: Message, *, public_only: bool = False) -> None:
    """Send `message` to one address and return when the service has accepted it.

    Args:
        public_only: the address is a stranger's: what it names must be of the public internet, and be asked by us.
    Raises:
        NotifyError: it was not accepted; `permanent` where trying again cannot help.
    """
    async with line() as one:
        await one(to, message, public_only=public_only)


@asynccontextmanager
async def line() -> AsyncIterator[Send]:
    """`send` for several messages one after the other: connections are kept until the block ends."""
    from watcher.notify.lines import Line

    async with Line() as opened:
        yield opened.send
