"""One alert for many readers: each message is what it would be alone, and what they share is made once."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.render.test_message import WHOLE
from watcher.render.forms import FORMS, Templates
from watcher.render.message import render_event
from watcher.render.press import KEPT, KEPT_EACH, Press

NOW = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
OWN = Templates({"message.txt.j2": "{{ view.title }} {{ view.reason }} {{ view.unsubscribe_url }}"}, "folder")


def of_reader(number: int) -> dict[str, Any]:
    """Some ask for the same and some do not; each ends his alerts at an address of his own."""
    return {**WHOLE, "why": f"关键词 {number % 3}", "unsubscribe_url": f"https://watch.example/unsubscribe/{number}"}


@pytest.mark.parametrize("templates", [Templates(), OWN], ids=["ours", "own"])
def test_each_reader_is_told_as_if_he_were_the_only_one(templates: Templates) -> None:
    press = Press("Asia/Shanghai", templates)
    for number in range(3 * KEPT_EACH):
        event, language = of_reader(number), ("zh", "en")[number // 2 % 2]
        told: dict[str, Any] = {"language": language, "key": str(number), "reason": event["why"], "forms": FORMS}
        now = NOW + timedelta(days=number % 2)
        alone = render_event(event, timezone="Asia/Shanghai", now=now, templates=templates, **told)
        assert press.message(event, same=1, now=now, **told) == alone


def test_what_is_encoded_is_what_the_event_holds() -> None:
    press = Press("Asia/Shanghai")
    for number in range(2):
        event = {**of_reader(number), "places": [number]}
        message = press.message(event, same=1, language="zh", key="", reason=None, now=NOW, forms=("txt",))
        assert {name: json.loads(text) for name, text in message.encoded.items()} == {
            name: message.event[name] for name in message.encoded
        }
        assert "figures" in message.encoded


def test_another_announcement_is_another_message_and_few_are_kept() -> None:
    press = Press("Asia/Shanghai")
    for number in range(2 * KEPT):
        event = {**WHOLE, "title": f"第{number}号"}
        message = press.message(event, same=number, language="zh", key="", reason=None, now=NOW, forms=("txt",))
        assert f"第{number}号" in message.title
    assert len(press._made) == KEPT
