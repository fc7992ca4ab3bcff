"""Entries of several links: the column, a picture, the day, and the title."""

from __future__ import annotations

import pytest

from tests.listing.pages import entries
from tests.listing.test_families import CHROME, THREE, of

TIP = "标题：{t}&#10;作者：某&#10;更新时间：{d} 10:20:00"
MORE = [
    *THREE,
    ("202605/t20260521_504.shtml", "某县为企业送上环保管家服务", "2026-05-21"),
    ("202605/t20260512_505.shtml", "某市环评审批再提速", "2026-05-12"),
]


@pytest.mark.parametrize(
    "row",
    [
        "<li>[<a href='/dtxx/'>地市动态</a>] <a href='{u}' title='[]'>{t}</a><span>{d}</span></li>",
        "<li><span>{d}</span>[<a href='/dtxx/'>地市动态</a>] <a href='{u}' title='[]'>{t}</a></li>",
        "<li>[<a href='/bm/'>某处室综合科</a>] <span>{d}</span><a href='{u}' title='[]'>{t}</a></li>",
        "<li><a href='/bm/'>某处室综合科</a><a href='{u}' title='[]'>{t}</a><span>{d}</span></li>",
        "<div>[<a href='/bm/'>某处室</a>] <a href='{u}'><b>{t}</b><p>{d}</p></a><i>更新时间：2026-06-19</i></div>",
    ],
)
def test_a_column_beside_a_link_that_has_a_date_itself_is_not_the_entry(row: str) -> None:
    assert entries(of(row.replace("[]", TIP))) == THREE


TEXT = "<div><h3><a href='{u}'>{t}</a></h3><i>{d}</i></div></li>"
PICTURE, PLAIN = f"<li class='pic'><div><a href='{{u}}'><img src='1.jpg'></a></div>{TEXT}", f"<li class='text'>{TEXT}"
FILED = "<li class='of'>[<a href='/bm/'>某处室</a>] <a href='{u}'><p>{t}</p><i>{d}</i></a></li>"
WHOLE = "<li class='free'><a href='{u}'><p>{t}</p><i>{d}</i></a></li>"


@pytest.mark.parametrize(
    "rows",
    [
        [PICTURE, PLAIN, PICTURE, PLAIN, PICTURE],
        [PLAIN, PLAIN, PICTURE, PLAIN, PLAIN],
        [PLAIN, PICTURE, PICTURE, PICTURE, PICTURE],
        [FILED, WHOLE, FILED, FILED, WHOLE],
        [PICTURE.replace("<img src='1.jpg'>", "<img src='1.jpg' alt='{t}'>"), PLAIN, PLAIN, PICTURE, PLAIN],
    ],
)
def test_rows_with_and_without_a_picture_or_a_column_are_one_list(rows: list[str]) -> None:
    body = "".join(row.format(u=u, t=t, d=d) for row, (u, t, d) in zip(rows, MORE, strict=True))
    assert entries(CHROME % f"<ul>{body}</ul>") == MORE


def test_a_picture_with_a_text_of_its_own_and_a_second_day_hide_no_entry() -> None:
    picture = PICTURE.replace("<img src='1.jpg'>", "<img src='1.jpg' alt='{t}'>").replace(
        "</li>", "<p>浏览</p>{d}</li>"
    )
    assert entries(of(picture)) == THREE


@pytest.mark.parametrize(
    "row",
    [
        "<li><a href='{u}'><b>{n}</b><span>{y}-{m}</span></a><h3><a href='{u}'>{t}</a></h3></li>",
        "<li><a href='{u}'><i>{y}年{m}月</i><b>{n}</b></a><div><a href='{u}'>{t}</a></div></li>",
        "<li><a href='{u}'>{d}</a><a href='{u}'>{t}</a></li>",
        "<li><a href='{u}'><img src='{n}.jpg'><i>{d}</i></a><h4><a href='{u}'>{t}</a></h4></li>",
        "<tr><td><a href='{u}'>{d}</a></td><td><a href='{u}'>{t}</a></td></tr>",
        "<div><div class='day'><a href='{u}'>{d}</a></div><div><a href='{u}'>{t}</a></div></div>",
        "<div class='day'><a href='{u}'>{d}</a></div><div><a href='{u}'>{t}</a></div>",
        "<dt><a href='{u}'>{d}</a></dt><dd><a href='{u}'>{t}</a></dd>",
        "<a href='{u}'>{d}</a> <a href='{u}'>{t}</a><br>",
    ],
)
def test_a_day_that_is_a_link_itself_is_the_day_of_the_title_behind_it(row: str) -> None:
    assert entries(of(row)) == THREE


