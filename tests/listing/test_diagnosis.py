"""A page without entries is an error that says why."""

from __future__ import annotations

import pytest

from tests.listing.pages import page
from watcher.errors import ReadError
from watcher.listing import read_listing
from watcher.listing.suggest import suggestions

MENU = "<ul><li><a href='/a/'>机构职能</a></li><li><a href='/b/'>政务公开</a></li></ul>"
FOOTER = (
    "<p>主办：某市生态环境局 维护电话：000 更新日期：2026-06-19</p>"
    + "<p>本页面用于查询办理进度，请按提示输入编号。</p>" * 20
)


def diagnosis(body: str | bytes, status: int = 200) -> ReadError:
    with pytest.raises(ReadError) as caught:
        read_listing(page(body, status=status), "auto")
    assert caught.value.hint
    assert "\n" not in str(caught.value)
    return caught.value


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "empty"),
        (b" \r\n\0\0 ", "empty"),
        (b"%PDF-1.4 x", "not_html"),
        (b"PK\x03\x04xxxx", "not_html"),
        (b"\x89PNG\r\n", "not_html"),
        (b'{"code": 0, "data": [{"title": "x", "url": "/a"}]}', "no_links"),
        (b"[1, 2]", "no_links"),
        (b'{"code": 0, "data": [', "not_json"),
        (b'{"total": 312, "articles": []}', "empty_list"),
        ('{"code":401,"msg":"未登录"}'.encode(), "error_page"),
        ('{"success":false,"message":"系统异常，请联系管理员","data":null}'.encode(), "error_page"),
        (f"<html><body>{MENU}<div class=list>暂无数据</div>{FOOTER}</body></html>".encode(), "empty_list"),
        (b'<?xml version="1.0"?>\n<rss version="2.0"><channel><title>x</title></channel></rss>', "empty_list"),
        (b"<!-- made by x -->\n<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title></feed>", "empty_list"),
        (b"<rss><channel><item><title>x</title></item></channel></rss>", "no_links"),
        ("请稍后再来".encode(), "not_html"),
        (f"<html><body>{MENU}{FOOTER}</body></html>".encode(), "no_links"),
        (b"<html><body></body></html>", "no_links"),
        (b"<!-- -->", "no_links"),
        (b"<script>document.cookie='__jsl_clearance=1';location.href='/'</script>", "challenge"),
        ("<html><title>提示</title><body>系统维护中，请稍后访问。</body></html>".encode(), "maintenance"),
    ],
)
def test_each_kind_of_page_without_entries_has_its_code(body: bytes, code: str) -> None:
    assert diagnosis(body).code == code


@pytest.mark.parametrize(
    ("script", "posted"),
    [
        ("axios.post('/api/news/list', {page: 1})", True),
        ("$.post(ctx + '/api/news/list', {page: 1})", True),
        ("x.open('POST', '/api/news/list')", True),
        ("$.ajax({url: '/api/news/list', type: 'post', data: {}})", True),
        ("$.ajax({method: \"POST\", url: '/api/news/list', data: {}})", True),
        ("$.ajax({url: '/api/news/list', success: show}); $.ajax({url: '/visit', type: 'POST'})", False),
        ("$.ajax({url: '/visit', type: 'POST'}); $.get('/api/news/list', show)", False),
        ("$.get('/api/news/list', show); $.ajax({type: 'POST', url: '/visit'})", False),
    ],
)
def test_a_service_that_is_asked_by_post_cannot_be_named_by_its_address(script: str, posted: bool) -> None:
    body = f"<html><body><ul><li v-for='item in list'></li></ul><script>{script}</script></body></html>"
    error = diagnosis(body)
    assert ("/api/news/list" in error.message, "by POST" in error.message) == (True, posted)
    assert ("{json: {url:" in (error.hint or "")) is not posted
    assert bool(suggestions(page(body))) is not posted


ROUTED = "".join(
    f"<li><a href='#/detail/{n}'>某市生态环境局出台支持企业绿色发展的第{n}批措施</a><span>2026-06-{n:02}</span></li>"
    for n in range(1, 9)
)


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ("", "it opens them itself, as http://"),
        ("<script>axios.get('/api/news/list')</script>", "its script asks /api/news/list"),
    ],
)
def test_entries_that_are_one_page_to_a_server_are_shown_by_a_script(before: str, said: str) -> None:
    error = diagnosis(f"<html><body>{before}<ul>{ROUTED}</ul></body></html>")
    assert error.code == "javascript_list"
    assert f"the 8 entries of the list are shown by a script ({said}" in error.message


