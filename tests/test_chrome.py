"""What a site changes around an article, and inside its body, without touching a word of it: never a change."""

from __future__ import annotations

import pytest

from tests.town import MEASURES, article
from watcher.change.diff import fingerprint
from watcher.read import read_document

PAGE = article(MEASURES)
HEADLINE, BODY, END = "</h1>", "<div class='content'>", "</div></body>"


def read(html: str) -> str:
    document = read_document(
        html.encode(), url="http://bureau.example/art/1.html", media_type="text/html", charset=None
    )
    return fingerprint(document.title, document.text)


@pytest.mark.parametrize(
    ("place", "chrome"),
    [
        (HEADLINE, "<div>浏览次数：<span>{}</span> 次</div>"),
        (HEADLINE, "<p>阅读：{} 字号：[大 中 小]</p>"),
        (HEADLINE, "<p>今天是2026年3月{}日 星期一 欢迎访问某市生态环境局网站</p>"),
        (HEADLINE, "<div class='share'>分享到：<a href='#'>微信</a> <a href='#'>新浪微博</a> {}</div>"),
        (HEADLINE, "<p>【字体：大 中 小】 打印 关闭 浏览：{}次</p>"),
        (BODY, "<p>发布时间：2026-03-01 来源：某市生态环境局 浏览次数：{}</p>"),
        (END, "<p>责任编辑：李{}</p>"),
        (END, "<p>（责任编辑：王芳 审核：李{}）</p>"),
        (END, "<p>扫一扫在手机打开当前页</p><p>浏览次数：{}</p>"),
        (
            END,
            "<p>上一篇：<a href='/art/{}.html'>市局召开第{}次例会</a></p><p>下一篇：没有了</p>",
        ),
        (END, "<div><h3>相关链接</h3><ul><li><a href='/a/{}.html'>某市公布{}家企业名单</a></li></ul></div>"),
        (END, "</div><div class='related'><p>相关阅读</p><p><a href='/b/{}.html'>最高奖补{}万元</a></p>"),
        (END, "</div><div class='hot'><h4>热门文章</h4><ol><li>{}家企业受益</li></ol>"),
        (END, "</div><div class='footer'>版权所有：某市生态环境局 ICP备{}号 您是第{}位访客"),
    ],
)
def test_what_stands_around_an_article_is_no_change(place: str, chrome: str) -> None:
    assert place in PAGE
    plain, first, second = PAGE, *(_with(place, chrome.replace("{}", number)) for number in ("12", "345"))
    assert read(first) == read(second)
    assert read(first) == read(plain)


def _with(place: str, chrome: str) -> str:
    before, after = (place, chrome) if place != END else (chrome, place)
    return PAGE.replace(place, before + after)


def test_a_word_of_the_article_is_one() -> None:
    assert read(PAGE.replace("给予奖补", "予以奖补")) != read(PAGE)
