"""A page shows lists of several columns: only its own is read, however short, and none where its own is not there."""

from __future__ import annotations

import re
from urllib.parse import urljoin

import pytest

from tests.listing.pages import COLUMN, entries
from watcher.errors import ReadError

Row = tuple[str, str, str]
WORDS = ("印发", "公布", "修订", "发布", "调整", "公示", "通报", "部署")
OWN = [
    (f"202606/t2026061{9 - n}_{50 - n}.html", f"某市{w}第{n}批助企措施", f"2026-06-1{9 - n}")
    for n, w in enumerate(WORDS)
]
FAR = [
    (f"http://www.example.gov.cn/art_77_{90 - n}.html", f"外地{w}第{n}项惠企做法", f"2026-06-1{9 - n}")
    for n, w in enumerate(WORDS)
]
NOTICES = [
    (f"/gsgg/t2026060{9 - n}_{70 - n}.html", f"关于{w}第{n}号事项的公告", f"2026-06-0{9 - n}")
    for n, w in enumerate(WORDS)
]
PAGE = """<html><head><title>{title}某市生态环境局</title></head><body>
<div class="dh"><a href="/">首页</a><a href="/zwgk/">政务公开</a><a href="/bsfw/">办事服务</a>
<a href="/dtxx/">动态信息</a><a href="/gsgg/">公示公告</a></div>
<div class="wz">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; <a href="./">动态信息</a></div>
<div class="zt">{side}{main}</div></body></html>"""
NAMED = "<h3>公示公告</h3>"
UNNAMED = "<h3>最新发布</h3>"


def ul(rows: list[Row]) -> str:
    return "<ul>" + "".join(f"<li><a href='{u}'>{t}</a><span>{d}</span></li>" for u, t, d in rows) + "</ul>"


def side(heading: str, rows: list[Row] = NOTICES) -> str:
    return f"<div class='zb'>{heading}{ul(rows)}</div>"


def page(main: str, beside: str = "", title: str = "动态信息_") -> str:
    return PAGE.format(title=title, side=beside, main=f"<div class='yb'>{main}</div>")


def addresses(body: str, url: str = COLUMN) -> list[str]:
    return [one[0] for one in entries(body, url)]


def of(rows: list[Row]) -> list[str]:
    return [urljoin(COLUMN, url).removeprefix(COLUMN) for url, *_ in rows]


@pytest.mark.parametrize("count", [1, 2, 3, 5])
@pytest.mark.parametrize(
    "heading",
    [
        NAMED,
        UNNAMED,
        "<div class='bt'><a href='/gsgg/'>公示公告</a><a href='/gsgg/'>更多&gt;&gt;</a></div>",
        "<div class='bt'><b>公告栏</b><a href='../gsgg/'>更多</a></div>",
    ],
)
def test_a_short_list_of_the_own_column_wins_over_a_longer_one_of_another(count: int, heading: str) -> None:
    assert addresses(page(ul(OWN[:count]), side(heading))) == of(OWN[:count])


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_the_column_in_addresses_tells_its_list(count: int) -> None:
    own, other = (
        [(f"/art/2026/6/{9 - n}/art_{c}_{9 - n}.html", t, d) for n, (_, t, d) in enumerate(OWN)] for c in (4411, 4422)
    )
    body = page(ul(own[:count]), side(NAMED, other))
    assert addresses(body, "http://sthj.example.gov.cn/col/col4411/index.html") == of(own[:count])


def test_the_number_of_the_column_in_the_query_tells_which_heading_is_another_s() -> None:
    own, other = ([(f"/w/show.aspx?cid={c}&id={n}", t, d) for n, (_, t, d) in enumerate(OWN)] for c in (12, 13))
    body = page(ul(own[:2]), side(NAMED, other)).replace("/gsgg/", "/w/list.aspx?id=13")
    assert addresses(body, "http://sthj.example.gov.cn/w/list.aspx?id=12") == of(own[:2])


def test_a_list_without_dates_wins_over_a_dated_one_of_another_column() -> None:
    bare = "".join(f"<li><a href='{u}'>{t}</a></li>" for u, t, _ in OWN[:4])
    assert addresses(page(f"<ul>{bare}</ul>", side(NAMED))) == of(OWN[:4])


FLAT = [
    (f"/content/{300 - n}.html", f"某市{w}第{n}件地方标准目录", d)
    for n, (w, (*_, d)) in enumerate(zip(WORDS, OWN, strict=True))
]
NEWEST = [(f"/content/{9900 - n}.html", t, d) for n, (_, t, d) in enumerate(NOTICES)][:6]
LINKED = "<h3><a href='/gsgg/'>公告栏</a></h3>"


