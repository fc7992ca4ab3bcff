"""After a time without passes: what was published meanwhile is found, and what is left for later is said."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from tests.sites import Answer
from tests.test_pipeline import Bench, bench, site
from tests.town import days_ago
from watcher.app import summary
from watcher.archive import Archive
from watcher.cli.tables import report_line
from watcher.model import EventKind
from watcher.settings import Follow
from watcher.store import Store

__all__ = ["bench", "site"]

WEEK, HALF_HOUR = timedelta(days=7), timedelta(minutes=30)


def restart(bench: Bench, folder: Path) -> None:
    """A new process on the database of the last one."""
    bench.store.close()
    bench.store = Store.open(f"sqlite:///{folder}/watcher.db")
    bench.gear = replace(bench.gear, store=bench.store, archive=Archive(folder / "archive", bench.store.captures))


def told(bench: Bench) -> Counter[int | None]:
    """The announcements that were told as new, and how often."""
    return Counter(alert.announcement for alert in bench.alerts() if alert.kind is EventKind.NEW)


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
    older = bench.site.url("/list/index_2.html")
    assert unread == (
        f"listing: none of the 20 entries of 2 pages was known from the last pass; {older} "
        "and what is older was not read (follow: max_pages), so that some may have been missed"
    )
    shown = report_line(report).plain.splitlines()[1:]
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
