"""Headings that are pictures are read by what is said of them; pictures that mark an entry are none."""

from __future__ import annotations

import pytest

from tests.listing.pages import entries
from tests.listing.test_families import CHROME

OWN = [
    (f"http://sthj.example.gov.cn/wj/{n}40{n}.html", f"某市公布第{n}批绿色工厂名单的公告", f"2026-06-0{9 - n}")
    for n in range(8)
]
BOX = [(f"/rm/2026061{n}_7.html", f"别处刊登的第{n}条较长新闻标题", f"2026-06-1{9 - n}") for n in range(6)]
UNDATED = "<li><a href='{}'>{}</a></li>"
DATED = "<li><a href='{}'>{}</a><span>{}</span></li>"


def filled(row: str, rows: list[tuple[str, str, str]]) -> str:
    return "".join(row.format(*one) for one in rows)


@pytest.mark.parametrize(
    "head",
    [
        "<div class='tt'><img src='a.jpg' alt='热点新闻'></div>",
        "<h3>\n<img src='a.jpg' alt=' 图片新闻 '>\n</h3>",
        "<div class='tt'><a href='/rd/'><img src='a.jpg' alt='聚焦某市'></a></div>",
    ],
)
@pytest.mark.parametrize("is_first", [True, False])
def test_a_dated_box_under_a_picture_that_names_it_is_not_the_list(head: str, is_first: bool) -> None:
    box = f"<div class='rbox'>{head}<ul>{filled(DATED, BOX)}</ul></div>"
    listed = f"<div class='lb'><ul>{filled(UNDATED, OWN)}</ul></div>"
    found = entries(CHROME % (f"{box}{listed}" if is_first else f"{listed}{box}"))
    assert [one[0] for one in found] == [one[0] for one in OWN]


@pytest.mark.parametrize(
    "head", ["<div><img src='a.jpg' alt='地市动态'></div>", "<h2><img src='a.jpg' alt='地市动态'></h2>"]
)
def test_a_picture_may_be_the_column_s_own_heading(head: str) -> None:
    box = f"<div class='rbox'><ul>{filled(DATED, BOX)}</ul></div>"
    found = entries(CHROME % f"<div><div>{head}<ul>{filled(UNDATED, OWN[:4])}</ul></div>{box}</div>")
    assert [one[0] for one in found] == [one[0] for one in OWN[:4]]


@pytest.mark.parametrize(
    "row",
    [
        "<li><img src='hot.gif' alt='热点文章'><a href='{}'>{}</a><span>{}</span></li>",
        "<li><div class='i'><img src='hot.gif' alt='热点文章'></div><a href='{}'>{}</a><span>{}</span></li>",
        "<table><tr><td><img src='hot.gif' alt='热点文章'></td><td><a href='{}'>{}</a></td><td>{}</td></tr></table>",
        "<div class='r'><img src='hot.gif' alt='热点文章'><a href='{}'>{}</a><span>{}</span></div>",
        "<p><span><img src='hot.gif' alt='热点文章'></span><a href='{}'>{}</a><i>{}</i></p>",
    ],
)
def test_a_picture_that_marks_an_entry_is_no_heading(row: str) -> None:
    assert [one[:2] for one in entries(CHROME % f"<div>{filled(row, OWN)}</div>")] == [one[:2] for one in OWN]
