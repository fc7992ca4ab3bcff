"""After a time without passes: what was published meanwhile is found, and what is left for later is said."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.sites import Answer
from tests.test_pipeline import Bench, bench, site
from tests.town import days_ago, listing
from watcher.app import summary
from watcher.archive import Archive
from watcher.cli.passes import report_text
from watcher.cli.wellness import notes
from watcher.news import EventKind
from watcher.settings import Follow
from watcher.store import Store

__all__ = ["bench", "site"]

WEEK, HALF_HOUR = timedelta(days=7), timedelta(minutes=30)


def restart(bench: Bench, folder: Path) -> None:
    """A new process on the database of the last one."""
    bench.store.close()
    bench.store = Store.open(f"sqlite:///{folder}/watcher.db")
    bench.gear = replace(bench.gear, store=bench.store, archive=Archive(folder / "archive", bench.store))


def told(bench: Bench) -> Counter[int | None]:
    """The announcements that were told as new, and how often."""
    return Counter(alert.announcement for alert in bench.alerts() if alert.kind is EventKind.NEW)


def said_of(bench: Bench) -> list[str]:
    """What `sources list` and `doctor` say of the source."""
    record = bench.store.source("bureau")
    assert record is not None
    return list(notes(record, ZoneInfo("UTC"), bench.now))


def tells_of_loss(bench: Bench) -> bool:
    """Whether they say that entries may have been missed, and what to do."""
    return ["may have been missed" in line for line in said_of(bench)] == [True, False]


def publish(bench: Bench, first: int, last: int) -> None:
    for number in range(first, last + 1):
        bench.column.publish(number, published=days_ago(1))
    bench.column.renew(newest=10)


async def test_all_that_was_published_in_a_week_is_told_once_over_passes_failures_and_restarts(
    bench: Bench, tmp_path: Path
) -> None:
    bench.watch(replace(bench.source, follow=Follow(max_new=10)))
    publish(bench, 1, 3)
    await bench.check()
    publish(bench, 4, 28)
    whole = bench.site._routes["/list/index_1.html"]
    bench.site.set("/list/index_1.html", Answer(503))
    restart(bench, tmp_path)
    report = await bench.check(after=WEEK)  # the first page alone
    assert (report.new, report.waiting, len(report.warnings)) == (10, 0, 1)
    unread = bench.site.url("/list/index_1.html")
    assert f"{unread} and what is older was not read, the next pass asks for them: 127.0.0.1" in report.warnings[0]
    bench.site.set("/list/index_1.html", whole)
    left = []
    for _ in range(3):
        restart(bench, tmp_path)
        report = await bench.check(after=HALF_HOUR)
        left.append((report.new, report.waiting, report.warnings))
    assert left == [(10, 5, ()), (5, 0, ()), (0, 0, ())]
    assert set(told(bench).values()) == {1}
    assert len(told(bench)) == 25


async def test_the_report_the_log_and_the_terminal_say_what_is_left_for_later(bench: Bench) -> None:
    bench.watch(replace(bench.source, follow=Follow(max_new=5, max_pages=2)))
    publish(bench, 1, 3)
    await bench.check()
    publish(bench, 4, 40)
    report = await bench.check(after=WEEK)
    assert (report.new, report.links, report.waiting) == (5, 20, 15)
    (unread,) = report.warnings
    assert unread == (
        "listing: 20 entries of 2 pages do not reach back to what is known; "
        f"the next pass goes on at {bench.site.url('/list/index_2.html')} (follow: max_new)"
    )
    shown = report_text(report).splitlines()[1:]
    assert shown == [f"    ! {unread}", "    ! 15 entries wait for the next pass (follow: max_new)"]
    assert "waiting=15" in summary(report)


async def test_entries_that_wait_are_opened_though_the_list_does_not_change(bench: Bench) -> None:
    bench.watch(replace(bench.source, follow=Follow(max_new=2)))
    publish(bench, 1, 1)
    await bench.check()
    publish(bench, 2, 7)
    reports = [await bench.check(after=HALF_HOUR) for _ in range(4)]
    assert [(report.new, report.waiting) for report in reports] == [(2, 4), (2, 2), (2, 0), (0, 0)]
    assert [report.not_modified for report in reports] == [False, True, True, True]


async def test_a_gap_is_read_back_until_max_new_is_filled_and_gone_on_with_beside_an_unchanged_list(
    bench: Bench,
) -> None:
    publish(bench, 1, 22)
    await bench.check()
    publish(bench, 23, 97)
    report = await bench.check(after=WEEK)
    on = bench.site.url("/list/index_5.html")
    assert (report.new, report.links, report.waiting) == (50, 50, 0)
    assert [on in warning for warning in report.warnings] == [True]
    assert said_of(bench) == [f"gap since 2026-03-09 01:00: not read from {on} on; the next pass goes on there"]
    report = await bench.check(after=HALF_HOUR)
    assert (report.not_modified, report.new, report.waiting, report.warnings) == (True, 25, 0, ())
    assert said_of(bench) == []
    await bench.check(after=HALF_HOUR)
    assert [path for path in bench.site.paths() if path.startswith("/list/")] == ["/list/"]
    assert set(told(bench).values()) == {1}
    assert len(told(bench)) == 75


async def test_what_is_published_while_a_gap_is_open_is_told_and_hides_none_of_it(bench: Bench, tmp_path: Path) -> None:
    bench.watch(replace(bench.source, follow=Follow(max_new=10, max_pages=2)))
    publish(bench, 1, 12)
    await bench.check()
    publish(bench, 13, 70)
    await bench.check(after=WEEK)
    publish(bench, 71, 75)  # the pages move down under the address at which the walk goes on
    await bench.check(after=HALF_HOUR)
    publish(bench, 76, 99)  # another gap above the first
    for _ in range(12):
        restart(bench, tmp_path)
        await bench.check(after=HALF_HOUR)
    assert set(told(bench).values()) == {1}
    assert len(told(bench)) == 87


async def test_an_older_page_that_stays_unreadable_is_asked_for_a_week(bench: Bench) -> None:
    publish(bench, 1, 3)
    await bench.check()
    publish(bench, 4, 28)
    bench.site.set("/list/index_1.html", Answer(403))
    await bench.check(after=WEEK)
    report = await bench.check(after=HALF_HOUR)
    assert ["the next pass asks for them" in warning for warning in report.warnings] == [True]
    report = await bench.check(after=WEEK)
    assert ["could not be read for 7 days" in warning for warning in report.warnings] == [True]
    assert tells_of_loss(bench)
    assert (await bench.check(after=HALF_HOUR)).warnings == ()


async def test_a_site_that_shows_one_page_for_every_number_ends_the_walk(bench: Bench) -> None:
    publish(bench, 1, 3)
    await bench.check()
    publish(bench, 4, 28)
    newest = [(number, *bench.column.entries[number]) for number in range(28, 18, -1)]
    bench.site.set("/list/index_1.html", listing(newest, "/list/index_2.html"))
    report = await bench.check(after=WEEK)
    assert report.new == 10
    assert ["shows the entries of a newer page again" in warning for warning in report.warnings] == [True]
    assert tells_of_loss(bench)


async def test_no_older_page_is_read_where_one_page_is_all_that_is_wanted(bench: Bench) -> None:
    bench.watch(replace(bench.source, follow=Follow(max_pages=1)))
    publish(bench, 1, 3)
    await bench.check()
    publish(bench, 4, 28)
    report = await bench.check(after=WEEK)
    assert (report.new, len(report.warnings)) == (10, 1)
    assert tells_of_loss(bench)
