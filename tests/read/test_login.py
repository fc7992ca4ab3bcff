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


MENU = "".join(f"<a href='/{name}/'>{name}</a>" for name in ("首页", "机构", "政策", "公开", "服务", "互动", "数据"))


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("通知公告", f"<div class='head'>{FORM}</div><h2>通知公告</h2><div class='list'></div>"),
        ("通知公告 - 某市政务服务平台", f"<div>{FORM}{MENU}</div><h2>通知公告</h2>"),
        ("通知公告", f"{MENU}{FORM}"),
        ("某市政务服务平台", f"{MENU}{FORM}"),
        ("", f"{FORM}{NOTICE}"),
    ],
)
def test_a_column_without_a_list_that_has_a_box_for_logins_is_none(title: str, body: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_listing(pages.page(html(title, body)), "auto")
    assert caught.value.code != "login"


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
    ],
)
def test_a_short_article_below_a_box_for_logins_is_none(title: str, text: str) -> None:
    assert detect(html(title, FORM + text)) is None
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


@pytest.mark.parametrize("part", ["<input ", "登录", "用户名", "统一身份认证-", "<a ", "请先登录\n", "版权所有"])
def test_a_hostile_page_costs_little(part: str) -> None:
    page = html(part * 60, part * 50_000)
    assert cpu_seconds(lambda: (detect(page), asks_login(page))) < 2
