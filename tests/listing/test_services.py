"""Columns that a script fills from a known system's data service: its address is made of what the page says."""

from __future__ import annotations

import pytest

from tests.listing.pages import COLUMN, page, short
from watcher.errors import ReadError
from watcher.listing import read_listing
from watcher.settings import JsonRule, ListingRule

HOST = "http://sthj.example.gov.cn"
SHELL = "<html><body><ul><li><a href='/'>首页</a></li></ul>%s</body></html>"
RECORD = (
    "<record><![CDATA[<li><a href='/art/2026/6/{n}/art_12_{n}.html'>第{n}期企业服务专班简报</a>"
    "<b>2026-06-{n}</b></li>]]></record>"
)
RECORDS = "".join(RECORD.format(n=n) for n in (18, 17, 16))

JPAGE = """<div id="345"></div><script>
var param_345 = {col:1, webid:67, path:'/', columnid:12, unitid:'345', webname:'某市', permissiontype:0};
$('#345').jpage({proxyUrl:'/module/web/jpage/dataproxy.jsp', perPage:20, ajaxParam:param_345});</script>"""
JPAGE_ASKS = (
    f"{HOST}/module/web/jpage/dataproxy.jsp?startrecord=1&endrecord=60&perpage=20"
    "&col=1&webid=67&path=%2F&columnid=12&unitid=345&webname=%E6%9F%90%E5%B8%82&permissiontype=0"
)
UNIT = """<script url="/api/front/page/build/unit" queryData="{'webId':'w','pageId':'p1','tagId':'导航'}"></script>
<script src="unitbuild.js" url="/api/front/page/build/unit"
 queryData="{'webId':'w','pageId':'p2','tagId':'当前栏目list'}"></script>"""
UNIT_ASKS = f"{HOST}/api/front/page/build/unit?webId=w&pageId=p2&tagId=%E5%BD%93%E5%89%8D%E6%A0%8F%E7%9B%AElist"
NUMBER = "4f3484af7ea244e7ab18d094856c82a6"
SOURCE = (
    f"<div data='datasource:{NUMBER[::-1]}' datatype='ds'></div>"
    f"<ul id='showData0' data='datasource:{NUMBER}' datatype='ds' preview='ds_'></ul>"
)
CATALOGUE = "<script>window._CONFIG = {ACTION: 'list', SID: '200035', TREE: []};</script>"


def shell(script: str, rule: ListingRule, url: str = COLUMN) -> tuple[int, str | None]:
    listing = read_listing(page(SHELL % script, url), rule)
    return len(listing.links), listing.next_url


@pytest.mark.parametrize(
    ("script", "mode", "url", "asks"),
    [
        (JPAGE, "jpage", COLUMN, JPAGE_ASKS),
        (UNIT, "json", COLUMN, UNIT_ASKS),
        (UNIT, "jpage", COLUMN, UNIT_ASKS),
        (CATALOGUE, "json", f"{HOST}/gkmlpt/index#505", f"{HOST}/gkmlpt/api/all/505?page=1&sid=200035"),
        (SOURCE, "json", COLUMN + "index.htm", f"{COLUMN}ds_{NUMBER}.json"),
        (CATALOGUE, "json", f"{HOST}/ju/gkmlpt/index", f"{HOST}/ju/gkmlpt/api/all/0?page=1&sid=200035"),
    ],
)
def test_the_address_of_the_data_is_followed_where_asked_for_and_else_named(
    script: str, mode: str, url: str, asks: str
) -> None:
    assert shell(script, JsonRule() if mode == "json" else "jpage", url) == (0, asks)
    with pytest.raises(ReadError) as caught:
        read_listing(page(SHELL % script, url), "auto")
    assert caught.value.code == "javascript_list"
    assert asks in str(caught.value)
    assert "listing: j" in (caught.value.hint or "")


