from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from tests.store.examples import deadline, extraction, measure, money
from tests.timing import cpu_seconds
from watcher.change.diff import Version, fingerprint
from watcher.change.diff import compare as compare_versions
from watcher.change.note import matters, sentence
from watcher.extract import extract
from watcher.followups.beside import set_beside
from watcher.model import Attachment, Direction, Document, Extraction, FigureKind
from watcher.news import FieldChange
from watcher.read import read_document

TEXT = (
    "市局出台支持企业若干措施。对绿色改造项目给予奖补,最高300万元。\n"
    "对新建研发平台给予一次性补助,最高50万元。\n"
    "2026年6月底前完成首批审核。\n"
)


def compare(before: Extraction, after: Extraction) -> tuple[FieldChange, ...]:
    """What matters of the differences."""
    changes = compare_versions(Version(before), Version(after))
    return changes if matters(changes) else ()


def read(text: str, **changes: object) -> Extraction:
    """What the rules would find in a text made of the sentences above: amounts after 最高, by their subject."""
    figures = []
    for subject in ("绿色改造项目", "新建研发平台", "引进人才"):
        at = text.find(subject)
        if at < 0:
            continue
        quote = text[text.index("最高", at) : text.index("万元", at) + 2]
        yuan = int(quote.removeprefix("最高").removesuffix("万元")) * 10_000
        start = text.index(quote, at)
        figures.append(replace(money(text, quote, yuan, subject), start=start, end=start + len(quote)))
    figures.sort(key=lambda figure: figure.start)
    return extraction(text, figures=tuple(figures), **changes)


def test_a_figure_that_changed_is_told_with_both_values_and_its_sentence() -> None:
    after = read(TEXT.replace("300万元", "500万元"))
    assert compare(read(TEXT), after) == (
        FieldChange(
            "figure:绿色改造项目",
            "最高300万元",
            "最高500万元",
            "对绿色改造项目给予奖补,最高500万元",
            subject="绿色改造项目",
            kind=FigureKind.MONEY,
            direction=Direction.INCREASE,
        ),
    )


@pytest.mark.parametrize(
    "edited",
    [
        TEXT.replace("给予奖补", "予以奖补"),
        TEXT.replace("市局出台", "市局近日出台"),
        "".join(reversed(TEXT.splitlines(keepends=True))),
        "编者按:以下为全文。\n" + TEXT,
        TEXT.replace("绿色改造项目给予奖补", "实施绿色改造项目的企业,按规定给予奖补"),
    ],
)
def test_other_words_or_another_order_are_no_change(edited: str) -> None:
    assert compare(read(TEXT), read(edited)) == ()


def test_two_amounts_that_trade_places_are_two_changes() -> None:
    swapped = TEXT.replace("300万元", "#").replace("50万元", "300万元").replace("#", "50万元")
    assert [(one.field, one.before, one.after) for one in compare(read(TEXT), read(swapped))] == [
        ("figure:绿色改造项目", "最高300万元", "最高50万元"),
        ("figure:新建研发平台", "最高50万元", "最高300万元"),
    ]


def test_a_figure_added_and_one_removed() -> None:
    longer = TEXT + "对引进人才给予安家补贴,最高20万元。\n"
    assert [(one.field, one.before, one.after) for one in compare(read(TEXT), read(longer))] == [
        ("figure:引进人才", None, "最高20万元")
    ]
    assert [(one.field, one.before, one.after, one.quote) for one in compare(read(longer), read(TEXT))] == [
        ("figure:引进人才", "最高20万元", None, None)
    ]


def test_one_of_two_equal_figures_that_changed_is_the_right_one() -> None:
    text = "企业甲奖励最高10万元。企业乙奖励最高10万元。"
    edited = "企业甲奖励最高10万元。企业乙奖励最高30万元。"
    before = extraction(
        text, figures=(money(text, "最高10万元", 10**5, "甲"), money(text, "最高10万元", 10**5, "乙", occurrence=1))
    )
    after = extraction(
        edited, figures=(money(edited, "最高10万元", 10**5, "甲"), money(edited, "最高30万元", 3 * 10**5, "乙"))
    )
    assert [(one.field, one.before, one.after) for one in compare(before, after)] == [
        ("figure:乙", "最高10万元", "最高30万元")
    ]