def test_entries_of_several_pages_are_told_apart_by_a_fragment_too() -> None:
    real = "<li><a href='/art/2026/1.html'>某市生态环境局出台支持企业绿色发展的新措施</a><span>2026-06-19</span></li>"
    found = read_listing(page(f"<html><body><ul>{ROUTED}{real}</ul></body></html>"), "auto")
    assert len(found.links) == 9


@pytest.mark.parametrize(
    ("script", "address"),
    [
        (
            "$.ajax({url: '/module/web/jpage/dataproxy.jsp?startrecord=1&perpage=15'})",
            "/module/web/jpage/dataproxy.jsp?startrecord=1&perpage=15",
        ),
        ('axios.post("/common/search/queryList", p)', "/common/search/queryList"),
        ("fetch(`/gkmlpt/api/all/5?page=1`)", "/gkmlpt/api/all/5?page=1"),
        ("$.getJSON('./ZHENGCELIST.json', show)", "./ZHENGCELIST.json"),
        ("$.getJSON('/zc/YAOWENLIEBIAO.json', show)", "/zc/YAOWENLIEBIAO.json"),
        (
            "var ctx = '/x'; $.ajax({type: 'post', url: ctx + '/article/queryArticles.do', data: q})",
            "/article/queryArticles.do",
        ),
        (
            "layui.use('table', function () {table.render({elem: '#box', url: '/main/xxgk/getAcceptList'})})",
            "/main/xxgk/getAcceptList",
        ),
        (
            "$http.get('/cn/DocInfo/SelectByItem?itemId=915&pageIndex=1').then(show)",
            "/cn/DocInfo/SelectByItem?itemId=915&pageIndex=1",
        ),
        ("axios.get(`/datasearch/data/search?itemId=1`)", "/datasearch/data/search?itemId=1"),
        ("fetch('/api/news/page?channel=12')", "/api/news/page?channel=12"),
        ("var x = new XMLHttpRequest(); x.open('GET', './data/l_1.json')", "./data/l_1.json"),
        (
            "</script><ul data-url='/api/content/list?channel=12'></ul><script src='l.js'>",
            "/api/content/list?channel=12",
        ),
        ("$.get('/visit/count.jsp?doc=5'); $.post('/a/getPage', {})", "/a/getPage"),
        ("loadPageData(params, '101')", "loadPageData"),
        ("new Vue({el: '#x'})</script><li v-for='item in list'>{{item.title}}</li><script>", None),
        ("</script><div id='app'></div><script>", None),
    ],
)
def test_a_list_that_a_script_fills_names_what_the_script_asks(script: str, address: str | None) -> None:
    error = diagnosis(f"<html><body>{MENU}{FOOTER}<script>{script}</script></body></html>")
    assert error.code == "javascript_list"
    assert (f"asks {address}" if address else "is not in the page") in str(error)


@pytest.mark.parametrize(
    "script",
    [
        "$.get('/visit/count.jsp?id=5')",
        "$.getJSON('/weather/now.json', show); $.post('/stat/hit.do', {})",
        "$('#menu').load('/inc/list.html'); location.search; fetch('data')",
    ],
)
def test_a_script_that_asks_for_something_else_does_not_make_a_list(script: str) -> None:
    assert diagnosis(f"<html><body>{MENU}{FOOTER}<script>{script}</script></body></html>").code == "no_links"


def test_an_application_that_asks_for_javascript_is_no_bot_check() -> None:
    body = "<title>交易</title><noscript>请启用JavaScript</noscript><div id='app'></div><script src='a.js'></script>"
    assert diagnosis(body).code == "javascript_list"


@pytest.mark.parametrize(
    ("body", "address"),
    [
        ("<meta http-equiv='refresh' content='0;url=/dtxx/list/'>", "/dtxx/list/"),
        ("<frameset><frame src='left.htm'><frame src='list.htm'></frameset>", "/dtxx/list.htm"),
        (
            "<iframe src='http://i.weather.example.com/list'></iframe><iframe width=9 src=/dtxx/in.html>",
            "/dtxx/in.html",
        ),
    ],
)
def test_a_page_that_sends_its_readers_on_names_where(body: str, address: str) -> None:
    error = diagnosis(f"<html><body>{MENU}{FOOTER}{body}</body></html>")
    assert error.code == "elsewhere"
    assert f"http://sthj.example.gov.cn{address}" in str(error)
    assert error.facts == (("to", f"http://sthj.example.gov.cn{address}"),)


