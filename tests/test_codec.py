from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.examples import NOW, TEXT, extraction, full_extraction, money, source
from watcher import codec
from watcher.events import Missed, announcement_event, recovery_event, trouble_event, weight
from watcher.model import (
    Attachment,
    CitedDocument,
    Credit,
    Deadline,
    Direction,
    Document,
    Extraction,
    Figure,
    FigureKind,
    Measure,
    Origin,
    Part,
    Qualifier,
    Unread,
    Value,
)
from watcher.news import EventKind, FieldChange
from watcher.records.problem import Problem
from watcher.records.sources import Health

numbers = st.integers(0, 10**24).map(Decimal) | st.decimals(0, 10**6, places=6).map(Decimal.normalize)
words = st.text(max_size=9)
values = st.builds(Value, numbers, numbers, words)
origins = st.builds(Origin, st.none() | words, st.none() | words, st.none() | st.integers(1, 99))
figures = st.builds(
    Figure, words, st.integers(0, 9), st.integers(0, 9), st.sampled_from(FigureKind), numbers, numbers, words,
    st.sampled_from(Qualifier), st.none() | st.sampled_from(Direction), st.none() | values, st.none() | words,
    st.none() | st.integers(1, 99), st.none() | origins,
)  # fmt: skip


@given(st.lists(figures, max_size=3))
def test_figures_survive_a_round_trip_through_json(made: list[Figure]) -> None:
    before = extraction(figures=tuple(made))
    assert codec.decode_extraction(json.loads(json.dumps(codec.encode_extraction(before))), TEXT) == before


@pytest.mark.parametrize(
    "before",
    [
        full_extraction(),
        extraction(region=None, issuer=None, title=None, published=None, credit=Credit()),
        extraction(
            cited_documents=(CitedDocument("若干措施", 20, 2025),), measures=(Measure(1, "一", 0, 1),),
            valid_until=date(2027, 1, 1), document_title="甲", document_number="某发〔2026〕1号",
            deadlines=(Deadline("6月底前", 0, 4, date(2026, 6, 30), 1, Origin("甲.pdf", "http://a.cn/1.pdf", 3)),),
            attachments=(Attachment("http://a.cn/1.pdf", "甲.pdf"),
                         Attachment("http://a.cn/2.pdf", "乙.pdf", Unread("needs_ocr", "a scan"))),
        ),
    ],
)  # fmt: skip
def test_extractions_survive_a_round_trip(before: Extraction) -> None:
    assert codec.decode_extraction(json.loads(json.dumps(codec.encode_extraction(before))), before.text) == before


def test_documents_survive_a_round_trip() -> None:
    before = Document(
        "标题", "正文", "http://a.example/1", date(2026, 1, 2), Credit("某报", ("甲",), "http://b.example/"), "某局",
        "某发〔2026〕1号", date(2027, 1, 1), "某站", (Attachment("http://a.example/1.pdf", "附件"),),
        (Part(0, Origin()), Part(2, Origin("附件", "http://a.example/1.pdf", 1))),
    )  # fmt: skip
    assert codec.decode_document(json.loads(json.dumps(codec.encode_document(before))), "正文") == before


def test_an_alert_holds_what_the_contract_promises_with_money_first() -> None:
    text = "压缩到15个工作日，奖补最高300万元。"
    limit = Figure("15个工作日", 3, 9, FigureKind.DURATION, Decimal(15), Decimal(15), "workday")
    made = extraction(text, figures=(limit, money(text, "最高300万元", 3_000_000)))
    changes = (
        FieldChange(
            "figure:奖补", "最高200万元", "最高300万元", text, "奖补", FigureKind.MONEY, Direction.INCREASE, measure=2
        ),
    )
    event = announcement_event(EventKind.CHANGED, "http://a.example/1", "bureau", made, changes)
    assert {"kind", "url", "title", "issuer", "region", "published", "figures", "changes"} <= event.keys()
    assert [figure["quote"] for figure in event["figures"]] == ["最高300万元", "15个工作日"]
    assert event["changes"] == [
        {
            "field": "figure:奖补", "before": "最高200万元", "after": "最高300万元", "quote": text,
            "subject": "奖补", "kind": "money", "direction": "increase", "measure": 2,
            "note": "奖补由最高200万元提高到最高300万元",
        }
    ]  # fmt: skip
    assert event["region"] == {"name": "山东省潍坊市", "code": "370700"}
    json.dumps(event)


def test_figures_are_ranked_by_what_a_reader_looks_for() -> None:
    def figure(kind: FigureKind, change: Direction | None = None) -> Figure:
        return Figure("q", 0, 1, kind, Decimal(1), Decimal(1), "u", change=change)

    count, grown = figure(FigureKind.COUNT), figure(FigureKind.COUNT, Direction.INCREASE)
    limit, yuan = figure(FigureKind.DURATION), figure(FigureKind.MONEY)
    assert sorted([count, limit, grown, yuan], key=weight) == [yuan, grown, limit, count]


def test_a_source_in_trouble_says_what_since_when_and_when_it_is_asked_again() -> None:
    later = NOW + timedelta(hours=1)
    problem = Problem("fewer_entries", "2, usually 20", "look", facts=(("entries", "2"), ("usual", "20")))
    event = trouble_event(source(), Health(problem=problem, since=NOW, failures=3, retry_at=later))
    assert (event["kind"], event["title"], event["figures"], event["id"]) == ("source_trouble", "某市局", [], None)
    assert event["problem"] == {
        "code": "fewer_entries",
        "message": "2, usually 20",
        "hint": "look",
        "facts": {"entries": "2", "usual": "20"},
    }
    assert (event["since"], event["failures"], event["retry_at"]) == (NOW.isoformat(), 3, later.isoformat())


def test_a_source_that_is_well_again_says_what_was_wrong_and_what_it_missed() -> None:
    was = Health(problem=Problem("no_links", "no list", "look"), since=NOW, failures=3)
    event = recovery_event(source(), was, NOW + timedelta(hours=1), Missed(7, 2, gap=True))
    assert (event["kind"], event["problem"]) == ("source_recovered", None)
    assert event["was"] == {"code": "no_links", "message": "no list", "hint": "look"}
    assert (event["since"], event["until"]) == (NOW.isoformat(), (NOW + timedelta(hours=1)).isoformat())
    assert event["missed"] == {"added": 7, "waiting": 2, "gap": True, "baseline": False}
    json.dumps(event)
