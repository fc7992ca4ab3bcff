"""A whole page of each kind of list that is met, built as the real ones are, in words of our own, with its truth.

What real pages of these kinds do beyond that is in `test_traps`; `test_saved_pages` reads real ones where they lie.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin

import pytest

from tests.listing.pages import COLUMN, page
from tests.listing.test_families import CHROME
from tests.sites.checks import COOKIE, RUISHU
from watcher.errors import ReadError
from watcher.listing import read_listing

Row = tuple[str, str, str]
SITE = "http://sthj.example.gov.cn"


@dataclass(frozen=True, slots=True)
class Kind:
    """A page, its entries in its order, and the address of the next older page."""

    body: str
    rows: list[Row]
    older: str | None = None


def rows(address: str, *days: str, title: str = "某市出台支持企业绿色发展的第{n}批措施") -> list[Row]:
    return [
        (address.format(n=n, month=day[:7].replace("-", ""), day=day.replace("-", "")), title.format(n=n), day)
        for n, day in enumerate(days, 1)
    ]


def filled(row: str, found: list[Row]) -> str:
    return "".join(row.format(u=u, t=t, d=d, n=n) for n, (u, t, d) in enumerate(found, 1))


MEE = rows("202605/t{day}_115611{n}.shtml", "2026-05-26", "2026-05-26", "2026-05-26", "2026-05-19", "2026-05-12")
MEE[1] = (MEE[1][0], MEE[0][1], MEE[1][2])  # two cases under one title
NDRC = rows(
    "202607/t{day}_140610{n}.html",
    "2026-07-31",
    "2026-07-28",
    "2026-07-20",
    title="第{n}批绿色低碳项目清单",
)
NMPA = rows(
    "/xxgk/ggtg/2026061{n}15202412{n}.html",
    "2026-06-12",
    "2026-06-12",
    "2026-06-10",
    title="优化审评审批公告之{n}",
)
NFC = rows(f"{SITE}/dtxx/content/post_1097262{{n}}.html", "2023-03-13", "2019-05-06", "2026-06-18", "2026-06-11")
TANGSHAN = rows("/ts/xxgk/10129257886544981196{n}.html", "2026-06-18", "2026-06-11", "2026-06-04")
HUNAN = rows("/dtxx/{month}/t{day}_3405243{n}.html", "2026-06-18", "2026-06-11", "2026-05-29")
GANSU = rows("/jyt/c110634/{month}/17424094{n}.shtml", "2026-06-18", "2026-06-11", "2026-05-29")
JPAGE = rows("/art/2026/6/18/art_80179_1166483{n}.html", "2026-06-18", "2026-06-11", "2026-06-04")
DESK = rows("t{day}_50{n}.htm", "2016-06-08", "2016-06-07", "2016-06-01")

KINDS = {
    "TRS, as MEE: dates first, empty title attributes, a pager that a script writes": Kind(
        CHROME % ("<div class='bd mt10'><div><ul id='div'>"
        + filled("<li><span class='date'>{d}</span><a href='./{u}' target='_blank' title=''>{t}</a></li>", MEE)
        + """</ul></div><div class="page"><script language="javascript">//createPageHTML(31, 0, "index", "shtml");
