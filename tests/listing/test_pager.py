"""Where the older page is."""

from __future__ import annotations

import pytest

from tests.listing.pages import COLUMN, page
from tests.timing import cpu_seconds
from watcher.listing import read_listing

LIST = "<ul><li><a href='t20260618_1.html'>关于优化环评审批服务的通知</a><span>2026-06-18</span></li></ul>"

SITE = "https://sthjt.example.gov.cn/"
DOWN = "<script>function to(p) { location.href = 'index_260_' + p + '.html' }</script>"
HOME = "<a href='list.aspx?id=5'>动态</a>"
GO = "<script>function go(p) { location.href = 'index_' + (p - 1) + '.html' }</script>"


@pytest.mark.parametrize(
    ("pager", "following"),
    [
        ("", None),
        ("<a href='index_2.html'>下一页</a>", "index_2.html"),
        ("<a href='index_2.html'>下一页 ></a>", "index_2.html"),
        ("<a href='list_2.shtml' title='下一页'><img src='n.gif'></a>", "list_2.shtml"),
        ("<a href='?page=2'>下页</a>", "?page=2"),
        ("<a href='index_2.html'> » </a>", "index_2.html"),
        ("<a href='./'>下一页</a>", None),
        ("<a href='javascript:next()'>下一页</a>", None),
        ("<b>1</b> <a href='index_2.html'>2</a> <a href='index_3.html'>3</a>", "index_2.html"),
        ("<a href='index.html'>1</a> <a href='index_1.html'>2</a> <a href='index_2.html'>3</a>", "index_1.html"),
        ("<a href='index_1.html'>1</a> <a href='index_2.html'>2</a>", "index_2.html"),
        ("<a href='?page=2'>2</a> <a href='?page=3'>3</a>", "?page=2"),
        ("<a href='t20260618_9.html'>2</a>", None),
        ("<a href='index_9.html'>2</a>", None),
        (
            "<script>var countPage = 31//共多少页\nvar currentPage = 0;document.write('.shtml')</script>",
            "index_1.shtml",
        ),
        ("<script>var currentPage = 30;var countPage = 31;</script>", None),
        ("<script>var totalPages = 9, currentPage = 0; go('list_' + next + '.html')</script>", "list_1.html"),
        ("<script>var maxPageNum = 1, currentPage = 0; go('list_' + next + '.html')</script>", None),
        ("<script>createPageHTML(31, 0, 'index', 'shtml');</script>", "index_1.shtml"),
        ('<script>//createPageHTML(31, 0, "index", "shtml");</script>', "index_1.shtml"),
        ("<script>createPageHTML(2, 1, 'index', 'html');</script>", None),
        ("<script>createPageHTML(1, 0, 'index', 'html');</script>", None),
        ("<script>createPageHTML('page_div',10,1,'zwgklist','shtml',200);</script>", "zwgklist_2.shtml"),
        ("<script>createPageHTML('paging',29, 29,'list','html',289);</script>", None),
        ("<script>createPageHTML(1333, 34, 0, 'index', 'html');</script>", "index_1.html"),
        ("<script>createPageHTML('20', '0', 'list', 'html');</script>", "list_1.html"),
        (
            "<script>var countPage = 9; var currentPage = 0; w('<a href=\"index_8597_' + next + '.shtml\">')</script>",
            "index_8597_1.shtml",
        ),
        ("<script>$('.p').pagination({totalPage: 9, currentPage: 1})</script>", "index_2.html"),
        ("<script>$('.p').pagination({totalPage: 9, currentPage: 9})</script>", None),
        (
            "<script>$('.p').createPage({pageCount: 9, current: 1, backFn: p => go('list_' + p + '.shtml')})</script>",
            "list_2.shtml",
        ),
        ("<script>Pager({size:9, current:0, prefix:'index',suffix:'htm'});</script>", "index_1.htm"),
        ("<script>Pager({size:1, current:0, prefix:'index',suffix:'htm'});</script>", None),
        ("<script>Pager({})</script>", None),
        ("<a class='pb-next' href='index_2.html'><i></i></a>", "index_2.html"),
        ("<a class='next' href='javascript:;'></a><a class='page next' href='index_2.html'></a>", "index_2.html"),
        ("<link rel='next' href='?page=2'>", "?page=2"),
        ("<a href='#' onclick=\"go(this, '/dtxx/11040/index2.html')\">下一页</a>", "11040/index2.html"),
        ("<script>createPageHTML(pages, 0, name);</script>", None),
        (
            "<script>laypage.render({elem:'p', count:45, limit:15, curr:1, jump:function(o, first){"
            "if(!first){location.href = o.curr==1 ? 'index.html' : 'index_'+(o.curr-1)+'.html'}}})</script>",
            "index_1.html",
        ),
        (
            "<script>laypage.render({count: 45, limit: 15, curr: 3, jump: o => go('a_' + o.curr + '.html')})</script>",
            None,
        ),
        ("<script>laypage.render({count: total, limit: 15, curr: 1})</script>", None),
        ("<script>laypage.render({count: 45, limit: 0, curr: 1})</script>", None),
        ("<script>laypage({pages: 3, curr: now, jump: o => { location = '?page=' + o.curr }})</script>", "?page=2"),
        (
            "<a href='javascript:void(0)' onclick='goPage(2)'>下一页</a>"
            "<script>function goPage(p){location.href=p==1?'index.html':'index_'+(p-1)+'.html'}</script>",
            "index_1.html",
        ),
        (
            "<a href=\"javascript:turn('c7', 2)\">2</a><a href=\"javascript:turn('c7', 3)\">3</a>"
            "<script>var turn = function (column, n) { location = 'list.jsp?page=' + n; }</script>",
            "list.jsp?page=2",
        ),
        (
            "<span onclick='on(now + 1)'>下一页</span>"
            "<script>function on(n) { open('list_' + parseInt(n) + '.shtml') }</script>",
            "list_2.shtml",
        ),
        ("<a onclick='goPage(1)'>下一页</a><script>function goPage(p){location='list_'+p+'.html'}</script>", None),
        ("<a onclick='goPage(2)'>下一页</a><script src='pager.js'></script>", None),
        ("<a onclick='goPage(2)'>下一页</a><script>function goPage(p){img='list_'+p+'.png'}</script>", None),
        ("<a onclick='show(2)'>2023年</a><script>function show(p){location='list_'+p+'.html'}</script>", None),
        ("<script>createPageHTML(</script>", None),
        ("<script>page_html('p', 9, 1, 'list', 'shtml')</script>", "list_2.shtml"),
        ("<script>page_html('p', 9, 9, 'list', 'shtml')</script>", None),
        ("<script>showPage('p', 9, 1, 'list', 'title')</script>", None),
        (
            "<script>$('.p').pagination(45, {items_per_page: 15, callback: i => go('list_' + i + '.html')})</script>",
            "list_1.html",
        ),
        (
            "<script>$('.p').pagination(45, {items_per_page: 15, current_page: 2, callback: f})"
            "; function f(i) { location = 'list_' + i + '.html' }</script>",
            None,
        ),
        ("<script>$('.p').pagination(45, {items_per_page: 15, callback: load})</script>", None),
        (
            "<a onclick='to(2)'>下一页</a><script>const to = n => { location.href = `list_${n}.html` }</script>",
            "list_2.html",
        ),
        (
            "<a onclick='to(2)'>下一页</a><script>const to = (n) => { open(`list_${n - 1}.html`) }</script>",
            "list_1.html",
        ),
        ("<a onclick='to(2)'>下一页</a><script>to = async (n) => { load(`/api/${n}`) }</script>", None),
        ("<b>1</b> <a href='2/'>2</a> <a href='3/'>3</a>", "2/"),
        ("<b>1</b> <a href='list-2.html'>2</a> <a href='list-3.html'>3</a>", "list-2.html"),
        ("<b>1</b> <a href='25.htm'>2</a> <a href='24.htm'>3</a> <a href='1.htm'>26</a>", "25.htm"),
        ("<b>1</b> <a href='3.htm'>2</a> <a href='2.htm'>3</a> <a href='1.htm'>4</a>", "3.htm"),
        ("<p hidden><a href='index_260_54.html'>54</a> <a href='index_260_53.html'>53</a></p>", "index_260_54.html"),
        (
            "<a href='index_260_3.html'>3</a><a href='index_260_2.html'>2</a><a href='index_260_1.html'>1</a>"
            "<script>var maxPageNum260 = 4</script>",
            "index_260_3.html",
        ),
        (
            "<a href='index_4.html'>4</a><a href='index_3.html'>3</a><a href='index_2.html'>2</a><b>1</b>",
            "index_2.html",
        ),
        (
            "<select><option value='./'>第1页</option><option value='index_1.html'>第2页</option></select>",
            "index_1.html",
        ),
        ("<select><option value='1'>1</option><option value='2'>2</option></select>", None),
        ("<a href='index_1.html'>下一页→</a>", "index_1.html"),
        ("<a href='index_1.html'>下&nbsp;一&nbsp;页</a>", "index_1.html"),
        ("<a href='index_1.html'>下页＞＞</a>", "index_1.html"),
        ("<a href='index_1.html'>下15条</a>", "index_1.html"),
        ("<a href='index_5.html'>下15条</a>", None),
        ("<a href='/tp/index_1.html'>下一条</a>", None),
        ("<a href='index_5.html'>下5页</a> <a href='index_1.html'>2</a>", "index_1.html"),
        ("<a href='page/2/'>较早的文章</a>", "page/2/"),
        ("<a href='t20260611_1.html'>较早的文章</a>", None),
        ("<a href='?page=2'>点击加载更多</a>", "?page=2"),
        ("<a href='/zt/'>加载更多</a>", None),
        ("<div data-url='?page=2' data-page='1'>加载更多</div>", "?page=2"),
        ("<div data-url='?page=1' data-page='0'>加载更多</div>", None),
        ("<a pagingHref='?currentPage=2' title='下一页' href='javascript:;'><i></i></a>", "?currentPage=2"),
    ],
)
def test_the_next_page_is_found_as_a_link_or_in_the_call_of_the_pager(pager: str, following: str | None) -> None:
    found = read_listing(page(LIST + pager), "auto").next_url
    assert found == (COLUMN + following if following else None)


