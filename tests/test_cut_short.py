"""A list that is cut to its newest entries for a while: no loss by itself, and none that is hidden by it."""

from __future__ import annotations

from datetime import timedelta

from tests.sites import Answer
from tests.test_missed_time import said_of
from tests.test_pipeline import Bench, bench, site
from tests.town import listing
from watcher.news import EventKind

__all__ = ["bench", "site"]

PASS = timedelta(hours=6)


def show(bench: Bench, numbers: range, older: str | None = None) -> None:
    entries = [(number, *bench.column.entries[number]) for number in reversed(numbers)]
    bench.site.set("/list/", listing(entries, older))


async def cut_short(bench: Bench, newest: int) -> None:
    """A list of twelve that shows its newest entry alone, one of after the last whole list."""
    for number in range(1, 61):
        bench.column.publish(number, amount=100 + number, days=number)
    for index in range(1, 4):
        bench.site.set(f"/list/index_{index}.html", Answer(404))
    show(bench, range(1, 13))
    await bench.check()
    show(bench, range(newest, newest + 1))
    report = await bench.check(after=PASS)
    assert (report.new, report.concern is not None, [w for w in report.warnings if "missed" in w]) == (1, True, [])


async def test_a_list_cut_to_its_newest_entry_is_one_trouble_and_no_loss(bench: Bench) -> None:
    await cut_short(bench, 13)
    for _ in range(3):
        await bench.check(after=PASS)
    show(bench, range(2, 14))
    await bench.check(after=PASS)
    assert [one for one in bench.kinds() if one != "new"] == ["source_trouble", "source_recovered"]
    assert said_of(bench) == []


async def test_what_came_while_a_list_was_cut_short_is_read_back_to_what_was_known_before(bench: Bench) -> None:
    await cut_short(bench, 40)
    show(bench, range(29, 41), "/list/index_1.html")
    bench.site.set(
        "/list/index_1.html",
        listing([(number, *bench.column.entries[number]) for number in range(28, 4, -1)]),
    )
    report = await bench.check(after=PASS)
    assert (report.new, report.warnings) == (27, ())
    assert bench.kinds().count(str(EventKind.NEW)) == 28


async def test_what_a_whole_list_does_not_reach_back_to_may_be_lost(bench: Bench) -> None:
    await cut_short(bench, 40)
    show(bench, range(29, 41))
    report = await bench.check(after=PASS)
    assert report.new == 11
    assert ["may have been missed" in warning for warning in report.warnings] == [True]
    assert ["may have been missed" in line for line in said_of(bench)] == [True, False]
