"""`json://` and `jsons://`: the library's envelope with the event as an object, so that no program parses text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from watcher.news import Message
from watcher.notify.address import bare_host
from watcher.notify.call import Call
from watcher.notify.post import Channel, post


async def send_json(channel: Channel, message: Message) -> None:
    """Post `{"version", "title", "message", "attachments", "type", "event"}` as the service contract says."""
    plugin = channel.plugin
    call = Call(
        _url(plugin),
        method=plugin.method,
        text=_json(_mapped(envelope(message), plugin.payload_extras), message),
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


def _json(body: dict[str, object], message: Message) -> str:
    """The body as JSON; of the event what is encoded already is taken as it is."""
    own = {name: value for name, value in message.event.items() if name not in message.encoded}
    event = _with(own, message.encoded)
    return _with(
        {name: value for name, value in body.items() if value is not message.event},
        {name: event for name, value in body.items() if value is message.event},
    )


def _with(fields: dict[str, object], encoded: Mapping[str, str]) -> str:
    """A JSON object of fields, and of some that are encoded."""
    parts = [json.dumps(fields, ensure_ascii=False)[1:-1]] if fields else []
    return "{" + ", ".join([*parts, *(f"{json.dumps(name)}: {text}" for name, text in encoded.items())]) + "}"


def _url(plugin: Any) -> str:
    bare = bare_host(plugin.host)
    host = f"[{bare}]" if ":" in bare else bare
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
