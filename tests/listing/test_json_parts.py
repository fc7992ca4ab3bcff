"""Data whose entries are not in one field or one list: several links, sites, days in numbers, groups, rows of HTML."""

from __future__ import annotations

import json

import pytest

from tests.listing.pages import entries
from tests.listing.test_json import SECONDS, THREE

WX = "https://mp.weixin.example.com/s/a1b2c3d4e5f6a7b8c9d0e%s"


def answer(value: object) -> list[tuple[str, str, str | None]]:
    return entries(json.dumps(value))


@pytest.mark.parametrize(
    "keys",
    [("linkUrl", "url"), ("url", "linkUrl"), ("outerLink", "docUrl")],
)
def test_an_item_whose_first_link_is_empty_has_the_next_one(keys: tuple[str, str]) -> None:
    first, second = keys
    rows = [
        {"title": t, first: "" if n % 2 else WX % n, second: f"/dtxx/{u}" if n % 2 else "", "publishTime": d}
        for n, (u, t, d) in enumerate(THREE)
    ]
    want = [(u if n % 2 else WX % n, t, d) for n, (u, t, d) in enumerate(THREE)]
    assert answer({"data": {"list": rows}}) == want


def test_links_hang_on_the_site_that_the_item_or_the_answer_names() -> None:
    site = "https://www.of.example.gov.cn"
    want = [(f"{site}/zw/{u}", t, d) for u, t, d in THREE]
    rows = [{"title": t, "path": f"/zw/{u}", "publishTime": d} for u, t, d in THREE]
    assert answer({"list": [{"domain": site, **row} for row in rows]}) == want
    assert answer({"siteUrl": f"{site}/", "list": rows}) == want
    assert answer({"data": {"site": {"domain": site}, "list": rows}}) == want


def test_links_hang_on_the_answer_where_it_names_several_sites_or_what_is_none() -> None:
    want = [(f"http://sthj.example.gov.cn/zw/{u}", t, d) for u, t, d in THREE]
    rows = [{"title": t, "path": f"/zw/{u}", "publishTime": d} for u, t, d in THREE]
    assert answer({"siteUrl": "https://a.example.cn", "webUrl": "https://b.example.cn", "list": rows}) == want
    assert answer({"siteUrl": "https://a.example.cn/zw/", "imgUrl": "https://b.example.cn", "list": rows}) == want


@pytest.mark.parametrize("key", ["murl", "mUrl", "m_url"])
def test_the_address_for_telephones_is_not_the_link(key: str) -> None:
    rows = [{"title": t, key: f"https://m.example.cn/{u}", "purl": f"/dtxx/{u}", "pubdate": d} for u, t, d in THREE]
    assert answer({"list": rows}) == THREE


def test_a_date_in_the_form_of_an_address_is_no_link() -> None:
    rows = [
        {"Title": t, "FileRef": f"/dtxx/{u}", "PublishDate": f"/Date({s * 1000}+0800)/"}
        for (u, t, _), s in zip(THREE, SECONDS, strict=True)
    ]
    assert answer({"d": {"results": rows}}) == THREE


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ([2026, 6, 18, 9, 30], "2026-06-18"),
        ([2026, 6, 18], "2026-06-18"),
        ([2026, 6], None),
        ([2026, 13, 18], None),
        ([True, 6, 18], None),
        ([1, 2, 3, 4], None),
    ],
)
def test_days_come_in_numbers(moment: object, day: str | None) -> None:
    row = {"url": "/dtxx/post_123.html", "title": "关于优化环评审批服务的通知", "publishTime": moment}
    other = {"url": "/dtxx/post_124.html", "title": "某区召开座谈会", "publishTime": [2026, 6, 17]}
    assert [one for *_, one in answer({"list": [row, other]})] == [day, "2026-06-17"]


def test_days_come_in_three_fields() -> None:
    java = [
        {"title": t, "url": f"/dtxx/{u}", "pubTime": dict(zip(("year", "monthValue", "dayOfMonth"), day, strict=True))}
        for u, t, d in THREE
        if (day := [int(part) for part in d.split("-")])
    ]
    assert answer({"list": java}) == THREE
    rows = [
        {"title": t, "url": f"/dtxx/{u}", "year": int(d[:4]), "month": int(d[5:7]), "day": int(d[8:])}
        for u, t, d in THREE
    ]
    assert answer({"list": rows}) == THREE


