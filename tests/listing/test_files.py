"""A column of files is a list; an article that holds nothing but its attachments is none."""

from __future__ import annotations

import pytest

from tests.listing.pages import entries
from watcher.errors import ReadError

HOST = "http://sthj.example.gov.cn"
OFFICES = ("规划处", "人事处", "水务处", "监察处", "宣教处")
# Columns, by what their systems call them; each looks as an article's address does elsewhere.
ADDRESSES = ["/czjs/10234.html", "/info/iList.jsp?cat_id=10334", "/www/xxgk/228104/228106/index.html", "/c/98765/"]
NAMED = "<title>部门决算_某市生态环境局</title><meta name='ColumnName' content='部门决算'>"
ARTICLE = NAMED.replace("部门决算_", "2025年度部门决算_")
TAGGED = NAMED + "<meta name='ArticleTitle' content='2025年度部门决算'>"


def files(day: str = "") -> str:
    rows = (f"<li><a href='/f/P{n}.pdf'>{o}2025年度部门决算</a>{day}</li>" for n, o in enumerate(OFFICES))
    return f"<ul>{''.join(rows)}</ul>"


def page(head: str, main: str) -> str:
    return f"<html><head>{head}</head><body><div>{main}</div></body></html>"


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(("head", "day"), [(NAMED, ""), (NAMED, "<i>2026-06-01</i>"), ("", "<i>2026-06-01</i>")])
def test_a_column_of_files_is_a_list_whatever_its_address(address: str, head: str, day: str) -> None:
    assert len(entries(page(head, files(day)), HOST + address)) == len(OFFICES)


def test_the_folder_of_a_year_is_a_column() -> None:
    assert len(entries(page("", files()), f"{HOST}/czjs/2025/")) == len(OFFICES)


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("head", ["", TAGGED, "<title>2025年度部门决算_某市生态环境局</title>", ARTICLE])
def test_an_article_of_files_is_no_list(address: str, head: str) -> None:
    with pytest.raises(ReadError) as caught:
        entries(page(head, files()), HOST + address)
    assert caught.value.code == "not_a_list"


def test_dates_make_no_list_of_what_the_tags_call_an_article() -> None:
    with pytest.raises(ReadError) as caught:
        entries(page(TAGGED, files("<i>2026-06-01</i>")), HOST + ADDRESSES[0])
    assert caught.value.code == "not_a_list"
