"""The mechanisms that are asked for by name or known by their content: css, feed, jpage, page."""

from __future__ import annotations

import re

import pytest

from tests.listing.pages import COLUMN, link, page, short
from watcher.errors import ReadError
from watcher.listing import read_listing
from watcher.settings import CssRule

BLOCK = """<?xml version="1.0" encoding="utf-8"?><html><body><div class="rows">
<div class="row"><h3 class="t">某区出台八条惠企措施<small>图解</small></h3><p>2026年6月18日</p>
<a href="a/1.html">查看</a></div>
<div class="row"><h3 class="t">某县召开企业服务日活动</h3><p>06-11</p>
<a href="a/2.html" title="某县召开企业服务日活动">查看</a></div>
<div class="row"><h3 class="t">没有链接的一行</h3></div>
</div></body></html>"""


def code_of(body: str | bytes, rule: object) -> str:
    with pytest.raises(ReadError) as caught:
        read_listing(page(body), rule)  # type: ignore[arg-type]
    return caught.value.code


class TestCss:
    def test_link_title_and_date_are_selected_inside_each_item(self) -> None:
        listing = read_listing(page(BLOCK), CssRule("div.row", "a[href]", "h3.t", "p"))
        assert listing.mechanism == "css"
        assert listing.links == (
            link("a/1.html", "某区出台八条惠企措施 图解", "2026-06-18"),
            link("a/2.html", "某县召开企业服务日活动", "2026-06-11"),
        )

    def test_without_selectors_title_and_date_are_found(self) -> None:
        body = "<ul><li><a href='1.html' title='关于助企纾困的八条措施'>关于助企…</a><i>(2026-06-01)</i></li></ul>"
        assert read_listing(page(body), CssRule("li")).links == (
            link("1.html", "关于助企纾困的八条措施", "2026-06-01"),
        )

    def test_the_item_may_be_the_link_itself(self) -> None:
        body = "<div><a class='x' href='1.html'>关于助企纾困的八条措施</a></div>"
        assert read_listing(page(body), CssRule("a.x")).links == (link("1.html", "关于助企纾困的八条措施"),)

    def test_text_is_decoded_before_it_is_parsed(self) -> None:
        body = "<meta charset=gb2312><ul><li><a href='1.html'>朱镕基旧居€</a></li></ul>".encode("gb18030")
        assert read_listing(page(body, charset="gb2312"), CssRule("li")).links == (link("1.html", "朱镕基旧居€"),)

    @pytest.mark.parametrize(
        ("rule", "named"),
        [
            (CssRule("div.none"), "div.none"),
            (CssRule("div.row", "a.none"), "a.none"),
            (CssRule("div[["), "selector"),
            (CssRule("div.row", "a:nope("), "selector"),
        ],
    )
    def test_a_selector_that_gives_nothing_is_named(self, rule: CssRule, named: str) -> None:
        with pytest.raises(ReadError, match=re.escape(named)) as caught:
            read_listing(page(BLOCK), rule)
        assert caught.value.code == "no_links"
        assert "\n" not in str(caught.value)


RSS = """<?xml version="1.0" encoding="gb2312"?><rss version="2.0"><channel><title>动态</title><link>http://a.example.cn/</link>
<item><title><![CDATA[某市发布<b>十条</b>助企措施]]></title><link>/dtxx/1.html</link>
<pubDate>Wed, 17 Jun 2026 16:30:00 GMT</pubDate></item>
<item><title>某县&amp;某区签约</title><link>http://sthj.example.gov.cn/dtxx/2.html</link>
<pubDate>2026-06-11 23:10:00</pubDate></item>
<item><title>没有日期的一条</title><guid>http://sthj.example.gov.cn/dtxx/3.html</guid></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title>
<entry><title>某市发布十条助企措施</title><link href="1.html"/>
<updated>2026-06-18T08:00:00+08:00</updated></entry></feed>"""


