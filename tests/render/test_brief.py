"""A digest by mail has a bound; what stands at its end is always there."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.render.test_message import NEW
from watcher.events import digest
from watcher.render.brief import LARGEST_BYTES
from watcher.render.message import render_event


def html(count: int, **more: Any) -> str:
    figures = [{**NEW["figures"][0], "subject": f"第{n}项指标" * 4} for n in range(3)]
    items = [{**NEW, "figures": figures, "url": f"https://gov.example/{n}", "title": f"第{n}号"} for n in range(count)]
    event = {**digest(items), "unsubscribe_url": "https://watch.example/unsubscribe/token", **more}
    return render_event(event, key="k", reason="关键词 环评", timezone="Asia/Shanghai", forms=("html",)).html


def shown(text: str) -> set[str]:
    return set(re.findall(r"https://gov\.example/(\d+)", text))


@pytest.mark.parametrize("count", [5, 60, 400])
def test_a_digest_by_mail_has_a_bound_and_keeps_its_end(count: int) -> None:
    text = html(count, list_url="https://watch.example/")
    assert len(text.encode()) <= LARGEST_BYTES
    assert "关键词 环评" in text
    assert "https://watch.example/unsubscribe/token" in text
    left = count - len(shown(text))
    assert (f"另有{left}条" in text) is (left > 0)
    assert (left > 0) is (count == 400)


def test_the_first_items_keep_what_there_is_room_for() -> None:
    one, large = html(1), html(60)
    told = large.count("第0项指标") / one.count("第0项指标")
    assert 5 < told < 60
    assert len(shown(large)) == 60
    assert large.index("第0项指标") < large.index("第59号")
    assert len(large.encode()) > LARGEST_BYTES * 0.9