@pytest.mark.parametrize("called", ["W020260618.jpg", "某市生态环境局"])
def test_what_a_link_shows_counts_before_what_its_picture_is_called(called: str) -> None:
    row = f"<li><a href='{{u}}'><img src='1.jpg' alt='{called}'></a><a href='{{u}}'>{{t}}</a><i>{{d}}</i></li>"
    assert entries(of(row)) == THREE


def test_what_a_picture_is_called_counts_before_a_summary_that_is_cut() -> None:
    row = "<li><a href='{u}'><img src='1.jpg' alt='{t}'></a><a href='{u}'>近日，市局公布一批措施……</a><i>{d}</i></li>"
    assert entries(of(row)) == THREE


@pytest.mark.parametrize(
    "row", ["<li><a href='{u}'>{t}</a><i>{d}</i></li>", "<li>{d}<div><a href='{u}'>{t}</a></div></li>"]
)
def test_an_article_may_be_called_as_what_is_offered_to_do_with_it(row: str) -> None:
    called = [(THREE[0][0], "分享", THREE[0][2]), *THREE[1:]]
    assert entries(CHROME % f"<ul>{''.join(row.format(u=u, t=t, d=d) for u, t, d in called)}</ul>") == called


@pytest.mark.parametrize("tool", ["<a href='/print/12345.html'>打印</a>", "<a href='/share?id=5'>分享</a>"])
@pytest.mark.parametrize("title", ["{t}", "公告"])
def test_what_is_offered_before_a_title_is_no_title(tool: str, title: str) -> None:
    rows = of(f"<li><div>{tool}</div><a href='{{u}}'>{title}</a><i>{{d}}</i></li>")
    assert entries(rows) == [(u, title.format(t=t), d) for u, t, d in THREE]


@pytest.mark.parametrize(
    "row",
    [
        "<li><h4><a href='{u}'>{t}</a></h4><div>{d} 来源：<a href='http://paper.example/'>某某日报</a></div></li>",
        "<li><h4><a href='{u}'>{t}</a></h4><div>来源：<a href='http://paper.example/'>某某日报</a> {d}</div></li>",
        "<li><a href='{u}'>{t}</a><p>{d} <a href='/bm/hbj/'>某处室综合科</a> 浏览：33</p></li>",
        "<li><h4><a href='{u}'>{t}</a></h4><p>某局开会。</p><p><i>{d}</i><a href='/of/{n}.html'>某处</a></p></li>",
        "<div><h3><a href='{u}'>{t}</a></h3><p>{d} <a href='/tag/1/'>环评</a><a href='/tag/{n}/'>惠企</a></p></div>",
        "<div><h3><a href='{u}'>{t}</a></h3><p>{d} <a href='{u}#pl'>评论({n})</a></p></div>",
        "<div><h3><a href='{u}'>{t}</a></h3><p>{d} <a href='/jd/2026{n}.html'>《第{n}号措施》的解读</a></p></div>",
    ],
)
def test_the_line_with_the_day_below_a_title_is_not_the_entry_for_what_it_links(row: str) -> None:
    assert entries(of(row)) == THREE


def test_a_headline_above_dated_rows_of_its_kind_is_not_their_title() -> None:
    rows = "".join(f"<div><a href='{u}'>{t}</a><i>{d}</i></div>" for u, t, d in THREE)
    found = entries(CHROME % f"<div><h3><a href='202606/t20260619_509.shtml'>某市优化营商环境</a></h3>{rows}</div>")
    assert found[-3:] == THREE


def test_a_column_named_above_the_line_of_an_entry_is_not_its_title() -> None:
    assert entries(of("<li><h4><a href='/dtxx/a/'>某某地市动态</a></h4><p>{d} <a href='{u}'>{t}</a></p></li>")) == THREE
