"""What real lists do to their readers."""

from __future__ import annotations

import pytest

from tests.listing.pages import COLUMN, entries, page, short
from tests.listing.test_families import CHROME
from watcher.listing import read_listing


def rows(*items: tuple[str, str, str]) -> str:
    return "".join(f"<li><a href='{url}'>{title}</a><span>{day}</span></li>" for url, title, day in items)


FIVE = [(f"t2026060{i}_10{i}.html", f"第{i}批助企纾困措施发布会实录", f"2026-06-0{i}") for i in range(5, 0, -1)]
LIST = f"<ul class='list'>{rows(*FIVE)}</ul>"


def test_pinned_entries_keep_their_place_above_newer_ones() -> None:
    pinned = ("t20190101_1.html", "[置顶]办事指南和受理窗口一览", "2019-01-01")
    found = entries(CHROME % f"<ul>{rows(pinned, *FIVE)}</ul>")
    assert found == [("t20190101_1.html", "办事指南和受理窗口一览", "2019-01-01"), *FIVE]


def test_interpretations_inside_an_entry_are_no_entries() -> None:
    reading = "<a href='../jd/t20260609_9.html'>一图读懂：某某若干措施的详细解读</a>"
    popup = f"<div class='popbox'><h3>相关解读</h3><ul><li>{reading}</li></ul></div>"
    items = "".join(f"<li><a href='{u}'>{t}</a>{popup}<span>{d}</span></li>" for u, t, d in FIVE)
    assert entries(CHROME % f"<ul>{items}<li class='empty'></li></ul>") == FIVE


def test_a_hover_table_that_repeats_an_entry_is_not_a_second_one() -> None:
    hover = "<table><tr><td>名称</td><td>{t}</td></tr><tr><td>发布日期</td><td>{d}</td></tr></table>"
    items = "".join(
        f"<li><div>370/2026-1</div><div><a href='{u}'>{t}</a>{hover.format(t=t, d=d)}</div><div>{d}</div></li>"
        for u, t, d in FIVE
    )
    assert entries(CHROME % f"<ul>{items}</ul>") == FIVE


@pytest.mark.parametrize(
    ("shown", "attribute"),
    [
        ("关于印发某市支持民营企业…", "关于印发某市支持民营企业发展若干措施的通知"),
        ("关于印发某市支持民营企业...", "关于印发某市支持民营企业发展若干措施的通知"),
        ("关于印发某市支持民营企业", "关于印发某市支持民营企业发展若干措施的通知"),
        ("关 于印发某市支 持民营企业发展若干措施的通知", "关于印发某市支持民营企业发展若干措施的通知"),
        ("关于印发某市支持民营企业发展若干措施的通知", ""),
        ("关于印发某市支持民营企业发展若干措施的通知", "点击查看"),
        ("", "关于印发某市支持民营企业发展若干措施的通知"),
        ("<b>关于印发</b>某市支持<em>民营企业</em>发展若干措施的通知", "关于印发某市支持民营…"),
        ("·&nbsp;关于印发某市支持民营企业发展若干措施的通知", " "),
    ],
)
def test_the_fuller_title_is_taken(shown: str, attribute: str) -> None:
    item = f"<li><a href='t20260618_1.html' title='{attribute}'>{shown}</a><span>2026-06-18</span></li>"
    found = entries(CHROME % f"<ul>{item}{rows(*FIVE)}</ul>")
    assert found[0][1] == "关于印发某市支持民营企业发展若干措施的通知"


def test_a_hidden_tab_of_another_column_is_left_out() -> None:
    other = rows(
        *[(f"../tz/t2026050{i}_7{i}.html", f"另一栏目的第{i}条公示公告内容", f"2026-05-0{i}") for i in range(1, 8)]
    )
    body = CHROME % f"<div>{LIST}</div><div style='display: none;'><ul class='list'>{other}</ul></div>"
    assert entries(body) == FIVE


def test_a_list_that_only_a_script_unhides_is_read() -> None:
    assert entries(CHROME % f"<div style='display:none'>{LIST}</div>") == FIVE


def test_addresses_hang_on_the_base_of_the_page() -> None:
    body = f"<html><head><base href='/other/'></head><body>{LIST}</body></html>"
    assert entries(body)[0][0] == "http://sthj.example.gov.cn/other/t20260605_105.html"


