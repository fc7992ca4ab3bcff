"""Rows whose link is not their title, and dates that a script writes."""

from __future__ import annotations

import json

import pytest

from tests.listing.pages import COLUMN, entries, page
from tests.listing.test_families import CHROME
from watcher.errors import ReadError
from watcher.listing import read_listing
from watcher.listing.titles import is_title
from watcher.settings import CssRule

THREE = [
    ("view.jsp?id=31", "关于印发《优化环评审批若干措施》的通知", "2026-06-18"),
    ("view.jsp?id=30", "某区召开排污许可服务企业座谈会", "2026-06-11"),
    ("view.jsp?id=29", "某县公布助企纾困工作安排", "2026-05-29"),
]
HEAD = "<tr><th>序号</th><th>名称</th><th>发布日期</th><th>操作</th></tr>"


def table(row: str, layout: str = "<table>%s</table>") -> str:
    rows = "".join(row.format(u=u, t=t, d=d, n=n) for n, (u, t, d) in enumerate(THREE, 1))
    return CHROME % (layout % (HEAD + rows if "<tr>" in row else rows))


@pytest.mark.parametrize(
    "row",
    [
        "<tr><td>{n}</td><td>{t}</td><td>{d}</td><td><a href='{u}'>查看</a></td></tr>",
        "<tr><td>{n}</td><td>{t}</td><td>某市生态环境局</td><td>{d}</td><td><a href='{u}'>[详情]</a></td></tr>",
        "<tr><td><a href='{u}'>详细</a></td><td>{d}</td><td>{t}</td></tr>",
        "<tr><td>{t}</td><td>{d} <a href='{u}'>查看详情</a></td></tr>",
        "<tr><td>名称：{t}</td><td>{d}</td><td><a href='{u}'>查看</a> <a href='/f/{n}.pdf'>下载</a></td></tr>",
        "<tr><td>索引号：37000/2026-{n}</td><td>{t}</td><td>{d}</td><td><a href='{u}'><img src='v.gif'></a></td></tr>",
        "<tr><td><a href='{u}'>某环发〔2026〕{n}号</a></td><td>{t}</td><td>{d}</td></tr>",
        "<tr><td><a href='{u}'>11370000004502347Q/2026-0012{n}</a></td><td>{t}</td><td>{d}</td></tr>",
        "<div class='row'><div>{t}</div><div>{d}</div><div><a href='{u}'>查看</a></div></div>",
    ],
)
def test_the_title_is_the_cell_beside_a_link_that_says_only_where_to_click(row: str) -> None:
    assert entries(table(row, "%s" if row.startswith("<div") else "<table>%s</table>")) == THREE


@pytest.mark.parametrize(
    "tools",
    [
        "<a href='/share?u={n}'>分享</a>",
        "<a href='/dy/{n}.html'>打印</a> <a href='/sc/{n}.html'>[收藏]</a>",
        "<a href='{u}'>查看详情</a>",
        "<a href='/show/2026{n}0.html'>查看详情</a>",
        "<a href='/more/{n}0000.html'>更多&gt;&gt;</a>",
        "<a href='/file/{n}.pdf'>下载</a>",
        "<a href='/wsbs/7000{n}.html'>在线咨询</a> <a href='/yb/7000{n}.html'>听新闻</a>",
    ],
)
@pytest.mark.parametrize(
    "row",
    [
        "<li><h4><a href='{u}'>{t}</a></h4><p>近日，市局公布一批措施。</p><p><span>{d}</span> [] </p></li>",
        "<li><div><a href='{u}'>{t}</a></div><div><span>{d}</span> []</div></li>",
        "<li><a href='{u}'>{t}</a><div><i>来源：某市局</i><i>{d}</i>[]</div></li>",
        "<div class='item'><h3><a href='{u}'>{t}</a></h3><p>近日，市局公布一批措施。</p><p>{d} []</p></div>",
        "<li><p><a href='{u}'>近日，市局公布一批措施……</a></p><h4><a href='{u}'>{t}</a></h4><p>{d} []</p></li>",
    ],
)
def test_a_link_of_every_row_that_says_where_to_click_is_no_title(row: str, tools: str) -> None:
    assert entries(table(row.replace("[]", tools), "<div>%s</div>")) == THREE


@pytest.mark.parametrize("layout", ["<ul>%s</ul>", "<div>%s</div>", "<div><a href='/zwgk/'>政务公开</a>%s</div>"])
@pytest.mark.parametrize("row", ["<li>{}</li>", "<p>{}</p>", "<div>{}</div>"])
def test_rows_of_one_short_title_are_entries(layout: str, row: str) -> None:
    same = [(u, "行政处罚公告", d) for u, _, d in THREE]
    rows = "".join(row.format(f"<a href='{u}'>{t}</a><i>{d}</i>") for u, t, d in same)
    assert entries(CHROME % layout % rows) == same


