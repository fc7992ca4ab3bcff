"""What of a listing page means that it must be read again: its entries may differ; a counter or a clock does not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.timing import cpu_seconds
from watcher.listing.essence import SMALL, essence
from watcher.model import Page
from watcher.settings import CssRule, ListingRule

HEAD = "<!DOCTYPE html><html><head><title>工作动态</title></head><body><p>今天是3月2日 星期一</p><ul>"
ENTRY = '<li><a href="art_1.html" title="推出20条措施支持企业发展">推出20条措施</a><span>2026-03-02</span></li>'
FOOT = "</ul><p>访问量：<b>1204</b></p><script>var list = [1, 2];</script></body></html>"
LIST = HEAD + ENTRY + FOOT


@pytest.mark.parametrize("piece", [" ", "\n", "<", "<b>", "<b>x", "<b> ", "</", "<a>", "<!-- -->\n", ENTRY])
@pytest.mark.parametrize("head", ["", "<html>"])
def test_the_most_bytes_that_are_compared_here_take_no_time(head: str, piece: str) -> None:
    body = head + piece * (SMALL // len(piece.encode()))
    assert cpu_seconds(lambda: of(body)) < 0.5


def of(text: str, rule: ListingRule = "auto") -> str:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    return essence(Page("http://a.example/", "http://a.example/", 200, text.encode(), at), rule)


@pytest.mark.parametrize(
    ("was", "now"),
    [("1204", "1205"), ("3月2日 星期一", "3月3日 星期二"), ("工作动态", "工作动态-首页")],
    ids=["visits", "today", "the page's title"],
)
def test_what_is_no_entry_may_change(was: str, now: str) -> None:
    assert of(LIST) == of(LIST.replace(was, now))
    assert of(LIST, CssRule("li")) == of(LIST.replace(was, now), CssRule("li"))


@pytest.mark.parametrize(
    ("was", "now"),
    [
        (ENTRY, ENTRY + ENTRY.replace("art_1", "art_2")),
        ("art_1", "art_2"),
        (">推出20条措施<", ">推出22条措施<"),
        ("支持企业发展", "支持企业稳定发展"),
        ("<b>1204</b>", '<b onclick="go(1204)">1204</b>'),
        ("[1, 2]", "[1, 2, 3]"),
        (ENTRY, ""),
        (FOOT, f"<!-- {ENTRY} -->{FOOT}"),
    ],
    ids=["one more", "another", "its title", "its whole title", "a link of a script", "data", "none", "in a comment"],
)
def test_what_may_be_another_entry_is_read(was: str, now: str) -> None:
    assert of(LIST) != of(LIST.replace(was, now))


@pytest.mark.parametrize("rule", ["page", "feed", "sitemap", "jpage"])
def test_what_is_no_list_of_links_is_read_at_any_change(rule: ListingRule) -> None:
    assert of(LIST, rule) != of(LIST.replace("1204", "1205"), rule)


@pytest.mark.parametrize(
    "data",
    [
        "<?xml version='1.0'?><rss><channel><item><title>推出20条</title><link>a</link></item></channel></rss>",
        "<datastore><record>推出20条</record></datastore>",
        '{"title": "推出20条"}',
    ],
    ids=["a feed", "jpage", "JSON"],
)
def test_data_is_read_at_any_change(data: str) -> None:
    assert of(data) != of(data.replace("20条", "22条"))
