"""The scorer against cases worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.gold.scoring import METRICS, Json, Sheet, Tally, bare, is_valid, overlap, score

TEXT = "最高300万元，再给300万元，3家企业，6月底前办结，一、优化审批，见《甲措施》。"


def figure(quote: str = "最高300万元", low: float = 3_000_000, unit: str = "CNY", **changes: Any) -> Json:
    start = TEXT.index(quote)
    made = {
        "quote": quote, "start": start, "end": start + len(quote), "kind": "money", "low": low, "high": low,
        "unit": unit, "qualifier": "exact", "change": None, "previous": None, "subject": "奖补", "measure": None,
    }  # fmt: skip
    return {**made, **changes}


def deadline(day: str, quote: str = "6月底前") -> Json:
    start = TEXT.index(quote)
    return {"quote": quote, "start": start, "end": start + len(quote), "date": day, "measure": None}


def measure(number: int, heading: str = "优化审批") -> Json:
    start = TEXT.index(heading)
    return {"number": number, "heading": heading, "start": start, "end": start + len(heading)}


def cited(title: str = "甲措施", count: int | None = None, year: int | None = None) -> Json:
    return {"title": title, "measure_count": count, "year": year}


def line(**fields: Any) -> Json:
    """A line of the schema's form; what is not named holds nothing."""
    made = {
        "input": "a.txt", "announcement": True, "type": "measures_news", "score": 0.9, "reasons": [], "title": None,
        "published": None, "issuer": None, "region": None, "document_title": None, "document_number": None,
        "measure_count": None, "source": {"name": None, "authors": [], "original_url": None}, "measures": [],
        "cited_documents": [], "deadlines": [], "figures": [], "text": TEXT,
    }  # fmt: skip
    return {**made, **fields}


def label(**fields: Any) -> Json:
    return {"input": "a.txt", "announcement": True, "type": "measures_news", **fields}


def marks(metric: str, gold: Json, found: Json) -> tuple[float, int, int]:
    tally = score(gold, found).tallies[metric]
    return tally.right, tally.expected, tally.found


OPTIONAL: Json = {"optional": True}


@pytest.mark.parametrize(
    ("gold", "found", "value", "full"),
    [
        ([figure()], [figure()], (1, 1, 1), (1, 1, 1)),
        ([figure()], [], (0, 1, 0), (0, 1, 0)),
        ([], [figure()], (0, 0, 1), (0, 0, 1)),
        ([figure()], [figure(low=1)], (0, 1, 1), (0, 1, 1)),
        ([figure()], [figure(kind="count")], (0, 1, 1), (0, 1, 1)),
        ([figure()], [figure(qualifier="at_most")], (1, 1, 1), (0, 1, 1)),
        ([figure(change="increase")], [figure()], (1, 1, 1), (0, 1, 1)),
        ([figure(previous={"low": 1, "high": 1, "unit": "CNY"})], [figure()], (1, 1, 1), (0, 1, 1)),
        ([figure()], [figure(), figure()], (1, 1, 2), (1, 1, 2)),
        ([figure(), figure()], [figure()], (1, 2, 1), (1, 2, 1)),
        ([figure(**OPTIONAL)], [figure()], (0, 0, 0), (0, 0, 0)),
        ([figure(**OPTIONAL)], [], (0, 0, 0), (0, 0, 0)),
        ([figure(**OPTIONAL), figure()], [figure()], (1, 1, 1), (1, 1, 1)),  # the required one comes first
        ([figure()], [figure(start=1)], (0, 1, 1), (0, 1, 1)),  # the span does not hold
        ([figure()], [figure(end=99)], (0, 1, 1), (0, 1, 1)),
    ],
)
def test_figures_are_counted_by_value_and_in_full(
    gold: list[Json], found: list[Json], value: tuple[float, int, int], full: tuple[float, int, int]
) -> None:
    assert marks("value", label(figures=gold), line(figures=found)) == value
    assert marks("full", label(figures=gold), line(figures=found)) == full


def test_figures_of_one_value_are_paired_by_their_quotes() -> None:
    gold = [figure(), figure("300万元", subject="另给")]
    found = [figure("300万元", subject="另给"), figure()]
    sheet = score(label(figures=gold), line(figures=found))
    assert sheet.figures() == dict.fromkeys(METRICS, 1.0)
    assert sheet.misses == []


def test_of_the_figures_found_quote_subject_and_measure_are_shares() -> None:
    gold = [figure(subject="设备奖补", measure=2), figure("3家", 3, "家", kind="count", measure=None)]
    found = [figure("300万元", measure=1), figure("3家", 3, "家", kind="count", subject=None)]
    sheet = score(label(figures=gold), line(figures=found))
    assert sheet.tallies["quote"] == Tally(1, 2, 2)
    assert sheet.tallies["subject"] == Tally(0.5, 2, 2)  # one of three bigrams and one: 2 * 1 / (3 + 1)
    assert sheet.tallies["measure"] == Tally(0, 1, 1)


