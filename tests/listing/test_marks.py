"""What links say before the title of an entry."""

from __future__ import annotations

import pytest

from tests.listing.pages import entries
from tests.listing.test_families import CHROME

FOUR = [
    ("202606/t20260618_501.shtml", "关于印发《优化环评审批若干措施》的通知", "2026-06-18"),
    ("202606/t20260617_502.shtml", "某区召开排污许可服务企业座谈会", "2026-06-17"),
    ("202606/t20260616_503.shtml", "关于优化环评审批服务的通知", "2026-06-16"),
    ("202605/t20260529_504.shtml", "某县公布助企纾困工作安排", "2026-05-29"),
]
NUMBERS, KINDS = ("21", "22", "23", "24"), ("征求中", "已结束", "已结束", "已结束")


def of(row: str, marks: tuple[str, ...]) -> str:
    body = "".join(row.format(u=u, t=t, d=d, m=mark, cut=t[:9]) for (u, t, d), mark in zip(FOUR, marks, strict=True))
    return CHROME % f"<ul>{body}</ul>"


@pytest.mark.parametrize("marks", [NUMBERS, KINDS, ("某局", "某局", "某办", "某办")])
@pytest.mark.parametrize(
    "row",
    [
        "<li><a href='{u}'><span>{m}</span><p>{t}</p><p>{d}</p></a></li>",
        "<li><a href='{u}'><p>{m}</p><p>{t}</p><p>{d}</p></a></li>",
        "<li><a href='{u}'><span>{m}</span><span>{t}</span><span>{d}</span></a></li>",
        "<li><a href='{u}'><em class='of'>{m}</em>{t}</a><span>{d}</span></li>",
        "<li><a href='{u}' title='{t}'><em class='of'>{m}</em>{cut}...</a><span>{d}</span></li>",
    ],
)
def test_what_takes_turns_before_the_titles_is_no_part_of_them(row: str, marks: tuple[str, ...]) -> None:
    assert entries(of(row, marks)) == FOUR


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("<li><a href='{u}'><em>{m}</em>：{t}</a><i>{d}</i></li>", ("环评", "环评", "环评", "环评")),
        ("<li><a href='{u}'><span>{m}</span>：{t}</a><i>{d}</i></li>", ("5", "5", "5", "5")),
        ("<li><a href='{u}'><span>{m}</span>：{t}</a><i>{d}</i></li>", ("某县环境局", "某市", "某省", "某区")),
    ],
)
def test_words_that_are_set_apart_in_titles_stay_in_them(row: str, words: tuple[str, ...]) -> None:
    whole = [(u, f"{word}：{t}", d) for (u, t, d), word in zip(FOUR, words, strict=True)]
    assert entries(of(row, words)) == whole


def test_a_word_that_was_searched_for_stays_in_the_titles_that_begin_with_it() -> None:
    row = "<li><a href='{u}'><span>环评</span>{t}</a><i>{d}</i></li>"
    other = "<li><a href='202604/t20260401_499.shtml'>优化<span>环评</span>服务</a><i>2026-04-01</i></li>"
    found = entries(of(row, KINDS).replace("</ul>", other + "</ul>"))
    assert [title for _, title, _ in found] == [*(f"环评{title}" for _, title, _ in FOUR), "优化环评服务"]


@pytest.mark.parametrize(
    ("row", "days"),
    [
        ("<li><a href='{u}'><b>{m}</b><i>2026-06</i><p>{t}</p></a></li>", ("15", "16", "17", "18")),
        ("<li><a href='{u}'><span>{m}</span><p>{t}</p></a></li>", ("今天", "昨天", "昨天", "昨天")),
    ],
)
def test_days_before_the_titles_are_their_days(row: str, days: tuple[str, ...]) -> None:
    found = entries(of(row, days))
    assert [title for _, title, _ in found] == [title for _, title, _ in FOUR]
    assert all(day for _, _, day in found)


@pytest.mark.parametrize(
    ("row", "marks"),
    [
        ("<li><a href='{u}'><p>{m}</p><p>{t}</p><p>{d}</p></a></li>", tuple(f"某环发〔2026〕{n}号" for n in "4321")),
        ("<li><a href='{u}' title='{t}'><p>{m}</p><p>{t}</p><i>{d}</i></a></li>", ("某市局", "某处", "某县", "某区")),
        ("<li><a href='{u}' title='{t}'>{m}{cut}...</a><i>{d}</i></li>", ("公示", "公告", "通知", "其他")),
    ],
)
def test_a_line_before_the_title_that_differs_in_each_link_is_not_it(row: str, marks: tuple[str, ...]) -> None:
    assert entries(of(row, marks)) == FOUR


def test_a_title_that_is_whole_keeps_what_its_attribute_leaves_out() -> None:
    whole = [(u, f"某市：{t}", d) for u, t, d in FOUR]
    assert entries(of("<li><a href='{u}' title='{t}'>{m}{t}</a><i>{d}</i></li>", ("某市：",) * 4)) == whole


@pytest.mark.parametrize("mark", ["<i>荐</i>", "<em>图</em>", "<b>视频</b> "])
def test_a_mark_that_is_set_as_emphasis_is_no_part_of_the_titles_that_have_it(mark: str) -> None:
    assert entries(of("<li><a href='{u}'>{m}{t}</a><i>{d}</i></li>", (mark, "", mark, mark))) == FOUR


def test_a_kind_in_brackets_that_is_set_as_emphasis_stays_in_the_title() -> None:
    whole = [(u, f"[视频]{t}", d) for u, t, d in FOUR]
    assert entries(of("<li><a href='{u}'><b>[视频]</b>{t}</a><i>{d}</i></li>", ("",) * 4)) == whole
