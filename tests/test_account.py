"""Why something was told or not: in one sentence, with a reason for each reader who was not."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.identity.pairs import NEWS_
from tests.region import Region
from tests.sites import Site
from tests.store.examples import subscription
from tests.test_pipeline import OPTIONS, RECHECK, Bench, bench, site
from tests.town import BULLETIN, MEASURES, days_ago
from watcher.account import Account, Setting, account, page_outcome
from watcher.addresses import canonical
from watcher.fetch import Fetcher
from watcher.match import Candidate
from watcher.news import EventKind
from watcher.records.stories import PageStory
from watcher.settings import Follow, Keywords, Where
from watcher.store import Store

__all__ = ["bench", "site"]

DRAFT = ("关于《支持企业绿色发展若干措施（征求意见稿）》公开征求意见的公告", *MEASURES[1:])


def account_of(store: Store, number: int) -> Account:
    history = store.lists.announcement(number)
    assert history is not None
    regions = {one.id: one.region for one in store.sources()}
    setting = Setting(store.subscriptions(), regions, OPTIONS.backfill_days)
    return account(history, store.stories.of_announcement(number), setting)


def story_of(bench: Bench, number: int) -> PageStory:
    (story,) = bench.store.stories.of_page(canonical(bench.site.url(f"/art/{number}.html")))
    return story


def untold(found: Account, kind: EventKind = EventKind.NEW) -> dict[str, str]:
    return {one.subscription: one.why for telling, left in found.tellings if telling.kind is kind for one in left}


# --- as new --------------------------------------------------------------------------------------------------------


async def test_what_was_told_says_to_whom_and_what_still_waits(bench: Bench) -> None:
    bench.column.publish(1, BULLETIN)
    await bench.check()
    bench.column.publish(2)
    await bench.check()
    assert account_of(bench.store, 1).outcome == "Announcement 1 waits to be told to ops."
    batch = bench.store.outbox.next_batch("ops", bench.now)
    assert batch is not None
    bench.store.mark_sent(batch, bench.now)
    assert account_of(bench.store, 1).outcome == "Announcement 1 was told to ops (1 of 1 subscription)."


async def test_what_nobody_asked_for_says_so(bench: Bench) -> None:
    bench.store.sync_subscriptions([subscription(on=(EventKind.CHANGED,))], bench.now)
    bench.column.publish(1, BULLETIN)
    await bench.check()
    bench.column.publish(2)
    await bench.check()
    found = account_of(bench.store, 1)
    assert found.outcome == "Announcement 1 was told to nobody as new: none of 1 subscription asked for it."
    assert untold(found) == {"ops": "asks only for changed (by its filter of today)"}


async def test_baseline_is_told_to_nobody_until_it_changes(bench: Bench) -> None:
    bench.column.publish(1)
    await bench.check()
    silent = (
        "Announcement 1 was told to nobody as new: it stood in the list of bureau when that was first read (baseline)."
    )
    assert account_of(bench.store, 1).outcome == silent
    bench.column.publish(1, amount=500)
    await bench.check(RECHECK, after=timedelta(days=1))
    assert account_of(bench.store, 1).outcome == f"{silent} Told since: changed."


async def test_an_old_page_says_how_old(bench: Bench) -> None:
    bench.column.publish(1, BULLETIN)
    await bench.check()
    bench.column.publish(2, published=days_ago(100))
    await bench.check()
    assert account_of(bench.store, 1).silence == (
        f"it is dated {days_ago(100)}, more than 60 days before it was found (backfill_days, as set today)"
    )


async def test_a_near_miss_is_kept_for_review(bench: Bench) -> None:
    bench.column.publish(1, BULLETIN)
    await bench.check()
    bench.column.publish(2, DRAFT)
    await bench.check()
    assert account_of(bench.store, 1).outcome == (
        "Near miss 1 was told to nobody as new: it almost counted, and is kept for review (near miss)."
    )


# --- who was not told ----------------------------------------------------------------------------------------------


REFUSED = {
    "by region": (Where(regions=("440000",)), "asks for regions 440000: it is of no region of its own"),
    "by source": (Where(sources=("paper",)), "asks for sources paper: it is in bureau"),
    "by type": (Where(types=("progress_report",)), "asks for types progress_report: it is measures_news"),
    "by issuer": (Where(issuers=("税务局",)), "asks for issuers 税务局: it is of no body that is named"),
    "by topic": (
        Where(topics=("用地",)),
        "asks for topics 用地: it has 环评审批, 监督执法, 绿色金融, 金融支持, 政务服务, 营商环境",
    ),
    "by any": (
        Where(keywords=Keywords(any=("医保", "社保"))), "asks for one of the keywords 医保, 社保: none stands in it",
    ),
    "by all": (
        Where(keywords=Keywords(all=("绿色", "医保"))), "asks for the keyword 医保, which does not stand in it",
    ),
    "by none": (Where(keywords=Keywords(none=("绿色",))), "excludes the keyword 绿色, which stands in it"),
    "by figure": (Where(figures=("money >= 1亿",)), "asks for figures money >= 1亿: none is"),
    "twice": (
        Where(sources=("paper",), types=("progress_report",)),
        "asks for sources paper: it is in bureau; asks for types progress_report: it is measures_news",
    ),
}  # fmt: skip


async def test_a_filter_that_did_not_match_says_what_it_asks_for(bench: Bench) -> None:
    for name, (where, _) in REFUSED.items():
        bench.store.add_subscription(subscription(name, where=where), bench.now)
    bench.column.publish(1, BULLETIN)
    await bench.check()
    bench.column.publish(2)
    await bench.check()
    assert untold(account_of(bench.store, 1)) == {
        name: f"{why} (by its filter of today)" for name, (_, why) in REFUSED.items()
    }


async def test_who_was_paused_or_came_later_is_told_apart(bench: Bench) -> None:
    bench.store.add_subscription(subscription("away"), bench.now)
    bench.store.pause_subscription("away", "holiday")
    bench.column.publish(1, BULLETIN)
    await bench.check()
    bench.column.publish(2)
    await bench.check()
    bench.store.add_subscription(subscription("late"), bench.now + timedelta(days=1))
    found = account_of(bench.store, 1)
    assert untold(found) == {"away": "is paused: holiday", "late": "subscribed later, on 2026-03-03"}
    bench.store.resume_subscription("away")
    assert untold(account_of(bench.store, 1))["away"].startswith("why is not stored")


# --- pages that gave none ------------------------------------------------------------------------------------------


async def test_a_page_that_gave_nothing_says_what_decided_and_how_it_was_read(bench: Bench) -> None:
    bench.column.publish(1, BULLETIN)
    await bench.check()
    story = story_of(bench, 1)
    assert story.verdict is not None
    assert page_outcome(story, 0.5, 50) == (
        f"This page is no announcement (score {story.verdict.score:.2f} of 0.5): {story.verdict.reasons[0]}."
    )
    answered = story.answered
    assert answered is not None
    assert (answered.status, answered.media_type, answered.charset, answered.format) == (
        200, "text/html", "utf-8", "html",
    )  # fmt: skip
    assert (story.read_at, answered.characters) == (bench.now, len("".join(BULLETIN[1:])) + 1)


async def test_a_page_that_waits_or_cannot_be_read_says_so(bench: Bench) -> None:
    bench.watch(replace(bench.source, follow=Follow(max_new=1)))
    bench.column.publish(1, BULLETIN)
    bench.column.publish(2, BULLETIN)
    bench.site.remove("/art/2.html")
    await bench.check()
    outcomes = [
        page_outcome(story_of(bench, number), 0.5, limit) for number, limit in ((1, 1), (1, 0), (1, None), (2, 1))
    ]
    assert outcomes == [
        "This page was seen in the list of bureau and not opened yet: a pass opens 1 at most (follow: max_new), "
        "the newest first.",
        "This page was seen in the list of bureau and not opened yet: of this source only the list is read "
        "(follow: max_new 0).",
        "This page was seen in the list of bureau and not opened yet: the source is not configured any more.",
        f"This page could not be read: {story_of(bench, 2).problem} (1 try).",
    ]


# --- copies --------------------------------------------------------------------------------------------------------


@pytest.fixture
async def region(tmp_path: Path) -> AsyncIterator[Region]:
    store = Store.open(f"sqlite:///{tmp_path}/watcher.db")
    with ExitStack() as stack:
        sites = {name: stack.enter_context(Site()) for name in ("bureau", "paper")}
        async with Fetcher(OPTIONS) as fetcher:
            made = Region(sites, store, fetcher, tmp_path)
            await made.check()
            yield made
    store.close()


async def test_a_copy_says_of_what_and_how_much_it_shares(region: Region) -> None:
    region.subscribe(subscription("all"), subscription("of-paper", where=Where(sources=("paper",))))
    region.publish("bureau", 1, NEWS_)
    region.publish("paper", 7, NEWS_.titled("云州出实招助企"), credit="云州市生态环境局")
    await region.check()
    found = account_of(region.store, 1)
    compared = next(one.compared for one in found.course.pages if one.page.source == "paper")
    assert compared is not None
    assert (compared.announcement, compared.relation, compared.words) == (1, "copy", None)
    assert min(compared.shared, compared.copied) > 0.95
    told = [
        (str(telling.kind), telling.source, [one.delivery.subscription for one in telling.told])
        for telling, _ in found.tellings
    ]
    assert told == [("new", "bureau", ["all"]), ("repost", "paper", []), ("new", "paper", ["of-paper"])]
    assert [one.why for telling, left in found.tellings[2:] for one in left] == ["was told before that it is new"]


@pytest.mark.parametrize(
    ("changed", "relation", "words"),
    [
        (("300万元", "500万元"), "other_numbers", "3000000"),
        (("云州", "临江"), "other_names", "云州"),
    ],
)
async def test_what_tells_a_page_from_the_nearest_one_is_kept(
    region: Region, changed: tuple[str, str], relation: str, words: str
) -> None:
    region.publish("bureau", 1, NEWS_)
    await region.check("bureau")
    region.publish("paper", 7, NEWS_.swap(changed))
    await region.check("paper")
    (page,) = account_of(region.store, 2).course.pages
    assert page.compared is not None
    assert (page.compared.announcement, page.compared.relation) == (1, relation)
    assert words in (page.compared.words or "")


def test_a_candidate_of_a_source_has_no_filters_of_texts() -> None:
    from watcher.match import unmet

    trouble = Candidate(EventKind.SOURCE_TROUBLE, "bureau", "某市局", region_code="370000")
    reader = subscription(on=(EventKind.SOURCE_TROUBLE,), where=Where(regions=("440000",), types=("measures_news",)))
    assert unmet(reader, trouble) == ("regions",)
