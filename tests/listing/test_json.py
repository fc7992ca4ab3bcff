"""Lists as JSON: what `auto` sees by itself, what `listing: json` is told, and data that pages carry."""

from __future__ import annotations

import json

import pytest

from tests.listing.pages import COLUMN, page, short
from watcher.errors import ReadError
from watcher.listing import read_listing
from watcher.settings import JsonRule, ListingRule

API = "http://sthj.example.gov.cn/data/list?page=1"
THREE = [
    ("post_3.html", "某市出台十五条助企硬举措", "2026-06-18"),
    ("post_2.html", "某区召开排污许可服务企业座谈会", "2026-06-11"),
    ("post_1.html", "关于优化环评审批服务的通知", "2026-05-29"),
]
# 2026-06-17 16:30 UTC is 2026-06-18 in China, and so on.
SECONDS = (1781713800, 1781109000, 1779985800)


def entries(body: str, rule: ListingRule = "auto", url: str = API) -> list[tuple[str, str, str | None]]:
    return [short(link) for link in read_listing(page(body, url, media_type="application/json"), rule).links]


def code_of(body: str, rule: ListingRule = "auto") -> ReadError:
    with pytest.raises(ReadError) as caught:
        read_listing(page(body, API), rule)
    assert caught.value.hint
    return caught.value


def gkmlpt() -> object:
    """As the Guangdong information catalogue answers; every value is made up."""
    return {
        "classify": {"id": 7, "name": "工作动态"},
        "total": 312,
        "articles": [
            {
                "id": 100 + n,
                "title": title,
                "publisher": "某市生态环境局",
                "document_number": "",
                "date": SECONDS[n] - 999_999,
                "create_time": SECONDS[n] + 999_999,
                "first_publish_time": SECONDS[n] + 999_999,
                "display_publish_time": SECONDS[n],
                "url": COLUMN + address,
                "attachment": [{"url": "/attachment/1.pdf", "name": "附件"}],
            }
            for n, (address, title, _) in enumerate(THREE)
        ],
    }


def news_agency() -> object:
    return {
        "datasource": [
            {
                "contentId": f"c{n}",
                "title": f"<a href='x'>{title}</a>",
                "showTitle": f"<p>{title}</p>",
                "publishUrl": f"../dtxx/{address}",
                "publishTime": f"{day} 09:30:00",
                "titleImages": [{"imageUrl": "a.jpg"}],
                "sourceText": "某市日报",
            }
            for n, (address, title, day) in enumerate(THREE)
        ]
    }


@pytest.mark.parametrize(
    "body",
    [
        json.dumps(gkmlpt()),
        json.dumps(news_agency(), ensure_ascii=False),
        "callback123(" + json.dumps(gkmlpt()) + ");",
        "\ufeff" + json.dumps(gkmlpt()),
        "var list = " + json.dumps([{"TITLE": t, "URL": "/dtxx/" + u, "DOCRELPUBTIME": d} for u, t, d in THREE]),
        json.dumps({"code": 0, "data": json.dumps({"rows": gkmlpt()})}),
        json.dumps([{"name": t, "href": COLUMN + u, "releaseTime": {"time": s * 1000, "year": 126}}
                    for (u, t, _), s in zip(THREE, SECONDS, strict=True)]),
        json.dumps([{"docTitle": t, "docUrl": "//sthj.example.gov.cn/dtxx/" + u, "createTime": f"{s}"}
                    for (u, t, _), s in zip(THREE, SECONDS, strict=True)]),
        json.dumps([{"bt": t, "url": COLUMN + u, "fbsj": d.replace("-", "") + "101500", "gxsj": "20250101000000"}
                    for u, t, d in THREE]),
        json.dumps([{"title": f"&lt;em&gt;{t}&lt;/em&gt;", "urls": json.dumps({"pc": COLUMN + u}), "pubDate": d}
                    for u, t, d in THREE]),
        json.dumps({"data": {"html": "".join(f"<li><a href='/dtxx/{u}'>{t}</a><i>{d}</i></li>" for u, t, d in THREE)}}),
    ],
)  # fmt: skip
def test_the_obvious_list_of_an_answer_is_read_without_being_told(body: str) -> None:
    assert entries(body) == THREE
    assert entries(body, JsonRule()) == THREE


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (1781713800, "2026-06-18"),
        (1781713800000, "2026-06-18"),
        ("1781713800", "2026-06-18"),
        ("/Date(1781713800000+0800)/", "2026-06-18"),
        ("2026-06-17T16:30:00.000+0000", "2026-06-18"),
        ("2026-06-17T16:30:00Z", "2026-06-18"),
        ("2026-06-18T00:30:00+08:00", "2026-06-18"),
        ("2026-06-18T00:30:00", "2026-06-18"),
        ("2026年6月18日", "2026-06-18"),
        ("20260618", "2026-06-18"),
        ("20260618003000", "2026-06-18"),
        ("06-18", "2026-06-18"),
        (0, None),
        (-5, None),
        (10**40, None),
        (1e999, None),
        ("2026-06-17T99:30:00Z", "2026-06-17"),
        ("昨天", "2026-06-19"),
        (None, None),
        ([1781713800], None),
        (True, None),
    ],
)
def test_days_come_as_numbers_or_as_texts(value: object, day: str | None) -> None:
    body = json.dumps({"list": [{"url": "/dtxx/post_123.html", "title": "关于优化环评审批服务的通知", "d": value}]})
    assert entries(body, JsonRule("list", date="d")) == [("post_123.html", "关于优化环评审批服务的通知", day)]


ODD = {
    "result": {
        "pages": [
            {"rows": [{"doc": {"i": "a/b 7", "n": "关于印发《某办法》的通知"}, "w": "2026-06-18", "u": "/x/1.html"}]},
        ]
    }
}


