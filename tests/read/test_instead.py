"""What stands where a page was: firewalls, default pages, sites that moved or were closed; and what is none."""

from __future__ import annotations

import pytest

from tests.listing import pages
from tests.timing import cpu_seconds
from tests.town import article
from watcher.errors import ReadError
from watcher.health.states import problem_of, state_of
from watcher.listing import read_listing
from watcher.read import read_document
from watcher.read.challenge import detect
from watcher.records.sources import SourceState
from watcher.settings import ListingMode

NEW_SITE = "http://hb.yunzhou.example.cn/"
TURNED_AWAY = [
    ("提示", "<h1>拦截提示</h1><p>您的请求含有非法参数，已被安全策略拦截。如有疑问请联系网站管理员。</p>"),
    ("请求被拦截", "<p>请求疑似攻击行为，已被阻断，误报请反馈，编号20260801</p>"),
    ("安全中心", "<p>本次访问触发防护规则，请求已被云防护平台拦截。</p>"),
    ("提示", "<p>您的IP（203.0.113.9）因短时间内请求异常已被封禁，30分钟后自动解除。</p>"),
    ("提示", "<p>很抱歉，您提交的内容可能危害网站，操作已被管理员设置的规则禁止</p>"),
    ("提示", "<p>抱歉，本站目前不支持海外地址访问。</p>"),
    ("提示", "<p>为保障安全，该网站仅允许国内用户访问</p>"),
    ("提示", "<p>境外用户暂时无法访问，敬请谅解。</p>"),
    ("提示", "<p>您所在的地区不在服务范围内，无法访问。</p>"),
    ("提示", "<p>您没有权限访问该页面</p>"),
    ("访问受限", "<img src='/stop.png'>"),
    ("403", "<h1>访问被拒绝</h1><p>编号 8f2a</p>"),
    ("Error", "<h1>Access Denied</h1><p>Reference 18.2f</p>"),
    ("Rejected", "The requested URL was rejected. Please consult with your administrator. Your support ID is: 1"),
    ("Sorry", "<h1>Sorry, you have been blocked</h1><p>You are unable to access this site.</p>"),
]
NO_SITE = [
    ("IIS10", "<img src='iisstart.png'>"),
    ("IIS Windows Server", "<a href='http://iis.example/'><img src='iisstart.png'></a>"),
    ("Apache2 Ubuntu Default Page: It works", "<p>" + "This is the default welcome page. " * 40 + "</p>"),
    ("Welcome to OpenResty!", "<h1>Welcome to OpenResty!</h1>"),
    ("提示", "<h1>未找到站点</h1><p>服务器上没有找到对应的站点，请检查域名是否绑定。</p>"),
    ("恭喜，站点创建成功！", "<h1>恭喜, 站点创建成功！</h1>"),
    ("提示", "<p>该域名尚未绑定站点</p>"),
]
MOVED = [
    f"<p>本站已迁移到新平台，新网址为 {NEW_SITE} ，请您更新收藏。</p>",
    f"<p>尊敬的用户：云州市环境信息网现已整体搬迁，请访问<a href='{NEW_SITE}'>新网站</a>。</p>",
    f"<h1>公告</h1><p>云州市生态环境局官网域名已于7月1日变更为{NEW_SITE}</p>",
    f"<p><span>本网站</span>已于<b>上月</b>迁移，新站<a href='{NEW_SITE}'>点此进入</a></p>",
    f"<p>本网站已停止更新，请访问<a href='{NEW_SITE}'>市政府门户网站</a>。</p>",
]
CLOSED = [
    "<p>根据集约化工作要求，本网站已于2026年6月30日关停，相关内容请到市政府门户网站查看。</p>",
    "<p>网站已关闭</p><div><a href='https://beian.example.gov.cn/'>京ICP备1号</a></div>",
    "<p>您访问的站点已停止运行，感谢您的支持！</p>",
    "<p>该平台自8月1日起已停用。</p>",
]
SAID = (
    [("firewall", *one) for one in TURNED_AWAY]
    + [("default_page", *one) for one in NO_SITE]
    + [("site_moved", "云州市生态环境局", one) for one in MOVED]
    + [("closed", "云州市生态环境局", one) for one in CLOSED]
)
STATES = {
    "firewall": SourceState.BLOCKED,
    "default_page": SourceState.FAILING,
    "site_moved": SourceState.MOVED,
    "closed": SourceState.FAILING,
}


def html(title: str, body: str) -> str:
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title></head><body>{body}</body></html>"


