"""Every other service of the channel library, through its own plugin, whose result is checked."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import apprise
from apprise.common import NotifyFormat

from watcher.errors import NotifyError
from watcher.news import Message
from watcher.notify.address import asset
from watcher.notify.fit import fit
from watcher.notify.naming import RedactingFilter, channel_name
from watcher.notify.post import CONTENT, PERMANENT, Channel
from watcher.render.card import leads_to
from watcher.threads import on_channel

# ntfy makes a file of a message over 4096 bytes. Others count characters, as their plugins say.
NTFY_BYTES = 4000
TOTAL_S = 60.0
# "error=429", or ntfy's own "error=42901", which begins with the status.
_STATUS = re.compile(r"error=([1-5]\d{2})")


async def send_other(channel: Channel, message: Message) -> None:
    """Send through the library.

    Raises:
        NotifyError: its result is anything but success; permanent where the service said that it is.
    """
    name = channel_name(channel.to)
    body, body_format = _body(channel.plugin, name, message)
    if name == "ntfy" and not channel.plugin.click:
        channel.plugin.click = leads_to(message.event)  # what a tap on it opens
    box = apprise.Apprise(asset=asset())
    box.add(channel.plugin)
    # Titles are part of the body: half of the services cut or drop them.
    result = await _notified(box, name, body, body_format)
    if result:
        return
    said = " ".join(entry.message for outcome in result for attempt in outcome for entry in attempt)
    status = next((int(code) for code in _STATUS.findall(said)), None)
    reason = f"HTTP {status}" if status else _reason(said, result.status.name)
    raise NotifyError(
        f"{name}: {reason}", permanent=status in PERMANENT, content=status in CONTENT, unsure=status is None
    )


async def _notified(box: apprise.Apprise, name: str, body: str, body_format: NotifyFormat) -> Any:
    """In a thread of ours: the library has six of its own, which six services that hang would hold."""
    try:
        async with asyncio.timeout(TOTAL_S):
            return await on_channel(box.notify, body=body, title="", body_format=body_format)
    except TimeoutError as exc:
        raise NotifyError(f"{name}: no answer within {TOTAL_S:.0f} s", unsure=True) from exc


def _reason(said: str, status: str) -> str:
    words = RedactingFilter().redact(" ".join(said.split()))
    return f"{status.lower()}: {words[:160]}" if words else status.lower()


def _body(plugin: Any, name: str, message: Message) -> tuple[str, NotifyFormat]:
    """Return the form that the service shows best: plain text wherever it can."""
    given = plugin.notify_format
    formats = set(given) if isinstance(given, tuple) else {given}
    if NotifyFormat.TEXT in formats:
        if name == "ntfy":
            return fit(message, NTFY_BYTES), NotifyFormat.TEXT
        return fit(message, plugin.body_maxlen - 200, len), NotifyFormat.TEXT
    if len(message.markdown) > plugin.body_maxlen:
        return fit(message, plugin.body_maxlen - 200, len), NotifyFormat.TEXT
    return message.markdown, NotifyFormat.MARKDOWN