@pytest.mark.parametrize(
    ("rule", "address"),
    [
        (JsonRule("result.pages.0.rows", link="u", title="doc.n", date="w"), "http://sthj.example.gov.cn/x/1.html"),
        (JsonRule("result.pages.0.rows", title="doc.n", date="w"), "http://sthj.example.gov.cn/x/1.html"),
        (JsonRule("result.pages.0.rows", link="/d.html?id={doc.i}", title="doc.n", date="w"),
         "http://sthj.example.gov.cn/d.html?id=a/b%207"),
    ],
)  # fmt: skip
def test_paths_name_what_cannot_be_told_by_itself(rule: JsonRule, address: str) -> None:
    assert entries(json.dumps(ODD), rule) == [(address, "关于印发《某办法》的通知", "2026-06-18")]


@pytest.mark.parametrize(
    ("rule", "code", "named"),
    [
        (JsonRule("result.rows"), "no_links", "items: result.rows"),
        (JsonRule("result.pages.7"), "no_links", "items: result.pages.7"),
        (JsonRule("result.pages.0.rows", link="nope", title="doc.n"), "no_links", "link: nope"),
        (JsonRule("result.pages.0.rows", link="/{nope}", title="doc.n"), "no_links", "link: /{nope}"),
        (JsonRule("result.pages.0.rows", link="u", title="nope"), "no_links", "title: nope"),
        (JsonRule("result"), "no_links", "items: result"),
    ],
)
def test_a_path_that_leads_nowhere_is_named(rule: JsonRule, code: str, named: str) -> None:
    error = code_of(json.dumps(ODD), rule)
    assert (error.code, named in str(error)) == (code, True)


@pytest.mark.parametrize(
    ("body", "rule", "code"),
    [
        ('{"total": 9, "list": []}', JsonRule("list"), "empty_list"),
        ('{"total": 9, "list": []}', JsonRule(), "empty_list"),
        ('{"list": [{"title": "a"', JsonRule("list"), "not_json"),
        ('{"list": [{"icon": "/a.png", "title": "政府信息公开指南"}]}', "auto", "no_links"),
        ('{"menu": [{"name": "机构职能", "url": "/jgzn/index.html"}, {"name": "互动交流", "url": "/hdjl/index.html"},'
         '{"name": "政务公开", "url": "/zwgk/index.html"}]}', "auto", "no_links"),
        ("[" * 100_000, JsonRule(), "not_json"),
        ("[" + " " * 5_000_001 + "]", JsonRule(), "too_large"),
    ],
)  # fmt: skip
def test_an_answer_without_a_list_says_why(body: str, rule: ListingRule, code: str) -> None:
    assert code_of(body, rule).code == code


def test_an_entry_without_link_or_title_is_left_out_and_each_address_comes_once() -> None:
    rows = [{"title": t, "url": COLUMN + u, "date": d} for u, t, d in THREE]
    body = json.dumps([rows[0], {"title": "只有标题的一条"}, {"url": "/dtxx/post_9.html"}, 7, None, *rows])
    assert entries(body) == THREE


CARRIED = [{"title": t, "urls": json.dumps({"pc": "/dtxx/" + u}), "pubDate": d + " 16:59"} for u, t, d in THREE]
SHELL = "<html><body><ul><li><a href='/'>首页</a></li></ul><div id='list'></div><script>%s</script></body></html>"


@pytest.mark.parametrize(
    "script",
    [
        "var listData = { articleList: %s };",
        "var nav = {a: 1}; render([{x: 1}]); window.rows=%s;show(rows)",
        '</script><script type="application/json">{"props": {"list": %s}}',
        "var menu = [{\"name\": \"首页\", \"url\": \"/index.html\"}]; var rows = %s;",
    ],
)  # fmt: skip
def test_a_list_that_the_page_carries_as_data_is_read(script: str) -> None:
    body = SHELL % script.replace("%s", json.dumps(CARRIED))
    assert entries(body, "auto", COLUMN) == THREE
    assert entries(body, JsonRule(), COLUMN) == THREE


def test_a_carried_list_is_named_by_the_word_before_it() -> None:
    other = [{"title": t + "（旧）", "url": f"/old/{u}", "date": d} for u, t, d in THREE]
    body = SHELL % f"var a = {{oldList: {json.dumps(other)}, articleList: {json.dumps(CARRIED)}}}"
    assert entries(body, JsonRule("articleList"), COLUMN) == THREE
    body = SHELL % f"var state = {json.dumps({'a': {'old': other, 'rows': CARRIED}})}"
    assert entries(body, JsonRule("state.a.rows"), COLUMN) == THREE
    assert entries(body, JsonRule("a.rows"), COLUMN) == THREE


def test_what_a_page_carries_is_not_taken_for_the_list_that_its_script_asks() -> None:
    body = SHELL % f"var listData = {{ articleList: {json.dumps(CARRIED)} }};loadPageData(params, '1')"
    with pytest.raises(ReadError) as caught:
        read_listing(page(body), "auto")
    assert (caught.value.code, "carries 3 entries" in (caught.value.hint or "")) == ("javascript_list", True)
    assert entries(body, JsonRule(), COLUMN) == THREE


def test_an_object_whose_keys_are_numbers_is_a_list() -> None:
    rows = {
        str(n): {"title": f"某市发布第{n}批助企措施", "href": f"/zw/{n}00{n}.html", "time": f"2026-06-1{n}"}
        for n in (1, 3, 4)
    }
    body = json.dumps({"data": rows, "pages": {"1": "/a", "2": "/b"}})
    listing = read_listing(page(body, media_type="application/json"), "auto")
    assert [str(link.published) for link in listing.links] == ["2026-06-11", "2026-06-13", "2026-06-14"]
