"""Login pages in the place of columns and articles; pages that merely have a box for logins are none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.listing import pages
from tests.timing import cpu_seconds
from watcher.errors import ReadError
from watcher.health.states import state_of
from watcher.listing import read_listing
from watcher.read import read_document
from watcher.read.challenge import asks_login, detect
from watcher.read.login import led_to_login
from watcher.records.sources import SourceState
from watcher.settings import ListingMode

FORM = (
    "<form action='/login'><label>用户名</label><input name='u'><label>密码</label><input type='password' name='p'>"
    "<a href='/forgot'>忘记密码？</a><button>登录</button></form>"
)
NOTICE = "<p>因办理业务的需要，现将有关安排通知如下：自下月起服务大厅延长开放时间，周六照常办理，请相互转告。</p>" * 4


def html(title: str, body: str) -> str:
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title></head><body>{body}</body></html>"


LOGINS = [
    ("云州市统一身份认证平台", f"<h1>云州市统一身份认证平台</h1>{FORM}<p>版权所有：云州市大数据局 云ICP备1号</p>"),
    ("用户登录", FORM),
    ("用户登录 - 云州市生态环境局", f"<h2>用户登录</h2>{FORM}<p>建议使用新版浏览器</p>"),
    ("登录", "<p>请使用手机扫码登录</p><img src='/qr.png'>"),
    ("统一认证中心", "<div id='app'></div><script src='/app.js'></script>"),
    ("CAS – Central Authentication Service", "<form>Username <input> Password <input type='password'></form>"),
    ("云州市信息公开管理系统", f"<h1>用户登录</h1>{FORM}"),
    ("提示", "<h1>系统提示</h1><p>您还没有登录，请登录后再访问！</p>"),
    ("某市生态环境局", "<p>请先登录</p>"),
    ("云州市统一身份认证平台", "<p>请先登录</p>"),
    ("提示信息 - 某市生态环境局", "<h1>某市生态环境局</h1><p>登录已超时，请重新登录</p><a href='/'>返回首页</a>"),
    ("登录", "<h1>Sign in</h1><p>账号登录</p><p>联系电话：010-1</p><p>云ICP备1号</p><p>建议使用新版浏览器访问</p>"),
]


@pytest.mark.parametrize(("title", "body"), LOGINS)
@pytest.mark.parametrize("listing", ["auto", "page"])
def test_a_login_page_in_a_columns_place(title: str, body: str, listing: ListingMode) -> None:
    with pytest.raises(ReadError) as caught:
        read_listing(pages.page(html(title, body)), listing)
    assert (caught.value.code, state_of(caught.value)) == ("login", SourceState.BLOCKED)
    assert "public pages" in (caught.value.hint or "")


@pytest.mark.parametrize(("title", "body"), LOGINS)
def test_a_login_page_in_an_articles_place(title: str, body: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_document(html(title, body).encode(), media_type="text/html", charset="utf-8")
    assert caught.value.code == "login"


@pytest.mark.parametrize("title", ["", "云州市信息公开管理系统", "通知公告"])
def test_a_column_that_shows_a_form_for_a_password_alone(title: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_listing(pages.page(html(title, FORM)), "auto")
    assert caught.value.code == "login"


def test_a_form_below_the_systems_name_is_a_login() -> None:
    name = "云州市信息公开管理系统"
    with pytest.raises(ReadError) as caught:
        read_listing(pages.page(html(name, f"<h1>{name}</h1>{FORM}")), "auto")
    assert caught.value.code == "login"


MENU = "".join(f"<a href='/{name}/'>{name}</a>" for name in ("首页", "机构", "政策", "公开", "服务", "互动", "数据"))


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("通知公告", f"<div class='head'>{FORM}</div><h2>通知公告</h2><div class='list'></div>"),
        ("通知公告 - 某市政务服务平台", f"<div>{FORM}{MENU}</div><h2>通知公告</h2>"),
        ("通知公告", f"{MENU}{FORM}"),
        ("某市政务服务平台", f"{MENU}{FORM}"),
        ("", f"{FORM}{NOTICE}"),
        ("通知公告", f"{FORM}<iframe src='/tz/list.html'></iframe>"),
        ("用户登录", f"{FORM}<iframe src='/tz/list.html'></iframe>"),
        ("通知公告", f"{FORM}<a href='/files/1.docx'></a>"),
        ("通知公告", "<p>登录</p>"),
        ("通知公告_某市生态环境局", "<p>请先登录</p>"),
        ("某市惠企政策平台", "<p>登录</p><p>注册</p>"),
    ],
)
def test_a_column_without_a_list_that_has_a_box_for_logins_is_none(title: str, body: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_listing(pages.page(html(title, body)), "auto")
    assert caught.value.code != "login"


ASKING = "<div id='list'></div><script>$.ajax({url:'/api/article/list.json',success:show})</script>"
WRITING = "<script>document.write('<ul class=\\'list\\'>')</script>"

NAMING = "<ul id='list' data='datasource:4f0a1b2c3d4e5f60' preview='ds_'></ul>"


@pytest.mark.parametrize("script", [ASKING, WRITING, NAMING, f"<div id='app'></div>{ASKING}"])
@pytest.mark.parametrize(
    ("title", "head"),
    [
        ("某市人民政府", "<div>请登录</div>"),
        ("政策文件_某市人民政府", "<div>请登录 <a>注册</a></div>"),
        ("某市人民政府", "<div>请先登录</div>"),
        ("某市政务服务平台", f"<div>用户登录</div>{FORM}"),
        ("登录", FORM),
    ],
)
def test_a_list_that_a_script_fills_below_a_box_for_logins_is_told_as_one(title: str, head: str, script: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_listing(pages.page(html(title, head + script)), "auto")
    assert caught.value.code == "javascript_list"
    assert "/api/article/list.json" in str(caught.value) or script in (WRITING, NAMING)


def test_a_column_with_a_box_for_logins_is_read() -> None:
    items = "".join(
        f"<li><a href='/tz/t2026080{day}_{day}.html'>关于用户登录的通知（{day}）</a><span>2026-08-0{day}</span></li>"
        for day in range(1, 4)
    )
    found = read_listing(pages.page(html("用户登录", f"{FORM}<ul>{items}</ul>")), "auto")
    assert len(found.links) == 3


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("关于启用统一身份认证平台", "<p>见下图。</p><img src='/art/1.jpg'>"),
        ("关于用户登录方式调整的通知", "<p>自8月1日起，请登录后办理。</p>"),
        ("办事指南", "<p>请登录</p><h1>办事指南</h1><p>办理时间：工作日。</p>"),
        ("办事指南", "<p>您尚未登录，请登录</p><h1>办事指南</h1><img src='/art/1.jpg'>"),
        ("关于延长服务时间的通知", NOTICE),
        ("企业用户登录入口", "<p>2026年9月1日起请使用电子营业执照登录。</p>"),
        ("全国一体化政务服务平台登录入口", "<h1>全国一体化政务服务平台登录入口</h1><p>请点击登录</p><img src='1.png'>"),
        ("关于启用统一身份认证平台", "<h1>关于启用统一身份认证平台</h1><img src='/art/1.jpg'>"),
        ("我市上线统一身份认证平台", "<h1>我市上线统一身份认证平台</h1><img src='/art/1.jpg'>"),
        ("关于延长服务时间的通知", "<img src='/art/1.jpg'>"),
        ("企业服务中心", "<img src='/art/1.jpg'>"),
        ("某市惠企政策平台", "<img src='/art/1.jpg'>"),
        ("用户登录", "<h1>云州市招商平台</h1><img src='/art/1.jpg'>"),
        ("用户登录", "<h1>主办方设备采购公告</h1><img src='/art/1.jpg'>"),
        ("用户登录", "<p>使用</p><p><a href='/files/1.docx'>请点击</a></p>"),
        ("用户登录", "<embed src='/files/1.pdf'>"),
    ],
)
def test_a_short_article_below_a_box_for_logins_is_none(title: str, text: str) -> None:
    assert detect(html(title, FORM + text)) is None
    assert "平台" in title or detect(html(title, f"<b>用户登录</b>{FORM}{text}")) is None
    assert detect(html(title, text)) is None


@pytest.mark.parametrize("head", ["请登录", "您好，请登录", "您尚未登录，请登录", "请先登录", FORM])
@pytest.mark.parametrize("title", ["", "某市人民政府", "某市政府服务平台", "用户登录 - 某市人民政府"])
@pytest.mark.parametrize("body", ["<p><a href='/f/1.docx'>附件：若干措施.docx</a></p>", "<img src='/art/1.jpg'>"])
def test_a_notice_in_a_file_or_a_picture_below_a_box_for_logins_is_read(head: str, title: str, body: str) -> None:
    name = "关于印发《支持民营经济发展若干措施》的通知"
    page = html(title, f"<div>{head}</div><h1>{name}</h1>{body}")
    assert detect(page) is None
    if "docx" in body:
        read = read_document(page.encode(), media_type="text/html", charset="utf-8", url="http://a.gov.cn/1.html")
        assert (read.title, len(read.attachments)) == (name, 1)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("某市生态环境局", "<p>请先登录</p><img src='/art/1.jpg'>"),
        ("关于延长服务时间的通知", "<p>请先登录</p>"),
        ("某市生态环境局", "<p>请先登录</p><p><a href='/files/1.docx'>下载</a></p>"),
        ("某市生态环境局", "<p>请先登录</p><p>服务指南</p>"),
        ("某市生态环境局", "<p>请登录</p>"),
        ("某市生态环境局", "<p>您还未登录，请登录</p>"),
    ],
)
def test_a_page_that_holds_more_than_that_a_login_is_wanted_is_no_login(title: str, text: str) -> None:
    assert detect(html(title, text)) is None


@pytest.mark.parametrize(
    ("asked", "came", "leads"),
    [
        ("http://a.gov.cn/dt/", "https://sso.a.gov.cn/?service=http%3A%2F%2Fa.gov.cn%2Fdt%2F", True),
        ("http://a.gov.cn/dt/", "http://a.gov.cn/cas/login?service=x", True),
        ("http://a.gov.cn/dt/", "http://a.gov.cn/user/login.jsp", True),
        ("http://a.gov.cn/dt/", "http://a.gov.cn/portal/#/login?to=dt", True),
        ("http://a.gov.cn/dt/", "http://a.gov.cn/oauth2/authorize?client_id=1", True),
        ("http://a.gov.cn/dt/", "http://a.gov.cn/tzgg/", False),
        ("http://a.gov.cn/dt/", "http://a.gov.cn/dt/login_notice.html", False),
        ("http://a.gov.cn/dt/", "http://a.gov.cn/loginstics/list.html", False),
        ("http://cas.ac.example.cn/dt/", "http://cas.ac.example.cn/news/", False),
        ("http://a.gov.cn/dt/", "http://a.gov.cn/login;jsessionid=5A?service=x", True),
        ("http://a.gov.cn/dt/", "http://a.gov.cn/userLogin.do;jsessionid=5A", True),
        ("http://a.gov.cn/dt/", "http://a.gov.cn/login/index.html", True),
        ("http://a.gov.cn/dt/", "http://u:p@sso.a.gov.cn/", True),
        ("http://a.gov.cn/dt/", "http://sso2.a.gov.cn/", True),
        ("http://a.gov.cn/dt/", "http://cas.a.gov.cn/?ticket=1", True),
        ("http://a.gov.cn/dt/", "http://a.gov.cn/passport/login/2.html", True),
        ("http://a.gov.cn/dt/", "http://a.gov.cn/dt/#login", False),
        ("http://a.gov.cn/dt/", "http://a.gov.cn/dt/?service=login", False),
        ("http://a.gov.cn/dt/", "http://ssoa.gov.cn/dt/", False),
        ("http://a.gov.cn/dt/", "http://passport.cn/", False),
        ("http://login.a.gov.cn/dt/", "http://login.a.gov.cn/news/", False),
        ("http://www.passport.a.gov.cn/dt/", "https://passport.a.gov.cn/dt/", False),
        ("http://www.cas.cn/tz/", "https://cas.cn/tz/", False),
        ("http://a.gov.cn/dt/", "http://a.gov.cn/passport/index.html", False),
        ("http://a.gov.cn/dt/", "http://a.gov.cn/cas/kx/2026/1.html", False),
        ("http://a.gov.cn/login", "http://a.gov.cn/user/login", False),
        ("http://a.gov.cn/dt/", "http://[a.gov.cn/login", False),
    ],
)
def test_an_address_that_leads_to_a_login(asked: str, came: str, leads: bool) -> None:
    assert (led_to_login(asked, came) is not None) is leads


@pytest.mark.parametrize("listing", ["auto", "page"])
def test_a_column_that_redirects_to_a_login_is_told_as_one(listing: ListingMode) -> None:
    came = replace(pages.page("<div id='app'></div>"), final_url="http://sso.example.gov.cn/cas/login?service=1")
    with pytest.raises(ReadError) as caught:
        read_listing(came, listing)
    assert (caught.value.code, "sso.example.gov.cn/cas/login" in str(caught.value)) == ("login", True)


def test_a_column_whose_script_leads_to_a_login_is_told_as_one() -> None:
    with pytest.raises(ReadError) as caught:
        read_listing(pages.page("<script>location.href='http://sso.example.gov.cn/cas/login';</script>"), "auto")
    assert caught.value.code == "login"


def test_a_login_in_a_frame_of_a_page_does_not_make_it_one() -> None:
    with pytest.raises(ReadError) as caught:
        read_listing(pages.page("<h2>通知公告</h2><iframe src='/user/login.html'></iframe>"), "auto")
    assert caught.value.code == "elsewhere"


def test_what_is_another_at_each_visit_is_not_told() -> None:
    error = led_to_login("http://a.gov.cn/dt/", "http://a.gov.cn/login;jsessionid=5A?service=x")
    assert str(error).endswith("http://a.gov.cn/login")


@pytest.mark.parametrize(
    "part", ["<input ", "登录", "用户名", "统一身份认证-", "<a ", "请先登录\n", "版权所有", "<a href=a "]
)
def test_a_hostile_page_costs_little(part: str) -> None:
    page = html(part * 60, part * 50_000)
    assert cpu_seconds(lambda: (detect(page), asks_login(page))) < 2
