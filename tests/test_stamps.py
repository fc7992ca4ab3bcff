"""Links with the time of the answer in them: entries are known again, and none is taken for another."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.test_pipeline import Bench, bench, site
from tests.town import days_ago
from watcher.addresses import canonical
from watcher.model import Link, Listing
from watcher.records.pages import Stood
from watcher.stamps import known_again, stamps

__all__ = ["bench", "site"]

PASS = timedelta(hours=6)
DAY = date(2026, 3, 1)


async def test_entries_with_the_time_in_their_links_are_told_opened_and_stored_once(bench: Bench) -> None:
    for number in range(1, 16):
        bench.column.publish(number, published=days_ago(20 - number), amount=100 + number, days=number)
    listed = []
    for at in range(4):
        if at == 2:
            bench.column.publish(16, amount=500, days=90)
        bench.site.set("/list/", bench.column.listing().replace(".html'", f".html?t={1795000000 + 21600 * at}'"))
        for number in bench.column.entries:
            answer = bench.site._routes[f"/art/{number}.html"]
            bench.site.set(f"/art/{number}.html?t={1795000000 + 21600 * at}", answer)
        report = await bench.check(after=PASS)
        known = bench.store.stood("bureau", {title for title, _ in bench.column.entries.values()}, (), None)
        listed.append((report.new, len(known), report.warnings))
    assert listed == [(0, 15, ()), (0, 15, ()), (1, 16, ()), (0, 16, ())]


def links(*queries: str) -> tuple[Link, ...]:
    return tuple(Link(f"http://a.cn/view{query}", f"标题{at}", DAY) for at, query in enumerate(queries))


@pytest.mark.parametrize(
    ("page", "names"),
    [
        (links("?id=1&t=9", "?id=2&t=9"), {"t"}),
        (links("?id=1&t=9", "?id=2&t=8"), set()),
        (links("?id=1&t=9", "?id=2&t=9", "?id=3", "?id=4", "?id=5"), set()),
        (links("?id=1&t=9", "?id=2&t=9", "?id=3"), {"t"}),
        (links("?id=1&t=9"), set()),
        (links("", "#/detail/1?t=9"), set()),
        ((), set()),
    ],
)
def test_a_stamp_has_one_value_in_most_links_and_no_other(page: tuple[Link, ...], names: set[str]) -> None:
    assert stamps(page) == names


@pytest.mark.parametrize(
    ("url", "title", "day", "is_known"),
    [
        ("http://a.cn/view?id=1&t=5", "标题", DAY, True),
        ("http://a.cn/view?id=2&t=5", "标题", DAY, False),
        ("http://a.cn/view?id=1&t=5", "又一标题", DAY, False),  # counted anew each year
        ("http://a.cn/view?id=1&t=5", "标题", date(2025, 3, 1), False),
    ],
)
def test_an_entry_is_known_again_by_all_but_the_stamp(url: str, title: str, day: date, is_known: bool) -> None:
    stood = [Stood(1, canonical(url), url, title, day, datetime(2026, 3, 1, tzinfo=UTC))]
    (link,) = known_again(Listing("automatic", (Link("http://a.cn/view?id=1&t=9", "标题", DAY),)), {"t"}, stood).links
    assert (link.url == url) is is_known
