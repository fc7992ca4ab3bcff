"""What a site says with a 200 in place of a page, and what only sounds like it."""

from __future__ import annotations

import pytest

from watcher.errors import ReadError
from watcher.read import read_document
from watcher.read.challenge import detect


def page(body: str) -> str:
    return f"<html><head><title>某市生态环境局</title></head><body>{body}</body></html>"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("<h1>404</h1><p>您访问的页面不存在或已删除</p>", "not_found"),
        ("抱歉，您要访问的页面没有找到", "not_found"),
        ("对不起，您所访问的页面已经不存在了！", "not_found"),
        ("您查看的内容已被删除", "not_found"),
        ("<h1>404 Not Found</h1><hr>nginx", "not_found"),
        ("该文章不存在或已被删除，3秒后返回首页", "not_found"),
        ("很抱歉，您访问的网页可能已经删除、更名或暂时不可用", "not_found"),
        ("抱歉，找不到您要访问的页面", "not_found"),
        ("The requested URL /a.html was not found on this server.", "not_found"),
        ("该稿件已撤回", "not_found"),
        ("<p>内容已下架</p>", "not_found"),
        ("<div><b>文章</b>已被作者撤下</div>", "not_found"),
        ("此新闻已被编辑撤稿，请浏览其他内容", "not_found"),
        ("抱歉，页面因故被移除。", "not_found"),
        ("本文已被发布者自行删除！5秒后返回首页", "not_found"),
        ("您访问的信息现已由发布单位撤回", "not_found"),
        ("<p>云州要闻</p><p>2026-03-02</p><p>报道已屏蔽</p><p>版权所有</p>", "not_found"),
        ("系统繁忙，请稍后再试", "error_page"),
        ("服务器内部错误", "error_page"),
        ("系统异常，请联系管理员", "error_page"),
        ("HTTP Status 500 – Internal Server Error", "error_page"),
        ("<h1>系统维护中</h1><p>请稍后再访问。</p>", "maintenance"),
        ("<h1>Under maintenance</h1>", "maintenance"),
        ("<p>因政务云平台机房割接，本网站将于11月28日18:00至12月1日8:00暂停对外服务，敬请谅解。</p>", "maintenance"),
        ("<h1>网站升级改造中，敬请期待！</h1>", "maintenance"),
        ("根据上级要求，网站暂时关闭，恢复时间另行通知。", "maintenance"),
        ("您的访问存在安全风险，已被拦截。事件ID：20261128-abc", "firewall"),
        ("<h1>非常抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。</h1>", "firewall"),
        ("当前访问人数过多，请稍候再试！", "error_page"),
        ("java.sql.SQLException: ORA-12541: TNS:no listener", "error_page"),
        ("<h1>Welcome to nginx!</h1><p>the nginx web server is successfully installed</p>", "default_page"),
    ],
)
def test_what_a_site_says_in_place_of_a_page(said: str, code: str) -> None:
    error = detect(page(said))
    assert error is not None
    assert error.code == code
    assert error.hint


@pytest.mark.parametrize(
    "text",
    [
        "关于废止部分规范性文件的公告：下列规范性文件已失效。",
        "经核查，该公司不存在环境违法行为，特此证明。",
        "该单位提供的信息不存在虚假。",
        "此前公布的名单已删除重复项。",
        "本次检查未找到问题企业。",
        "涉事商家的相关产品已下架，特此通报。",
        "全市清理违规广告，有害内容已下架3000余条。",
        "经核实，网传信息已删除，造谣者被处罚。",
        "违规信息已删除1200条，问题稿件已撤回整改。",
        "企业提交的申报页面已被系统锁定，内容已下架待审。",
        "该公告已撤销，请以新公告为准。",
        "关于问题食品已下架的通告",
        "我局解决企业找不到人的问题，开通12345热线。",
        "关于开展系统故障应急演练的通知：全市各单位于六月底前完成一次系统故障演练。",
        "查处一起监控系统异常案件：该企业排放数据异常，已责令整改，并处罚款二万元。",
        "关于服务器设备采购的公告",
    ],
)
def test_a_short_notice_that_sounds_like_it_is_none(text: str) -> None:
    assert detect(page(f"<p>{text}</p>")) is None


@pytest.mark.parametrize(
    "said", ["您访问的页面不存在或已删除，请返回首页。", "稿件已撤回", "该文章已下架，请返回首页。"]
)
def test_a_missing_page_is_known_inside_the_frame_of_its_site(said: str) -> None:
    menu = "".join(f"<li><a href='/c{number}/'>栏目{number}的名称</a></li>" for number in range(90))
    body = f"<ul>{menu}</ul><div class='content'><p>{said}</p></div><div>版权所有</div>"
    with pytest.raises(ReadError) as caught:
        read_document(page(body).encode(), media_type="text/html", charset="utf-8")
    assert caught.value.code == "not_found"
