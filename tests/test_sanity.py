"""Which answers are believed, and which are another page in the place of what was asked for."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from watcher.addresses import canonical
from watcher.clocks import china_day
from watcher.model import Document, Link, Listing
from watcher.records.usual import Level, Usual
from watcher.sanity import (
    another_list,
    home_addresses,
    home_page,
    is_another_text,
    is_move,
    is_same_column,
    kind_of,
    kinds_of,
    led_away,
    strangers,
)

NOW = datetime(2026, 6, 10, 1, 0, tzinfo=UTC)
HOST = "http://bureau.example"

# --- addresses -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "came", "gone"),
    [
        ("/gzdt/", "/", True),
        ("/gzdt/", "", True),
        ("/gzdt/202606/t1.html", "/index.shtml", True),
        ("/gzdt/", "/gzdt/", False),
        ("/gzdt/", "/gzdt/index.html", False),
        ("/gzdt/", "/?column=7", False),
        ("/gzdt/", "/#/column/7", False),  # a script routes by it
        ("/", "/index.html", False),
    ],
)
def test_an_address_that_leads_to_the_home_page_is_gone(asked: str, came: str, gone: bool) -> None:
    assert (home_page(HOST + asked, HOST + came) is not None) is gone


@pytest.mark.parametrize(
    ("asked", "to", "moved"),
    [
        ("http://a.cn/gzdt", "http://a.cn/gzdt/", False),
        ("http://a.cn/gzdt/", "https://a.cn/gzdt/", False),
        ("http://a.cn/gzdt/", "https://www.a.cn/gzdt/index.html", False),
        ("http://a.cn:80/gzdt/", "https://a.cn:443/gzdt/", False),
        ("http://a.cn/gzdt/", "http://b.cn/gzdt/", True),
        ("http://a.cn/gzdt/", "http://a.cn/zwgk/gzdt/", True),
        ("http://a.cn/list?id=1", "http://a.cn/list?id=2", True),
    ],
)
def test_another_scheme_or_slash_is_no_move(asked: str, to: str, moved: bool) -> None:
    assert is_move(asked, to) is moved


@pytest.mark.parametrize(
    ("came", "code"),
    [
        ("/gzdt/202606/t1.html", None),
        ("/gzdt/202606/moved/t1.html", None),
        ("/gzdt/", "back_to_list"),
        ("/gzdt/index.html", "back_to_list"),
        ("/", "home_page"),
        ("/cas/login?service=1", "login"),
    ],
)
def test_an_article_that_leads_to_the_list_the_home_page_or_a_login_is_none(came: str, code: str | None) -> None:
    error = led_away(f"{HOST}/gzdt/202606/t1.html", HOST + came, f"{HOST}/gzdt/")
    assert (error.code if error else None) == code


@pytest.mark.parametrize(
    ("came", "gone"),
    [
        ("/ju/", True),  # a bureau's site within its city's
        ("/ju/index.html", True),
        ("/", True),
        ("/m/", True),
        ("/wap/index.html", True),
        ("/ju/?id=7", False),
        ("/ju/#/detail/7", False),
        ("/article/?id=7", False),
        ("/jyzc/", False),  # may be an article's folder
        ("/ju/zwgk/", False),
    ],
)
def test_the_front_of_a_site_within_a_site_is_a_home_page(came: str, gone: bool) -> None:
    error = led_away(f"{HOST}/ju/art/1.html", HOST + came, f"{HOST}/ju/zwgk/list/")
    assert (error is not None and error.code == "home_page") is gone


def test_an_address_without_a_path_has_no_folder() -> None:
    assert home_addresses("https://a.cn?id=1", f"{HOST}/gzdt/") == ("https://a.cn/", f"{HOST}/")


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("http://a.cn/dtxx/202606/t20260602_11.shtml", "a.cn/dtxx/#/#.shtml"),
        ("https://a.cn/art/2026/6/2/art_80179_11.html", "a.cn/art/#/#/#/#.html"),
        ("http://a.cn/detail.html?id=7", "a.cn/#.html"),
        ("http://a.cn/20260911/9d0e66ab/c.html", "a.cn/#/#/#.html"),
        ("http://a.cn", "a.cn/#"),
    ],
)
def test_addresses_of_one_column_are_of_one_kind(url: str, kind: str) -> None:
    assert kind_of(url) == kind


# --- lists ---------------------------------------------------------------------------------------------------------


def entries(numbers: range, day: date | None, folder: str = "gzdt") -> tuple[Link, ...]:
    return tuple(Link(f"{HOST}/{folder}/{number}.html", f"第{number}条", day) for number in numbers)


def doubts(
    links: tuple[Link, ...],
    known: int,
    title: str | None = "工作动态",
    usual: float = 20,
    *,
    collapsed: bool = False,
) -> str | None:
    """The code of the error for a list of which the last `known` entries are known, an hour after the last pass."""
    keys = {canonical(link.url) for link in links[len(links) - known :]}
    learned = Usual(entries=Level((usual,)), title="工作动态", kinds=kinds_of(entries(range(3), None)))
    listing, last_read = Listing("automatic", links, None, title), NOW - timedelta(hours=1)
    error = another_list(listing, keys, learned, last_read, collapsed=collapsed)
    return error.code if error else None


OLD, TODAY = date(2026, 3, 1), date(2026, 6, 10)


@pytest.mark.parametrize(
    ("links", "known", "title", "code"),
    [
        (entries(range(20), OLD), 20, "工作动态", None),
        (entries(range(20), OLD), 20, "要闻", None),  # a column may be renamed
        (entries(range(20), TODAY), 0, "要闻", None),  # all of today
        (entries(range(20), TODAY), 0, "工作动态", None),  # a week's news, of the column's own kind
        (entries(range(20), TODAY, "xw"), 0, "工作动态", None),  # a site that moved its articles
        (entries(range(20), TODAY, "xw"), 0, None, None),
        (entries(range(30), TODAY, "xw"), 0, "某市生态环境局首页", "another_page"),  # a home page of lively news
        (entries(range(10), TODAY, "xw") + entries(range(10, 30), OLD, "xw"), 0, "某局首页", "another_page"),
        (entries(range(10), TODAY) + entries(range(10, 30), OLD, "xw"), 0, "某局首页", None),  # a third are of its kind
        (entries(range(20), TODAY, "xw"), 5, "某市生态环境局首页", None),  # a quarter is known
        (entries(range(20), OLD), 0, "工作动态", None),  # put up late, as these columns do
        (entries(range(20), None), 0, "工作动态", None),
        (entries(range(60), OLD), 3, "某市生态环境局", "another_page"),
        (entries(range(60), None), 3, "某市生态环境局", "another_page"),
        (entries(range(20), None, "nav"), 0, "工作动态", "another_list"),
        (entries(range(20), OLD, "nav"), 0, None, "another_list"),  # data calls itself nothing
        (entries(range(20), OLD, "nav"), 10, "工作动态", None),
        (entries(range(2), None, "nav"), 0, "工作动态", "another_list"),  # what is left of twenty
    ],
)
def test_a_list_of_strange_entries_is_doubted(
    links: tuple[Link, ...], known: int, title: str | None, code: str | None
) -> None:
    assert doubts(links, known, title) == code


@pytest.mark.parametrize(
    ("links", "known", "code"),
    [
        (entries(range(3), OLD), 0, "another_list"),  # a box of other articles
        (entries(range(3), None), 0, "another_list"),
        (entries(range(3), date(2026, 6, 8)), 0, "another_list"),  # the list was whole an hour ago
        (entries(range(3), TODAY), 0, None),  # news on a list that begins anew
        (entries(range(1), TODAY) + entries(range(1, 3), OLD), 0, "another_list"),
        (entries(range(3), TODAY, "xw"), 0, "another_list"),
        (entries(range(3), OLD), 3, None),  # an honest shrink
        (entries(range(2), OLD), 1, None),
        (entries(range(5), OLD), 1, "another_list"),
    ],
)
def test_of_a_list_that_collapsed_what_was_not_in_it_is_doubted(
    links: tuple[Link, ...], known: int, code: str | None
) -> None:
    assert doubts(links, known, collapsed=True) == code


def test_of_a_small_list_all_may_be_new() -> None:
    assert doubts(entries(range(2), OLD, "nav"), 0, usual=3) is None


def test_the_doubt_says_what_is_strange_and_what_to_do() -> None:
    learned = Usual(Level((20,)), title="工作动态", kinds=("bureau.example/gzdt/#.html",))
    error = another_list(Listing("automatic", entries(range(60), None), None, "某市生态环境局"), set(), learned, NOW)
    assert str(error) == (
        "the page calls itself 某市生态环境局, not 工作动态: 60 of its 60 entries are strange to this column"
    )
    assert "taken on in a day" in ((error and error.hint) or "")


# --- articles ------------------------------------------------------------------------------------------------------

TEXT = "市生态环境局出台8条措施支持企业发展。\n一、环评报告表审批时限压缩到15个工作日。\n附件\n2026年6月1日"


@pytest.mark.parametrize(
    ("title", "text", "another"),
    [
        ("某市出台8条措施", TEXT.replace("15", "10"), False),
        ("某市出台8条措施（修订）", "全文重写，改为十条，内容与原来的完全不同。", False),
        ("某市印发新的措施", TEXT + "\n二、对绿色改造项目给予奖补。", False),
        ("某市生态环境局", "要闻 通知公告 政策文件 互动交流 办事服务\n附件\n2026年6月1日", True),
        (None, "某市生态环境局门户网站首页，欢迎访问本网站。", True),
    ],
)
def test_a_page_without_a_paragraph_or_title_of_the_article_is_another(
    title: str | None, text: str, another: bool
) -> None:
    assert is_another_text(Document("某市出台8条措施", TEXT), Document(title, text)) is another


# --- the list at a new address -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("known", "unknown", "expected"),
    [
        (1, entries(range(20), TODAY), True),  # all of it news
        (1, entries(range(20), None), True),  # undated, above what is known
        (5, entries(range(4), OLD), True),
        (5, entries(range(5), OLD), False),
        (2, entries(range(7), TODAY) + entries(range(7, 20), OLD), False),  # a home page
        (0, entries(range(20), TODAY), False),
        (0, (), False),
    ],
)
def test_the_same_column_at_a_new_address(known: int, unknown: tuple[Link, ...], expected: bool) -> None:
    old = entries(range(100, 100 + known), OLD)
    keys = {canonical(link.url) for link in old}
    assert is_same_column((*unknown, *old), keys, china_day(NOW - timedelta(days=1))) is expected


def test_undated_entries_below_known_ones_were_there_before() -> None:
    old = entries(range(100, 102), OLD)
    assert strangers((*old, *entries(range(9), None)), {canonical(link.url) for link in old}, china_day(NOW)) == 9
