"""What two readings of one answer differ in, told item by item."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.store.examples import TEXT, deadline, extraction, full_extraction, measure, money
from watcher.model import AnnouncementType, CitedDocument, Credit, Document, Extraction, Region, Verdict
from watcher.news import FieldChange
from watcher.reread.rereading import differences

OLD = full_extraction()
PAGE = Document(OLD.title, TEXT, url="http://bureau.example/art/1.html")
(FIGURE,) = OLD.figures
NEAR = Verdict(AnnouncementType.OTHER, 0.41, ("没有措施",), near_miss=True)
TWICE = "奖补300万元，其中首批300万元，另有20万元。"
FIRST, SECOND = (money(TWICE, "300万元", 3_000_000, occurrence=place) for place in (0, 1))


def told(old: Extraction, new: Extraction) -> list[tuple[str, str | None, str | None]]:
    changes = differences((replace(PAGE, text=old.text), old), (replace(PAGE, text=new.text), new))
    return [(change.field, change.before, change.after) for change in changes]


def test_what_is_read_alike_differs_in_nothing() -> None:
    assert told(OLD, replace(OLD)) == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"title": None}, ("title", "某市出台8条措施支持企业", None)),
        ({"published": date(2026, 3, 2)}, ("published", "2026-03-01", "2026-03-02")),
        (
            {"region": Region("山东省", "370000")},
            ("region", "name 山东省潍坊市, code 370700", "name 山东省, code 370000"),
        ),
        ({"measure_count": None}, ("measure_count", "8", None)),
        ({"topics": ("环评审批", "绿色金融")}, ("topics", "环评审批", "环评审批、绿色金融")),
        ({"credit": Credit("某报")}, ("source", "name 某报, authors 张三", "name 某报")),
        ({"verdict": NEAR}, ("type", "measures_news", "other (near miss)")),
        ({"verdict": replace(OLD.verdict, score=0.8)}, ("score", "0.9", "0.8")),
        ({"verdict": replace(OLD.verdict, reasons=("出台",))}, ("reasons", "出台8条措施", "出台")),
        ({"figures": ()}, ("figure:绿色改造项目", "最高奖补300万元", None)),
        (
            {"figures": (FIGURE, money(TEXT, "15个工作日", 15))},
            ("figure", None, "15个工作日"),
        ),
        (
            {"figures": (money(TEXT, "奖补300万元", 3_000_000, "绿色改造项目"),)},
            ("figure:绿色改造项目", "最高奖补300万元", "奖补300万元"),
        ),
        (
            {"figures": (replace(FIGURE, subject="企业"),)},
            ("figure:最高奖补300万元 subject", "绿色改造项目", "企业"),
        ),
        (
            {"deadlines": (deadline(TEXT, "2026年6月底前", date(2026, 6, 1)),)},
            ("deadline:2026年6月底前 date", "2026-06-30", "2026-06-01"),
        ),
        (
            {"measures": (*OLD.measures, measure(TEXT, 2, "对绿色改造项目最高奖补300万元"))},
            ("measure", None, "对绿色改造项目最高奖补300万元"),
        ),
        ({"cited_documents": (CitedDocument("某办法"),)}, ("cited", None, "某办法")),
    ],
)  # fmt: skip
def test_each_difference_is_told_with_what_it_was(
    changed: dict[str, object], expected: tuple[str, str | None, str | None]
) -> None:
    assert told(OLD, replace(OLD, **changed)) == [expected]  # type: ignore[arg-type]


def test_of_the_same_words_the_order_tells_which_is_meant() -> None:
    old = extraction(TWICE, figures=(FIRST, SECOND))
    assert told(old, replace(old, figures=(FIRST, replace(SECOND, subject="首批")))) == [
        ("figure:300万元 subject", None, "首批")
    ]


def test_what_shares_a_place_is_one_item_and_the_rest_stand_alone() -> None:
    old = extraction(TWICE, figures=(money(TWICE, "300万元", 3_000_000),))
    new = replace(old, figures=(money(TWICE, "奖补300万元", 3_000_000), money(TWICE, "20万元", 200_000)))
    assert told(old, new) == [("figure", "300万元", "奖补300万元"), ("figure", None, "20万元")]


def test_in_another_text_the_same_words_may_stand_elsewhere() -> None:
    longer = f"发布时间：2026年。{TEXT}"
    new = full_extraction(longer)
    assert told(OLD, new) == [("text", f"{len(TEXT)} characters", f"{len(longer)} characters")]


def test_in_another_text_places_pair_nothing() -> None:
    old, new = (
        extraction(text, figures=(money(text, quote, 1),)) for text, quote in (("奖补1元。", "1元"), ("补2元。", "2元"))
    )
    assert told(old, new)[:2] == [("figure", "1元", None), ("figure", None, "2元")]


def test_what_only_the_page_says_is_told_too() -> None:
    changes = differences((PAGE, OLD), (replace(PAGE, site="某市生态环境局", title="另题"), OLD))
    assert [(change.field, change.before, change.after) for change in changes] == [
        ("title", OLD.title, "另题"),
        ("site", None, "某市生态环境局"),
    ]


def test_a_difference_that_follows_from_another_is_told_once() -> None:
    changes = differences((PAGE, OLD), (replace(PAGE, title="另题"), replace(OLD, title="另题")))
    assert changes == (FieldChange("title", OLD.title, "另题"),)