def items(rows: list[tuple[str, str, str]]) -> list[dict[str, str]]:
    return [{"title": t, "url": f"/dtxx/{u}", "date": d} for u, t, d in rows]


@pytest.mark.parametrize(
    "groups",
    [
        [{"month": "2026-06", "items": items(THREE[:2])}, {"month": "2026-05", "items": items(THREE[2:])}],
        [{"year": 2026, "n": 2, "list": items(THREE[:2])}, {"year": 2025, "n": 1, "list": items(THREE[2:])}],
        [{"year": 2026, "month": 6, "list": items(THREE[:2])}, {"year": 2026, "month": 5, "list": items(THREE[2:])}],
        [{"key": "202606", "list": items(THREE[:2])}, {"key": "202605", "list": items(THREE[2:])}],
        [
            {"name": "六月", "ny": "2026/6", "l": items(THREE[:2])},
            {"name": "五月", "ny": "2026/5", "l": items(THREE[2:])},
        ],
        [{"date": 20260618, "site": 1, "l": items(THREE[:2])}, {"date": 20260617, "site": 1, "l": items(THREE[2:])}],
        {"2026年6月": items(THREE[:2]), "2026年5月": items(THREE[2:])},
        {"2026": items(THREE[:2]), "2025": items(THREE[2:])},
    ],
)
def test_groups_by_month_are_one_list(groups: object) -> None:
    assert answer({"data": groups}) == THREE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"name": "工作动态"}, {"name": "通知公告"}),
        ({"id": 2001}, {"id": 2002}),
        ({"id": "202601"}, {"id": "202602"}),
        ({"code": 20261}, {"code": 20262}),
        ({"total": 2000}, {"total": 1950}),
        ({"date": 20261}, {"date": 20262}),
        ({"date": "2026-618"}, {"date": "2026-617"}),
        ({"month": "2026-06"}, {"name": "通知公告", "n": 2026}),
        ({"columnName": "工作动态", "updated": "2026-06-18"}, {"columnName": "通知公告", "updated": "2026-05-18"}),
        ({"title": "工作动态", "year": 2026}, {"title": "通知公告", "year": 2025}),
    ],
)
def test_groups_of_other_names_are_columns(one: dict[str, object], other: dict[str, object]) -> None:
    beside = [(f"post_9{n}.html", f"第{n}号", d) for n, (_, _, d) in enumerate(THREE)]
    assert answer({"data": [{**one, "items": items(THREE)}, {**other, "items": items(beside)}]}) == THREE


@pytest.mark.parametrize(
    "rows",
    [
        [f"<li><a href='/dtxx/{u}'>{t}</a><span>{d}</span></li>" for u, t, d in THREE],
        [{"id": u, "html": f"<a href='/dtxx/{u}'>{t}</a><span>{d}</span>"} for u, t, d in THREE],
        [{"bt": f"<a href='/dtxx/{u}'>{t}</a>", "rq": d, "ly": "某某办公室"} for u, t, d in THREE],
        [[n, f"<a href='/dtxx/{u}'>{t}</a>", "某某办公室", d] for n, (u, t, d) in enumerate(THREE)],
    ],
)
def test_rows_of_ready_html_are_one_list(rows: list[object]) -> None:
    assert answer({"draw": 1, "data": rows}) == THREE


def test_articles_with_links_in_their_texts_are_no_rows() -> None:
    text = "<p>%s</p><a href='/zwgk/t20260101_7.html'>某市助企措施全文</a>" % ("正文。" * 800)
    rows = [{"title": t, "url": f"/dtxx/{u}", "date": d, "content": text} for u, t, d in THREE]
    assert answer({"list": rows}) == THREE


def test_the_files_of_dated_articles_are_none_of_the_list() -> None:
    def files(number: int, day: str) -> list[dict[str, str]]:
        return [{"title": f"附件{k}", "url": f"/files/{number}{k}.pdf", "date": day} for k in "12"]

    rows = [
        {"title": t, "url": f"/dtxx/{u}", "publishTime": d, "files": files(n, d)} for n, (u, t, d) in enumerate(THREE)
    ]
    assert [title for _, title, _ in answer({"data": {"list": rows}})] == [t for _, t, _ in THREE]
