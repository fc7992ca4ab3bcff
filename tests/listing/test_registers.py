"""Registers whose titles are only the numbers of cases: a list where the page is about them, nothing elsewhere."""

from __future__ import annotations

import pytest

from tests.listing.pages import entries
from tests.listing.test_families import CHROME
from watcher.errors import ReadError

NUMBERS = [f"（2026）某0{n}01民初{n}21号" for n in range(1, 7)]
DAYS = [f"2026-06-{18 - n}" for n in range(6)]
DATED = "<li><a href='{}'>{}</a><span>{}</span></li>"
BARE = "<li><a href='{}'>{}</a></li>"
HOT = "<div class='hot'><h3>热点新闻</h3><ul>{}</ul></div>".format(
    "".join(
        f"<li><a href='/rd/t2026061{n}_8{n}.html'>别处刊登的第{n}条新闻</a><i>2026-06-1{n}</i></li>" for n in range(5)
    )
)


def register(address: str, row: str, heading: str = "") -> str:
    rows = "".join(row.format(address.format(n), NUMBERS[n], DAYS[n]) for n in range(6))
    return CHROME % f"<div>{heading}<ul>{rows}</ul></div>{HOT}"


@pytest.mark.parametrize("row", [DATED, BARE])
@pytest.mark.parametrize("address", ["4120{}.html", "/dtxx/202606/t20260618_{}.html", "/dtxx/view?id={}"])
def test_a_register_in_the_folder_of_its_page_is_the_list(address: str, row: str) -> None:
    assert [title for _, title, _ in entries(register(address, row))] == NUMBERS


def test_a_register_under_the_heading_of_its_page_is_the_list() -> None:
    assert [title for _, title, _ in entries(register("/v/12345{}", DATED, "<h2>地市动态</h2>"))] == NUMBERS


@pytest.mark.parametrize("row", [DATED, BARE])
def test_a_register_on_a_page_about_something_else_is_no_list(row: str) -> None:
    with pytest.raises(ReadError) as caught:
        entries(register("/v/12345{}", row, "<h2>案件查询</h2>").replace(HOT, ""))
    assert caught.value.code == "no_links"
