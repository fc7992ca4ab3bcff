"""One column of each family of content systems, with the chrome that stands around it; every text is made up."""

from __future__ import annotations

import pytest

from tests.listing.pages import entries

CHROME = """<!DOCTYPE html><html><head><title>地市动态</title></head><body>
<div class="header"><div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/zwgk/">政务公开</a></li>
<li><a href="/hdjl/">互动交流</a></li></ul></div><span>今天是2026年6月20日 星期六</span></div>
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/dtxx/">地市动态</a></div>
<div class="wrap">%s</div>
<div class="footer"><a href="http://www.example.gov.cn/">省政府</a><a href="http://www.mee.example.cn/">生态环境部</a>
主办：某市生态环境局 更新日期：2026-06-19 <a href="http://beian.example.cn/?code=37000012345678">鲁公网安备37000012345678号</a></div>
</body></html>"""

THREE = [
    ("202606/t20260618_501.shtml", "东平市推出十五条助企硬举措", "2026-06-18"),
    ("202606/t20260611_502.shtml", "清河区召开排污许可服务企业座谈会", "2026-06-11"),
    ("202605/t20260529_503.shtml", "关于优化环评审批服务的通知", "2026-05-29"),
]


def of(template: str) -> str:
    return (
        CHROME
        % "<ul class='list'>%s</ul>"
        % "".join(
            template.format(
                u=url,
                t=title,
                d=day,
                y=day[:4],
                yy=day[2:4],
                m=day[5:7],
                n=day[8:],
                mon=("May", "June")[int(day[6]) - 5],
            )
            for url, title, day in THREE
        )
    )