@pytest.mark.parametrize(
    ("own", "pager", "following"),
    [
        ("index_2.html", "<a href='index_1.html'>1</a> <b>2</b> <a href='index_3.html'>3</a>", "index_3.html"),
        ("index_3.html", "<a href='index_1.html'>1</a> <a href='index_2.html'>2</a>", None),
        ("24.htm", "<a href='./'>1</a> <a href='25.htm'>2</a> <b>3</b> <a href='23.htm'>4</a>", "23.htm"),
        ("1.htm", "<a href='./'>1</a> <a href='3.htm'>24</a> <a href='2.htm'>25</a> <b>26</b>", None),
        (
            "index_260_3.html",
            "<a href='index_260_3.html'>3</a><a href='index_260_2.html'>2</a><a href='index_260_1.html'>1</a>"
            "<script>var maxPageNum260 = 4</script>",
            "index_260_2.html",
        ),
        ("index_2.html", "<a href='index_4.html'>4</a> <a href='index_3.html'>3</a> <b>2</b>", "index_3.html"),
        ("index_260_3.html", f"<a onclick='to(2)'>下一页</a>{DOWN}", "index_260_2.html"),
        ("index_260_1.html", f"<a onclick='to(1)'>下一页</a>{DOWN}", None),
        ("index.html", f"<a onclick='to(9)'>9</a><a onclick='to(8)'>8</a>{DOWN}", None),
        ("index.html", f"<a onclick='to(2)'>2</a>{DOWN.replace('index', '/zt/index')}", None),
        ("index_1.html", f"<a onclick='go(1)'>1</a><a onclick='go(3)'>3</a>{GO}", "index_2.html"),
        ("index_2.html", f"<a onclick='go(1)'>1</a><a onclick='go(2)'>2</a>{GO}", None),
        ("index_2.html", f"<a onclick='go(n + 1)'>下一页</a>{GO}", "index_3.html"),
        (
            "index_1.html",
            "<script>laypage.render({pages: 9, curr: n, jump: o => go('index_' + o.curr + '.html')})</script>",
            "index_2.html",
        ),
    ],
)
def test_the_next_page_is_counted_from_the_page_at_hand(own: str, pager: str, following: str | None) -> None:
    found = read_listing(page(LIST + pager, COLUMN + own), "auto").next_url
    assert found == (COLUMN + following if following else None)


