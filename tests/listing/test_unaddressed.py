"""A column whose entries have no address is told as one that a script fills; no other list stands for it."""

from __future__ import annotations

import pytest

from tests.listing.pages import COLUMN, entries
from watcher.errors import ReadError

KINDS = ("印发", "公布", "修订", "发布", "调整", "公示", "通报", "部署")
ROWS = [(700 + n, f"某市{kind}第{n}批惠企措施", f"2026-06-1{9 - n}") for n, kind in enumerate(KINDS)]
HOT = "".join(
    f"<li><a href='/rd/202606/t2026060{n}_{n}.html'>外地第{n}项助企做法</a><i>06-0{n}</i></li>" for n in (3, 2, 1)
)
BOXES = [
    "",
    f"<div class='hot'><h3>热点<a href='/rd/'>更多</a></h3><ul>{HOT}</ul></div>",
    f"<div><h3><a href='/rd/'>政务要闻</a></h3><ul>{HOT}</ul></div>",
    f"<div><h3>最新发布</h3><ul>{HOT}</ul></div>",
]
CALLED = "<li><a href='javascript:view({0})'>{1}</a><span>{2}</span></li>"


def page(main: str, beside: str = "") -> str:
    return f"<html><head><title>动态信息</title></head><body><div>{main}</div>{beside}</body></html>"


def shown(row: str) -> str:
    return "".join(row.format(*one) for one in ROWS)


def fault(body: str) -> ReadError:
    with pytest.raises(ReadError) as caught:
        entries(body)
    return caught.value


@pytest.mark.parametrize("beside", BOXES)
@pytest.mark.parametrize(
    ("row", "told_by"),
    [
        (CALLED, "view(…)"),
        ("<li><a href='javascript:site.view(\"{0}\", 1);'>{1}</a><span>{2}</span></li>", "site.view(…)"),
        ("<li><a href='#' onclick=\"return go('{0}')\">{1}</a><span>{2}</span></li>", "go(…)"),
        ("<li><a href='javascript:void(0)' data-infoid='{0}'>{1}</a><span>{2}</span></li>", "data-infoid"),
        ("<li><a data-id='{0}' onclick='go(this)'>{1}</a><span>{2}</span></li>", "data-id"),
        ("<tr onclick='go({0})'><td>{0}</td><td>{1}</td><td>{2}</td></tr>", "go(…)"),
        ("<li onclick='go({0})'><h4>关于{1}的补充通知全文</h4></li>", "go(…)"),
    ],
)
def test_entries_without_an_address_are_a_list_of_a_script(row: str, told_by: str, beside: str) -> None:
    list_ = f"<table>{shown(row)}</table>" if "<tr" in row else f"<ul>{shown(row)}</ul>"
    error = fault(page(list_, beside))
    assert error.code == "javascript_list"
    assert f"the {len(ROWS)} entries" in str(error)
    assert told_by in str(error)


@pytest.mark.parametrize("beside", BOXES[:3])
@pytest.mark.parametrize("said", ["加载中...", "数据加载中，请稍候...", "正在加载", "Loading…"])
def test_a_column_that_says_that_it_is_being_loaded_is_filled_by_a_script(said: str, beside: str) -> None:
    assert fault(page(f"<div id='lb'><p>{said}</p></div>", beside)).code == "javascript_list"


LINKED = shown("<li><a href='/nr/{0}.html'>{1}</a><span>{2}</span></li>")


@pytest.mark.parametrize(
    "other",
    [
        "<p style='display:none'>加载中...</p>",
        "".join(f"<a href='javascript:tab({n})'>{word}</a>" for n, word in enumerate(["按时间", "按主题", "按部门"])),
        "".join(f"<li><a href='javascript:play({n})'>某市第{n}期惠企政策访谈录像回放</a></li>" for n in range(5)),
        "".join(f"<p onclick='fold({n})'>某市第{n}号惠企政策如何申请办理</p>" for n in range(5)),
        f"<div class='nav'>{shown(CALLED)}{shown(CALLED).replace('某市', '外地')}</div>",
    ],
)
@pytest.mark.parametrize("heading", ["", "<h2>动态信息</h2>"])
def test_what_else_a_script_opens_hides_no_list(heading: str, other: str) -> None:
    assert len(entries(page(f"{heading}<ul>{LINKED}</ul><div>{other}</div>"))) == len(ROWS)


@pytest.mark.parametrize(
    "row",
    [
        "<li onclick='count({0})'><a href='/nr/{0}.html'>{1}</a><span>{2}</span></li>",
        "<li><a href='/nr/{0}.html'><b onclick='count({0})'>{1}</b></a><span>{2}</span></li>",
        "<li><a href='#' data-id='{0}' onclick=\"open('/nr/{0}.html')\">{1}</a><span>{2}</span></li>",
    ],
)
def test_a_script_that_counts_or_opens_an_address_of_the_page_hides_nothing(row: str) -> None:
    got = entries(page(f"<ul>{shown(row)}</ul>"))
    assert [url for url, *_ in got] == [f"{COLUMN.removesuffix('dtxx/')}nr/{n}.html" for n, *_ in ROWS]


def test_buttons_of_one_word_are_no_entries() -> None:
    body = page("".join(f"<li><a href='javascript:view({n})'>2026年第{n}期</a></li>" for n in range(9)))
    assert fault(body).code == "no_links"