@pytest.mark.parametrize(
    ("metric", "field", "gold", "found", "expected"),
    [
        ("deadlines", "deadlines", [deadline("2026-06-30")], [deadline("2026-06-30")], (1, 1, 1)),
        ("deadlines", "deadlines", [deadline("2026-06-30")], [deadline("2025-06-30")], (0, 1, 1)),
        ("deadlines", "deadlines", [{**deadline("2026-06-30"), **OPTIONAL}], [deadline("2026-06-30")], (0, 0, 0)),
        ("deadlines", "deadlines", [deadline("2026-06-30")], [{**deadline("2026-06-30"), "start": 0}], (0, 1, 1)),
        ("measures", "measures", [measure(1)], [measure(1)], (1, 1, 1)),
        ("measures", "measures", [measure(1)], [measure(2)], (0, 1, 1)),
        ("measures", "measures", [{**measure(1), "heading": "“优化” 审批。"}], [measure(1)], (1, 1, 1)),
        ("cited", "cited_documents", [cited(count=20)], [cited(count=20)], (1, 1, 1)),
        ("cited", "cited_documents", [cited(count=20)], [cited()], (0, 1, 1)),
        ("cited", "cited_documents", [{**cited(count=20), **OPTIONAL}], [cited()], (0, 0, 0)),
        ("cited", "cited_documents", [cited()], [cited(), cited()], (1, 1, 2)),
    ],
)
def test_items_are_counted_as_sets(
    metric: str, field: str, gold: list[Json], found: list[Json], expected: tuple[float, int, int]
) -> None:
    assert marks(metric, label(**{field: gold}), line(**{field: found})) == expected


@pytest.mark.parametrize(
    ("gold", "found", "expected"),
    [(True, True, (1, 1, 1)), (True, False, (0, 1, 0)), (False, True, (0, 0, 1)), (False, False, (0, 0, 0))],
)
def test_detection_counts_announcements(gold: bool, found: bool, expected: tuple[float, int, int]) -> None:
    assert marks("detection", label(announcement=gold), line(announcement=found)) == expected


@pytest.mark.parametrize(
    ("gold", "found", "right"),
    [
        ({"title": "“助企”措施 （试行）"}, {"title": "助企措施(试行)"}, True),
        ({"title": "助企措施"}, {"title": None}, False),
        ({"published": None}, {"published": None}, True),
        ({"measure_count": 20}, {"measure_count": 12}, False),
        ({"region": {"name": "山东省", "code": "370000"}}, {"region": {"name": "山东", "code": "370000"}}, True),
        ({"region": None}, {"region": {"name": "山东", "code": "370000"}}, False),
    ],
)
def test_a_field_is_right_but_for_width_blanks_and_punctuation(gold: Json, found: Json, right: bool) -> None:
    tally = score(label(**gold), line(**found)).tallies["fields"]
    assert (tally.right, tally.found) == (2 + right, 3)  # announcement and type are right


def test_what_a_label_leaves_out_is_not_scored() -> None:
    found = line(figures=[figure()], deadlines=[deadline("2026-06-30")], measures=[measure(1)], title="题")
    assert score(label(), found).figures() == dict.fromkeys(METRICS, 1.0)


@pytest.mark.parametrize(
    "found",
    [
        {"input": "a.txt", "error": {"code": "empty", "message": "the document has no content"}},
        line(figures=[{"quote": "300万元"}]),
        line(published="last week"),
    ],
    ids=["error", "no value", "no date"],
)
@pytest.mark.parametrize("announcement", [True, False])
def test_a_line_that_is_none_is_all_wrong(found: Json, announcement: bool) -> None:
    gold = label(announcement=announcement, figures=[figure()], cited_documents=[cited()])
    sheet = score(gold, found)
    assert sheet.figures()["detection"] == 0
    assert sheet.figures()["value"] == sheet.figures()["cited"] == sheet.figures()["fields"] == 0
    assert "no line of the schema's form" in str(sheet.misses[0])


def test_the_schema_tells_a_line_from_others() -> None:
    assert is_valid(line(figures=[figure()], deadlines=[deadline("2026-06-30")], measures=[measure(1)]))
    assert not is_valid(line(type="law"))


def test_marks_of_documents_add_up_and_name_the_document_of_a_miss() -> None:
    total = Sheet()
    total.add(score(label(figures=[figure()]), line(figures=[figure()])))
    total.add(score({**label(figures=[figure()]), "input": "b.txt"}, line()))
    assert total.figures()["value"] == pytest.approx(2 / 3)
    assert [str(miss) for miss in total.misses if miss.metric == "value"] == [
        "b: value: missed 最高300万元 ('money', 3000000.0, 3000000.0, 'CNY')"
    ]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("审批时限", "审批时限", 1),
        ("审批时限", "时限", 0.5),
        ("审批", "奖补", 0),
        ("额", "额", 1),
        ("审批", "", 0),
        ("。", "审批", 0),
    ],
)
def test_subjects_overlap_by_their_bigrams(one: str, other: str, expected: float) -> None:
    assert overlap(one, other) == expected == overlap(other, one)


def test_bare_text_has_no_width_blanks_or_punctuation() -> None:
    assert bare("《助企２０条》 （试行）…—") == "助企20条试行"
