"""Which page of a column an address is."""

from __future__ import annotations

import pytest

from watcher.listing.numbering import numbered
from watcher.stamps import _without


@pytest.mark.parametrize(
    ("query", "number"),
    [("numPerPage=20", None), ("pageNum=2&rowsPerPage=20", 2), ("pageno=2&maxpage=9&totpage=9", 2), ("curpage=3", 3)],
)
def test_how_long_a_page_is_and_how_many_there_are_is_no_number_of_one(query: str, number: int | None) -> None:
    assert numbered(f"http://a.cn/list.jsp?{query}").number == number


def test_a_stamp_that_is_left_out_leaves_the_place_behind_it() -> None:
    assert _without("a.cn/x?t=1#/detail/1", {"t"}) == "a.cn/x#/detail/1"
    assert _without("a.cn/x?b=2&t=1", {"t"}) == "a.cn/x?b=2"
