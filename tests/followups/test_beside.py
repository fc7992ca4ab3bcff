"""Two documents side by side: what is the same measure and the same figure, and what became of it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.followups import articles
from tests.store.examples import extraction
from watcher.demo.site import Article
from watcher.extract import extract
from watcher.followups.beside import Moved, main_figures, set_beside
from watcher.model import Document, Extraction, FigureKind


def read(text: str, title: str = "某市八条措施") -> Extraction:
    return extract(Document(title, text), fallback_published=None)


def of(article: Article) -> Extraction:
    return read("\n".join(article.paragraphs), article.title)


FIRST, SECOND, THIRD = map(of, (articles.FIRST, articles.SECOND, articles.THIRD))


def test_a_report_that_leaves_measures_out_has_dropped_none() -> None:
    document = read("一、支持技术改造。对实施超低排放改造的企业，补助最高250万元。\n二、减免费用。减免土地使用费30%。")
    report = read("为推动绿色发展，某市出台措施，单个项目最高可得补助250万元。", "某市措施解读")
    apart, together = (set_beside(document, report, one_matter=linked) for linked in (False, True))
    assert {pair.moved for pair in apart.measures} == {Moved.DROPPED}
    assert {pair.moved for pair in together.measures} == {Moved.ALONE}
    both = [
        (pair.before.quote, pair.after.quote, pair.moved) for pair in together.figures if pair.before and pair.after
    ]
    assert both == [("最高250万元", "最高可得补助250万元", Moved.SAME)]
    assert [pair.moved for pair in together.figures] == [Moved.SAME, Moved.ALONE]


def test_each_figure_finds_the_one_of_its_own_subject_whatever_the_order() -> None:
    old = read("一、奖补。对国家级绿色工厂奖励100万元，对省级绿色工厂奖励50万元，对市级绿色工厂奖励20万元。")
    new = read("一、奖补。对省级绿色工厂奖励60万元，对国家级绿色工厂奖励120万元，对零碳园区奖励200万元。")
    found = [(one.before and one.before.quote, one.after and one.after.quote) for one in set_beside(old, new).figures]
    assert found == [("50万元", "60万元"), ("100万元", "120万元"), (None, "200万元"), ("20万元", None)]


def test_measures_are_matched_by_heading_and_text_wherever_they_stand() -> None:
    found = set_beside(FIRST, SECOND)
    told = [(one.before and one.before.number, one.after and one.after.number, one.moved) for one in found.measures]
    same, changed, added, dropped = Moved.SAME, Moved.CHANGED, Moved.ADDED, Moved.DROPPED
    assert told == [
        (1, 1, changed), (2, 2, changed), (4, 3, same), (5, 4, changed), (6, 5, same), (7, 6, changed),
        (None, 7, added), (None, 8, added), (None, 9, added), (None, 10, added), (3, None, dropped), (8, None, dropped),
    ]  # fmt: skip


def test_figures_are_matched_by_subject_and_place_with_how_they_moved() -> None:
    found = set_beside(SECOND, THIRD)
    both = [(one.before, one.after, one.moved, one.by) for one in found.figures]
    moved = [(old.quote, new.quote, how, by and int(by)) for old, new, how, by in both if old and new]
    assert moved == [
        ("132个", "180个", Moved.RAISED, 48),
        ("由20个工作日压减至15个工作日", "由15个工作日压减至10个工作日", Moved.LOWERED, -5),
        ("由12个工作日压减至8个工作日", "由8个工作日压减至5个工作日", Moved.LOWERED, -3),
        ("由200家增加到300家", "由300家增加到450家", Moved.RAISED, 150),
        ("最高300万元", "最高500万元", Moved.RAISED, 2_000_000),
        ("5个工作日内", "3个工作日内", Moved.LOWERED, -2),
        ("10亿元以上", "15亿元以上", Moved.RAISED, 500_000_000),
        ("3个工作日内", "1个工作日内", Moved.LOWERED, -2),
    ]
    assert [one.after.quote for one in found.figures if one.after and not one.before] == ["20万元", "50万元"]
    assert [one.before.quote for one in found.figures if one.before and not one.after] == ["6个月内"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("对新建园区的企业补助20万元。", "对新建园区的企业办理时限20天。"),  # another kind
        ("化学需氧量指标0.5吨。", "化学需氧量指标3000吨。"),  # nothing grows six thousand times
        ("审批时限缩短60%。", "审批时限达标60%。"),  # an amount of change and a level
        ("对首次上规模的企业奖励10万元。", "对参加境外展会的单位补贴2万元。"),  # another thing
    ],
)
def test_what_is_no_new_value_is_dropped_and_added(before: str, after: str) -> None:
    found = set_beside(read(before), read(after))
    assert {one.moved for one in found.figures} == {Moved.DROPPED, Moved.ADDED}


@pytest.mark.parametrize(
    ("before", "after", "moved", "by"),
    [
        ("对绿色工厂给予50万元奖励。", "对绿色工厂给予50万元奖励。", Moved.SAME, None),
        ("对绿色工厂给予50万元奖励。", "对绿色工厂给予最高50万元奖励。", Moved.CHANGED, None),
        ("对绿色工厂给予50万元奖励。", "对绿色工厂给予30万元奖励。", Moved.LOWERED, Decimal(-200_000)),
        ("绿色贷款利率为3%。", "绿色贷款利率为2.5%。", Moved.LOWERED, Decimal("-0.5")),
        ("答复时限为5个工作日。", "答复时限为5天。", Moved.CHANGED, None),
    ],
)
def test_a_figure_moves_only_within_its_unit(before: str, after: str, moved: Moved, by: Decimal | None) -> None:
    [found] = set_beside(read(before), read(after)).figures
    assert (found.moved, found.by) == (moved, by)


def test_of_two_alike_the_one_of_the_same_value_is_the_same() -> None:
    before = read("对企业诉求1个工作日内受理，对企业诉求5个工作日内答复。")
    assert {one.moved for one in set_beside(before, before).figures} == {Moved.SAME}


def test_the_main_figures_say_how_much_and_how_fast_before_how_many() -> None:
    kinds = [one.kind for one in main_figures(THIRD.figures, len(THIRD.figures))]
    assert {FigureKind.MONEY, FigureKind.DURATION, FigureKind.COUNT} == set(kinds)
    assert {one.kind for one in main_figures(THIRD.figures, 4)} == {FigureKind.MONEY}
    assert FigureKind.COUNT not in {one.kind for one in main_figures(THIRD.figures, 7)}


TEXTS = st.sampled_from([FIRST, SECOND, THIRD, of(articles.FINANCE), of(articles.LOOK_BACK), extraction()])


@given(TEXTS, TEXTS)
def test_everything_of_both_is_told_once(before: Extraction, after: Extraction) -> None:
    found = set_beside(before, after)
    measures = [one.before.number for one in found.measures if one.before]
    assert sorted(measures) == [one.number for one in before.measures]
    assert [one.after for one in found.measures if one.after] == list(after.measures)
    assert {one.after.quote for one in found.figures if one.after} == {one.quote for one in after.figures}
    assert {one.before.quote for one in found.figures if one.before} == {one.quote for one in before.figures}


@given(TEXTS)
def test_beside_itself_nothing_moved(found: Extraction) -> None:
    beside = set_beside(found, found)
    assert {one.moved for one in beside.measures} | {one.moved for one in beside.figures} <= {Moved.SAME}