BOX = "<h3>专题专栏<a class='more' href='/zt/'>{}</a></h3>"
WORD = "<a href='index_1.html'>下一页</a>"


@pytest.mark.parametrize(
    ("around", "following"),
    [
        (BOX.format("&gt;&gt;") + "{}" + WORD, "index_1.html"),
        (BOX.format("»") + "{}<script>createPageHTML(9, 0, 'index', 'html')</script>", "index_1.html"),
        ("{}<script>createPageHTML(9, 0, 'index', 'html')</script>" + BOX.format("&gt;"), "index_1.html"),
        ("{}<script>createPageHTML(1, 0, 'index', 'html')</script>" + BOX.format("&gt;&gt;"), None),
        (BOX.format("&gt;") + "{}", None),
        ("<h3>简报<a href='list_2.html'>&gt;</a></h3>{}", None),  # another column, for all that is known
        ("<p><a href='/'>首页</a><a href='/zw/'>&gt;</a><a href='./'>动态</a></p>{}" + WORD, "index_1.html"),
        ("{}<div class='swiper'><a class='next' href='/photos/'></a></div>", None),
        ("{}<a href='/tp/t20260611_1.html'>上一页</a><a href='/tp/t20260613_2.html'>下一页</a>" + WORD, "index_1.html"),
        ("{}<a href='/tp/t20260613_2.html'>下一页</a>", None),
        ("{}<h3><a href='/zt/'>专题</a></h3><a href='/zt/index_2.html'>下一页</a>" + WORD, "index_1.html"),
        ("{}<h3><a href='/zt/'>专题</a></h3><a href='/zt/index_2.html'>下一页</a>", None),
        ("{}<a href='/zt/pic_2.html'>2</a><a href='/zt/pic_3.html'>3</a>", None),
        ("{}<a href='/zt/index_2.html'>下一页</a><a href='/tp/index_2.html'>下一页</a>", None),
        ("{}<div><img src='1.jpg'><a href='/tp/index_1.html'>下一页</a></div>", None),
        ("{}<div><img src='1.jpg'><a href='/tp/?page=2'>下一页</a></div>", None),
        ("{}<h3><a href='tp/'>图片</a></h3><a href='tp/index_1.html'>下一页</a>", None),
        ("{}<a href='11040/index_1.html'>下一页</a>", "11040/index_1.html"),
    ],
)
def test_what_a_box_beside_the_list_leads_to_is_no_next_page(around: str, following: str | None) -> None:
    found = read_listing(page(around.format(LIST)), "auto").next_url
    assert found == (COLUMN + following if following else None)