@pytest.mark.parametrize(
    ("body", "code", "named"),
    [
        ("<meta http-equiv='refresh' content='0;url=/'>", "home_page", "http://sthj.example.gov.cn/"),
        ("<meta http-equiv='refresh' content='0;url=http://new.example.cn/'>", "site_moved", "http://new.example.cn/"),
        (
            "<meta http-equiv='refresh' content='0;url=http://new.example.cn/dt/'>",
            "elsewhere",
            "http://new.example.cn/dt/",
        ),
        ("<meta http-equiv='refresh' content='300;url=/dtxx/'>", "no_links", "no list of articles was found"),
        ("<iframe src='/tq/today.html'></iframe>" + "<p>欢迎访问本网站</p>" * 200, "no_links", "/tq/today.html"),
    ],
)
def test_where_a_page_sends_its_readers_tells_what_it_is(body: str, code: str, named: str) -> None:
    error = diagnosis(f"<html><body>{body}</body></html>")
    assert (error.code, named in str(error)) == (code, True)


def test_a_password_asked_for_in_a_page_without_a_list_is_said_with_what_to_do() -> None:
    """No login page for certain: a column whose list is gone may hold such a field as well."""
    menu = "".join(f"<a href='/{name}/'>{name}</a>" for name in ("政务公开", "办事服务", "互动交流", "数据开放"))
    form = "<p>欢迎使用全省统一平台，个人用户与法人用户分别登录</p><input name=p type=password><p>主办单位：省政府</p>"
    error = diagnosis(f"<title>某省政务服务网</title>{menu}{form}")
    assert (error.code, "asks for a password" in (error.hint or "")) == ("no_links", True)


def test_a_side_column_does_not_hide_that_the_list_is_filled_by_a_script() -> None:
    hot = "".join(
        f"<li><a href='/h/t2026060{i}_{i}.html'>热点推荐第{i}条标题</a>2026-06-0{i}</li>" for i in range(1, 6)
    )
    body = f"<html><body><div class='sidebar'><ul>{hot}</ul></div><script>loadPageData(p, '1')</script></body></html>"
    assert diagnosis(body).code == "javascript_list"


def test_a_register_of_case_numbers_is_no_column() -> None:
    rows = "".join(f"<li><a href='/v/123456{i}'>（2026）某01民初{i}21号</a>2026-06-0{i}</li>" for i in range(1, 6))
    assert diagnosis(f"<html><body><ul>{rows}</ul>{FOOTER}</body></html>").code == "no_links"


def test_entries_that_speak_of_maintenance_are_no_maintenance() -> None:
    rows = "".join(
        f"<li><a href='t2026060{i}_{i}.html'>关于网站系统维护的公告{i}</a>2026-06-0{i}</li>" for i in (3, 2, 1)
    )
    assert len(read_listing(page(f"<ul>{rows}</ul>"), "auto").links) == 3


def test_a_menu_of_columns_with_numbers_is_no_list() -> None:
    menu = "".join(f"<li><a href='/zwgk/1000{i}/index.html'>政府信息公开目录第{i}项</a></li>" for i in range(1, 9))
    assert diagnosis(f"<html><body><div class='nav'><ul>{menu}</ul></div>{FOOTER}</body></html>").code == "no_links"


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ('location.replace("http://new.example.cn/list/")', "elsewhere"),
        ('window.location.href = "http://new.example.cn/list/"', "elsewhere"),
        ('document.cookie="a=1";location.href="http://new.example.cn/list/"', "challenge"),
        ("location.reload()", "challenge"),
    ],
)
def test_a_script_that_only_sends_on_is_a_move_whose_address_is_named(script: str, code: str) -> None:
    error = diagnosis(f"<script>{script}</script>")
    assert error.code == code
    assert ("http://new.example.cn/list/" in str(error)) is (code == "elsewhere")


def test_what_a_data_service_says_in_the_place_of_data_is_told() -> None:
    assert "401" not in diagnosis('{"code":401,"msg":"未登录，请先登录"}').message
    assert diagnosis('{"code":401,"msg":"未登录，请先登录"}').message.endswith("an error: 未登录，请先登录")


@pytest.mark.parametrize(
    "script",
    [
        "document.write('<li><a href=\"/a/1.html\">关于助企纾困的措施</a></li>')",
        'var list = []; list.push(["关于助企纾困的措施", "/a/1.html", "2026-06-02"]);',
    ],
)
def test_entries_that_stand_in_a_script_are_a_list_filled_by_it(script: str) -> None:
    error = diagnosis(f"<html><body>{MENU}<script>{script}</script>{FOOTER}</body></html>")
    assert (error.code, "stand in the script itself" in error.message) == ("javascript_list", True)


@pytest.mark.parametrize("script", ["", "$.post('/api/queryList', show)"])
def test_a_feed_that_the_page_names_is_named(script: str) -> None:
    link = "<link href='/rss/gzdt.xml' type='application/rss+xml' rel=alternate title=动态>"
    error = diagnosis(f"<html><head>{link}</head><body>{MENU}<script>{script}</script>{FOOTER}</body></html>")
    assert error.hint is not None
    assert "/rss/gzdt.xml: give that address as the source" in error.hint