@pytest.mark.parametrize(
    "template",
    [
        "<li><a href='./{u}' target='_blank'>{t}</a><span>{d}</span></li>",
        "<li><span class='date'>{d}</span><a href='{u}' title=''>{t}</a></li>",
        "<li><h4><i></i><a href='http://sthj.example.gov.cn/dtxx/{u}'>{t}</a><span>[\n {d} ]</span></h4></li>",
        "<li>\n<a href='/dtxx/{u}'>\n  {t}\n</a>\n<span>\n({d})\n</span>\n</li>",
        "<li><a href='../dtxx/{u}'><p class='tit'>{t}</p><p class='txt'>近日，多个部门参与。</p><em>{d}</em></a></li>",
        "<li><a href='{u}'><h3>{t}</h3><div>摘要：截至2025年12月31日，共百件。</div><span>{y}/{m}/{n}</span></a></li>",
        "<li><b>·</b><a href='{u}' title='{t}'>{t}</a> {y}.{m}.{n}</li>",
        "<li><a href='{u}'>{t}</a><span>发布时间：{y}年{m}月{n}日</span><span>来源：某市局</span><i>101</i></li>",
        "<li><div class='day'><b>{n}</b><span>{y}-{m}</span></div><a href='{u}'>{t}</a></li>",
        "<li><div class='day'><span>{m}-{n}</span><em>{y}</em></div><div><a href='{u}'>{t}</a></div></li>",
        "<li><a href='{u}'><img src='a.jpg'></a><a href='{u}'>{t}</a><i>{d}</i><a href='{u}'>[详细]</a></li>",
        "<li>[<a href='/dtxx/'>地市动态</a>] <a href='{u}'>{t}</a> <font color=gray>({d})</font></li>",
        "<li><a href='javascript:;' onclick=\"window.open('./{u}')\">{t}</a><span>{d}</span></li>",
        "<li><a href='{u}'>{t}<span class='date'>{d}</span></a></li>",
        "<li><a href='{u}'>{t}</a><span>成文日期：2026-01-01</span><span>发布日期：{d}</span></li>",
        "<li><div><b>{n}</b><i>{m}月</i></div><a href='{u}'>{t}</a></li>",
        "<li><div><b>{n}</b><i>{mon}</i><i>{y}</i></div><a href='{u}'>{t}</a></li>",
        "<li><div><b>{n}</b><i>{m}.{y}</i></div><a href='{u}'>{t}</a></li>",
        "<li><div><b>{n}</b><i>/{m}月</i></div><a href='{u}'>{t}</a></li>",
        "<li><a href='{u}'>{t}</a><span>{n}日{m}月</span></li>",
        "<li><a href='{u}'>{t}</a><span>{n}/{m}月</span></li>",
        "<li><a href='{u}'>{t}</a><span>{y}—{m}—{n}</span></li>",
        "<li><a href='{u}'>{t}</a><span>{y}–{m}–{n}</span></li>",
        "<li><a href='{u}'>{t}</a><span>{y}年{m}月{n}</span></li>",
        "<li><a href='{u}'>{t}</a><span>{mon} {n}, {y}</span></li>",
        "<li><a href='{u}'>{t}</a><span><b>{y}</b>-<b>{m}</b>-<b>{n}</b></span></li>",
        "<li><div><b>{y}</b>年<b>{m}</b>月<b>{n}</b>日</div><a href='{u}'>{t}</a></li>",
        "<li><div><b>{n}</b>/<i>{y}-{m}</i></div><a href='{u}'>{t}</a></li>",
        "<li><div><b>{n}</b><i>{m}</i><i>{y}</i></div><a href='{u}'>{t}</a></li>",
        "<li><div><b>{n}</b>日<i>{y}年{m}月</i></div><a href='{u}'>{t}</a></li>",
        "<li><a href='{u}'><div><b>{n}</b><b>{m}</b><b>{y}</b></div><p>{t}</p></a></li>",
        "<li><span>[<b>{m}</b>/<b>{n}</b>]</span><a href='{u}'>{t}</a></li>",
        "<li><a href='{u}'>{t}</a><span>{m:.2}-{n}</span></li>",
        "<li><a href='{u}'>[{d}] {t}</a></li>",
        "<li><a href='{u}'>{d}\u3000{t}</a></li>",
        "<li><a href='{u}'>{t}</a><span>{yy}年{m}月{n}日</span></li>",
        "<li><a href='{u}'><img src='{n}.jpg' alt='{t}'></a><span>{d}</span></li>",
        "<li><a href='{u}' title='&lt;b&gt;{t}&lt;/b&gt;'>{t:.6}…</a><span>{d}</span></li>",
        "<li>[<a href='/x/tzgg.html'>机关党建工作</a>] <a href='{u}'>{t}</a><span>{d}</span></li>",
        "<li><a href='{u}'>{t}</a><span>{n} {mon} {y}</span></li>",
        "<li><a href='{u}'>{t}</a><span>{yy}-{m}-{n}</span></li>",
        "<li><a href='{u}'>{t}</a><time datetime='{d}T09:30:00+08:00'></time></li>",
        "<li data-date='{d}'><a href='{u}'>{t}</a></li>",
        "<li><a href='{u}'>{t}</a><span title='{d} 10:20:00'>{m}月</span></li>",
        "<li><a href='{u}' title='标题：{t}&#13;&#10;作者：某&#13;&#10;发布时间：{d} 10:20:00'>{t:.5}...</a></li>",
        "<li><a href='{u}'><span title='{t}'>{t:.8}...</span></a><i>{d}</i></li>",
        "<li><a href='{u}'><span class='top'>顶</span>{t}<sup>新</sup></a><i>{d}</i></li>",
        "<li><a href='{u}'>{t}<b>NEW</b></a><i>{d}</i></li>",
        "<li onclick=\"window.open('{u}')\"><p>{t}</p><span>{d}</span></li>",
        "<li><a href='javascript:;' data-url='{u}'>{t}</a><span>{d}</span></li>",
    ],
)
def test_an_entry_is_read_in_whatever_way_it_is_laid_out(template: str) -> None:
    assert entries(of(template)) == THREE


@pytest.mark.parametrize(
    ("before", "row", "after"),
    [
        (
            "<table><tr><th>序号</th><th>标题</th></tr>",
            "<tr><td>1</td><td><a href='{u}'>{t}</a></td><td>{d}</td></tr>",
            "</table>",
        ),
        ("<dl>", "<dt><a href='{u}'>{t}</a></dt><dd>{d}</dd>", "</dl>"),
        ("<div class='news'>", "<p><a href='{u}'>{t}</a>（{d}）</p>", "</div>"),
        ("<div class='news'>", "<a href='{u}'>{t}</a> {d}<br>", "</div>"),
        ("<div class='news'>", "{d} <a href='{u}'>{t}</a><br>", "</div>"),
        ("<div class='news'>", "<div class='item'><div><p><a href='{u}'>{t}</a></p></div><p>{d}</p></div>", "</div>"),
        ("", "<ul><li><a href='{u}'>{t}</a><span>{d}</span></li></ul>", ""),
        ("<table>", "<tr><td><table><tr><td><a href='{u}'>{t}</a><td>[{d}]</table></td></tr>", "</table>"),
        ("<ul>", "<li><a href='{u}'>{t}</a><span>{d}</span>", ""),
        ("<div>", "<h4>{d}</h4><p><a href='{u}'>{t}</a></p>", "</div>"),
        (
            "<table><tr><th>标题</th><th>成文日期</th><th>发布日期</th></tr>",
            "<tr><td><a href='{u}'>{t}</a></td><td>2026-01-05</td><td>{d}</td></tr>",
            "</table>",
        ),
        (
            "<table><thead><tr><td>标题</td><td>征集截止日期</td><td>公布时间</td></tr></thead><tbody>",
            "<tr><td><a href='{u}'>{t}</a></td><td>2026-12-31</td><td>{d}</td></tr>",
            "</tbody></table>",
        ),
    ],
    ids=[
        "table",
        "dl",
        "p",
        "br",
        "date-br",
        "divs",
        "a-list-each",
        "nested-tables",
        "unclosed",
        "headings",
        "two-dates",
        "deadline",
    ],
)
def test_a_list_is_found_whatever_its_elements(before: str, row: str, after: str) -> None:
    rows = "".join(row.format(u=url, t=title, d=day) for url, title, day in THREE)
    assert entries(CHROME % (before + rows + after)) == THREE