@pytest.mark.parametrize(
    "script",
    [
        "<script>$.post('/module/web/jpage/dataproxy.jsp')</script>",
        "<script url='/api/front/page/build/unit'></script>",
        '<script url="http://[" queryData="{\'pageId\':\'1\'}" x="/front/page/build/unit"></script>',
        CATALOGUE,
    ],
)
def test_a_page_that_says_too_little_names_no_address(script: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_listing(page(SHELL % script), "jpage")
    assert caught.value.code in ("javascript_list", "no_links")


def following(url: str, body: str, rule: ListingRule = "auto") -> str | None:
    return read_listing(page(body, url), rule).next_url


XML = "<datastore>%s<totalrecord>%d</totalrecord><recordset>" + RECORDS + "</recordset></datastore>"
PROXY = f"{HOST}/module/web/jpage/dataproxy.jsp"
GROUP = (
    "<nextgroup><![CDATA[<a href=\"/module/web/jpage/dataproxy.jsp?page=2&amp;path='/'&unitid=3\"></a>]]></nextgroup>"
)


@pytest.mark.parametrize(
    ("url", "body", "asks"),
    [
        (f"{PROXY}?startrecord=1&endrecord=60&col=1", XML % ("", 756), f"{PROXY}?startrecord=60&endrecord=119&col=1"),
        (f"{PROXY}?startrecord=60&endrecord=119", XML % ("", 130), f"{PROXY}?startrecord=119&endrecord=178"),
        (f"{PROXY}?startrecord=60&endrecord=119", XML % ("", 119), None),
        (f"{PROXY}?startrecord=9&endrecord=3", XML % ("", 756), None),
        (f"{PROXY}?startrecord=x&endrecord=3", XML % ("", 756), None),
        (f"{PROXY}?page=1&unitid=3", XML % ("", 756), f"{PROXY}?page=2&unitid=3"),
        (COLUMN, XML % (GROUP, 756), f"{PROXY}?page=2&path='/'&unitid=3"),
        (COLUMN, SHELL % (f"<script type='text/xml'>{XML % ('', 756)}</script>" + JPAGE),
         JPAGE_ASKS.replace("startrecord=1&endrecord=60", "startrecord=3&endrecord=62")),
        (COLUMN, SHELL % f"<script type='text/xml'>{XML % ('', 756)}</script>", None),
    ],
)  # fmt: skip
def test_the_records_of_a_data_service_are_counted_on_with_one_overlapping(
    url: str, body: str, asks: str | None
) -> None:
    assert following(url, body) == asks


ROWS = '[{"title": "关于优化环评审批服务的通知", "url": "/a/post_123.html", "date": "2026-06-18"}]'
UNIT_ANSWER = (
    '{"data": {"html": "<li><a href=\\"/a/post_123.html\\">关于优化环评审批服务的通知</a><b>2026-06-18</b></li>'
    '<div class=\\"pagination\\" rows=\\"15\\" count=\\"%d\\" pageNo=\\"1\\"></div>"}}'
)


@pytest.mark.parametrize(
    ("url", "body", "asks"),
    [
        (f"{HOST}/gkmlpt/api/all/5?page=1&sid=2", ROWS, f"{HOST}/gkmlpt/api/all/5?page=2&sid=2"),
        (f"{HOST}/api/list?sid=2&pageNo=9", ROWS, f"{HOST}/api/list?sid=2&pageNo=10"),
        (f"{HOST}/api/list?pageSize=15&size=2&sid=7", ROWS, None),
        (f"{HOST}/api/list.json", ROWS, None),
        (UNIT_ASKS, UNIT_ANSWER % 31, UNIT_ASKS + "&paramJson=%7B%22pageNo%22%3A2%2C%22pageSize%22%3A15%7D"),
        (UNIT_ASKS + "&paramJson=%7B%22pageNo%22%3A2%2C%22pageSize%22%3A15%7D", UNIT_ANSWER % 31,
         UNIT_ASKS + "&paramJson=%7B%22pageNo%22%3A3%2C%22pageSize%22%3A15%7D"),
        (UNIT_ASKS, UNIT_ANSWER % 15, None),
    ],
)  # fmt: skip
def test_the_page_of_a_data_address_is_counted_on(url: str, body: str, asks: str | None) -> None:
    assert following(url, body) == asks


@pytest.mark.parametrize(
    ("url", "asks"),
    [
        (f"{HOST}/l_0.json", f"{HOST}/l_1.json"),
        (f"{HOST}/l_12.json", f"{HOST}/l_13.json"),
        (f"{HOST}/l_x.json", None),
        (f"{HOST}/other", None),
    ],
)
def test_a_pattern_of_the_configuration_is_counted_on(url: str, asks: str | None) -> None:
    assert following(url, ROWS, JsonRule(url=f"{HOST}/l_{{page}}.json", first_page=0)) == asks


def test_records_that_overlap_come_once() -> None:
    listing = read_listing(page(XML.replace("</recordset>", RECORDS + "</recordset>") % ("", 756)), "jpage")
    assert [short(link)[2] for link in listing.links] == ["2026-06-18", "2026-06-17", "2026-06-16"]