@pytest.mark.parametrize(
    "title", ["如何办理网站ICP备案", "关于注销某市一批ICP备案号的公告", "公网安备联网备案办理指南"]
)
def test_a_title_may_name_what_footers_hold(title: str) -> None:
    assert [found for _, found, _ in entries(table(f"<li><a href='{{u}}'>{title}</a><i>{{d}}</i></li>"))] == [title] * 3


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("鲁ICP备05083640号-1", False),
        ("备案序号：鲁ICP备案号：12345678号", False),
        ("鲁公网安备 37010202000123号", False),
        ("网站标识码：bm17000001", False),
        ("某通信管理局关于注销鲁ICP备12345678号的公告", True),
        ("网站标识码管理办法", True),
    ],
)
def test_the_number_of_a_site_in_its_footer_is_no_title(text: str, title: bool) -> None:
    assert is_title(text) is title


@pytest.mark.parametrize("number", ["某环发〔2026〕{n}号", "2026年第{n}号", "（2026年第{n}号）", "第{n}号公告"])
def test_a_column_of_numbers_alone_is_a_list(number: str) -> None:
    rows = "".join(
        f"<li><a href='{u}'>{number.format(n=n)}</a><span>{d}</span></li>" for n, (u, _, d) in enumerate(THREE, 1)
    )
    assert [(u, d) for u, _, d in entries(CHROME % f"<ul>{rows}</ul>")] == [(u, d) for u, _, d in THREE]


@pytest.mark.parametrize(
    ("written", "day"),  # fetched on 2026-06-20 at nine in the morning
    [
        ("刚刚", "2026-06-20"),
        ("5分钟前", "2026-06-20"),
        ("8小时前", "2026-06-20"),
        ("10小时前", "2026-06-19"),
        ("半小时前", "2026-06-20"),
        ("今天 08:30", "2026-06-20"),
        ("昨天", "2026-06-19"),
        ("昨天 17:05", "2026-06-19"),
        ("前天", "2026-06-18"),
        ("3天前", "2026-06-17"),
        ("3 天前", "2026-06-17"),
        ("[两天前]", "2026-06-18"),
        ("发布时间：3天前", "2026-06-17"),
        ("2周前", None),  # no day
        ("3个月前", None),
    ],
)
def test_a_date_by_its_distance_is_counted_from_the_moment_of_the_fetch(written: str, day: str | None) -> None:
    rows = "".join(f"<li><a href='{u}'>{t}</a><span>{written}</span></li>" for u, t, _ in THREE)
    assert entries(CHROME % f"<ul>{rows}</ul>") == [(u, t, day) for u, t, _ in THREE]


def test_distances_are_read_of_data_and_by_selectors_too() -> None:
    data = json.dumps([{"title": t, "url": COLUMN + u, "publishTime": "昨天"} for u, t, _ in THREE])
    found = read_listing(page(data, media_type="application/json"), "auto")
    assert [str(link.published) for link in found.links] == ["2026-06-19"] * 3
    rows = "".join(f"<p><a href='{u}'>{t}</a><i>3天前</i></p>" for u, t, _ in THREE)
    found = read_listing(page(f"<html><body>{rows}</body></html>"), CssRule(item="p", link="a", date="i"))
    assert [str(link.published) for link in found.links] == ["2026-06-17"] * 3


@pytest.mark.parametrize(
    "written",
    [
        "<script>document.write('{d}')</script>",
        '<script>var s="{d} 10:30:00";document.write(s.substring(0,10));</script>',
        "<span><script type='text/javascript'>document.write(fmt('{d}'))</script></span>",
    ],
)
def test_a_date_that_a_small_script_writes_is_read(written: str) -> None:
    rows = "".join(f"<li><a href='{u}'>{t}</a>{written.replace('{d}', d)}</li>" for u, t, d in THREE)
    assert entries(CHROME % f"<ul>{rows}</ul>") == THREE


@pytest.mark.parametrize(
    "written",
    [
        "成文日期：2026-01-05　发布日期：{d}",
        "成文日期:2026-01-05 发布时间:{d}",
        "印发日期：2026-01-05　成文日期：2026-01-06　公开日期：{d}",
        "发布日期：{d}　实施日期：2026-07-01",
        "成文日期：2026-01-05　发布日期：{d}　有效期至：2028-07-01",
    ],
)
def test_the_day_of_publication_counts_wherever_its_label_stands(written: str) -> None:
    rows = "".join(f"<li><a href='{u}'>{t}</a><p>{written.format(d=d)}</p></li>" for u, t, d in THREE)
    assert entries(CHROME % f"<ul>{rows}</ul>") == THREE


