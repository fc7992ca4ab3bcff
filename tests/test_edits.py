"""Which edits of two pages are one, and which only look like it."""

from __future__ import annotations

import pytest

from watcher.change.edits import edit_of
from watcher.news import FieldChange

WORDING = (FieldChange("text", "…", "…"),)
ONE = "为服务企业，市局设立专窗，热线是{phone}，由审批科答复，工作日均可拨打。\n各县区参照执行，并按季度报送进展。"
OTHER = "园区可以集中申报，材料不全的先行受理。如有疑问请拨打{phone}，我们将在两天内回复您的来电。"
NAMES = "{name}负责牵头，其他部门配合，{name}每季度通报一次进展情况，并接受企业监督评议。"


def wording(before: str, after: str, source: str = "bureau") -> str | None:
    return edit_of(source, before, after, WORDING)


def filled(text: str, phone: str) -> str:
    return text.format(phone=phone)


@pytest.mark.parametrize(("old", "new"), [("0531-8000000", "0531-8111111"), ("市环保局热线", "市生态环境局热线")])
def test_one_name_or_number_in_place_of_another_is_one_edit_in_any_text(old: str, new: str) -> None:
    edits = {wording(filled(text, old), filled(text, new)) for text in (ONE, OTHER)}
    assert len(edits) == 1
    assert None not in edits


def test_it_does_not_matter_how_often_it_stands_there() -> None:
    once, twice = ("{name}负责牵头，其他部门配合并接受监督。", NAMES)
    assert wording(once.format(name="环保局"), once.format(name="生态环境局")) == wording(
        twice.format(name="环保局"), twice.format(name="生态环境局")
    )


def test_a_sentence_added_at_the_end_of_two_texts_is_one_edit() -> None:
    added = "本措施由市局负责解释。"
    assert wording(ONE, ONE + added) == wording(OTHER, OTHER + added)
    assert wording(ONE, f"{ONE}\n{added}") == wording(OTHER, f"{OTHER}\n{added}")


@pytest.mark.parametrize(
    ("before", "after", "source"),
    [
        (filled(OTHER, "0531-8000000"), filled(OTHER, "0531-8222222"), "bureau"),  # another number
        (filled(OTHER, "0531-8111111"), filled(OTHER, "0531-8000000"), "bureau"),  # the way back
        (filled(OTHER, "0531-8000000"), filled(OTHER, "0531-8111111"), "paper"),  # another source
        (filled(OTHER, "0531-8000000"), filled(OTHER, "0531-8111111") + "今年有效。", "bureau"),  # and more
    ],
)
def test_what_differs_is_another_edit(before: str, after: str, source: str) -> None:
    edit = wording(filled(ONE, "0531-8000000"), filled(ONE, "0531-8111111"))
    assert wording(before, after, source) != edit


def figure(after: str, subject: str, quote: str = "") -> FieldChange:
    return FieldChange(f"figure:{subject}", "最高300万元", after, quote, subject=subject)


@pytest.mark.parametrize(
    ("change", "same"),
    [
        (figure("最高500万元", "企业", "在别的句子里，最高500万元"), True),
        (figure("最高600万元", "企业"), False),
        (figure("最高500万元", "个人"), False),
    ],
)
def test_a_change_of_substance_is_known_by_what_the_reader_is_told(change: FieldChange, same: bool) -> None:
    one = edit_of("bureau", "甲", "乙", (figure("最高500万元", "企业"),))
    assert (edit_of("bureau", "丙", "丁", (change,)) == one) is same


def test_of_titles_it_counts_what_was_put_in_place_of_what() -> None:
    changes = [
        (FieldChange("title", title.format("环保局"), title.format("生态环境局")),)
        for title in ("云州市{}出台八条措施支持企业", "云州市{}印发绿色金融若干措施的通知")
    ]
    assert len({edit_of("bureau", "", "", change) for change in changes}) == 1


def test_texts_without_a_word_in_common_have_no_edit_to_be_known_by() -> None:
    assert wording("见附件。", "略。") is None
