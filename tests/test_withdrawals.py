"""Pages that are taken down and come back: one alert each, through real passes over real sites."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.identity.pairs import NEWS_
from tests.region import OPTIONS as REGION_OPTIONS
from tests.region import Region
from tests.sites import Answer, Request, Site, redirect
from tests.store.examples import subscription
from tests.test_account import account_of, untold
from tests.test_pipeline import RECHECK, Bench, bench, site
from tests.town import BULLETIN, MEASURES, article, days_ago, page
from watcher import notify
from watcher.articles import STILL_GONE
from watcher.deliver import deliver_due
from watcher.fetch import Fetcher
from watcher.news import EventKind
from watcher.pipeline import Asked, check_source
from watcher.records.announcements import AnnouncementRecord, Filter
from watcher.records.sources import SourceState
from watcher.settings import Where
from watcher.store import Store

__all__ = ["bench", "site"]

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SAYS_SO = page("某市生态环境局", "<p>您访问的页面不存在或已删除</p>")


async def watched(bench: Bench, entries: int = 6) -> None:
    """Bulletins, and the newest entry an announcement that was told."""
    for number in range(1, entries):
        bench.column.publish(number, BULLETIN, days_ago(5))
    await bench.check()
    bench.column.publish(entries)
    await bench.check(after=HOUR)
    assert bench.kinds() == ["new"]


def stored(bench: Bench) -> AnnouncementRecord:
    (one,) = bench.store.lists.announcements(Filter())
    return one


# --- one page ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", [Answer(404), Answer(410), SAYS_SO], ids=["404", "410", "in words"])
async def test_a_page_that_is_gone_twice_a_day_apart_is_withdrawn_and_told_once(
    bench: Bench, answer: Answer | str
) -> None:
    await watched(bench)
    before = stored(bench)
    bench.site.set("/art/6.html", answer)
    first = await bench.check(after=2 * HOUR)
    assert (first.withdrawn, len(first.warnings), stored(bench).status) == (0, 1, "active")
    early = await bench.check(RECHECK, after=DAY - HOUR)
    assert (early.withdrawn, stored(bench).status) == (0, "active")
    second = await bench.check(after=HOUR)
    assert (second.withdrawn, second.deliveries) == (1, 1)
    assert STILL_GONE in first.warnings[0]
    assert "missing since 2026-" in second.warnings[0]  # and no promise that is kept in the same pass
    assert bench.kinds() == ["new", "withdrawn"]
    after = stored(bench)
    assert (after.status, after.extraction, after.revision) == ("withdrawn", before.extraction, 1)
    assert after.places[0].gone_since == first.started_at
    for _ in range(9):
        report = await bench.check(after=DAY)
        assert (report.withdrawn, report.warnings) == (0, ())
    assert bench.kinds() == ["new", "withdrawn"]


async def test_a_page_that_is_back_is_told_once_and_is_active_again(bench: Bench) -> None:
    await watched(bench)
    for _ in range(2):  # and all of it may happen again
        bench.site.remove("/art/6.html")
        await bench.check(RECHECK, after=HOUR)
        await bench.check(after=DAY)
        assert stored(bench).status == "withdrawn"
        bench.column.publish(6)
        reports = [await bench.check(after=DAY) for _ in range(3)]
        assert (sum(one.restored for one in reports), stored(bench).status) == (1, "active")
    assert bench.kinds() == ["new", "withdrawn", "restored", "withdrawn", "restored"]
    history = bench.store.lists.announcement(stored(bench).id)
    assert history is not None
    assert [str(turn.kind) for turn in history.turns] == ["withdrawn", "restored"] * 2
    assert (len(history.revisions), history.announcement.places[0].gone_since) == (1, None)


async def test_what_changed_while_a_page_was_gone_is_told_with_its_return(bench: Bench) -> None:
    await watched(bench)
    changes = subscription("changes")  # follows no withdrawals
    bench.store.sync_subscriptions([subscription(on=tuple(EventKind)), changes], bench.now)
    bench.site.remove("/art/6.html")
    await bench.check(after=2 * HOUR)
    await bench.check(after=DAY)
    bench.column.publish(6, amount=500)
    await bench.check(after=DAY)
    told = [(one.subscription, str(one.kind)) for one in bench.alerts()]
    assert told == [("ops", "new"), ("ops", "withdrawn"), ("changes", "changed"), ("ops", "restored")]
    (back,) = [one for one in bench.alerts() if one.kind == "restored"]
    assert (back.revision, stored(bench).revision) == (2, 2)
    found = account_of(bench.store, stored(bench).id)
    assert untold(found, EventKind.CHANGED) == {"ops": "was told of it by the alert restored"}


async def test_a_page_that_was_missing_for_less_than_a_day_is_no_news(bench: Bench) -> None:
    await watched(bench)
    bench.site.remove("/art/6.html")
    await bench.check(after=2 * HOUR)
    bench.column.publish(6)
    await bench.check(after=DAY)
    bench.site.remove("/art/6.html")  # the first time again
    await bench.check(RECHECK, after=DAY)
    assert (bench.kinds(), stored(bench).status) == (["new"], "active")
    assert stored(bench).places[0].gone_since == bench.now


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (Answer(500), []),
        (Answer(403), []),
        (redirect("/"), ["source_trouble"]),
        (redirect("/list/"), ["source_trouble"]),
    ],
)
async def test_what_does_not_say_that_a_page_is_gone_withdraws_nothing(
    bench: Bench, answer: Answer, told: list[str]
) -> None:
    await watched(bench)
    bench.site.set("/", page("某市生态环境局", "<p>欢迎</p>"))
    bench.site.set("/art/6.html", answer)
    for _ in range(6):
        await bench.check(after=DAY)
    assert (bench.kinds(), stored(bench).status) == (["new", *told], "active")


async def test_trouble_between_the_two_answers_neither_counts_nor_starts_anew(bench: Bench) -> None:
    await watched(bench)
    bench.site.remove("/art/6.html")
    await bench.check(after=2 * HOUR)
    bench.site.set("/art/6.html", Answer(500))
    await bench.check(after=DAY)
    assert stored(bench).status == "active"
    bench.site.remove("/art/6.html")
    await bench.check(after=DAY)
    assert stored(bench).status == "withdrawn"


async def test_an_old_page_is_asked_again_a_day_after_it_is_first_missing_and_now_and_then_later(bench: Bench) -> None:
    await watched(bench)
    for days in (20, 25, 30):  # looked at for the last time on its 90th day
        await bench.check(after=timedelta(days=days))
    bench.site.remove("/art/6.html")
    await bench.check(after=15 * DAY)
    assert "/art/6.html" in bench.opened()
    await bench.check(after=DAY)
    assert stored(bench).status == "withdrawn"
    bench.column.publish(6)
    for _ in range(8):
        await bench.check(after=5 * DAY)
    assert (stored(bench).status, bench.kinds()[-2:]) == ("active", ["withdrawn", "restored"])


async def test_who_filters_is_told_of_what_concerns_them(bench: Bench) -> None:
    await watched(bench)
    on = (EventKind.WITHDRAWN,)
    here = subscription("here", on=on, where=Where(sources=("bureau",)))
    elsewhere = subscription("elsewhere", on=on, where=Where(sources=("paper",)))
    bench.store.sync_subscriptions([here, elsewhere], bench.now)
    bench.site.remove("/art/6.html")
    await bench.check(after=2 * HOUR)
    await bench.check(after=DAY)
    assert [one.subscription for one in bench.alerts() if one.kind == "withdrawn"] == ["here"]


# --- a whole site --------------------------------------------------------------------------------------------------


async def test_a_column_of_which_every_page_is_gone_is_a_matter_of_its_health(bench: Bench) -> None:
    for number in range(1, 31):
        bench.column.publish(number, published=days_ago(5))
    await bench.check()
    for number in range(1, 31):
        bench.site.remove(f"/art/{number}.html")
    reports = [await bench.check(after=DAY) for _ in range(4)]
    assert [one.withdrawn for one in reports] == [0] * 4
    assert reports[-1].concern is not None
    assert (reports[-1].concern[0], bench.kinds()) == ("moved", ["source_trouble"])
    assert {one.status for one in bench.store.lists.announcements(Filter())} == {"active"}
    for number in range(1, 31):
        bench.column.publish(number, published=days_ago(5))
    reports = [await bench.check(after=DAY) for _ in range(4)]
    assert (sum(one.restored for one in reports), bench.kinds()) == (0, ["source_trouble", "source_recovered"])
    source = bench.store.source("bureau")
    assert source is not None
    assert (source.health.state, source.usual.astray_since) == (SourceState.OK, None)


async def test_older_articles_that_are_gone_together_beside_newer_ones_are_no_withdrawals(bench: Bench) -> None:
    for number in range(1, 41):
        bench.column.publish(number, published=days_ago(5))
    await bench.check()
    for number in range(1, 31):  # a relaunch brought the newest along
        bench.site.remove(f"/art/{number}.html")
    reports = [await bench.check(after=DAY) for _ in range(12)]
    # But for the one next to articles that stand, of which nothing else tells.
    assert sum(one.withdrawn for one in reports) == 1
    assert "source_trouble" in bench.kinds()


async def test_a_few_documents_that_are_pulled_at_once_are_withdrawn(bench: Bench) -> None:
    for number in range(1, 31):
        bench.column.publish(number, published=days_ago(5))
    await bench.check()
    for number in (11, 12, 13):
        bench.site.remove(f"/art/{number}.html")
    reports = [await bench.check(after=DAY) for _ in range(3)]
    assert (sum(one.withdrawn for one in reports), bench.kinds()) == (3, ["withdrawn"] * 3)
    assert [one.concern for one in reports] == [None] * 3


async def test_an_outage_that_answers_nothing_leaves_it_open(bench: Bench) -> None:
    await watched(bench)
    bench.site.remove("/art/6.html")
    await bench.check(after=2 * HOUR)
    for number in range(1, 6):
        bench.site.set(f"/art/{number}.html", Answer(500))
    await bench.check(after=DAY)
    assert (stored(bench).status, bench.kinds()) == ("active", ["new"])
    for number in range(1, 6):
        bench.column.publish(number, BULLETIN, days_ago(5))
    await bench.check(after=DAY)
    assert stored(bench).status == "withdrawn"


# --- several places ------------------------------------------------------------------------------------------------


@pytest.fixture
async def region(tmp_path: Path) -> AsyncIterator[Region]:
    """A bureau and a paper that has copied its announcement, and a reader of everything."""
    store = Store.open(f"sqlite:///{tmp_path}/watcher.db")
    with ExitStack() as stack:
        sites = {name: stack.enter_context(Site()) for name in ("bureau", "paper")}
        async with Fetcher(REGION_OPTIONS) as fetcher:
            made = Region(sites, store, fetcher, tmp_path)
            await made.check()
            made.subscribe(subscription("all", on=tuple(EventKind)))
            made.publish("bureau", 1, NEWS_)
            await made.check("bureau")
            made.publish("paper", 7, NEWS_.cut(3), credit="云州市生态环境局")
            await made.check("paper")
            yield made
    store.close()


async def passes(region: Region, count: int, after: timedelta = DAY) -> list[str]:
    """Passes over both, and the kinds told so far after the first two."""
    for _ in range(count):
        region.now += after
        for source in region.sources.values():
            await check_source(source, region.gear, Asked())
    return [kind for _, kind in region.told() if kind not in ("new", "repost")]


async def test_where_the_original_is_gone_and_a_copy_is_left_the_copy_is_the_link(region: Region) -> None:
    region.sites["bureau"].remove("/art/1.html")
    assert await passes(region, 4) == []
    (one,) = region.announcements()
    assert (one.status, one.url, one.revision) == ("active", region.url("paper", 7), 1)
    assert [place.gone_since is not None for place in one.places] == [True, False]
    region.publish("bureau", 1, NEWS_)
    assert await passes(region, 4) == []
    (one,) = region.announcements()
    assert (one.url, one.revision) == (region.url("bureau", 1), 1)


async def test_an_edit_of_a_whole_copy_is_told_while_the_original_is_gone(region: Region) -> None:
    """As where an article is put up again under another address, and corrected there."""
    region.publish("paper", 7, NEWS_, credit="云州市生态环境局")
    region.sites["bureau"].remove("/art/1.html")
    assert await passes(region, 4) == []
    region.publish("paper", 7, NEWS_.edit("最高300万元", "最高500万元"), credit="云州市生态环境局")
    assert await passes(region, 4) == ["changed"]
    (one,) = region.announcements()
    assert (one.url, one.revision) == (region.url("paper", 7), 2)


async def test_where_no_place_is_left_it_is_withdrawn_and_any_of_them_brings_it_back(region: Region) -> None:
    region.sites["bureau"].remove("/art/1.html")
    await passes(region, 4)
    region.sites["paper"].remove("/art/7.html")
    assert await passes(region, 6) == ["withdrawn"]
    (one,) = region.announcements()
    assert (one.status, one.url) == ("withdrawn", region.url("bureau", 1))  # of pages that are gone the original stands
    region.publish("paper", 7, NEWS_.cut(3), credit="云州市生态环境局")
    assert await passes(region, 8) == ["restored", "withdrawn"]
    (one,) = region.announcements()
    assert (one.status, one.url, one.revision) == ("active", region.url("paper", 7), 1)


async def test_a_copy_that_is_gone_is_nobodys_news(region: Region) -> None:
    region.sites["paper"].remove("/art/7.html")
    assert await passes(region, 4) == []
    (one,) = region.announcements()
    assert (one.status, one.url) == ("active", region.url("bureau", 1))


# --- end to end ----------------------------------------------------------------------------------------------------


async def test_gone_and_back_as_a_webhook_is_told(bench: Bench) -> None:
    posts: list[dict[str, Any]] = []

    def take(request: Request) -> Answer:
        posts.append(json.loads(request.body))
        return Answer(200, b"{}")

    with Site() as receiver:
        receiver.set("/hook", take)
        to = f"json://127.0.0.1:{receiver.port}/hook"
        bench.store.sync_subscriptions([subscription(to=to, on=(EventKind.WITHDRAWN,))], bench.now)
        for number in range(1, 6):
            bench.column.publish(number, BULLETIN, days_ago(5))
        bench.column.publish(6)
        await bench.check()
        bench.site.remove("/art/6.html")
        for _ in range(5):
            await bench.check(after=DAY)
            await deliver_due(bench.store, notify.line, lambda: bench.now)
        bench.site.set("/art/6.html", article(MEASURES, amount=500))
        for _ in range(5):
            await bench.check(after=DAY)
            await deliver_due(bench.store, notify.line, lambda: bench.now)
    gone, back = posts
    title = f"{MEASURES[0]}"
    assert (gone["title"], gone["event"]["kind"]) == (f"【已撤下】{title}", "withdrawn")
    assert "自 2026-03-03 09:00 起打不开（404），一天后再看仍是如此" in gone["message"]
    assert "最高300万元" in gone["message"]
    assert back["title"].startswith(f"【已恢复】{title}：")
    assert "最高300万元" in back["title"]
    assert "最高500万元" in back["title"]
    assert "自 2026-03-03 09:00 起曾打不开，现已恢复\n" in back["message"]
    assert (back["event"]["revision"], back["event"]["url"]) == (2, bench.site.url("/art/6.html"))
