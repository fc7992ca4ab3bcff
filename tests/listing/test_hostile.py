"""No input crashes the reader, and none takes it long."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.listing.pages import page
from watcher.errors import ReadError
from watcher.listing import read_listing
from watcher.settings import CssRule, JsonRule, ListingRule

SIZE = 2_000_000
ITEM = "<li><a href=/x/t20260602_1.html>关于助企纾困的措施</a><span>2026-06-02</span></li>"


PIECES = (
    "<div>", "<a href=/12345.html>标题标题标题", "2026-01-01<a href=/12345.html>标题</a>", ITEM, "<ul><li>" + ITEM, "<",
    "<b>02</b><i>2026-06</i>", "<div>这是一段文字<i>2026-06-01</i><a href=/1.html>查看</a><p>又是一段文字</p>",
    "<!-- <a href=1 href=2 href=3>", "<record>", "createPageHTML(", "&#x4e00;", "{{ item",
    "<script>", "<a title='", '"/queryList', "<base ", "·", '[{"', '{"a": [{"', '[{"a":1},{b:2},', '[{"\\"',
    '<script url="/front/page/build/unit" queryData="{',
    "'dataproxy.jsp' columnid:1, unitid:", "<nextgroup><a href=", "<url><loc>http://a/", "[[[[",
    "a1 =[",
)  # fmt: skip
BLANKS = " " * 300_000  # of one attribute


def outcome(body: str | bytes, rule: ListingRule) -> str:
    """The mechanism that read the page, or the code of the error."""
    try:
        return read_listing(page(body), rule).mechanism
    except ReadError as error:
        return error.code


@pytest.mark.parametrize("piece", PIECES)
def test_two_megabytes_of_anything_end_within_seconds(piece: str) -> None:
    body = "<html>" + piece * (SIZE // len(piece.encode()))
    start = time.process_time()
    assert outcome(body, "auto") in {"automatic", "no_links", "javascript_list"}
    assert time.process_time() - start < 10


@pytest.mark.parametrize("odd", [f"<li><a href='/a{BLANKS}x'>关于助企纾困的通知</a>2026-06-02"])
def test_one_odd_entry_costs_the_others_nothing(odd: str) -> None:
    start = time.process_time()
    listing = read_listing(page(f"<ul>{odd}{ITEM * 3}</ul>"), "auto")
    assert [link.title for link in listing.links][-1:] == ["关于助企纾困的措施"]
    assert time.process_time() - start < 10


@pytest.mark.parametrize("rule", ["auto", "feed", "sitemap", CssRule("li")])
def test_blanks_of_a_feed_end_within_seconds(rule: ListingRule) -> None:
    start = time.process_time()
    assert outcome("<rss>" + BLANKS, rule) in {"no_links", "empty_list", "not_a_sitemap"}
    assert time.process_time() - start < 10


ANSWERS = (
    "[" * 100_000,
    '{"a":' * 100_000 + "1" + "}" * 100_000,
    "[" + '{"title":"关于助企纾困的措施","url":"/a/12345.html"},' * 150_000 + "{}]",
    "[" + "{}," * 1_600_000 + "{}]",
    "[" + "9" * 1_000_000 + "]",
    '["' + "<a href=" * 500_000 + '"]',
    "[" * 20_000_000,
    '{"x":"' + "x.html?" * 500_000 + ' ","title":"标题"}',
    '[{"publishTime":1e999,"title":"关于助企纾困的措施","url":"/a/12345.html"}]',
    '[{"publishTime":-99999999999999,"title":"关于助企纾困的措施","url":"//["}]',
    '{"rows":"' + "1count" * 500_000 + '"}',
    '"' + '\\"[{' * 100_000,
    "[" + """"<a href='/x'>更多</a>",""" * 60_000 + "0]",
)


@pytest.mark.parametrize("body", ANSWERS, ids=range(len(ANSWERS)))
@pytest.mark.parametrize("rule", ["auto", JsonRule("a.a.0"), JsonRule(link="/x/{title}"), "jpage"])
def test_no_answer_of_data_takes_long(body: str, rule: ListingRule) -> None:
    start = time.process_time()
    assert outcome(body, rule) in {"json", "no_links", "not_json", "too_large", "empty_list", "not_html"}
    assert time.process_time() - start < 10


@pytest.mark.parametrize("rule", ["auto", "feed", "sitemap", "page", "jpage", CssRule("a"), JsonRule()])
def test_a_hundred_thousand_levels_do_not_crash_the_parser(rule: ListingRule) -> None:
    assert outcome("<rss>" + "<div>" * 100_000 + ITEM, rule) in {
        "no_links",
        "too_deep",
        "css",
        "not_a_sitemap",
        "empty_list",
    }


@example(b"PK\x05\x06")  # a ZIP that ends where it begins
@given(
    st.binary(max_size=200)
    | st.text('{}[]":,atile/0.', max_size=100).map(str.encode)
    | st.text("<>/=\"'ulia href2-06.&#;!年月日标题\0 ", max_size=200).map(lambda text: ("<html>" + text).encode())
)
def test_any_bytes_are_a_listing_or_a_read_error(body: bytes) -> None:
    known = {"automatic", "comment", "css", "feed", "jpage", "empty", "no_links", "not_html", "not_a_feed", "challenge",
             "javascript_list", "maintenance", "json", "not_json", "empty_list", "page", "unsupported", "binary",
             "sitemap", "not_a_sitemap", "damaged"}  # fmt: skip
    rules: tuple[ListingRule, ...] = ("auto", "feed", "sitemap", "page", "jpage", CssRule("a"), JsonRule())
    assert {outcome(body, rule) for rule in rules} <= known
