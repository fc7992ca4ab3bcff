"""One source checked, again and again: a real site, the real fetcher, the real store."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from tests.sites import Answer, Fault, Site, redirect
from tests.store.examples import begun, source, subscription
from tests.town import BULLETIN, MEASURES, NOW, Column, article, days_ago
from watcher.archive import Archive
from watcher.articles import open_article
from watcher.audit import Asking
from watcher.fetch import Fetcher
from watcher.fetch.retry import Limits
from watcher.model import NotModified, Page, Validators
from watcher.news import EventKind, RunReport
from watcher.openings import IN_HAND
from watcher.pipeline import Asked, Gear, check_source
from watcher.records.announcements import Filter
from watcher.records.deliveries import DeliveryRecord
from watcher.records.sources import SourceState
from watcher.settings import PLAIN_FETCH, FetchOptions, Follow, Options, Source
from watcher.store import Store
from watcher.turned import Homes

OPTIONS = Options(allow_private_addresses=True, per_host_delay_s=0, per_host_concurrency=8)
ORDINARY, RECHECK = Asked(), Asked(recheck=True)


class Bench:
    """A column, a watcher of it, and a clock that the test moves."""

    def __init__(self, site: Site, store: Store, fetcher: Fetcher, folder: Path) -> None:
        self.site, self.store, self.column = site, store, Column(site)
        self.now = NOW
        self.source = source(url=site.url("/list/"))
        self.archive = Archive(folder / "archive", store)
        self.gear = Gear(fetcher.fetch, store, OPTIONS, lambda: self.now, self.archive)
        self.watch(self.source)
        store.sync_subscriptions([subscription(on=tuple(set(EventKind) - {EventKind.WORDING}))], NOW)

    def watch(self, watched: Source) -> None:
        self.source = watched
        self.store.sync_sources([watched], self.now)

    async def check(self, asked: Asked = ORDINARY, *, after: timedelta = timedelta(0)) -> RunReport:
        self.now += after
        self.site.requests.clear()
        return await check_source(self.source, self.gear, asked)

    def alerts(self) -> list[DeliveryRecord]:
        """What was written for the subscription so far, oldest first."""
        return list(reversed(self.store.deliveries(limit=None)))

    def told(self) -> dict[str, Any]:
        """The next alert as its subscription gets it."""
        batch = self.store.outbox.next_batch("ops", self.now)
        assert batch is not None
        return batch.event

    def kinds(self) -> list[str]:
        return [str(alert.kind) for alert in self.alerts()]

    def opened(self) -> list[str]:
        return sorted(path for path in self.site.paths() if path.startswith("/art/"))


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as made:
        yield made


@asynccontextmanager
async def watching(site: Site, store: Store, folder: Path) -> AsyncIterator[Bench]:
    """A column and a watcher of it that stores what it reads in `store`, and closes it."""
    async with Fetcher(OPTIONS, Limits(attempts=1), now=lambda: made.now) as fetcher:
        made = Bench(site, store, fetcher, folder)
        yield made
    store.close()


@pytest.fixture
async def bench(site: Site, tmp_path: Path) -> AsyncIterator[Bench]:
    async with watching(site, Store.open(f"sqlite:///{tmp_path}/watcher.db"), tmp_path) as made:
        yield made


async def test_three_passes_baseline_then_one_new_and_one_edited_then_nothing(bench: Bench) -> None:
    for number in (1, 2):
        bench.column.publish(number)
    bench.column.publish(3, BULLETIN)
    first = await bench.check()
    assert (first.baseline, first.links, first.opened, first.matched, first.deliveries) == (True, 3, 3, 2, 0)
    bench.column.publish(4)
    bench.column.publish(1, amount=500)
    second = await bench.check(RECHECK, after=timedelta(hours=1))
    assert (second.new, second.changed, second.deliveries, second.baseline) == (1, 1, 2, False)
    assert sorted(bench.kinds()) == ["changed", "new"]
    changed = bench.store.lists.announcement(
        next(one.announcement or 0 for one in bench.alerts() if one.kind == "changed")
    )
    assert changed is not None
    figures = [(one.before, one.after) for one in changed.revisions[1].changes if one.field.startswith("figure:")]
    assert figures == [("最高300万元", "最高500万元")]
    third = await bench.check(RECHECK, after=timedelta(hours=1))
    assert (third.not_modified, third.opened, third.unchanged, third.deliveries) == (True, 4, 4, 0)
    assert len(bench.alerts()) == 2


async def test_baseline_is_silent_whenever_it_is_opened(bench: Bench) -> None:
    bench.watch(replace(bench.source, follow=Follow(max_new=2)))
    for number in range(1, 6):
        bench.column.publish(number)
    assert (await bench.check()).opened == 2
    bench.column.publish(6)
    report = await bench.check(after=timedelta(minutes=30))
    assert "/art/6.html" in bench.opened()
    assert report.new == 1
    await bench.check(after=timedelta(minutes=30))
    await bench.check(after=timedelta(minutes=30))
    assert len(bench.store.lists.announcements(Filter())) == 6
    assert bench.kinds() == ["new"]


async def test_existing_entries_are_told_where_asked(bench: Bench) -> None:
    bench.column.publish(1)
    bench.column.publish(2, published=days_ago(61))
    report = await bench.check(Asked(notify_existing=True))
    assert (report.matched, report.new, bench.kinds()) == (2, 1, ["new"])


async def test_an_old_article_newly_listed_is_stored_and_not_told(bench: Bench) -> None:
    bench.column.publish(1)
    await bench.check()
    bench.column.publish(2, published=days_ago(100))
    report = await bench.check()
    assert (report.matched, report.new, bench.alerts()) == (1, 0, [])
    assert len(bench.store.lists.announcements(Filter())) == 2


async def test_nothing_is_opened_where_only_the_list_is_watched(bench: Bench) -> None:
    bench.watch(replace(bench.source, follow=Follow(max_new=0)))
    bench.column.publish(1)
    report = await bench.check(RECHECK)
    assert (report.links, report.opened, bench.opened()) == (1, 0, [])


async def test_the_same_bytes_without_validators_are_not_read_again(bench: Bench) -> None:
    bench.column.publish(1)
    html = (("Content-Type", "text/html"),)
    bench.site.set("/list/", Answer(body=bench.column.listing().encode(), headers=html))
    bench.site.set("/art/1.html", Answer(body=article(MEASURES).encode(), headers=html))
    await bench.check()
    report = await bench.check(RECHECK)
    assert (report.links, report.not_modified, report.unchanged) == (1, True, 1)


async def test_a_source_none_of_whose_articles_can_be_opened_is_in_trouble_until_one_can(bench: Bench) -> None:
    for number in range(1, 5):
        bench.column.publish(number)
        bench.site.set(f"/art/{number}.html", redirect("/list/"))
    reports = [await bench.check(after=timedelta(hours=2)) for _ in range(4)]
    assert [report.concern and report.concern[0] for report in reports] == [None, "failing", "failing", "failing"]
    assert bench.kinds() == ["source_trouble"]
    bench.column.publish(2)
    await bench.check(after=timedelta(days=1))
    assert bench.kinds() == ["source_trouble", "source_recovered"]


async def test_an_edited_address_is_left_alone_by_a_service_that_has_not_read_it(bench: Bench) -> None:
    bench.column.publish(1)
    await bench.check()
    other = replace(bench.source, url=bench.site.url("/other/"))
    bench.store.sync_sources([other], bench.now)  # as `watcher check` does with the edited file
    bench.column.publish(2)
    bench.site.set("/other/", bench.column.listing())
    assert (await bench.check()).busy
    bench.source = other
    report = await bench.check()
    assert (report.baseline, report.new) == (False, 1)  # the same column


async def test_an_article_that_cannot_be_read_is_a_warning_and_tried_again(bench: Bench) -> None:
    bench.column.publish(1, BULLETIN)
    await bench.check()
    bench.column.publish(2)
    bench.site.set("/art/2.html", Answer(status=500))
    report = await bench.check()
    assert (report.problem, len(report.warnings), report.new) == (None, 1, 0)
    assert "/art/2.html" in report.warnings[0]
    bench.column.publish(2)
    report = await bench.check(after=timedelta(minutes=5))
    assert report.new == 0  # not due yet
    report = await bench.check(after=timedelta(minutes=6))
    assert (report.new, bench.kinds()) == (1, ["new"])


async def test_a_baseline_article_that_failed_at_first_is_silent_later(bench: Bench) -> None:
    bench.column.publish(1)
    bench.site.set("/art/1.html", Answer(status=503))
    await bench.check()
    bench.column.publish(1)
    report = await bench.check(after=timedelta(minutes=11))
    assert (report.matched, report.new) == (1, 0)


async def test_a_page_edited_into_an_announcement_is_new(bench: Bench) -> None:
    bench.column.publish(1, BULLETIN)
    await bench.check()
    bench.column.publish(1)
    report = await bench.check(RECHECK)
    assert (report.new, report.changed, bench.kinds()) == (1, 0, ["new"])


async def test_other_wording_is_a_revision_and_no_alert(bench: Bench) -> None:
    bench.column.publish(1)
    await bench.check()
    reworded = tuple(part.replace("推动银行加大绿色信贷投放", "引导银行加大绿色信贷投放力度") for part in MEASURES)
    bench.site.set("/art/1.html", article(reworded))
    report = await bench.check(RECHECK)
    assert (report.changed, bench.alerts()) == (0, [])
    history = bench.store.lists.announcement(1)
    assert history is not None
    assert [[change.field for change in one.changes] for one in history.revisions] == [[], ["text"]]


async def test_other_wording_is_told_to_those_who_ask_for_it(bench: Bench) -> None:
    bench.store.sync_subscriptions([subscription(on=(EventKind.WORDING,)), subscription("plain")], NOW)
    bench.column.publish(1)
    await bench.check()
    bench.site.set("/art/1.html", article((*MEASURES, "本措施由市局负责解释。")))
    await bench.check(RECHECK)
    bench.column.publish(1, amount=500)
    await bench.check(RECHECK)
    assert [(one.subscription, one.kind) for one in bench.alerts()] == [("ops", "wording"), ("plain", "changed")]


async def test_what_a_newer_watcher_reads_in_the_old_text_is_no_change(bench: Bench) -> None:
    bench.column.publish(1)
    await bench.check()
    with bench.store._database.write() as session:  # as rules that knew no figures had left it
        session.connection().execute(
            text("UPDATE revisions SET extraction = json_set(extraction, '$.figures', json('[]'))")
        )
    history = bench.store.lists.announcement(1)
    assert history is not None
    assert history.announcement.extraction.figures == ()
    bench.site.set("/art/1.html", article((*MEASURES, "本通知由市局负责解释。")))
    report = await bench.check(RECHECK)
    assert (report.changed, bench.alerts()) == (0, [])


async def test_new_chrome_around_the_text_is_nothing(bench: Bench) -> None:
    bench.column.publish(1)
    await bench.check()
    edited = article(MEASURES).replace("</body>", "<div class='footer'>版权所有 某市生态环境局</div></body>")
    bench.site.set("/art/1.html", edited)
    report = await bench.check(RECHECK)
    history = bench.store.lists.announcement(1)
    assert history is not None
    assert (report.changed, len(history.revisions), report.unchanged) == (0, 1, 0)


async def test_an_announcement_that_turned_into_something_else_is_kept(bench: Bench) -> None:
    bench.column.publish(1)
    await bench.check()
    bench.site.set("/art/1.html", article(BULLETIN))
    said = [(await bench.check(RECHECK, after=timedelta(hours=1))).warnings[0] for _ in range(3)]
    assert ["not believed yet" in one for one in said] == [True, True, False]
    assert "no longer reads as an announcement" in said[-1]
    (record,) = bench.store.lists.announcements(Filter())
    assert (record.revision, bench.alerts()) == (1, [])
    assert (await bench.check(RECHECK)).warnings == ()
    bench.column.publish(1)
    await bench.check(RECHECK)
    assert bench.alerts() == []


async def test_pages_are_looked_at_again_when_they_are_due(bench: Bench) -> None:
    bench.column.publish(1)
    await bench.check()
    assert (await bench.check(after=timedelta(minutes=59))).opened == 0
    assert (await bench.check(after=timedelta(minutes=2))).unchanged == 1
    assert (await bench.check(after=timedelta(minutes=10))).opened == 0
    assert (await bench.check(RECHECK, after=timedelta(days=89))).opened == 1
    assert (await bench.check(RECHECK, after=timedelta(days=2))).opened == 0


async def test_a_recheck_asks_at_once_for_what_could_never_be_read(bench: Bench, site: Site) -> None:
    for number in (1, 2):
        bench.column.publish(number)
    site.set("/art/1.html", Answer(404))
    await bench.check()
    bench.column.publish(1)
    assert (await bench.check()).opened == 0  # it is tried again in ten minutes
    assert (await bench.check(RECHECK)).opened == 2
    assert {page.url for page in bench.store.opened_since("bureau", NOW)} == {
        site.url(f"/art/{number}.html") for number in (1, 2)
    }


async def test_a_source_in_hand_is_left_alone(bench: Bench) -> None:
    bench.column.publish(1)
    held = begun(bench.store, bench.source, NOW)
    assert held is not None
    report = await bench.check()
    assert (report.busy, bench.site.paths()) == (True, [])
    bench.store.release([held.claim])
    assert not (await bench.check()).busy


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (Answer(status=500), SourceState.FAILING),
        (Answer(status=403), SourceState.BLOCKED),
        (Answer(status=404), SourceState.FAILING),
        (Answer(body=b""), SourceState.LAYOUT_CHANGED),
        (Answer(body="<html><body><p>没有链接</p></body></html>".encode()), SourceState.LAYOUT_CHANGED),
        (Answer(body=b"\x00\x01\x02" * 99, headers=(("Content-Type", "image/png"),)), SourceState.LAYOUT_CHANGED),
        (Answer(fault=Fault.CLOSE), SourceState.FAILING),
        (Answer(body=b"x" * 99, fault=Fault.TRUNCATE), SourceState.FAILING),
        (Answer(fault=Fault.GARBAGE, body=b"no http"), SourceState.FAILING),
    ],
)
async def test_what_a_site_does_wrong_marks_the_source_and_loses_nothing(
    bench: Bench, answer: Answer, state: SourceState
) -> None:
    bench.column.publish(1)
    await bench.check()
    before = bench.store.lists.announcements(Filter())
    bench.site.set("/list/", answer)
    told: list[str] = []
    for _ in range(4):
        report = await bench.check(after=timedelta(hours=3))
        assert report.problem is not None
        told.append(bench.kinds()[-1] if bench.kinds() else "")
    record = bench.store.source("bureau")
    assert record is not None
    assert (record.health.state, record.health.failures) == (state, 4)
    assert record.health.problem is not None
    assert "\n" not in record.health.problem.message
    assert told == ["", "", "source_trouble", "source_trouble"]
    assert bench.store.lists.announcements(Filter()) == before
    bench.column.publish(2)
    report = await bench.check(after=timedelta(hours=3))
    assert (report.problem, report.new, bench.kinds()) == (None, 1, ["source_trouble", "new", "source_recovered"])


async def test_a_failing_first_pass_leaves_the_baseline_to_the_first_that_succeeds(bench: Bench) -> None:
    bench.site.set("/list/", Answer(status=503))
    assert (await bench.check()).problem is not None
    bench.column.publish(1)
    report = await bench.check()
    assert (report.baseline, report.matched, report.new) == (True, 1, 0)


async def test_a_mistake_of_ours_in_one_article_hides_nothing_else(bench: Bench) -> None:
    real = bench.gear.fetch

    async def broken(
        url: str, validators: Validators | None = None, options: FetchOptions = PLAIN_FETCH
    ) -> Page | NotModified:
        if url.endswith("/art/1.html"):
            raise KeyError("a mistake")
        return await real(url, validators, options)

    bench.gear = replace(bench.gear, fetch=broken)
    bench.column.publish(1, BULLETIN)
    bench.column.publish(2)
    with pytest.raises(KeyError, match="a mistake"):
        await bench.check()
    assert len(bench.store.lists.announcements(Filter())) == 1
    report = await bench.check()  # it waits for its retry and stops no further pass
    assert (report.not_modified, report.opened) == (True, 0)


async def test_a_page_watched_as_itself_is_read_in_each_pass(bench: Bench) -> None:
    bench.watch(source("single", url=bench.site.url("/policy.html"), listing="page"))
    bench.site.set("/policy.html", article(MEASURES))
    assert (await bench.check()).matched == 1
    bench.site.set("/policy.html", article(MEASURES, amount=800))
    report = await bench.check(after=timedelta(days=200))
    assert (report.changed, bench.kinds()) == (1, ["changed"])


BUSY = Answer(429, headers=(("Retry-After", "7200"),))


async def test_a_host_that_asks_to_be_left_alone_is_asked_for_no_other_article(bench: Bench, site: Site) -> None:
    bench.column.publish(1)
    await bench.check()
    for number in range(2, 32):
        bench.column.publish(number)
        site.set(f"/art/{number}.html", BUSY)
    report = await bench.check(after=timedelta(minutes=30))
    asked = len(bench.opened())
    assert 1 <= asked <= IN_HAND
    assert report.opened == asked
    put_off = [warning for warning in report.warnings if warning.startswith("127.0.0.1 is not asked before")]
    assert [warning.rpartition(": ")[2] for warning in put_off] == [f"put off {30 - asked} of the articles"]
    assert len(report.warnings) == asked + 1
    assert bench.store.to_open("bureau", bench.now + timedelta(hours=1.9), 99) == ()
    again = bench.store.to_open("bureau", bench.now + timedelta(hours=2), 99)
    assert sorted(page.attempts for page in again) == [0] * (30 - asked) + [1] * asked
    for number in range(2, 32):
        bench.column.publish(number)
    early = await bench.check(after=timedelta(minutes=90))
    assert (early.problem and early.problem[0], early.retry_at) == ("http_429", bench.now + timedelta(minutes=30))
    assert site.requests == []
    back = await bench.check(after=timedelta(minutes=30))
    assert len({path for path in bench.opened() if path != "/art/1.html"}) == 30
    assert back.problem is None
    assert bench.store.to_open("bureau", bench.now + timedelta(days=1), 99) == ()


async def test_a_known_article_that_was_put_off_is_as_it_was(bench: Bench, site: Site) -> None:
    bench.column.publish(1)
    await bench.check()
    (before,) = bench.store.opened_since("bureau", bench.now)
    bench.column.publish(2)
    site.set("/art/2.html", BUSY)
    await bench.check(after=timedelta(minutes=30))
    site.set("/art/2.html", article(MEASURES))
    opened = await open_article(before, bench.source, bench.gear, Asking(in_full=False, audits=True), Homes(bench.gear))
    assert opened.put_off is not None
    (after,) = bench.store.opened_since("bureau", NOW)
    assert (after.attempts, after.problem, after.next_check_at) == (0, None, bench.now + timedelta(hours=2))


async def test_a_host_of_ten_columns_that_asks_to_be_left_alone_is_told_once(bench: Bench, site: Site) -> None:
    columns = [replace(bench.source, id=f"column-{n}", url=site.url(f"/list/{n}/")) for n in range(10)]
    bench.store.sync_sources(columns, bench.now)
    for number in range(10):
        site.set(f"/list/{number}/", BUSY)
    for _ in range(4):
        for column in columns:
            await check_source(column, bench.gear)
        bench.now += timedelta(hours=2)
    assert bench.kinds() == ["source_trouble"]
    assert site.paths() == ["/list/0/"] * 4
