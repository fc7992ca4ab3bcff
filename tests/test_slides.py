"""Older entries that come into view are no news: one was taken down, a page shows more, a list is turned round."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

import pytest

from tests.sites import Answer
from tests.test_pipeline import Bench, bench, site
from tests.town import MEASURES, article, days_ago, listing, page

__all__ = ["bench", "site"]

HALF_HOUR = timedelta(minutes=30)
DATED, UNDATED = True, False


def show(
    bench: Bench, numbers: Iterable[int], *, dated: bool = DATED, older: str | None = None, at: str = "/list/"
) -> None:
    """Make these the entries; each was published a day after the one before it, number 40 yesterday."""
    entries = [(number, f"{MEASURES[0]}（{number}）", days_ago(41 - number)) for number in numbers]
    for number, _, day in entries:
        bench.site.set(f"/art/{number}.html", article(MEASURES, day, amount=100 * number))  # no copies of each other
    if dated:
        bench.site.set(at, listing(entries, older))
    else:
        items = "".join(f"<li><a href='/art/{number}.html'>{title}</a></li>" for number, title, _ in entries)
        bench.site.set(at, page("工作动态", f"<ul class='list'>{items}</ul>"))


def newest_first(newest: int, oldest: int) -> Sequence[int]:
    return range(newest, oldest - 1, -1)


async def told(bench: Bench, before: Iterable[int], after: Iterable[int], *, dated: bool = DATED) -> int:
    """How many entries are told as new when a list becomes another."""
    show(bench, before, dated=dated)
    await bench.check()
    show(bench, after, dated=dated)
    report = await bench.check(after=HALF_HOUR)
    assert report.problem is None
    return report.new


CASES = {
    "three taken down, three slide up": (newest_first(40, 26), [40, 39, 37, *newest_first(34, 23)], 0),
    "the page shows more": (newest_first(40, 26), newest_first(40, 11), 0),
    "the list was cut when it was first read": (newest_first(40, 37), newest_first(40, 26), 0),
    "the list was cut, and one is new": (newest_first(39, 37), newest_first(40, 26), 1),
    "one new, one taken down": (newest_first(39, 30), [40, 39, *newest_first(37, 29)], 1),
    "one put up late between known ones": ([*newest_first(40, 31), *newest_first(29, 26)], newest_first(40, 26), 1),
    "below a pinned one": ([2, *newest_first(39, 26)], [2, 40, 39, *newest_first(37, 24)], 1),
    "all new below a pinned one": ([2, *newest_first(20, 16)], [2, *newest_first(40, 36)], 5),
    "the oldest first": (range(30, 38), range(30, 41), 3),
    "the oldest first, one taken down": (range(30, 38), [30, 31, *range(33, 41)], 3),
}


@pytest.mark.parametrize("dated", [DATED, UNDATED])
@pytest.mark.parametrize(("before", "after", "news"), CASES.values(), ids=CASES.keys())
async def test_only_what_is_new_is_told(
    bench: Bench, before: Iterable[int], after: Iterable[int], news: int, dated: bool
) -> None:
    assert await told(bench, before, after, dated=dated) == news


async def test_what_moved_up_is_opened_and_its_edits_are_told(bench: Bench) -> None:
    assert await told(bench, newest_first(40, 30), [40, *newest_first(38, 29)]) == 0
    assert bench.opened() == ["/art/29.html"]
    (moved_up,) = [one for one in bench.store.opened_since("bureau", bench.now) if one.url.endswith("/29.html")]
    assert moved_up.baseline


async def test_news_put_up_late_at_the_end_of_a_list_that_has_its_oldest_first_are_told(bench: Bench) -> None:
    assert await told(bench, range(20, 32), [*range(20, 32), 33, 32]) == 2


async def test_a_list_turned_round_tells_nobody(bench: Bench) -> None:
    show(bench, newest_first(40, 26), older="/list/2.html")
    await bench.check()
    show(bench, range(1, 16), older="/list/2.html")
    show(bench, range(16, 31), older="/list/3.html", at="/list/2.html")
    report = await bench.check(after=HALF_HOUR)
    assert (report.new, report.links) == (0, 30)
    assert ["oldest entries come first" in warning for warning in report.warnings] == [True]
    show(bench, newest_first(41, 27), older="/list/2.html")
    report = await bench.check(after=HALF_HOUR)
    assert (report.new, report.warnings) == (1, ())


async def test_a_list_turned_round_that_is_too_long_to_reach_what_is_known_leaves_no_gap(bench: Bench) -> None:
    show(bench, newest_first(40, 36), older="/list/2.html")
    await bench.check()
    show(bench, range(1, 31))
    report = await bench.check(after=HALF_HOUR)
    assert report.new == 0
    record = bench.store.source("bureau")
    assert record is not None
    assert record.gap is None


async def test_what_slides_up_beside_an_open_gap_may_be_of_it_and_is_told(bench: Bench) -> None:
    show(bench, newest_first(20, 16))
    await bench.check()
    show(bench, newest_first(40, 36), older="/list/2.html")
    bench.site.set("/list/2.html", Answer(503))
    await bench.check(after=timedelta(days=10))
    show(bench, newest_first(35, 16), at="/list/2.html")
    show(bench, [40, *newest_first(38, 35)], older="/list/2.html")
    await bench.check(after=HALF_HOUR)
    assert bench.kinds() == ["new"] * 20