def test_a_deadline_that_moved() -> None:
    edited = TEXT.replace("6月底前", "9月底前")
    before = extraction(TEXT, deadlines=(deadline(TEXT, "2026年6月底前", date(2026, 6, 30)),))
    after = extraction(edited, deadlines=(deadline(edited, "2026年9月底前", date(2026, 9, 30)),))
    assert compare(before, after) == (
        FieldChange(
            "deadlines",
            "2026年6月底前",
            "2026年9月底前",
            "2026年9月底前完成首批审核",
            subject="完成首批审核",
            direction=Direction.INCREASE,
        ),
    )


def test_a_deadline_of_the_same_words_in_another_year_shows_the_days() -> None:
    text = "年底前完成。"
    before = extraction(text + "甲", deadlines=(deadline(text, "年底前", date(2025, 12, 31)),))
    after = extraction(text + "乙", deadlines=(deadline(text, "年底前", date(2026, 12, 31)),))
    (change,) = compare(before, after)
    assert (change.before, change.after) == ("年底前（2025-12-31）", "年底前（2026-12-31）")


def test_measures_added_dropped_renumbered_and_reworded() -> None:
    old = "一、优化环评审批流程\n二、推行首违不罚\n三、加大绿色信贷支持\n"
    new = "一、推行首违不罚清单\n二、加大绿色信贷支持\n三、开展入企帮扶服务\n"
    before = extraction(
        old,
        measures=(
            measure(old, 1, "优化环评审批流程"),
            measure(old, 2, "推行首违不罚"),
            measure(old, 3, "加大绿色信贷支持"),
        ),
    )
    after = extraction(
        new,
        measures=(
            measure(new, 1, "推行首违不罚清单"),
            measure(new, 2, "加大绿色信贷支持"),
            measure(new, 3, "开展入企帮扶服务"),
        ),
    )
    assert [(one.field, one.before, one.after) for one in compare(before, after)] == [
        ("measures", None, "三、开展入企帮扶服务"),
        ("measures", "一、优化环评审批流程", None),
    ]


HEAD = "海州市发展和改革局关于支持企业稳增长的若干措施\n为支持企业稳增长，制定以下措施。\n"
ITEMS = (
    "减免房屋租金。对承租国有房屋的小微企业减免3个月租金。",
    "给予贷款贴息。对小微企业贷款给予50%贴息，每户最高20万元。",
    "奖励首次升规。对首次升规的企业给予10万元奖励。",
    "加强政策宣传。定期开展政策宣讲，送政策上门。",
)
STYLES = {
    "brackets": ["（一）", "（二）", "（三）", "（四）"],
    "commas": ["一、", "二、", "三、", "四、"],
    "articles": ["第一条 ", "第二条 ", "第三条 ", "第四条 "],
    "points": ["1. ", "2. ", "3. ", "4. "],
}


def numbered(items: Sequence[str], numbers: Sequence[str]) -> Extraction:
    lines = [number + item for number, item in zip(numbers, items, strict=False)]
    return extract(read_document("\n".join((HEAD.strip(), *lines, "海州市发展和改革局\n2025年3月1日")).encode()))


@pytest.mark.parametrize("numbers", STYLES.values(), ids=list(STYLES))
@pytest.mark.parametrize("gone", range(len(ITEMS)))
def test_a_measure_taken_out_is_told_first_by_its_number_and_heading(numbers: list[str], gone: int) -> None:
    before, after = numbered(ITEMS, numbers), numbered(ITEMS[:gone] + ITEMS[gone + 1 :], numbers)
    heading = ITEMS[gone].split("。")[0]
    dropped, added = compare(before, after), compare(after, before)
    assert [sentence(one) for one in dropped if one.field == "measures"] == [
        f"删去措施“{numbers[gone].strip()}{heading}”"
    ]
    assert [sentence(one) for one in added if one.field == "measures"] == [
        f"新增措施“{numbers[gone].strip()}{heading}”"
    ]
    assert dropped[0].field == added[0].field == "measures"


