"""`json://` and `jsons://`: the library's envelope with the event as an object, so that no program parses text."""

from __future__ import annotations

from typing import Any

from watcher.news import Message
from watcher.notify.post import Call, Channel, post


async def send_json(channel: Channel, message: Message) -> None:
    """Post `{"version", "title", "message", "attachments", "type", "event"}` as the service contract says."""
    plugin = channel.plugin
    call = Call(
        _url(plugin),
        method=plugin.method,
        body=_mapped(envelope(message), plugin.payload_extras),
        params=dict(plugin.params),
        headers=dict(plugin.headers),
        auth=(plugin.user, plugin.password or "") if plugin.user else None,
        verify=plugin.verify_certificate,
    )
    await post(channel, "webhook", call)


def envelope(message: Message) -> dict[str, object]:
    """What is posted, unless the address renames or drops a part of it."""
    return {
        "version": "1.0",
        "title": message.title,
        "message": message.text,
        "attachments": [],
        "type": "info",
        "event": message.event,
    }


def _url(plugin: Any) -> str:
    host = f"[{plugin.host}]" if ":" in plugin.host else plugin.host
    port = f":{plugin.port}" if plugin.port else ""
    return f"{'https' if plugin.secure else 'http'}://{host}{port}{plugin.fullpath or '/'}"


def _mapped(envelope: dict[str, object], extras: dict[str, str]) -> dict[str, object]:
    """Apply the address's `:field=name`: rename a field, drop it where no name is given, or add a new one."""
    mapped = dict(envelope)
    for field, value in extras.items():
        if field not in mapped:
            mapped[field] = value
        elif value:
            mapped[value] = mapped.pop(field)
        else:
            del mapped[field]
    return mapped