def test_an_entry_without_a_date_stays_in_its_list() -> None:
    undated = "<li><a href='t20260606_6.html'>刚刚发布还没有日期的重要通知</a><span></span></li>"
    found = entries(
        CHROME
        % f"<ul class='menu'><li><a href='/a/12345.html'>一个菜单里的链接</a></li></ul><ul>{undated}{rows(*FIVE)}</ul>"
    )
    assert found == [("t20260606_6.html", "刚刚发布还没有日期的重要通知", None), *FIVE]


def test_equal_titles_with_different_addresses_are_different_entries() -> None:
    same = [(f"t2026060{i}_{i}.html", "督察组集中通报典型案例", f"2026-06-0{i}") for i in (3, 2, 1)]
    assert entries(CHROME % f"<ul>{rows(*same)}</ul>") == same


def test_an_address_counts_once_whatever_its_fragment_and_port() -> None:
    twice = ("http://sthj.example.gov.cn:80/dtxx/t20260605_105.html#top", FIVE[0][1], FIVE[0][2])
    assert entries(CHROME % f"<ul>{rows(*FIVE, twice)}</ul>") == FIVE


def test_a_dated_side_column_does_not_win_over_the_list() -> None:
    hot = rows(
        *[(f"../hot/t2026040{i}_3{i}.html", f"热点推荐的第{i}条较长标题文字", f"2026-04-0{i}") for i in range(1, 9)]
    )
    assert entries(CHROME % f"{LIST}<div class='sidebar'><ul>{hot}</ul></div>") == FIVE


def test_a_dated_side_column_does_not_win_over_a_longer_list_without_dates() -> None:
    bare = "".join(f"<li><a href='{url}'>{title}</a></li>" for url, title, _ in FIVE)
    hot = rows(
        *[(f"../hot/t2026040{i}_3{i}.html", f"热点推荐的第{i}条较长标题文字", f"2026-04-0{i}") for i in (3, 2, 1)]
    )
    body = CHROME % f"<ul>{bare}</ul><div class='sidebar'><ul>{hot}</ul></div>"
    assert entries(body) == [(url, title, None) for url, title, _ in FIVE]


def test_a_date_at_the_end_of_the_title_counts_where_no_other_is_printed() -> None:
    items = "".join(f"<li><a href='{url}'>{title}（{day}）</a></li>" for url, title, day in FIVE)
    assert [day for _, _, day in entries(CHROME % f"<ul>{items}</ul>")] == [day for _, _, day in FIVE]


def test_a_date_at_the_end_of_the_title_gives_way_to_the_printed_one() -> None:
    items = "".join(f"<li><a href='{url}'>空气质量日报 2026-05-30</a><i>{day}</i></li>" for url, _, day in FIVE)
    found = entries(CHROME % f"<ul>{items}</ul>")
    assert [(title, day) for _, title, day in found] == [("空气质量日报 2026-05-30", day) for _, _, day in FIVE]


@pytest.mark.parametrize("lead", ["2026-05-30 ", "[05-30] ", "（2026年5月30日）"])
@pytest.mark.parametrize(
    "row",
    [
        "<li><a href='{u}'>{s}{t}</a><i>{d}</i></li>",
        "<li><i>{d}</i><a href='{u}' title='{s}{t}'>{s}{t}</a></li>",
        "<li><a href='{u}'>{s}{t}</a><span>来源：某市局</span><i>{d}</i><a href='{u}'>[详细]</a></li>",
        "<li><a href='{u}'><p>{s}{t}</p><p>成文日期：2026-05-29</p><i>{d}</i></a></li>",
    ],
)
def test_a_date_at_the_start_of_the_title_is_part_of_it_where_another_is_printed(row: str, lead: str) -> None:
    items = "".join(row.format(u=u, t=t, d=d, s=lead) for u, t, d in FIVE)
    assert entries(CHROME % f"<ul>{items}</ul>") == [(u, lead + t, d) for u, t, d in FIVE]


@pytest.mark.parametrize("attribute", ["", "{t}", "[{d}] {t}"])
def test_a_date_at_the_start_of_the_title_counts_where_no_other_is_printed(attribute: str) -> None:
    row = "<li><a href='{u}' title='{a}'>[{d}] {c}</a><p>截至2026年5月1日，成文日期：2026-05-02</p></li>"
    items = "".join(
        row.format(u=u, c=t[:8] + "…" * bool(attribute), d=d, a=attribute.format(t=t, d=d)) for u, t, d in FIVE
    )
    assert entries(CHROME % f"<ul>{items}</ul>") == [(u, t if attribute else t[:8], d) for u, t, d in FIVE]


