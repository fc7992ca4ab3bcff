from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.examples import deadline, extraction
from watcher.deadlines.due import LONGEST, due_on, dues, task
from watcher.model import Deadline

JUNE = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("text", "quote", "told"),
    [
        ("2026年6月底前，组织银行与80家企业对接，力争新增贷款15亿元。", "2026年6月底前", "组织银行与80家企业对接"),
        ("各县区须于2026年6月底前完成整改。", "2026年6月底前", "各县区完成整改"),
        ("（三）申报截止时间为2026年6月30日。", "2026年6月30日", "申报截止时间"),
        ("申报时间：2026年6月30日前", "2026年6月30日前", "申报时间"),
        ("3.一季度，印发方案；二季度，验收。", "二季度", "验收"),
        ("6月底前报送。", "6月底前", "报送"),
        ("组织专家对100家企业开展帮扶，6月底前完成。", "6月底前", "组织专家对100家企业开展帮扶"),
        ("组织专家对100家企业开展帮扶（6月底前全部完成）。", "6月底前", "组织专家对100家企业开展帮扶"),
        ("制定入企帮扶方案，于6月底前印发。", "6月底前", "制定入企帮扶方案，印发"),
        ("排查整治工作于6月底前完成。", "6月底前", "排查整治工作完成"),
        ("各县区，6月底前完成。", "6月底前", "各县区完成"),
        ("6月底前。", "6月底前", "6月底前"),
        ("首句。2026年6月底前，市局，报送材料\n下一段", "2026年6月底前", "市局，报送材料"),
        ("6月底前" + "建设平台" * 20, "6月底前", "建设平台" * 9 + "建设平…"),
    ],
)
def test_what_is_to_be_done(text: str, quote: str, told: str) -> None:
    assert task(text, deadline(text, quote, JUNE)) == told


def test_deadlines_of_one_day_are_one() -> None:
    text = "各县区须于2026年6月底前完成整改。\n2026年6月30日前，报送总结材料。2026年9月底前，组织验收工作。"
    quotes = {"2026年6月底前": JUNE, "2026年6月30日前": JUNE, "2026年9月底前": date(2026, 9, 30)}
    found = extraction(text, deadlines=tuple(deadline(text, quote, day) for quote, day in quotes.items()))
    june, september = dues(found)
    assert june.tasks == ("各县区完成整改", "报送总结材料")
    assert june.sentences == ("各县区须于2026年6月底前完成整改", "2026年6月30日前，报送总结材料")
    assert (september.day, september.tasks) == (date(2026, 9, 30), ("组织验收工作",))
    assert due_on(found, JUNE) == june


@given(st.text(st.sampled_from("完成。，\n 于(（3.年前")), st.text(st.sampled_from("完成。，\n 于")))
def test_something_is_always_told_in_one_short_line(before: str, behind: str) -> None:
    text = f"{before}6月底前{behind}"
    told = task(text, Deadline("6月底前", len(before), len(before) + 4, JUNE))
    assert told
    assert "\n" not in told
    assert len(told) <= LONGEST