@pytest.mark.parametrize(
    "address",
    [
        "202606/t20260618_501.shtml",
        "art/2026/6/18/art_101_50{i}.html",
        "content/post_123450{i}.html",
        "2026061810475213{i}.html",
        "content_50{i}.htm",
        "info/1023/456{i}.htm",
        "20260618/0123456789abcdef0123456789abcde{i}/c.html",
        "50{i}12/index.html",
        "detail.jsp?id={i}",
        "columns/8c3f0d52-1a2b-4c3d-8e4f-5a6b7c8d9e0f/202606/18/5f0e1d2c-3b4a-4958-8776-6554433221{i}{i}.html",
    ],
)
def test_a_column_with_a_single_entry_is_read(address: str) -> None:
    url = address.format(i=1)
    body = CHROME % f"<ul><li><a href='{url}'>关于优化环评审批服务的通知</a><span>2026-06-18</span></li></ul>"
    assert entries(body) == [(url, "关于优化环评审批服务的通知", "2026-06-18")]


def test_a_list_without_any_date_is_found_by_its_addresses() -> None:
    rows = "".join(f"<li><a href='{url}'>{title}</a></li>" for url, title, _ in THREE)
    assert entries(CHROME % f"<ul>{rows}</ul>") == [(url, title, None) for url, title, _ in THREE]


def test_a_date_in_full_width_digits_is_read() -> None:
    rows = "".join(
        f"<li><a href='{url}'>{title}</a>{day.translate(str.maketrans('0123456789', '０１２３４５６７８９'))}</li>"
        for url, title, day in THREE
    )
    assert entries(CHROME % f"<ul>{rows}</ul>") == THREE


@pytest.mark.parametrize("first", [5, 12, 102])
def test_a_list_without_dates_of_a_site_with_few_articles_is_found(first: int) -> None:
    titles = [f"某市{name}助企纾困工作推进会召开" for name in ("春季", "夏季", "秋季", "冬季", "年末")]
    found = [(f"/content/{first - n}", title, None) for n, title in enumerate(titles)]
    rows = "".join(f"<li><a href='{url}'>{title}</a></li>" for url, title, _ in found)
    menu = "".join(f"<li><a href='/list/{n}'>机构职能</a></li>" for n in range(9))
    read = entries(CHROME % f"<ul>{menu}</ul><div class='list'><ul>{rows}</ul></div>")
    assert [(url.removeprefix("http://sthj.example.gov.cn"), title, day) for url, title, day in read] == found


@pytest.mark.parametrize("menu", ["", "<ul>" + "<li><a href='/x/a.html'>机构职能</a></li>" * 9 + "</ul>"])
def test_a_list_without_dates_in_addresses_of_no_known_form_is_found_by_its_titles(menu: str) -> None:
    titles = [*(title for _, title, _ in THREE), "某市发布十条惠企政策", "某区推行一网通办服务企业"]
    rows = "".join(
        f"<p><a href='gz{letter}.html'>{title}</a></p>" for letter, title in zip("abcde", titles, strict=True)
    )
    assert [title for _, title, _ in entries(CHROME % f"{menu}<div>{rows}</div>")] == titles


@pytest.mark.parametrize("months", ["1-10月", "1—10月", "1.10月"])
def test_a_span_of_months_is_no_day(months: str) -> None:
    rows = "".join(f"<tr><td><a href='{u}'>{t}</a></td><td>{months}</td></tr>" for u, t, _ in THREE)
    assert {day for _, _, day in entries(CHROME % f"<table>{rows}</table>")} == {None}