@pytest.mark.parametrize(("code", "title", "body"), SAID)
@pytest.mark.parametrize("listing", ["auto", "page"])
def test_a_list_and_a_page_in_whose_place_something_stands(
    code: str, title: str, body: str, listing: ListingMode
) -> None:
    with pytest.raises(ReadError) as caught:
        read_listing(pages.page(html(title, body)), listing)
    assert (caught.value.code, state_of(caught.value)) == (code, STATES[code])
    assert ("proxy" in (caught.value.hint or "")) is (code == "firewall")
    assert dict(problem_of(caught.value).facts) == ({"to": NEW_SITE} if code == "site_moved" else {})


@pytest.mark.parametrize(("code", "title", "body"), SAID)
def test_an_article_in_whose_place_something_stands(code: str, title: str, body: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_document(html(title, body).encode(), media_type="text/html", charset="utf-8")
    assert caught.value.code == code


SHORT_ARTICLES = [
    ("关于网站系统维护的公告", "因系统维护，本网站将于8月1日22时至次日6时暂停服务，请您提前办理相关业务。"),
    ("关于启用新域名的公告", f"我局网站已于7月1日迁移至新域名{NEW_SITE}，原网址同时停止访问。"),
    ("关于关停政务新媒体的公告", "根据工作要求，本平台已于6月30日关停，相关信息请关注市政府门户网站。"),
    ("网站防火墙升级完成", "我局完成网站防火墙升级，您的访问请求如含有攻击特征，已被列入规则的将予以拦截。"),
    ("关于限制境外访问的说明", "因网络安全需要，本网站暂不支持境外访问，恢复时间另行通知。"),
]


@pytest.mark.parametrize(("title", "text"), SHORT_ARTICLES)
def test_a_short_article_of_such_things_is_one_by_its_date_and_source(title: str, text: str) -> None:
    document = read_document(article((title, text)).encode(), media_type="text/html", charset="utf-8")
    assert (document.title, document.text) == (title, text)


@pytest.mark.parametrize(
    "text",
    [
        "全市部署网站防火墙120套，今年以来拦截攻击3万余次，请求拦截率达到99%。",
        "经查，当事人的访问记录已被删除，公安机关已对其予以警告。",
        "全市违规网站已关停30家，责令整改12家。",
        "我市关停一批不达标企业，腾出环境容量支持新项目。",
        "市公司注册地址已变更，营业执照已更换。",
        "对境外访问团组的接待办法已印发，自8月1日起施行。",
        "市局召开网络安全会议，通报3起网站被攻击事件，要求各单位加强防护。",
        "某化工园区已搬迁至新址，原厂区停止运行。",
        "群众反映的噪声扰民问题已办结，涉事企业夜间作业已被限制。",
        "本市政务服务平台已启用新版，群众办事更方便。",
        "统一申报网站已整合到新平台，企业可在线申请补贴，最高50万元。",
        "该系统自8月1日起启用新网址，企业可登录申报奖补资金。",
        "门户网站已完成适老化改版，新版网站更便捷，见https://new.example.cn/。",
        "您申请公开的信息涉及个人隐私，已被限制公开。",
        "您提交的内容已被采纳，感谢您对生态环境工作的支持。",
        "系统内各单位要做好平台数据迁移的准备工作。",
    ],
)
def test_a_short_text_of_such_things_is_none(text: str) -> None:
    assert detect(html("某市生态环境局", f"<p>{text}</p>")) is None


def test_a_column_whose_entries_speak_of_such_things_is_read() -> None:
    titles = [
        "本网站已迁移至新网址的公告",
        "您的访问请求已被拦截怎么办",
        "关于网站系统维护的公告",
        "本网站已关停的说明",
    ]
    items = "".join(
        f"<li><a href='/tz/t2026080{number}_{number}.html'>{title}</a><span>2026-08-0{number}</span></li>"
        for number, title in enumerate(titles, 1)
    )
    found = read_listing(pages.page(html("通知公告", f"<ul>{items}</ul>")), "auto")
    assert [link.title for link in found.links] == titles


@pytest.mark.parametrize("part", ["网站已", "您的请求", "本网站", "<title>", "<a href=http://", "新网址。", "<p>"])
def test_a_hostile_page_costs_one_pass(part: str) -> None:
    """A hundredth of a second of CPU here; were it quadratic, it would take many."""
    assert cpu_seconds(lambda: detect(part * 300_000)) < 3
    assert cpu_seconds(lambda: detect(html("", part * 60))) < 3
