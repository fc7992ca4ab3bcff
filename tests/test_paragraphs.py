"""Two texts aligned by paragraphs: nothing lost, nothing doubled, what belongs together side by side."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.timing import cpu_seconds
from watcher.change.paragraphs import align, differing_pieces

LINES = st.lists(st.text(alphabet="甲乙丙丁1 。", max_size=8), max_size=12).map("\n".join)


def shown(before: str, after: str) -> list[tuple[str | None, str | None]]:
    sides = [[None if one is None else one.text for one in (row.before, row.after)] for row in align(before, after)]
    return [(was, now) for was, now in sides]


@pytest.mark.parametrize(
    ("before", "after", "rows"),
    [
        ("甲项。\n乙项。", "甲项。\n乙项。", [("甲项。", "甲项。"), ("乙项。", "乙项。")]),
        ("甲项。", "甲项。\n\n  乙项。", [("甲项。", "甲项。"), (None, "乙项。")]),
        ("甲项。\n乙项。", "乙项。", [("甲项。", None), ("乙项。", "乙项。")]),
        (
            "对绿色改造项目最高奖补300万元。\n全文完",
            "对绿色改造项目最高奖补500万元。\n新的一段话在这里。",
            [
                ("对绿色改造项目最高奖补300万元。", "对绿色改造项目最高奖补500万元。"),
                ("全文完", None),
                (None, "新的一段话在这里。"),
            ],
        ),
        # The number of a paragraph is none of its words.
        (
            "（二）甲项。\n第三条 乙项。",
            "（一）甲项。\n二、乙项。",
            [("（二）甲项。", "（一）甲项。"), ("第三条 乙项。", "二、乙项。")],
        ),
        (
            "一、优化环评审批流程。",
            "新增的引言与众不同。\n一、优化环评审批流程和服务。",
            [(None, "新增的引言与众不同。"), ("一、优化环评审批流程。", "一、优化环评审批流程和服务。")],
        ),
    ],
)
def test_paragraphs_stand_beside_what_they_became(
    before: str, after: str, rows: list[tuple[str | None, str | None]]
) -> None:
    assert shown(before, after) == rows


@given(LINES, LINES)
def test_every_paragraph_of_both_is_there_once_in_its_order(before: str, after: str) -> None:
    rows = align(before, after)
    for text, side in ((before, [row.before for row in rows]), (after, [row.after for row in rows])):
        found = [one for one in side if one is not None]
        assert [one.text for one in found] == [line.strip() for line in text.split("\n") if line.strip()]
        assert all(text[one.start : one.start + len(one.text)] == one.text for one in found)
    assert all(row.before or row.after for row in rows)


def test_other_punctuation_and_width_are_the_same_paragraph() -> None:
    (row,) = align("出台20条措施，服务企业", "出台２０条措施 服务企业。")
    assert row.same


@given(st.text(alphabet="甲乙丙1。", max_size=30), st.text(alphabet="甲乙丙1。", max_size=30))
def test_the_pieces_of_a_pair_make_up_both_and_what_is_the_same_is_the_same(before: str, after: str) -> None:
    olds, news = differing_pieces(before, after)
    assert "".join(piece.text for piece in olds) == before
    assert "".join(piece.text for piece in news) == after
    assert [one.text for one in olds if not one.differs] == [one.text for one in news if not one.differs]


def test_the_pieces_that_differ_are_those_that_were_edited() -> None:
    olds, news = differing_pieces("给予最高300万元奖补，分两年拨付。", "给予最高500万元奖补，一次拨付。")
    assert [piece.text for piece in olds if piece.differs] == ["3", "分两年"]
    assert [piece.text for piece in news if piece.differs] == ["5", "一次"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("同一行\n" * 30_000, "另一行\n" * 30_000),
        ("\n".join(f"第{n}类" for n in range(5000)), "\n".join(f"第{n}种" for n in range(5000))),
        ("同" * 100_000, "异" * 100_000),
        # Every other line is the same, as in a table of contents; every other character.
        ("\n".join(f"甲{n}\n目录" for n in range(1000)), "\n".join(f"乙{n}\n目录" for n in range(1000))),
        ("".join(f"{chr(0x4E00 + n)}同" for n in range(1000)), "".join(f"{chr(0x6E00 + n)}同" for n in range(1000))),
    ],
)
def test_texts_with_little_in_common_are_aligned_in_bounded_time(before: str, after: str) -> None:
    assert cpu_seconds(lambda: (align(before, after), differing_pieces(before, after))) < 3


def long_paragraphs(first: int) -> str:
    """2,000 of 2,000 characters, every eightieth of which is the same whatever is `first`."""
    words = "".join(map(chr, range(0x4E00, 0x4E00 + 20_000)))
    places = ((first + 7 * n) % 18_000 for n in range(2000))
    return "\n".join(f"小计{n}" if n % 80 == 79 else words[at : at + 2000] for n, at in enumerate(places))


def test_many_long_paragraphs_between_two_that_are_the_same_are_paired_in_bounded_time() -> None:
    """Each of 79 is held against each of 79, by its beginning: all of it would take eight times as long."""
    before, after = long_paragraphs(0), long_paragraphs(3)
    assert cpu_seconds(lambda: align(before, after)) < 10


def test_in_a_table_of_contents_each_line_stands_beside_what_became_of_it() -> None:
    before = [line for n in range(1000) for line in (f"第{n}项任务由甲局办理", "目录")]
    after = [line for n in range(1000) for line in (f"第{n}项任务由乙局办理", "目录")]
    assert shown("\n".join(before), "\n".join(after)) == list(zip(before, after, strict=True))


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("（四）优化审批流程。", "（三）优化审批流程。", True),
        ("第四条 优化审批流程。", "四、优化审批流程。", True),
        ("4. 优化审批流程。", "优化审批流程。", True),
        ("（四）优化审批流程。", "（四）优化办理流程。", False),
        ("12家企业入选。", "13家企业入选。", False),
        ("2024年目标", "2025年目标", False),
        ("30 万元", "50 万元", False),
        ("（三）", "（四）", False),
    ],
)
def test_a_paragraph_that_only_has_another_number_is_the_same(before: str, after: str, same: bool) -> None:
    assert all(row.same for row in align(before, after)) is same