@pytest.mark.parametrize(
    ("own", "pager", "following"),
    [
        ("zw/list_5.html", "<h3>公报<a href='list_6.html'>&gt;</a></h3>", None),
        ("zw/list_5.html", "<a href='list_4.html'>&lt;</a> <a href='list_6.html'>&gt;</a>", "zw/list_6.html"),
        ("zw/list_5.html", "<a href='list_5_2.html'>&gt;</a>", "zw/list_5_2.html"),
        ("zw/index_1.html", "<a href='./'>‹</a> <a href='index_2.html'>›</a>", "zw/index_2.html"),
        ("zw/list.aspx?id=5", "<a href='list.aspx?id=6'>&gt;</a>", None),
        (
            "zw/list.aspx?id=5",
            "<a href='list.aspx?id=6&page=2'>下一页</a><a href='list.aspx?id=5&page=2'>&gt;</a>",
            "zw/list.aspx?id=5&page=2",
        ),
        ("zw/list.aspx?id=5", "<a href='list.aspx?id=5&page=2'>&gt;</a>", "zw/list.aspx?id=5&page=2"),
        (
            "zw/list.aspx?id=5",
            "<h3><a href='list.aspx?id=6'>公报</a></h3><a href='list.aspx?id=6&page=2'>下一页</a>",
            None,
        ),
        ("zw/list.aspx?id=5", "<a href='list.aspx?id=5&start=15'>下一页</a>", "zw/list.aspx?id=5&start=15"),
        ("zw/list.aspx?id=5", "<img src='1.jpg'><a href='list.aspx?id=6&page=2'>下一页</a>", None),
        ("zw/", "<a href='/list.jsp?unit=c0f1&page=2'>下一页</a>", "list.jsp?unit=c0f1&page=2"),
        ("zw/", "<h3><a href='/list.jsp?unit=c0f1'>图片</a></h3><a href='/list.jsp?unit=c0f1&page=2'>下一页</a>", None),
        ("zw.htm", "<h3><a href='tp.htm'>图片</a></h3><a href='tp_2.htm'>下一页</a>", None),
        ("zw/gg.htm", "<a href='/zw/'>政务</a><a href='3.htm'>下一页</a>", "zw/3.htm"),
        ("zw/gg.htm", "<a href='/zw/tp.htm'>图片</a><a href='/zw/tp/3.htm'>下一页</a>", None),
        ("zw/list.aspx?id=5&sort=1", f"{HOME}<a href='?id=5&page=2'>下一页</a>", "zw/list.aspx?id=5&page=2"),
        ("zw/list.aspx?id=5&utm_source=x", "<a href='?id=5&page=2'>2</a>", "zw/list.aspx?id=5&page=2"),
        ("zw/list.do", "<a href='list.do;jsessionid=0A?page=2'>2</a>", "zw/list.do;jsessionid=0A?page=2"),
        ("zw.htm", "<a href='zw/8.htm'>下页</a>", "zw/8.htm"),
        ("zw/302/index.html", "<a href='/ui?pageId=302&currentPage=2'>下一页</a>", "ui?pageId=302&currentPage=2"),
        ("zw/302/index.html", "<a href='/ui?pageId=302&currentPage=2'>2</a>", "ui?pageId=302&currentPage=2"),
        ("zw/302/index.html", "<a href='/ui?pageId=303&currentPage=2'>2</a>", None),
    ],
)
def test_a_next_page_is_one_of_the_same_column(own: str, pager: str, following: str | None) -> None:
    found = read_listing(page(LIST + pager, SITE + own), "auto").next_url
    assert found == (SITE + following if following else None)


