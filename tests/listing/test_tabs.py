"""Numbers that turn no pages."""

from __future__ import annotations

import pytest

from tests.listing.pages import COLUMN, page, turning_seconds
from watcher.listing import read_listing

LIST = "<ul><li><a href='t20260618_1.html'>关于优化环评审批服务的通知</a><span>2026-06-18</span></li></ul>"


def numbers(address: str, among: range) -> str:
    return " ".join(f"<a href='{address.format(number)}'>{number}</a>" for number in among)


YEARS, MONTHS = range(2026, 2018, -1), range(1, 13)


@pytest.mark.parametrize(
    ("own", "tabs", "following"),
    [
        ("", numbers("{}/", YEARS), None),
        ("", numbers("{}/", range(2019, 2027)), None),
        ("", numbers("index_{}.html", YEARS), None),
        ("2026/", numbers("/dtxx/{}/", YEARS), None),
        ("", "<select>" + numbers("{}/", YEARS).replace("a href", "option value").replace("/a", "/option"), None),
        ("", numbers("{}/", YEARS) + numbers("index_{}.html", range(2, 9)), "index_2.html"),
        ("", numbers("{}/", YEARS) + numbers("{}.htm", range(2, 9)), "2.htm"),
        ("", numbers("{:02}/", MONTHS), None),
        ("", numbers("{:02}/", MONTHS[::-1]), None),
        ("", numbers("{:02}/", range(1, 6)), None),
        ("2026/", numbers("/dtxx/2026-{:02}/", MONTHS), None),
        ("2026/10/", numbers("/dtxx/2026/{:02}/", MONTHS), None),
        ("", numbers("{}/", MONTHS), None),
        ("", numbers("{}.html", MONTHS), None),
        ("", numbers("{:02}/", MONTHS) + "<a href='index_1.html'>2</a> <a href='index_2.html'>3</a>", "index_1.html"),
        ("", numbers("{}/", range(2, 13)), "2/"),
        ("", numbers("?page={}", MONTHS), "?page=2"),
        ("", numbers("page/{}/", MONTHS), "page/2/"),
        ("", numbers("index_{}.html", MONTHS), "index_2.html"),
        ("", numbers("index_{}.html", range(58, 40, -4)), None),  # issues, for all that is known
        ("", numbers("javascript:to({})", MONTHS) + "<script>function to(n){location='?month='+n}</script>", None),
        (
            "",
            numbers("javascript:to({})", MONTHS) + "<script>function to(n){location='?pageNo='+n}</script>",
            "?pageNo=2",
        ),
    ],
)
def test_years_and_months_are_no_pages(own: str, tabs: str, following: str | None) -> None:
    found = read_listing(page(LIST + tabs, COLUMN + own), "auto").next_url
    assert found == (COLUMN + following if following else None)


def test_a_page_of_nothing_but_months_costs_no_more_than_their_number() -> None:
    def cost(kinds: int) -> float:
        return turning_seconds("".join(f"<a href='02.h{kind}'>2</a>" for kind in range(kinds)))

    short = min(cost(500) for _ in range(2))
    # Sixteen times the kinds of addresses: linear is 16, a square would be 256.
    assert cost(8_000) < 64 * max(short, 0.005)
