"""Files that a page shows or hands out without a link that ends in their name."""

from __future__ import annotations

import pytest

from tests.timing import cpu_seconds
from watcher.model import Attachment
from watcher.read import read_document
from watcher.read.attachments import promises_file

TITLE = "某市关于支持渔业发展的若干措施"
BODY = f"<p>各县区人民政府：现将《{TITLE}》印发给你们，请认真贯彻执行，确保落到实处。</p><p>某市人民政府</p>"
HEAD = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><p>发布时间：2026-11-20 来源：某市政府</p>"
SITE = "http://www.example.gov.cn"


def attached(links: str, body: str = BODY) -> tuple[Attachment, ...]:
    """What is found on a page with `links` below its article, and the next article's below them."""
    below = f"<div>{links}</div><div>上一篇：<a href='/dl/9'>附件：旧文</a></div>"
    page = f"{HEAD}<div class='content'>{body}</div>{below}</body></html>"
    return read_document(page.encode(), url=f"{SITE}/art/9.html").attachments


@pytest.mark.parametrize(
    "shown",
    [
        "<iframe src='/att/a.pdf'></iframe>",
        "<iframe data-src='/att/a.pdf#toolbar=0'></iframe>",
        "<embed src='/att/a.pdf'>",
        "<object data='/att/a.pdf'><embed src='/att/a.pdf'></object>",
        "<iframe src='/pdfjs/web/viewer.html?file=/att/a.pdf'></iframe>",
        "<iframe src='/pdfjs/web/viewer.html?file=%2Fatt%2Fa.pdf#page=2'></iframe>",
        "<a href='/pdfjs/web/viewer.html?file=/att/a.pdf'>查看</a>",
        "<a href='javascript:void(0)' onclick=\"downFile('/att/a.pdf')\">下载</a>",
        "<a onclick=\"downFile('/att/a.pdf', '措施全文.pdf')\">下载</a>",
        "<a href=\"javascript:window.open('/att/a.pdf')\">下载</a>",
    ],
)
def test_a_file_that_is_shown_or_handed_out_by_a_script_is_found(shown: str) -> None:
    assert attached(shown) == (Attachment(f"{SITE}/att/a.pdf", "a.pdf"),)
    assert attached("", body=BODY + shown) == (Attachment(f"{SITE}/att/a.pdf", "a.pdf"),)


@pytest.mark.parametrize(
    ("links", "found"),
    [
        ("附件：<a href='/x.jsp?id=8'>某市若干措施</a>", [("/x.jsp?id=8", "某市若干措施")]),
        ("附件：1.<a href='/x/1'>措施</a> 2.<a href='/x/2'>名单</a>", [("/x/1", "措施"), ("/x/2", "名单")]),
        (
            "<p>附件：</p><p><a href='/x/1'>措施</a></p><p><a href='/x/2'>名单</a></p>",
            [("/x/1", "措施"), ("/x/2", "名单")],
        ),
        ("<a href='/att2/0123456789abcdef'>附件1：实施细则</a>", [("/att2/0123456789abcdef", "附件1：实施细则")]),
        ("<a href=\"javascript:show('/x/1')\">附件1</a>", [("/x/1", "附件1")]),
        ("<a href='/dl/x.do?f=3' title='措施.pdf'>下载</a>", [("/dl/x.do?f=3", "措施.pdf")]),
        ("<a href='/servlet/downFile?id=7'>点击下载</a>", [("/servlet/downFile?id=7", "点击下载")]),
        ("<a href='/x.do?attachId=7'>措施全文</a>", [("/x.do?attachId=7", "措施全文")]),
        ("<iframe src='/web/viewer.html?file=%2Fdl%2Fx.do%3Fid%3D3'></iframe>", [("/dl/x.do?id=3", "x.do")]),
    ],
)
def test_links_that_are_called_files_or_hand_out_something_may_be_files(
    links: str, found: list[tuple[str, str]]
) -> None:
    assert attached(links) == tuple(Attachment(f"{SITE}{path}", name) for path, name in found)


@pytest.mark.parametrize(
    "links",
    [
        "<a href='/art/1.html'>附件：办法</a>",
        "<a href='/art/9.html#top'>附件：办法</a>",
        "附件：见正文。<a href='/x/1'>解读</a>",
        "<a href='/dl/app'>下载App</a><a href='/download/7'>客户端下载</a><a href='/dl/reader'>PDF阅读器下载</a>",
        "<a href='/dl/list/'>下载中心</a>",
        "<a href='/dl/code.gif'>下载</a>",
        "<a href='/dl/7'><img src='/app.png'></a>",
        "<p>相关阅读</p><p><a href='/dl/7'>某市办法</a></p>",
        '<a href="javascript:void(0)" onclick="window.open(\'/art/2.html\')">解读</a>',
        "<a href=\"javascript:void(0)\" onclick=\"share('/att/a.pdf', '/att/b.pdf')\">分享</a>",
        "<iframe src='https://count.example.com/x?id=3'></iframe><iframe src='/common/head.html?file=1'></iframe>",
        "<iframe src='http://[/a.pdf'></iframe>",
    ],
)
def test_what_leads_elsewhere_is_no_file(links: str) -> None:
    assert attached(links) == ()


def test_a_hidden_frame_shows_nothing() -> None:
    assert attached("", body=BODY + "<iframe style='display:none' src='/att/a.pdf'></iframe>") == ()


def test_a_page_that_is_only_a_frame_is_read_by_its_file() -> None:
    page = f"<title>{TITLE}</title><h1>{TITLE}</h1><iframe src='/att/a.pdf'></iframe>"
    assert [one.name for one in read_document(page.encode(), url=SITE).attachments] == ["a.pdf"]


@pytest.mark.parametrize(
    ("url", "name", "promised"),
    [("/a.pdf", "下载", True), ("/x.do?f=a.pdf", "下载", True), ("/x/1", "措施.docx", True), ("/x/1", "附件1", False)],
)
def test_what_its_address_and_name_promise(url: str, name: str, promised: bool) -> None:
    assert promises_file(Attachment(SITE + url, name)) is promised


def test_a_line_of_links_costs_no_more_than_its_length() -> None:
    unit = "附:附:附:<a href='/x'>y</a>"
    # One second here; what looks for each link in the whole line takes half a minute.
    assert cpu_seconds(lambda: attached(unit * 40_000)) < 8
