from __future__ import annotations

import random
from typing import Any

from watcher.importance import grouped


def item(
    title: str, kind: str = "new", region: str | None = "甲市", type_: str = "measures_news", yuan: int = 0
) -> Any:
    figures = [{"kind": "money", "unit": "CNY", "high": yuan}] if yuan else []
    named = region and {"name": region, "code": None}
    return {"title": title, "kind": kind, "region": named, "type": type_, "figures": figures}


def titles(items: list[Any]) -> list[str]:
    return [one["title"] for one in grouped(items)]


def test_the_most_important_comes_first() -> None:
    expected = [
        item("截止", "deadline"),
        item("文件", type_="measures_document"),
        item("三千万", yuan=30_000_000),
        item("三万", yuan=30_000),
        item("无数字"),
        item("进展", type_="progress_report"),
        item("有变动", "changed", yuan=30_000_000),
        item("已撤下", "withdrawn"),
    ]
    alone = [{**one, "region": {"name": str(n)}} for n, one in enumerate(expected)]  # each a group of its own
    for seed in range(5):
        assert titles(random.Random(seed).sample(alone, len(alone))) == [one["title"] for one in expected]


def test_a_region_and_type_stands_together_where_its_first_item_would() -> None:
    items = [
        item("乙1", region="乙市", yuan=200),
        item("甲1", yuan=100),
        item("甲2", yuan=300),
        item("乙2", region="乙市", type_="measures_document"),
        {"title": "来源", "kind": "source_trouble", "region": None},
    ]
    assert titles(items) == ["乙2", "甲2", "甲1", "乙1", "来源"]


def test_of_equals_what_was_found_first_stays_first_and_nothing_is_lost() -> None:
    items = [item(str(number)) for number in range(50)]
    assert titles(items) == [str(number) for number in range(50)]


def test_what_an_older_version_wrote_is_ordered_too() -> None:
    odd: list[dict[str, Any]] = [
        {},
        {"kind": 3, "figures": None},
        {"region": "甲市", "figures": ["x"]},
        {"figures": [{"kind": "money"}]},
    ]
    assert len(grouped(odd)) == len(odd)