def test_years_that_are_not_printed_come_from_the_address_or_the_calendar() -> None:
    items = rows(
        ("t20250618_1.html", "去年六月印发的服务措施清单", "06-18"),
        ("a/12345.html", "今年五月印发的服务措施清单", "[05-30]"),
        ("a/12344.html", "去年十二月印发的服务措施清单", "12-31"),
    )
    assert [day for _, _, day in entries(CHROME % f"<ul>{items}</ul>")] == ["2025-06-18", "2026-05-30", "2025-12-31"]


def test_days_named_in_titles_are_not_the_day_of_publication() -> None:
    items = rows(("t20260618_1.html", "2026年7月1日起施行的若干措施", "2026-06-18"), *FIVE)
    assert entries(CHROME % f"<ul>{items}</ul>")[0][2] == "2026-06-18"


def test_monthly_sections_are_one_list_also_where_one_holds_a_single_entry() -> None:
    sections = "".join(
        f"<div class='m'><h3>{n}月</h3><ul>{rows(*part)}</ul></div>" for n, part in ((6, FIVE[:4]), (5, FIVE[4:]))
    )
    assert entries(CHROME % sections) == FIVE


def test_a_front_page_gives_every_column_that_prints_dates() -> None:
    news = rows(*[(f"/xw/t2026060{i}_1{i}.html", f"市局新闻第{i}条的标题文字", f"06-0{i}") for i in (3, 2, 1)])
    notices = rows(*[(f"/tz/t2026050{i}_2{i}.html", f"通知公告第{i}条的标题文字", f"05-0{i}") for i in (3, 2, 1)])
    body = (
        CHROME
        % f"<div id='xw'><ul>{news}</ul></div><div id='gg'><table><tr><td><ul>{notices}</ul></td></tr></table></div>"
    )
    assert len(entries(body, "http://sthj.example.gov.cn/")) == 6


def test_a_list_in_a_comment_is_read_where_the_page_shows_none() -> None:
    listing = read_listing(page(CHROME % f"<ul class='l'>\n<!--\n{rows(*FIVE)}\n-->\n</ul>"), "auto")
    assert (listing.mechanism, [short(link) for link in listing.links]) == ("comment", FIVE)


def test_a_list_beats_what_stands_in_a_comment() -> None:
    old = rows(*[(f"old/t2020010{i}_1.html", f"设计稿里留下的第{i}条示例", f"2020-01-0{i}") for i in range(1, 9)])
    assert entries(CHROME % f"<!-- <ul>{old}</ul> -->{LIST}") == FIVE


def test_templates_of_scripts_are_no_entries() -> None:
    item = "<li><a href='{{url}}'>{{title}}</a><span>2026-06-01</span></li>"
    template = f"<script type='text/x-handlebars-template'>{item}</script>"
    assert entries(CHROME % (template + LIST)) == FIVE


@pytest.mark.parametrize("charset", ["gb2312", "gbk", None])
def test_a_page_in_gb18030_is_read_whatever_it_declares(charset: str | None) -> None:
    body = (CHROME % f"<ul>{rows(('t20260618_1.html', '朱镕基同志旧居开放公告€', '2026-06-18'), *FIVE)}</ul>").encode(
        "gb18030"
    )
    found = read_listing(page(body, charset=charset), "auto").links
    assert found[0].title == "朱镕基同志旧居开放公告€"


def test_addresses_that_cannot_be_are_passed_over() -> None:
    broken = "".join(
        f"<li><a href='{href}'>一个打不开的链接文字</a><span>2026-06-01</span></li>"
        for href in (
            "http://[",
            "javascript:void(0)",
            "mailto:a@example.cn",
            "#",
            "",
            "tel:12345",
            "ftp://a.cn/",
            "http://a:b:c/",
        )
    )
    assert entries(CHROME % f"<ul>{broken}{rows(*FIVE)}</ul>") == FIVE


def test_a_link_to_the_listing_itself_is_no_entry() -> None:
    assert entries(CHROME % f"<ul>{rows((COLUMN, '地市动态栏目首页', '2026-06-19'), *FIVE)}</ul>") == FIVE


def listed(folder: str, count: int, month: str) -> str:
    return rows(
        *[
            (f"{folder}t2026{month}{i:02}_3{i}.html", f"另一栏目的第{i}条较长标题文字", f"2026-{month}-{i:02}")
            for i in range(1, count + 1)
        ]
    )