@pytest.mark.parametrize("before", STYLES.values(), ids=list(STYLES))
@pytest.mark.parametrize("after", STYLES.values(), ids=list(STYLES))
def test_other_numbers_or_another_order_of_measures_are_no_change(before: list[str], after: list[str]) -> None:
    assert compare_versions(Version(numbered(ITEMS, before)), Version(numbered(ITEMS, after))) == ()
    assert compare_versions(Version(numbered(ITEMS, before)), Version(numbered(ITEMS[::-1], after))) == ()


def test_a_report_whose_headings_no_longer_agree_with_its_count_lost_only_what_is_gone() -> None:
    head = "海州市四项发力助企业\n近日，海州市生态环境局推出四项举措服务企业。\n"
    lines = [number + item for number, item in zip(STYLES["brackets"], ITEMS, strict=True)]
    before, after = (extract(read_document((head + "\n".join(part)).encode())) for part in (lines, lines[:3]))
    assert (len(before.measures), len(after.measures)) == (4, 0)
    assert [sentence(one) for one in compare(before, after)] == ["删去措施“（四）加强政策宣传”"]
    assert [sentence(one) for one in compare(after, before)] == ["新增措施“（四）加强政策宣传”"]


@pytest.mark.parametrize(
    ("field", "before", "after", "shown"),
    [
        ("title", "旧标题", "新标题", ("旧标题", "新标题")),
        ("issuer", None, "某市生态环境局", (None, "某市生态环境局")),
        ("document_title", "若干措施", None, ("若干措施", None)),
        ("document_number", "某环发〔2026〕1号", "某环发〔2026〕2号", ("某环发〔2026〕1号", "某环发〔2026〕2号")),
        ("measure_count", 8, 10, ("8", "10")),
        ("valid_until", date(2026, 12, 31), date(2027, 12, 31), ("2026-12-31", "2027-12-31")),
    ],
)
def test_the_announcements_own_data(
    field: str, before: object, after: object, shown: tuple[str | None, str | None]
) -> None:
    (change,) = compare(replace(extraction(), **{field: before}), replace(extraction(), **{field: after}))  # type: ignore[arg-type]
    assert (change.field, change.before, change.after) == (field, *shown)


@pytest.mark.parametrize(
    ("before", "after"),
    [("出台20条措施", "出台２０条措施"), ("某市：出台措施", "某市:出台措施"), ("出台 措施", "出台措施")],
)
def test_width_spaces_and_punctuation_of_a_title_are_no_change(before: str, after: str) -> None:
    assert compare(extraction(title=before), extraction(title=after)) == ()
    assert fingerprint(before, "正文") == fingerprint(after, "正文")


def test_the_fingerprint_tells_texts_apart() -> None:
    assert fingerprint("标题", "最高300万元") != fingerprint("标题", "最高500万元")
    assert fingerprint("标题", "正文") == fingerprint("标题", "正 文\n。")


def test_a_text_rewritten_in_whole_is_compared_in_bounded_time() -> None:
    def many(unit: int) -> Extraction:
        text = "".join(f"第{n}类项目补助最高{n + unit}万元" for n in range(3000))
        figures, at = [], 0
        for n in range(3000):
            quote = f"最高{n + unit}万元"
            at = text.index(quote, at)
            figures.append(replace(money(quote, quote, n + unit), start=at, end=at + len(quote)))
            at += len(quote)
        return extraction(text, figures=tuple(figures))

    changes = compare(many(10_000), many(20_000))
    assert {one.before is None or one.after is None or one.before != one.after for one in changes} == {True}
    assert len(changes) > 3000


def test_many_amounts_of_which_no_subject_is_known_are_no_change_where_they_moved() -> None:
    def table(words: str) -> Extraction:
        text = "".join(f"{words}{number}号最高{number}万元。" for number in range(1000, 1600))
        quotes = [f"最高{number}万元" for number in range(1000, 1600)]
        figures = (money(text, quote, number) for number, quote in enumerate(quotes, 1000))
        return extraction(text, figures=tuple(replace(one, subject=None) for one in figures))

    assert compare(table("档次"), table("按贡献分列的等级")) == ()


