"""What is pinned or set as a headline in a block beside the list is part of it; other columns are not."""

from __future__ import annotations

import pytest

from tests.listing.pages import entries
from tests.listing.test_families import CHROME

Row = tuple[str, str, str]
TITLES = ("印发", "公布", "修订", "发布", "调整", "公示", "通报", "部署")
OWN = [
    (f"202606/t202606{18 - n:02}_{50 - n}.html", f"某市{word}第{n}批助企措施", f"2026-06-{18 - n:02}")
    for n, word in enumerate(TITLES)
]
PINNED = ("202401/t20240105_7.html", "某市惠企政策受理窗口一览", "2024-01-05")
ROW = "<li><a href='{}'>{}</a><span>{}</span></li>"
BARE = "<li><a href='{}'>{}</a></li>"


def ul(rows: list[Row], row: str = ROW, name: str = "lb") -> str:
    return f"<ul class='{name}'>{''.join(row.format(*one) for one in rows)}</ul>"


def others(folder: str, count: int = 5) -> list[Row]:
    return [(f"{folder}t2026061{n}_8{n}.html", f"别处刊登的第{n}条新闻标题", f"2026-06-1{n}") for n in range(count)]


@pytest.mark.parametrize("pins", [1, 3, 4])
@pytest.mark.parametrize(
    "block",
    [
        "<ul class='zd'>{}</ul>|<li><a href='{}'>{}</a><span>{}</span></li>",
        "<div class='zd'>{}</div>|<p><b>[置顶]</b><a href='{}'>{}</a><span>{}</span></p>",
        "<div class='box'><h4>置顶信息</h4><div>{}</div></div>|<p><a href='{}'>{}</a> <i>{}</i></p>",
        "<table>{}</table>|<tr><td><a href='{}'>{}</a></td><td>{}</td></tr>",
        "{}|<div class='hl'><h3><a href='{}'>{}</a></h3><span>{}</span></div>",
        "{}|<h2><a href='{}'>{}</a></h2><p>近日，某市召开会议，部署下一阶段的工作。 <span>{}</span></p>",
    ],
)
@pytest.mark.parametrize("around", ["{}{}", "<div>{}</div><div class='nr'>{}</div>", "<h2>地市动态</h2>{}<hr>{}"])
def test_pinned_entries_in_a_block_of_their_own_are_entries(pins: int, block: str, around: str) -> None:
    outside, row = block.split("|")
    top = [PINNED, *OWN[: pins - 1]]
    written = outside.format("".join(row.format(*one) for one in top))
    found = entries(CHROME % around.format(written, ul(OWN[pins - 1 :])))
    assert [one[:2] for one in found] == [one[:2] for one in (*top, *OWN[pins - 1 :])]


@pytest.mark.parametrize(
    "headline",
    [
        "<div class='top'><a href='{0}'><img src='a.jpg'></a><h3><a href='{0}'>{1}</a></h3><p>市局印发措施。</p></div>",
        "<h3><a href='{0}'>{1}</a></h3>",
        "<div><dl><dt><a href='{0}'>{1}</a></dt><dd>近日，市局印发措施。<a href='{0}'>[详细]</a></dd></dl></div>",
    ],
)
@pytest.mark.parametrize("row", [ROW, BARE])
def test_a_headline_without_a_date_is_an_entry(headline: str, row: str) -> None:
    found = entries(CHROME % (headline.format(*OWN[0]) + ul(OWN[1:], row)))
    assert [one[:2] for one in found] == [one[:2] for one in OWN]


@pytest.mark.parametrize(
    "name", ["main has-sidebar", "page-header-fixed", "box position-relative", "hot-area", "con side"]
)
@pytest.mark.parametrize("top", ["<div class='tt'><h2><a href='{}'>{}</a></h2></div>", "<h3><a href='{}'>{}</a></h3>"])
def test_a_headline_is_an_entry_whatever_that_is_called_which_holds_it_with_the_list(name: str, top: str) -> None:
    found = entries(CHROME % f"<div class='{name}'>{top.format(*OWN[0])}{ul(OWN[1:])}</div>")
    assert [one[0] for one in found] == [one[0] for one in OWN]


def test_hot_news_between_the_menu_and_the_list_is_no_entry() -> None:
    hot = f"<div class='hot'><h2><a href='{OWN[0][0]}'>{OWN[0][1]}</a></h2></div>"
    found = entries(CHROME % f"<div>{hot}{ul(OWN[1:])}</div>")
    assert [one[0] for one in found] == [one[0] for one in OWN[1:]]


def test_a_dated_headline_does_not_hide_a_list_without_dates() -> None:
    headline = "<div class='top'><h3><a href='{}'>{}</a></h3><span>{}</span></div>".format(*OWN[0])
    assert [one[0] for one in entries(CHROME % (headline + ul(OWN[1:], BARE)))] == [one[0] for one in OWN]


def test_a_list_in_blocks_of_several_classes_is_one() -> None:
    assert entries(CHROME % (ul(OWN[:3], name="a") + "<div class='line'></div>" + ul(OWN[3:], name="b"))) == OWN


