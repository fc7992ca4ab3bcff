"""The way to a channel, kept from one message to the next; which sender is whose."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Final, Self

from watcher.errors import NotifyError
from watcher.news import Message
from watcher.notify.abroad import send_slack, send_telegram
from watcher.notify.address import open_channel, scheme_of
from watcher.notify.chat import SENDERS
from watcher.notify.mail import send_mail
from watcher.notify.naming import channel_name
from watcher.notify.other import send_other
from watcher.notify.post import Channel
from watcher.notify.ways import Ways
from watcher.notify.webhook import send_json

_Sender = Callable[[Channel, Message], Awaitable[None]]

# Those whose requests are our own, and so pass the guard where a stranger named the address.
_GUARDED: Final[dict[str, _Sender]] = {
    **SENDERS, "tgram": send_telegram, "slack": send_slack, "json": send_json, "jsons": send_json,
}  # fmt: skip
# Those that only read what the library's plugin knows of its address: it is good for the next message too.
_OURS: Final[dict[str, _Sender]] = {**_GUARDED, "mailto": send_mail, "mailtos": send_mail}


class Line:
    """One message at a time; connections are closed with the block."""

    def __init__(self) -> None:
        self._ways = Ways()
        self._plugins: dict[str, Any] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_exception: object) -> None:
        await self._ways.aclose()

    async def send(self, to: str, message: Message, *, public_only: bool = False) -> None:
        """As `notify.send`."""
        scheme = scheme_of(to)
        if public_only and scheme not in _GUARDED:
            raise NotifyError(f"{channel_name(to)}: only the operator may name such an address", permanent=True)
        sender = _OURS.get(scheme, send_other)
        await sender(Channel(self._plugin(scheme, to), to, self._ways, public_only), message)

    def _plugin(self, scheme: str, to: str) -> Any:
        if scheme not in _OURS:
            return open_channel(to)
        if to not in self._plugins:
            self._plugins = {to: open_channel(to)}
        return self._plugins[to]