META = (
    "<meta name='ArticleTitle' content='{title}'><meta name='PubDate' content='{day}'>"
    "<meta name='ColumnName' content='工作动态'>"
)
OWN = META.format(title="某市出台十条措施", day="2026-06-18")
RELATED = "".join(f"<li><a href='{u}'>{t}</a><span>{d}</span></li>" for u, t, d in THREE)


@pytest.mark.parametrize(
    ("url", "body"),
    [
        ("http://a.example.cn/dtxx/t20260618_9.html", OWN + RELATED),
        ("http://a.example.cn/dtxx/x.html", OWN + "<p>正文</p>"),
        ("http://a.example.cn/art/2026/6/18/art_1_2.html",
         "<p>正文</p><p>2026-06-18</p><ul><li><a href='a.pdf'>附件1：若干措施全文.pdf</a> 2026-06-18</li></ul>"),
    ],
)  # fmt: skip
def test_an_article_given_as_a_source_is_told(url: str, body: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_listing(page(f"<html><body>{body}</body></html>", url), "auto")
    assert caught.value.code == "not_a_list"
    assert "listing: page" in (caught.value.hint or "")


def test_a_column_with_tags_of_its_own_is_still_a_list() -> None:
    for title, day in (("", ""), ("工作动态", "2026-06-18"), ("某市生态环境局工作动态", "2026-06-18")):
        body = f"<html>{META.format(title=title, day=day)}<ul>{RELATED}</ul></html>"
        assert entries(body) == THREE


SENTENCES = "<p>为进一步优化营商环境，经研究，现将有关事项通知如下，请结合实际认真贯彻落实。</p>" * 12
FILES = [("f/1.pdf", "附件1：若干措施全文", "2026-06-18"), ("f/2.docx", "附件2：申报表", "2026-06-18")]
HEADED = "<h1>关于印发若干措施的通知</h1><p><span>2026-06-18</span> <span>来源：某市局</span> 字体：大 中 小</p>"


def listed(rows: list[tuple[str, str, str]]) -> str:
    return "<ul>" + "".join(f"<li><a href='{u}'>{t}</a><span>{d}</span></li>" for u, t, d in rows) + "</ul>"


@pytest.mark.parametrize("address", ["http://a.example.cn/28.html", "http://a.example.cn/zwgk/tz/tongzhi.html"])
@pytest.mark.parametrize(
    "body",
    [
        HEADED + SENTENCES + listed(FILES),
        HEADED + SENTENCES + "<p><a href='f/1.xls'>附件：申报表.xls</a></p>" * 4,
        HEADED + SENTENCES + "<div><a href='pic/24102112.jpg'>正文1.jpg</a> <i>2026-06-18</i></div>",
        HEADED + "<h3>附件：</h3>" + listed(FILES),
        HEADED + SENTENCES + listed([("/jd/t20260619_5.html", "《若干措施》政策解读", "2026-06-19")]),
        HEADED + SENTENCES + listed([(f"/jd/t20260619_{n}.html", f"一图读懂若干措施{n}", "2026-06-19") for n in "12"]),
        OWN + HEADED + SENTENCES + listed([(f"/x/t20260619_{n}.html", f"调研记第{n}篇", "2026-06-19") for n in "1234"]),
    ],
)  # fmt: skip
def test_an_article_with_what_belongs_to_it_is_told_by_its_text(address: str, body: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_listing(page(f"<html><body>{body}</body></html>", address), "auto")
    assert caught.value.code == "not_a_list"


@pytest.mark.parametrize(
    "rows",
    [
        [(f"f/{n}.pdf", f"某市行政处罚公示表第{n}期", f"2026-06-1{n}") for n in range(6)],
        [("t20260618_1.html", "某市公布十条措施", "2026-06-18")],
        [("t20260618_1.html", "某市公布十条措施", "2026-06-18"), ("t20260617_2.html", "某市部署工作", "2026-06-17")],
    ],
)
@pytest.mark.parametrize("lead", ["", "<p>近日，某市召开会议，部署下一阶段工作，要求各部门提高认识、抓好落实。</p>"])
def test_a_column_of_files_or_of_few_entries_is_a_list(rows: list[tuple[str, str, str]], lead: str) -> None:
    body = listed(rows).replace("</span>", f"</span>{lead * 3}")
    assert entries(CHROME % body) == rows


def test_what_stands_beside_a_long_article_is_no_list() -> None:
    body = f"{HEADED}{SENTENCES}<div><h3>相关链接</h3>{listed([*THREE, *FILES])}</div>"
    with pytest.raises(ReadError) as caught:
        read_listing(page(f"<html><body>{body}</body></html>", "http://a.example.cn/28.html"), "auto")
    assert caught.value.code == "no_links"