@pytest.mark.parametrize(
    ("over", "beside"),
    [
        ("<h2>动态信息</h2>", UNNAMED),
        ("<h2>动态信息</h2>", LINKED),
        ("", "<h3>热点关注</h3>"),
        ("", LINKED),
    ],
)
def test_headings_tell_the_list_without_dates_where_addresses_name_no_column(over: str, beside: str) -> None:
    bare = "".join(f"<li><a href='{u}'>{t}</a></li>" for u, t, _ in FLAT)
    body = page(f"{over}<ul>{bare}</ul>", side(beside, NEWEST))
    assert addresses(body, "http://sthj.example.gov.cn/list/7.html") == of(FLAT)


def test_a_menu_under_the_name_of_the_column_is_no_list_without_dates() -> None:
    menu = "".join(f"<li><a href='/list.aspx?id={1011 + n}'>某市{w}信息公开目录</a></li>" for n, w in enumerate(WORDS))
    body = page(f"<div>{UNNAMED}{ul(NEWEST)}</div>", f"<div><h2>动态信息</h2><ul>{menu}</ul></div>")
    assert addresses(body, "http://sthj.example.gov.cn/list.aspx?id=1010") == of(NEWEST)


@pytest.mark.parametrize(
    "heading", ["", "<h2>动态信息</h2>", "<h2>工作信息列表</h2>", "<p>标题：<button>查询</button></p>"]
)
@pytest.mark.parametrize("title", ["动态信息_", ""])
def test_entries_from_elsewhere_are_the_column_s_where_no_heading_says_otherwise(heading: str, title: str) -> None:
    assert addresses(page(heading + ul(FAR), side(NAMED), title)) == of(FAR)


def fault(body: str, url: str = COLUMN) -> str:
    with pytest.raises(ReadError) as caught:
        entries(body, url)
    return f"{caught.value.code}: {caught.value}"


ASKED = "<script>$.ajax({url: '/api/news/list?cid=7', success: function (r) { $('#lb').html(r.rows) }})</script>"
FILLED = f"<ul id='lb'></ul>{ASKED}"
UNDATED = "<div class='zb'>{}<ul>{}</ul></div>".format(
    NAMED, "".join(f"<li><a href='{u}'>{t}</a></li>" for u, t, _ in NOTICES)
)


@pytest.mark.parametrize(
    ("main", "beside", "said"),
    [
        (FILLED, side(NAMED), "javascript_list: .*/api/news/list"),
        (FILLED, side(UNNAMED), "javascript_list: .*/api/news/list"),
        (FILLED, side("<h3>热点新闻</h3>"), "javascript_list: .*/api/news/list"),
        (FILLED, side(UNNAMED, NOTICES[:3]), "javascript_list: .*/api/news/list"),
        (FILLED, UNDATED, "javascript_list: .*/api/news/list"),
        (ASKED, side(NAMED), "javascript_list: .*/api/news/list"),
        ("<div id='d'></div><script>loadPageData(p, 1)</script>", side(UNNAMED), "javascript_list"),
        ("<div><p v-for='one in rows'>{{one.t}}</p></div>", side(NAMED), "javascript_list"),
        ("<iframe src='/search/gov_list.jsp?channel=7'></iframe>", side(NAMED), "elsewhere: .*/search/gov_list.jsp"),
        ("<p>暂无信息</p>", side(NAMED), "empty_list"),
        ("<ul class='lb'></ul>", side(NAMED), "no_links"),
    ],
)  # fmt: skip
def test_no_other_column_is_taken_where_the_own_one_is_not_in_the_page(main: str, beside: str, said: str) -> None:
    assert re.match(said, fault(page(main, beside)))


@pytest.mark.parametrize(
    "heading",
    [
        "",
        "<h2>动态信息</h2>",
        "<h2>政务公开</h2>",
        "<h2>信息</h2>",
        "<div><a href='./'>动态</a><a href='/gsgg/'>公示公告</a></div>",
    ],
)
@pytest.mark.parametrize(
    "other",
    [
        FILLED,
        "<ul></ul><p>暂无内容</p>",
        "<iframe src='/tq/index.html'></iframe>",
        "<script>$.get('/search/list?q=')</script>",
    ],
)
def test_a_script_for_something_else_hides_no_list(heading: str, other: str) -> None:
    assert addresses(page(heading + ul(FAR) + other, side(NAMED))) == of(FAR)


def test_a_list_with_older_pages_is_no_side_column_whatever_its_heading() -> None:
    body = page(f"<h2>工作信息</h2>{ul(FAR)}<a href='index_1.html'>下一页</a>{FILLED}")
    assert addresses(body) == of(FAR)


def test_the_column_s_own_entries_are_read_beside_a_place_that_a_script_fills() -> None:
    assert addresses(page(ul(OWN) + FILLED, side(NAMED))) == of(OWN)


BOXES = "<div class='{}'><div class='bt'>{}</div>{}</div>"


@pytest.mark.parametrize("names", [("k", "k"), ("k1", "k2")])
@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("own", [OWN, FAR])
@pytest.mark.parametrize(
    "headings",
    [("动态信息", "公示公告"), ("<h2>动态信息</h2><a href='./'>更多</a>", "<h2>公告栏</h2><a href='/gsgg/'>更多</a>")],
)
def test_boxes_of_one_make_are_told_apart_by_their_headings(
    names: tuple[str, str], first: bool, own: list[Row], headings: tuple[str, str]
) -> None:
    boxes = [BOXES.format(names[0], headings[0], ul(own)), BOXES.format(names[1], headings[1], ul(NOTICES))]
    assert addresses(page("".join(boxes if first else reversed(boxes)))) == of(own)