class TestFeed:
    @pytest.mark.parametrize("rule", ["auto", "feed"])
    def test_rss_is_read_with_days_as_in_china(self, rule: str) -> None:
        listing = read_listing(page(RSS.encode("gbk"), charset=None, media_type="application/rss+xml"), rule)  # type: ignore[arg-type]
        assert (listing.mechanism, listing.next_url) == ("feed", None)
        assert listing.links == (
            link("1.html", "某市发布十条助企措施", "2026-06-18"),
            link("2.html", "某县&某区签约", "2026-06-11"),
            link("3.html", "没有日期的一条"),
        )

    def test_atom_is_read(self) -> None:
        assert read_listing(page(ATOM), "feed").links == (link("1.html", "某市发布十条助企措施", "2026-06-18"),)

    def test_a_page_is_no_feed(self) -> None:
        assert code_of("<html><body>x</body></html>", "feed") == "not_a_feed"

    def test_a_feed_without_entries_is_empty(self) -> None:
        assert code_of("<rss><channel></channel></rss>", "feed") == "empty_list"

    def test_a_body_that_is_the_name_of_a_file_is_not_opened(self) -> None:
        assert code_of("/etc/passwd", "feed") == "not_html"


RECORD = "<li><a href='/dtxx/art/2026/6/{n}/art_1_{n}.html' title='{t}'>{t}</a><b>2026-06-{n}</b></li>"
RECORDS = [RECORD.format(n=n, t=f"第{n}期企业服务专班工作简报") for n in (18, 17, 16, 18)]
EXPECTED = [(f"art/2026/6/{n}/art_1_{n}.html", f"第{n}期企业服务专班工作简报", f"2026-06-{n}") for n in (18, 17, 16)]


class TestJpage:
    def test_the_answer_of_the_data_service_is_read_and_overlaps_are_dropped(self) -> None:
        records = "".join(f"<record><![CDATA[{record}]]></record>" for record in RECORDS)
        body = f"<datastore><totalrecord>756</totalrecord><recordset>{records}</recordset></datastore>"
        listing = read_listing(page(body, media_type="text/xml"), "auto")
        assert (listing.mechanism, [short(entry) for entry in listing.links]) == ("jpage", EXPECTED)

    def test_records_inside_the_page_are_read(self) -> None:
        records = "".join(f"<record><![CDATA[{record}]]></record>" for record in RECORDS)
        body = (
            "<html><body><ul class='nav'><li><a href='/a/12345.html'>一个菜单里的长链接</a></li></ul><div id='1'>"
            f"<script type='text/xml'><datastore><nextgroup>x</nextgroup><recordset>{records}</recordset></datastore>"
            "</script></div></body></html>"
        )
        listing = read_listing(page(body), "jpage")
        assert (listing.mechanism, [short(entry) for entry in listing.links]) == ("jpage", EXPECTED)

    def test_escaped_records_are_read(self) -> None:
        records = "".join(f"<record>{record.replace('<', '&lt;')}</record>" for record in RECORDS)
        listing = read_listing(page(f"<datastore>{records}</datastore>"), "auto")
        assert [short(entry) for entry in listing.links] == EXPECTED

    def test_an_empty_answer_is_the_end_of_the_list(self) -> None:
        assert code_of("<datastore><recordset></recordset></datastore>", "jpage") == "empty_list"


class TestPage:
    BODY = (
        "<html><head><title>办事指南&amp;收费标准_某市生态环境局</title></head><body><h1>办事指南&amp;收费标准</h1>"
        "<p>发布时间：2026-06-18</p><div class='content'><p>排污许可证由所在地的区局受理，材料齐全的当场受理，"
        "五个工作日内办结，不收取任何费用。</p><p>首次申请和延续申请均可在网上提交，也可以到政务服务大厅综合窗口办理，"
        "现场咨询的时间为工作日上午九点至下午五点。</p><p>对审批结果有异议的，可以在六十日内申请行政复议。</p></div></body></html>"
    )

    def test_a_page_is_its_own_entry_with_the_title_and_the_day_that_it_prints(self) -> None:
        listing = read_listing(page(self.BODY), "page")
        assert (listing.mechanism, listing.next_url) == ("page", None)
        assert listing.links == (link("", "办事指南&收费标准", "2026-06-18"),)

    @pytest.mark.parametrize(
        ("body", "code"),
        [
            ("", "empty"),
            ("<html><title>提示</title><body>系统维护中，请稍后访问。</body></html>", "maintenance"),
            ("<script>document.cookie='__jsl_clearance=1';location.href='/'</script>", "challenge"),
        ],
    )
    def test_what_stands_in_for_a_page_is_no_entry(self, body: str, code: str) -> None:
        assert code_of(body, "page") == code


def test_a_file_may_be_its_own_entry() -> None:
    assert read_listing(page(b"%PDF-1.7 ..."), "page").links[0].title == COLUMN