var currentPage = 0;//所在页从0开始
var prevPage = currentPage-1//上一页
var countPage = 31//共多少页
document.write("<a href='index_" + (currentPage+1) + ".shtml'>下一页</a>");</script></div></div>"""),
        MEE,
        f"{SITE}/dtxx/index_1.shtml",
    ),
    "TRS, as NDRC: interpretations in a box inside each entry": Kind(
        CHROME % ("<ul class='u-list'>"
        + filled(
            "<li><a href='./{u}' target='_blank' title='{t}'>{t}</a><div class='popbox'><div class='triangle'></div>"
            "<h5>相关解读</h5><ul><li><a href='../jd/202607/t20260731_14061{n}9.html'>解读之{n}：怎样申报</a></li></ul>"
            "</div><span>{d}</span></li><li class='empty'></li>", NDRC)
        + "</ul><script>createPageHTML(5, 0, 'index', 'html');</script>"),
        NDRC,
        f"{SITE}/dtxx/index_1.html",
    ),
    "as NMPA: dates in brackets, the pager as links": Kind(
        CHROME % ("<div class='list'><ul>"
        + filled("<li>\n<a href=\"../..{u}\" target=\"_blank\" title='{t}'>\n{t}\n</a><span>({d})</span></li>", NMPA)
        + "</ul><a href = 'index.html'>1</a> <a href = 'index_1.html'>2</a> <a href = 'index_1.html'>下一页</a>"
        "<a href = 'index_1226.html'>末页</a></div>"),
        NMPA,
        f"{SITE}/dtxx/index_1.html",
    ),
    "NFC: entries pinned above newer ones": Kind(
        CHROME % ("<ul class='infoList'>"
        + filled("<li><h4><i></i><a href='{u}' title='{t}'>{t}</a><span class='time'>[ {d} ]</span></h4></li>", NFC)
        + f"</ul><span class='arrow'><a class='next' href='{SITE}/dtxx/index_2.html'> 下一页 </a></span>"),
        NFC,
        f"{SITE}/dtxx/index_2.html",
    ),
    "/cms/www: titles cut, a table that repeats the entry when it is pointed at": Kind(
        CHROME % ("<ul class='xxgk_list'>"
        + filled(
            "<li><div class='lis_suoyin fl'>0233621J/2026-0028{n}</div><div class='lis_title fl td2'>"
            "<a target='_blank' href='{u}' title='{t}'>{t:.9}...</a><div class='hover'><table><tr><td>名称</td>"
            "<td>{t}</td><td>发布日期</td><td>{d}</td></tr></table></div></div>"
            "<div class='lis_date'>{d}</div></li>", TANGSHAN)
        + "</ul><a class='pb_next_page' href='index_2.html'>下一页</a>"),
        TANGSHAN,
        f"{SITE}/dtxx/index_2.html",
    ),
    "UCAP: a script as a child of the list, arguments of its own": Kind(
        CHROME % ("<ul class='list'>"
        + filled("<li><a href=\"{u}\" title=\"{t}\"> {t} </a> <span>{d}</span></li>", HUNAN)
        + "<script type='text/javascript' src='/xhtml/js/page.js'></script><script>window.onload=function() "
        "{createPageHTML('paging',29, 1,'list_dst','html',289);}</script></ul>"),
        HUNAN,
        f"{SITE}/dtxx/list_dst_2.html",
    ),
    "UCAP: the entries in a comment inside the list that its script fills": Kind(
        CHROME % ("<ul class='list' id='page_list'><!--"
        + filled("<li><a href='{u}' title='{t}'>{t}</a><span class='date'>{d}</span></li>", GANSU)
        + "--></ul><script>createPageHTML('page_div',10,1,'zwgklist','shtml',200)</script>"),
        GANSU,
        f"{SITE}/dtxx/zwgklist_2.shtml",
    ),
    "大汉 jpage: records of a data service": Kind(
        "<datastore><totalrecord>3</totalrecord><totalpage>1</totalpage><recordset>"
        + filled(
            "<record><![CDATA[<li><a target=\"_blank\" href=\"{u}\" title=\"{t}\">{t}</a>"
            "<b readlabel=\"{d}\">{d}</b></li>]]></record>", JPAGE)
        + "</recordset></datastore>",
        JPAGE,
    ),
    "tables in tables, of 2016": Kind(
        CHROME % ("<table width='98%'><tr><td><table class='czfxcontent'>"
        + filled("<tr><td width='20'>·</td><td><a href='{u}'>{t}</a></td><td>[{d}]</td></tr>", DESK)
        + "</table></td></tr></table>"),
        DESK,
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
def test_a_page_of_each_kind_is_read_whole(kind: Kind) -> None:
    found = read_listing(page(kind.body), "auto")
    assert [(link.url, link.title, str(link.published)) for link in found.links] == [
        (urljoin(COLUMN, url), title, day) for url, title, day in kind.rows
    ]
    assert found.next_url == kind.older


APPLICATION = (
    "<html><head><title>数据查询</title></head><body><div id=app></div><script src=/js/app.js></script></body></html>"
)
JPAAS = """<html><head><base href="/sthjt/"><meta name="HtmlGenerateTime" content="2026-06-18 10:00:00"></head><body>
<div id="list"></div><script type="text/x-handlebars-template"><li><a href='{{pcUrl}}'>{{title}}</a></li></script>
<script>var params = {unitid: '1', channelCode: ['col42150'], perPage: 15};
loadPageData(params, '#list')</script></html>"""
# Without a code of theirs: CDE's empty #listBox, AngularJS of NFRA.
LAYUI = "<html><body><ul id='listBox'></ul><script>layui.use(['laypage'], function(){})</script></body></html>"
ANGULAR = "<html><body><ul><li ng-repeat='one in rows' class='ng-binding'></li></ul></body></html>"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (APPLICATION, "javascript_list"),
        (JPAAS, "javascript_list"),
        (LAYUI, "javascript_list"),
        (ANGULAR, "javascript_list"),
        (RUISHU, "challenge"),
        (COOKIE, "challenge"),
    ],
    ids=["Vue", "大汉 jpaas", "layui", "AngularJS", "瑞数", "加速乐"],
)
def test_a_page_without_entries_is_called_by_its_kind(body: str | bytes, code: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_listing(page(body), "auto")
    assert caught.value.code == code
