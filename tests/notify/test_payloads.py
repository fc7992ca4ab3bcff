"""docs/payloads.md shows what is sent."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.notify import payloads
from tests.notify.conftest import Service
from watcher.notify import chat, send

PAGE = Path(__file__).parent.parent.parent / "docs" / "payloads.md"


async def test_the_page_shows_what_is_sent(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(chat.ENDPOINTS, "feishu", f"{service.url}/{{token}}")
    service.says({"code": 0})
    for message in payloads.messages():
        await send(f"json://{service.host}/", message)
        await send("feishu://11112222-aaaa-bbbb-cccc-333344445555", message)
    await send(f"json://{service.host}/", payloads.outage())
    new, new_card, changed, changed_card, outage = (request.json for request in service.requests)
    shown = [json.loads(block) for block in re.findall(r"```json\n(.*?)\n```", PAGE.read_text("utf-8"), re.DOTALL)]
    assert shown == [new, changed, outage, new_card, changed_card]