def test_a_headline_above_the_heading_of_its_own_column_is_an_entry() -> None:
    headline = "<div class='top'><h3><a href='{}'>{}</a></h3><p>{}</p></div>".format(*OWN[0])
    body = f"{headline}<div class='l'><h2>地市动态</h2>{ul(OWN[1:])}</div>"
    assert entries(CHROME % body) == OWN


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize(
    "block",
    [
        f"<div class='w'><h3>热门文章</h3>{ul(OWN[:2], name='x')}</div>",
        f"<div class='paihang'>{ul(OWN[:2], name='x')}</div>",
        f"<div class='w'><h3>推荐阅读</h3>{ul(OWN[:2], name='x')}</div>",
        f"<div style='display:none'>{ul(OWN[:2], name='x')}</div>",
        f"<div class='w'>{ul(others('../tzgg/202606/', 3), name='x')}</div>",
        f"<div class='w'>{ul(others('http://www.example.gov.cn/dtxx/', 3), name='x')}</div>",
        "<ul class='m'><li><a href='/dtxx/202606/'>按月查看</a></li><li><a href='/dtxx/tz/'>通知公告栏</a></li></ul>",
    ],
)
def test_other_blocks_beside_the_list_are_left_out(block: str, first: bool) -> None:
    rest = OWN[2:]
    assert entries(CHROME % (block + ul(rest) if first else ul(rest) + block)) == rest


@pytest.mark.parametrize("first", [True, False])
def test_a_column_of_its_own_heading_is_left_out_where_addresses_do_not_tell_columns(first: bool) -> None:
    rows = [(f"/view.jsp?id={n}", title, day) for n, (_, title, day) in enumerate(OWN, 100)]
    other = f"<div class='w'><h3>最新发布</h3>{ul(rows[:3], name='x')}</div>"
    found = entries(CHROME % (other + ul(rows[3:]) if first else ul(rows[3:]) + other))
    assert [title for _, title, _ in found] == [title for _, title, _ in rows[3:]]


def test_the_number_of_another_column_in_an_address_tells_it_apart() -> None:
    rows = [(f"/art/2026/6/1/art_1861_498{n}.html", title, day) for n, (_, title, day) in enumerate(OWN)]
    other = [(f"/art/2026/6/1/art_1799_497{n}.html", f"另一栏目的第{n}条新闻", "2026-06-01") for n in range(3)]
    body = CHROME % (ul(other, name="x") + ul(rows))
    assert [title for _, title, _ in entries(body, "http://sthj.example.gov.cn/col/col1861/index.html")] == [
        title for _, title, _ in rows
    ]


def test_entries_keep_the_page_s_order_and_stand_once() -> None:
    twice = f"<div class='zd'>{ul(OWN[2:4], name='x')}</div>{ul(OWN)}"
    assert entries(CHROME % twice) == [*OWN[2:4], *OWN[:2], *OWN[4:]]


CAROUSELS = [
    "<div class='swiper-container'><div class='swiper-wrapper'>{}</div></div>|<div class='swiper-slide'>"
    "<a href='{0}'><img src='a.jpg' alt='{1}'><p>{1}</p></a></div>",
    "<div class='carousel slide'><div class='carousel-inner'>{}</div></div>|<div class='item' style='display:none'>"
    "<a href='{0}'><img src='a.jpg' alt='{1}'></a><div class='carousel-caption'>{1}</div></div>",
    "<div class='banner'><ul>{}</ul></div>|<li><a href='{0}'><img src='a.jpg' alt='{1}'></a><h4>{1}</h4></li>",
]


def carousel(written: str, rows: list[Row]) -> str:
    outside, row = written.split("|")
    return outside.format("".join(row.format(*one) for one in rows))


@pytest.mark.parametrize("written", CAROUSELS)
@pytest.mark.parametrize("count", [1, 4])
@pytest.mark.parametrize("row", [ROW, BARE])
def test_the_column_s_own_articles_in_a_carousel_are_entries(written: str, count: int, row: str) -> None:
    found = entries(CHROME % f"<div>{carousel(written, OWN[:count])}{ul(OWN[count:], row)}</div>")
    assert [one[:2] for one in found] == [one[:2] for one in OWN]


@pytest.mark.parametrize("written", CAROUSELS)
def test_of_a_carousel_only_what_is_of_the_column_is_an_entry(written: str) -> None:
    shown = [*others("../tpxw/")[:2], OWN[0], *others("/ztzl/")[2:]]
    found = entries(CHROME % f"<div>{carousel(written, shown)}{ul(OWN[1:])}</div>")
    assert [one[:2] for one in found] == [one[:2] for one in OWN]


@pytest.mark.parametrize("written", CAROUSELS)
@pytest.mark.parametrize("folder", ["../tpxw/", "/ztzl/", "http://www.example.cn/yw/"])
def test_what_a_carousel_shows_of_other_columns_is_no_entry(written: str, folder: str) -> None:
    found = entries(CHROME % f"<div>{carousel(written, others(folder))}{ul(OWN)}</div>")
    assert [one[0] for one in found] == [one[0] for one in OWN]
