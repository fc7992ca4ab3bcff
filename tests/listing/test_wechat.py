"""Columns of what an official account has published: the entries lead to mp.weixin.qq.com, none into the site."""

from __future__ import annotations

import pytest

from tests.listing.pages import entries, page
from tests.listing.test_families import CHROME
from watcher.listing import read_listing
from watcher.listing.addresses import is_article

HOST = "https://mp.weixin.qq.com"
# Codes as they are: with a digit between letters, with a dash, with no digit at all.
CODES = ["Zk4uQm_xYvBnRtLpWsHdEg", "aQ-wXsEdCrFvTgByHnUjMi", "poIuYtReWqLkJhGfDsAmNb", "mNbVcXzAsDfGhJkLpOiUyT"]
TITLES = ["减税降费政策一图看懂", "助企纾困的八项措施来了", "这些企业可申领稳岗补贴", "技改贴息怎么申请"]
ROWS = [
    (f"{HOST}/s/{code}", title, f"2026-06-{18 - n}") for n, (code, title) in enumerate(zip(CODES, TITLES, strict=True))
]
OWN = [(f"202606/t2026061{n}_4{n}.html", f"某市召开第{n}次企业座谈会", f"2026-06-1{n}") for n in range(5)]
HOT = "<div class='hot'><h3>热点新闻</h3><ul>{}</ul></div>".format(
    "".join(
        f"<li><a href='/rd/t2026061{n}_8{n}.html'>别处刊登的第{n}条新闻</a><i>2026-06-1{n}</i></li>" for n in range(3)
    )
)
DATED = "<li><a href='{}'>{}</a><span>{}</span></li>"
BARE = "<li><a href='{}'>{}</a></li>"
CARD = "<li class='c'><a href='{}'><img src='a.jpg'><p>{}</p></a></li>"


def listed(row: str, rows: list[tuple[str, str, str]], beside: str = "") -> str:
    return CHROME % f"<ul>{''.join(row.format(*one) for one in rows)}</ul>{beside}"


@pytest.mark.parametrize("beside", ["", HOT])
@pytest.mark.parametrize("count", [1, 2, 4])
def test_a_few_dated_articles_of_an_account_are_the_list(count: int, beside: str) -> None:
    assert entries(listed(DATED, ROWS[:count], beside)) == ROWS[:count]


@pytest.mark.parametrize("beside", ["", HOT])
@pytest.mark.parametrize("row", [BARE, CARD])
def test_articles_of_an_account_without_dates_are_the_list(row: str, beside: str) -> None:
    assert [one[0] for one in entries(listed(row, ROWS, beside))] == [one[0] for one in ROWS]


def test_articles_of_an_account_among_those_of_the_site_are_entries_too() -> None:
    mixed = [one for pair in zip(OWN, ROWS, strict=False) for one in pair]
    assert [one[0] for one in entries(listed(BARE, mixed))] == [one[0] for one in mixed]


def test_data_that_names_articles_of_an_account_is_a_list() -> None:
    items = ",".join(f'{{"title":"{title}","link":"{url}","digest":""}}' for url, title, _ in ROWS)
    found = read_listing(page(f'{{"list":[{items}]}}', media_type="application/json"), "auto").links
    assert [link.url for link in found] == [one[0] for one in ROWS]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/s/poIuYtReWqLkJhGfDsAmNb", True),
        ("/s?__biz=MzA5NDc1NzQ4MA==&mid=2247&idx=1&sn=aa", True),
        ("/s", False),
        ("/", False),
        ("/cgi-bin/loginpage", False),
        ("/some/page", False),
    ],
)
def test_what_is_an_article_of_an_account(path: str, expected: bool) -> None:
    assert is_article(HOST + path) is expected
