"""Next pages that differ by what no page's number is called like: an offset, a first row, a token of the answer."""

from __future__ import annotations

import pytest

from tests.listing.pages import page, turning_seconds
from tests.listing.test_pager import LIST
from watcher.listing import read_listing

SITE = "https://sthjt.example.gov.cn/"
SCRIPT, AT_ROOT = "zw/list.aspx", "list.jsp"


def pager(back: str | None = None, following: str | None = None, *more: tuple[str, str]) -> str:
    """Links as (query, text); where `back` or `following` is None, the word stands without a link."""
    links = ((back, "上一页"), (following, "下一页"), *((query, text) for text, query in more))
    return " ".join(
        f"<span>{text}</span>" if query is None else f"<a href='?{query}'>{text}</a>" for query, text in links
    )


def following(own: str, links: str, script: str = SCRIPT) -> str | None:
    """The query of the next page, None where there is none."""
    found = read_listing(page(LIST + links, f"{SITE}{script}?{own}"), "auto").next_url
    assert found is None or found.startswith(f"{SITE}{script}?")
    return found.partition("?")[2] if found else None


@pytest.mark.parametrize(
    ("first", "second", "third", "last"),
    [
        ("id=7", "id=7&offset=20", "id=7&offset=40", "id=7&offset=60"),
        ("id=7&offset=0", "id=7&offset=20", "id=7&offset=40", "id=7&offset=60"),
        ("id=7", "id=7&start=20", "id=7&start=40", "id=7&start=60"),
        ("id=7&startRow=1", "id=7&startRow=21", "id=7&startRow=41", "id=7&startRow=61"),
        ("id=7", "id=7&cursor=abc", "id=7&cursor=def", "id=7&cursor=ghi"),
        ("id=7&cursor=", "id=7&cursor=abc", "id=7&cursor=def", "id=7&cursor=ghi"),
        ("id=7", "id=7&pg=2", "id=7&pg=3", "id=7&pg=4"),
        ("id=7&pg=1", "id=7&pg=2", "id=7&pg=3", "id=7&pg=4"),
        ("id=7", "id=7&before=1795000000", "id=7&before=1794000000", "id=7&before=1793000000"),
        ("id=7&last_id=0", "id=7&last_id=905", "id=7&last_id=881", "id=7&last_id=860"),
        ("id=7", "id=7&page=2&offset=20", "id=7&page=3&offset=40", "id=7&page=4&offset=60"),
        ("id=7&page=1&offset=0", "id=7&page=2&offset=20", "id=7&page=3&offset=40", "id=7&page=4&offset=60"),
        ("id=7&page=0&offset=0", "id=7&page=1&offset=20", "id=7&page=2&offset=40", "id=7&page=3&offset=60"),
        ("id=7&start=0&end=19", "id=7&start=20&end=39", "id=7&start=40&end=59", "id=7&start=60&end=79"),
        ("id=7&x=0", "id=7&x=20", "id=7&x=40", "id=7&x=60"),
        ("id=7&limit=20", "id=7&limit=20&x=20", "id=7&limit=20&x=40", "id=7&limit=20&x=60"),
        ("p=7&x=0", "p=7&x=20", "p=7&x=40", "p=7&x=60"),
        ("type=a&r=0.13&page=1", "type=a&r=0.87&page=2", "type=a&r=0.24&page=3", "type=a&r=0.56&page=4"),
    ],
)
@pytest.mark.parametrize("script", [SCRIPT, AT_ROOT])
def test_a_list_is_turned_to_its_last_page(first: str, second: str, third: str, last: str, script: str) -> None:
    assert following(first, pager(None, second), script) == second
    assert following(first, pager(first, second), script) == second
    assert following(second, pager(first, third), script) == third
    assert following(third, pager(second, last), script) == last
    for wrong in (None, last, third):
        assert following(last, pager(third, wrong), script) is None


@pytest.mark.parametrize(
    ("own", "links", "want"),
    [
        # As from a page that links to none before it.
        ("id=7&offset=20", pager(None, "id=7&offset=40"), "id=7&offset=40"),
        ("id=7&cursor=abc", pager(None, "id=7&cursor=def"), "id=7&cursor=def"),
        # Counts that fall to the oldest, which is 1.
        ("id=7&x=25", pager("id=7&x=26", "id=7&x=24"), "id=7&x=24"),
        # From the last page to the first.
        ("id=7&offset=40", pager("id=7&offset=20", "id=7&offset=0"), None),
        ("id=7&offset=20", pager("id=7", "id=7&offset=0"), None),
        ("id=7&pg=3", pager(None, "id=7&pg=1"), None),
        # Boxes that turn another column by the same script.
        ("id=7", pager(None, "id=8"), None),
        ("id=7", pager("id=6", "id=8"), None),
        ("id=7&offset=20", pager("id=7", None, ("下一页", "id=8&offset=20")), None),
        ("id=7&offset=20", pager("id=7", "id=7&offset=40", ("下一页", "id=8&offset=20")), "id=7&offset=40"),
        ("id=7&offset=0", pager(None, "id=7&offset=20", ("下一页", "id=8&offset=20")), "id=7&offset=20"),
        ("id=7&offset=0", pager(None, "id=8&offset=20"), None),
        ("id=7&page=2", pager("id=7&page=1", "id=8&page=2"), None),
        ("id=1&page=1", pager(None, "id=2&page=2", ("1", "id=2&page=1")), None),
        ("lm=7&offset=20", pager("lm=7", "lm=8&offset=20"), None),
        ("lm=7&offset=20", pager("lm=7&offset=0", "lm=8&offset=20", ("1", "lm=8&offset=0")), None),
        ("lm=7&offset=20", pager("lm=7", "lm=8&offset=20", ("1", "lm=8")), None),
        ("lm=7&page=2", pager("lm=7&page=1", "lm=8&page=2", ("1", "lm=8&page=1")), None),
        ("lm=7&page=1", pager(None, "lm=8&page=2", ("1", "lm=8&page=1")), None),
        ("lm=0&page=1", pager(None, "lm=8&page=2"), None),
        ("lm=7", pager(None, "lm=8"), None),
        ("lm=7", pager(None, "lm=8&page=2"), None),
        ("lm=7", pager("lm=8&page=1", "lm=8&page=2"), None),
        ("type=news", pager("type=policy&page=1", "type=policy&page=2"), None),
        ("lm=7", pager(None, None, ("2", "lm=8&page=2"), ("3", "lm=8&page=3")), None),
        # More than one next page.
        ("id=7&offset=20", pager("id=7", "id=7&offset=40", ("下页", "id=7&offset=60")), None),
    ],
)
@pytest.mark.parametrize("script", [SCRIPT, AT_ROOT])
def test_the_place_in_a_list_is_told_from_the_key_of_a_column(
    own: str, links: str, want: str | None, script: str
) -> None:
    assert following(own, links, script) == want


def test_a_page_of_another_script_is_no_place_in_the_list() -> None:
    assert following("id=7&offset=20", "<a href='/zt/list.aspx?id=7&offset=40'>下一页</a>") is None


@pytest.mark.parametrize("text", ["上一页", "下一页"])
def test_a_page_of_nothing_but_pages_costs_no_more_than_their_number(text: str) -> None:
    def cost(count: int) -> float:
        others = pager("id=7", "id=7&offset=40", *((text, f"id=7&offset={number}") for number in range(100, count)))
        return turning_seconds(others, f"{SITE}{SCRIPT}?id=7&offset=20")

    short = min(cost(600) for _ in range(2))
    # Sixteen times the links: linear is 16, a square would be 256.
    assert cost(8_100) < 64 * max(short, 0.005)