def test_boxes_of_which_none_is_the_page_s_own_are_its_parts() -> None:
    body = page(BOXES.format("k", "公示公告", ul(NOTICES)) + BOXES.format("k", "办事服务", ul(FAR)))
    assert addresses(body) == of([*NOTICES, *FAR])


@pytest.mark.parametrize("headings", [("2026年6月", "2026年5月"), ("动态信息", "旧闻"), ("今年", "往年")])
def test_parts_of_one_column_stay_one_list(headings: tuple[str, str]) -> None:
    body = page(BOXES.format("k", headings[0], ul(FAR[:4])) + BOXES.format("k", headings[1], ul(FAR[4:])))
    assert addresses(body) == of(FAR)


HEADS = {
    "picture": "<div class='tt'><img src='/images/rd.jpg'></div>",
    "background": "<div class='tt_rd'></div>",
    "english": "<div><em>HOT</em> NEWS</div>",
    "none": "",
}
SYSTEMS = {  # a page of a column, and how its articles are addressed
    "folder": ("http://www.a.example.cn/zwgk/tzgg/", "/zwgk/tzgg/content/post_10393{}.html"),
    "number": ("http://www.a.example.cn/col/col80179/index.html", "/art/2026/6/1/art_80179_11664{}.html"),
    "vsb": ("http://www.a.example.cn/xwzx/tzgg.htm", "../info/1021/34{}.htm"),
    "query": ("http://www.a.example.cn/index.php?a=lists&catid=12", "/index.php?a=show&catid=12&id=3{}"),
    "wechat": ("http://www.a.example.cn/xwzx/wx/", "https://mp.weixin.qq.com/s/aBcDeFgHiJkLmNoPqRsT{}"),
}
UNDATED = "<li><a href='{}'>{}</a></li>"
DATED = "<li><a href='{}'>{}</a><span>2026-06-1{}</span></li>"


def beside(
    system: str, head: str, own: tuple[int, str], other: int = 5, folder: str = "/rm/7{}.html"
) -> tuple[str, str]:
    """A page with own[0] entries of its column in rows own[1], and in a box beside them `other` of another, dated."""
    url, address = SYSTEMS[system]
    listed = "".join(
        own[1].format(address.format(80 - n), f"某市公布第{n}批绿色工厂名单的公告", 9 - n) for n in range(own[0])
    )
    box = "".join(DATED.format(folder.format(n), f"别处刊登的第{n}条较长新闻标题", 9 - n) for n in range(other))
    body = (
        "<html><head><title>通知公告-某市</title></head><body><div class='box'>"
        f"<div class='l'><h2>通知公告</h2><ul>{listed}</ul></div>"
        f"<div class='r'>{HEADS[head]}<ul>{box}</ul></div></div></body></html>"
    )
    return body, url


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("own", [(4, UNDATED), (8, UNDATED), (2, DATED)])
def test_a_dated_box_without_a_heading_in_words_does_not_hide_the_list_under_the_column_s_own(
    head: str, system: str, own: tuple[int, str]
) -> None:
    titles = [title for _, title, _ in entries(*beside(system, head, own))]
    assert titles == [f"某市公布第{n}批绿色工厂名单的公告" for n in range(own[0])]


def test_articles_told_by_the_query_alone_are_no_menu_beside_a_box_of_hot_news() -> None:
    body, url = beside("query", "none", (4, UNDATED), other=8)
    found = entries(body.replace("<div class='r'>", "<div class='r'><h3>热门推荐</h3>"), url)
    assert [title for _, title, _ in found] == [f"某市公布第{n}批绿色工厂名单的公告" for n in range(4)]


@pytest.mark.parametrize("system", ["folder", "number"])
@pytest.mark.parametrize(("other", "is_read"), [(5, True), (9, False)])
def test_the_longer_list_whose_addresses_are_the_column_s_is_read_under_no_heading_too(
    system: str, other: int, is_read: bool
) -> None:
    body, url = beside(system, "none", (8, UNDATED), other)
    found = entries(re.sub("<title>.*</title>|<h2>.*</h2>", "", body), url)
    assert any("绿色工厂" in title for _, title, _ in found) is is_read


@pytest.mark.parametrize("own", [(4, UNDATED), (1, DATED)])
@pytest.mark.parametrize("system", ["folder", "number", "vsb"])
def test_headlines_under_the_column_s_heading_do_not_hide_its_list_in_a_box_beside(
    system: str, own: tuple[int, str]
) -> None:
    _, address = SYSTEMS[system]
    body, url = beside(system, "none", own, other=9, folder=address)
    assert len(entries(body, url)) >= 9