@pytest.mark.parametrize(
    "tabs",
    [
        "<div class='pane active'>{}</div><div class='pane'>{}</div>",
        "<div class='pane on'>{}</div><div class='pane'>{}</div>",
        "<div class='pane current'>{}</div><div class='pane fade'>{}</div>",
        "<div>{}</div><div class='hide'>{}</div>",
        "<div>{}</div><div hidden>{}</div>",
    ],
)
def test_a_tab_that_is_not_the_open_one_is_left_out(tabs: str) -> None:
    other = f"<ul class='list'>{listed('../tz/', 9, '05')}</ul>"
    assert entries(CHROME % f"<div class='tabs'>{tabs.format(LIST, other)}</div>") == FIVE


def test_rows_of_which_one_is_marked_as_chosen_are_one_list() -> None:
    cards = [
        f"<div class='card{' active' * (n == 0)}'><a href='{u}'><h4>{t}</h4></a><i>{d}</i></div>"
        for n, (u, t, d) in enumerate(FIVE)
    ]
    assert entries(CHROME % f"<div>{''.join(cards)}</div>") == FIVE


@pytest.mark.parametrize(
    "heading",
    ["<h3>热点新闻</h3>", "<div class='tit'><span>点击排行</span><a href='/more/'>更多</a></div>",
     "<div class='hd'><h2><a href='/rd/'>推荐阅读</a></h2></div>", "<table><tr><td>相关链接</td></tr></table>"],
)  # fmt: skip
@pytest.mark.parametrize("first", [True, False])
def test_what_stands_under_a_heading_of_hot_news_does_not_win(heading: str, first: bool) -> None:
    hot = f"<div class='w300'>{heading}<ul class='ul'>{listed('../hot/', 15, '04')}</ul></div>"
    body = f"{hot}<div>{LIST}</div>" if first else f"<div>{LIST}</div>{hot}"
    assert entries(CHROME % body) == FIVE


def test_a_column_that_is_called_hot_news_is_read() -> None:
    body = "<title>热点新闻_某市生态环境局</title><div><h3>热点新闻</h3>%s</div>"
    side = f"<ul>{listed('../x/', 4, '04')}</ul>"
    assert entries(body % LIST + side) == FIVE


def test_entries_of_the_column_s_own_folder_win_over_as_many_others() -> None:
    other = f"<section><ul>{listed('../zt/', 6, '06')}</ul></section>"
    assert entries(CHROME % f"{other}<div>{LIST}</div>") == FIVE


def test_dated_interpretations_inside_entries_are_no_list() -> None:
    inside = "<div class='popbox'><ul>{}</ul></div>"
    items = "".join(
        f"<li><a href='{u}'>{t}</a><span>{d}</span>{inside.format(listed('../jd/', 3, '06'))}</li>" for u, t, d in FIVE
    )
    assert entries(CHROME % f"<ul>{items}</ul>") == FIVE


@pytest.mark.parametrize("clock", ["今天是：2026年6月20日 星期六", "北京时间 2026-06-20 10:00"])
def test_the_clock_of_a_page_makes_no_entry_of_the_links_beside_it(clock: str) -> None:
    head = f"<div class='w'><div><span>{clock}</span><a href='/login?id=12345'>登录</a></div></div>"
    assert entries(f"<html><body>{head}<div class='w'><div>{rows(*FIVE)}</div></div></body></html>") == FIVE


@pytest.mark.parametrize("label", ["截止日期 2026-07-01", "报名截止：2026-07-01", "有效期至：2028-07-01"])
def test_the_end_of_something_is_no_day_of_publication(label: str) -> None:
    items = "".join(f"<li><a href='{u}'><b>{t}</b><span>{label}</span></a></li>" for u, t, _ in FIVE)
    assert entries(CHROME % f"<ul>{items}</ul>") == [(u, t, None) for u, t, _ in FIVE]


def test_a_date_without_a_year_before_another_list_stays_its_own() -> None:
    short = "<p><a href='../x/t20260401_9.html'>另一处的较长标题文字</a>04-01</p>"
    items = "".join(f"<li>{d}<a href='{u}'>{t}</a></li>" for u, t, d in FIVE)
    assert entries(CHROME % f"{short}<ul>{items}</ul>") == FIVE


def test_a_quote_that_is_missing_spoils_no_address() -> None:
    body = LIST.replace("'>第", " target='_blank'>第")
    assert entries(CHROME % body) == FIVE