@pytest.mark.parametrize(
    ("edited", "told"),
    [
        (
            TEXT.replace("给予奖补", "予以奖补"),
            [("对绿色改造项目给予奖补,最高300万元", "对绿色改造项目予以奖补,最高300万元")],
        ),
        (TEXT + "本措施由市局负责解释。\n", [(None, "本措施由市局负责解释。")]),
        (
            TEXT.replace("市局出台支持企业若干措施。", ""),
            [("市局出台支持企业若干措施。对绿色改造项目给予奖补,最高300万元", "对绿色改造项目给予奖补,最高300万元")],
        ),
        ("".join(reversed(TEXT.splitlines(keepends=True))), []),
        (TEXT.replace("。", " 。 ").replace(",", "，"), []),
    ],
)
def test_where_only_the_wording_differs_the_passages_are_told(
    edited: str, told: list[tuple[str | None, str | None]]
) -> None:
    changes = compare_versions(Version(read(TEXT)), Version(read(edited)))
    assert {one.field for one in changes} <= {"text"}
    assert [(one.before, one.after) for one in changes] == told


def test_wording_is_left_out_where_more_than_wording_changed() -> None:
    edited = TEXT.replace("300万元", "500万元").replace("完成首批", "基本完成首批")
    assert [one.field for one in compare_versions(Version(read(TEXT)), Version(read(edited)))] == [
        "figure:绿色改造项目"
    ]


FORM, MAP = Attachment("http://a.example/1.docx", "申报表.docx"), Attachment("http://a.example/2.pdf", "流程图.pdf")


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ((FORM,), (FORM, MAP), [(None, "流程图.pdf")]),
        ((FORM, MAP), (MAP,), [("申报表.docx", None)]),
        ((FORM,), (replace(FORM, url="http://a.example/3.docx"),), []),  # uploaded again under another address
        ((FORM,), (replace(FORM, name="附件：申报表（修订）.docx"),), []),  # another name for the same file
        ((FORM, MAP), (MAP, FORM), []),
    ],
)
def test_attachments_added_and_removed(
    before: tuple[Attachment, ...], after: tuple[Attachment, ...], told: list[tuple[str | None, str | None]]
) -> None:
    changes = compare_versions(Version(read(TEXT), before), Version(read(TEXT), after))
    assert [(one.field, one.before, one.after) for one in changes] == [("attachments", *pair) for pair in told]


@pytest.mark.parametrize(
    ("text", "task"),
    [
        ("2026年6月底前完成首批审核。", "完成首批审核"),
        ("申报材料请于2026年6月底前提交。逾期不候。", "申报材料请提交"),
        ("2026年6月底前，组织银行与企业对接，力争新增贷款。", "组织银行与企业对接"),
        ("完成时间：2026年6月底前。", "完成时间"),
        ("2026年6月底前。", None),
        ("2026年6月底前" + "按照有关规定" * 9 + "完成。", ("按照有关规定" * 9)[:39] + "…"),
    ],
)
def test_what_a_deadline_is_for_is_what_a_calendar_says_of_it(text: str, task: str | None) -> None:
    before = extraction(text, deadlines=(deadline(text, "2026年6月底前", date(2026, 6, 30)),))
    (change,) = compare(before, extraction(text))
    assert change.subject == task


def hostile(mark: str) -> tuple[Extraction, ...]:
    """Texts in which much repeats: lines that are all marks, measures and amounts in the same words by the thousand."""
    marks = "\n".join("，甲" * 60 for _ in range(5000))
    return (
        extraction(f"{mark}项任务\n{marks}", measures=(measure(f"{mark}项任务", 1, f"{mark}项任务"),), figures=()),
        extract(Document(None, "\n".join(f"{mark}{n}\n目录" for n in range(1000)))),
        extract(Document(None, "\n".join(f"对{mark}类项目给予最高{n}{mark}万元奖补。" for n in range(2000)))),
        extract(Document(None, "\n".join(f"{n}. 推进{mark}事。\n给予{mark}类奖补。" for n in range(1, 1000)))),
    )


@pytest.mark.parametrize("case", range(4))
def test_what_repeats_is_compared_in_bounded_time(case: int) -> None:
    before, after = hostile("甲")[case], hostile("乙")[case]
    for compared in (partial(compare_versions, Version(before), Version(after)), partial(set_beside, before, after)):
        assert cpu_seconds(compared) < 3
