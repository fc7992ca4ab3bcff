"""A page that is watched as itself: what is edited in place is told, the site's home page in its place is not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.sites import Answer, Site
from tests.store.examples import source
from tests.test_pipeline import Bench, bench, site
from tests.town import MEASURES, article, page
from watcher import turned
from watcher.model import Page
from watcher.records.sources import SourceState
from watcher.sanity import is_outer_name, shown_lines, shows_the_same
from watcher.workers import in_worker

__all__ = ["bench", "site"]

DAY = timedelta(days=1)
NEWS = "市生态环境局开展助企行动，走访企业260家，对企业给予最高50万元奖励，发放绿色贷款15亿元。"
NEXT_YEAR = ("某市2027年度企业帮扶清单", "对首次升规的企业给予最高80万元奖励，办理时限压缩到3个工作日。")


def home_page(title: str = "某市生态环境局", visits: int = 1) -> str:
    items = "".join(f"<h3><a href='/x/{number}.html'>要闻{number}</a></h3><p>{NEWS}</p>" for number in range(6))
    return page(title, f"<div class='content'>{items}</div><p>访问量：{visits}</p>")


def column() -> str:
    items = "".join(
        f"<li><a href='/x/{day}.html'>关于受理情况的公示（{day}）</a>2026-06-{day}</li>" for day in range(10, 20)
    )
    return page("公示公告_某市生态环境局", f"<ul>{items}</ul>")


async def watched(bench: Bench, text: str) -> None:
    bench.watch(source("single", url=bench.site.url("/policy.html"), listing="page"))
    bench.site.set("/policy.html", text)
    assert (await bench.check()).matched == 1


async def moves_and_returns(bench: Bench, text: str, other: str) -> list[str | None]:
    """The problems of four passes over `other`, then the page is as it was."""
    bench.site.set("/policy.html", other)
    reports = [await bench.check(after=DAY) for _ in range(4)]
    found = bench.store.source("single")
    assert found is not None
    assert (found.health.state, bench.kinds()) == (SourceState.MOVED, ["source_trouble"])
    bench.site.set("/policy.html", text)
    assert (await bench.check(after=DAY)).problem is None
    await bench.check(after=DAY)
    assert bench.kinds() == ["source_trouble", "source_recovered"]
    return [report.problem and report.problem[0] for report in reports]


async def test_a_page_that_calls_itself_by_its_sites_name_alone_has_moved(bench: Bench) -> None:
    await watched(bench, article(MEASURES))
    bench.site.set("/", Answer(503))
    assert await moves_and_returns(bench, article(MEASURES), home_page()) == ["home_page"] * 4


async def test_a_page_that_shows_what_the_home_page_shows_has_moved_whatever_it_calls_itself(bench: Bench) -> None:
    text = article(MEASURES).replace(f"<title>{MEASURES[0]}_", "<title>")
    await watched(bench, text)
    bench.site.set("/", home_page(visits=1))
    assert await moves_and_returns(bench, text, home_page(visits=2)) == ["home_page"] * 4


async def test_only_a_cover_is_asked_where_it_leads(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """A whole home page would go to a worker twice."""
    handed: list[tuple[str, int]] = []

    async def counting(work: Callable[..., Any], *args: Any) -> Any:
        handed.append((work.__name__, sum(len(one.body) for one in args if isinstance(one, Page))))
        return await in_worker(work, *args)

    await watched(bench, article(MEASURES))
    monkeypatch.setattr(turned, "in_worker", counting)
    bench.site.set("/", home_page() + " " * turned.COVER)
    bench.site.set("/policy.html", article(NEXT_YEAR))
    assert (await bench.check(after=DAY)).changed == 1
    assert [name for name, size in handed if size > turned.COVER] == ["_are_alike"]
    bench.site.set("/", home_page())
    bench.site.set("/policy.html", article(MEASURES))
    assert (await bench.check(after=DAY)).changed == 1
    assert [name for name, _ in handed][-3:] == ["_looked_at", "_onward", "_are_alike"]


async def test_a_list_in_the_place_of_a_page_is_a_page_that_moved(bench: Bench) -> None:
    await watched(bench, article(MEASURES))
    bench.site.set("/", home_page())
    assert await moves_and_returns(bench, article(MEASURES), column()) == ["list_page"] * 4


@pytest.mark.parametrize("home", [home_page(), Answer(503), page("某市生态环境局", "")])
async def test_the_list_of_the_next_year_is_a_change_of_the_page(bench: Bench, site: Site, home: str | Answer) -> None:
    await watched(bench, article(MEASURES))
    site.set("/", home)
    site.set("/policy.html", article(NEXT_YEAR))
    assert (await bench.check(after=DAY)).changed == 1
    assert bench.kinds() == ["changed"]


async def test_a_home_page_that_is_watched_as_itself_is_read(bench: Bench) -> None:
    bench.watch(source("single", url=bench.site.url("/"), listing="page"))
    bench.site.set("/", article(MEASURES))
    await bench.check()
    bench.site.set("/", article(NEXT_YEAR))
    assert (await bench.check(after=DAY)).changed == 1


@pytest.mark.parametrize(
    ("title", "usual", "expected"),
    [
        ("某市财政局", "收费标准_某市财政局", True),
        ("某市财政局", "某市财政局 - 收费标准", True),
        ("政务公开", "收费标准_政务公开_某市财政局", True),
        ("某市财政局", "某市财政局", False),
        ("收费标准（2027年）_某市财政局", "收费标准_某市财政局", False),
        ("财政局", "某市财政局收费标准", False),
        (None, "收费标准_某市财政局", False),
        ("某市财政局", None, False),
    ],
)
def test_a_title_that_is_its_sites_name(title: str | None, usual: str | None, expected: bool) -> None:
    assert is_outer_name(title, usual) is expected


def test_two_pages_of_one_frame_are_not_the_same() -> None:
    menu = "".join(f"<a href='/{number}/'>栏目</a>" for number in range(50))
    one, three, fourteen = (shown_lines(menu + home_page(visits=visits)) for visits in (1, 3, 14))
    assert not shows_the_same(shown_lines(menu + article(MEASURES)), one)
    assert shows_the_same(three, fourteen)
    assert not shows_the_same(frozenset(), frozenset())  # two pages that scripts fill


@pytest.mark.parametrize("part", ["a", "<", "<script>", "<!--", "1a", "</script ", "年\n"])
def test_a_hostile_page_costs_one_pass(part: str) -> None:
    """Were it quadratic, it would take hours."""
    assert len(shown_lines(part * 200_000)) < 2
