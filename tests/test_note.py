"""What a reader is told of each kind of change, in one sentence, and which kinds outweigh which."""

from __future__ import annotations

import pytest

from watcher.change.note import WEIGHTS, Role, Weight, by_weight, matters, note, sentence, weight
from watcher.model import Direction, FigureKind
from watcher.news import FieldChange

UP, DOWN = Direction.INCREASE, Direction.DECREASE
MONEY, TIME = FigureKind.MONEY, FigureKind.DURATION


def figure(before: str | None, after: str | None, subject: str | None = None, **known: object) -> FieldChange:
    return FieldChange(f"figure:{subject or ''}", before, after, subject=subject, **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (figure("300万元", "500万元", "最高奖补", kind=MONEY, direction=UP), "最高奖补由300万元提高到500万元"),
        (figure("最高500万元", "最高300万元", kind=MONEY, direction=DOWN), "金额由最高500万元降低到最高300万元"),
        (
            figure("30个工作日", "20个工作日", "审批时限", kind=TIME, direction=DOWN),
            "审批时限由30个工作日缩短到20个工作日",
        ),
        (figure("412个", "150个", "申报材料", kind=FigureKind.COUNT, direction=DOWN), "申报材料由412个减少到150个"),
        (figure("200家", "300家", "受惠企业", kind=FigureKind.COUNT, direction=UP), "受惠企业由200家增加到300家"),
        (figure("3年", "5年", "贷款期限", kind=TIME, direction=UP), "贷款期限由3年延长到5年"),
        (
            figure("缩短50%以上", "缩短75%以上", "审批时限", kind=FigureKind.PERCENT),
            "审批时限：“缩短50%以上”改为“缩短75%以上”",
        ),
        (figure("80家", "不少于80家"), "“80家”改为“不少于80家”"),
        (figure(None, "最高20万元", "引进人才", kind=MONEY), "新增“最高20万元”（引进人才）"),
        (figure(None, "50%", kind=FigureKind.PERCENT), "新增“50%”（比例）"),
        (figure("最高20万元", None, "引进人才", kind=MONEY), "删去“最高20万元”（引进人才）"),
        (
            FieldChange("deadlines", "6月30日", "9月30日", subject="提交", direction=UP),
            "“提交”的期限由6月30日延至9月30日",
        ),
        (FieldChange("deadlines", "9月底前", "6月底前", direction=DOWN), "期限由9月底前提前到6月底前"),
        (FieldChange("deadlines", None, "6月底前", subject="完成审核"), "新增期限“6月底前”（完成审核）"),
        (FieldChange("deadlines", "6月底前", None), "删去期限“6月底前”"),
        (FieldChange("measures", None, "（九）开展入企帮扶服务", measure=9), "新增措施“（九）开展入企帮扶服务”"),
        (FieldChange("measures", "优化审批", None), "删去措施“优化审批”"),
        (FieldChange("measure_count", "18", "20", direction=UP), "措施由18条增加到20条"),
        (FieldChange("title", "旧标题", "新标题"), "标题由“旧标题”改为“新标题”"),
        (FieldChange("issuer", "某市环保局", "某市生态环境局"), "发布机构由某市环保局改为某市生态环境局"),
        (FieldChange("document_title", None, "若干措施"), "写明文件名称《若干措施》"),
        (FieldChange("document_number", "某发〔2026〕1号", None), "删去文号某发〔2026〕1号"),
        (FieldChange("valid_until", "2026-12-31", "2027-12-31", direction=UP), "有效期由2026-12-31延至2027-12-31"),
        (FieldChange("attachments", None, "申报表.docx"), "新增附件“申报表.docx”"),
        (FieldChange("lifecycle", "征求意见稿", "正式文件"), "状态由征求意见稿变为正式文件"),
        (FieldChange("text", "推动银行", "引导银行"), "文字“推动银行”改为“引导银行”"),
        (FieldChange("no such field", "甲", "乙"), "“甲”改为“乙”"),
    ],
)
def test_the_sentence_of_a_change(change: FieldChange, told: str) -> None:
    assert sentence(change) == told


@pytest.mark.parametrize("field", [*WEIGHTS, "figure:奖补"])
@pytest.mark.parametrize(("before", "after"), [("甲", "乙"), (None, "乙"), ("甲", None)])
@pytest.mark.parametrize("direction", [None, UP, DOWN])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_field_shows_what_it_was_and_is_in_both_languages(
    field: str, before: str | None, after: str | None, direction: Direction | None, language: str
) -> None:
    told = note(FieldChange(field, before, after, direction=direction), language)  # type: ignore[arg-type]
    assert [part.text for part in told if part.role is Role.BEFORE] == ([before] if before else [])
    assert [part.text for part in told if part.role is Role.AFTER] == ([after] if after else [])
    assert not any(mark in part.text for part in told for mark in "{}[]")


def test_a_value_that_looks_like_a_template_is_only_a_value() -> None:
    assert sentence(FieldChange("title", "{after}", "[{subject}]")) == "标题由“{after}”改为“[{subject}]”"


def test_the_heaviest_is_told_first_and_wording_alone_does_not_matter() -> None:
    wording, title = FieldChange("text", "甲", "乙"), FieldChange("title", "甲", "乙")
    count, amount = figure("1家", "2家", kind=FigureKind.COUNT), figure("1元", "2元", kind=MONEY)
    repealed = FieldChange("lifecycle", None, "已废止")
    assert by_weight([wording, title, count, amount, repealed]) == (repealed, amount, count, title, wording)
    assert matters([wording, title])
    assert not matters([wording, wording])
    assert not matters([])
    assert weight(figure("1", "2")) is Weight.CONTENT