def test_a_pager_inside_the_list_is_no_entry() -> None:
    body = LIST.replace("</ul>", "<li><a href='index_1.html'>上一页</a> <a href='index_3.html'>下一页</a></li></ul>")
    listing = read_listing(page(body), "auto")
    assert (len(listing.links), listing.next_url) == (1, COLUMN + "index_3.html")


def test_a_page_of_nothing_but_numbers_costs_no_more_than_their_number() -> None:
    links = "".join(f"<a href='index_{number}.html'>{number}</a>" for number in range(9_999, 2, -1))
    found: list[str | None] = []
    # One second of CPU here; what compares each number with all others takes a hundred million steps.
    assert cpu_seconds(lambda: found.append(read_listing(page(LIST + links), "auto").next_url)) < 6
    assert found == [COLUMN + "index_9999.html"]


def test_a_page_of_nothing_but_calls_costs_no_more_than_their_number() -> None:
    calls = "".join(f"<a onclick='f{number}(2)'>2</a>" for number in range(20_000))
    body = LIST + calls + "<script>" + "'a' + b + 'c' + " * 20_000 + "</script>"
    found: list[str | None] = []
    # One second of CPU here; what looks for each call in the whole script reads six thousand million characters.
    assert cpu_seconds(lambda: found.append(read_listing(page(body), "auto").next_url)) < 6
    assert found == [None]
