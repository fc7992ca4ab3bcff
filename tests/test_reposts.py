"""One announcement on several sites: told once, whichever is read first, and linked where it came from."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.identity.pairs import LEAD, MEASURES_, NEWS_, NOTE, REPORT_, ROUND_UP, ZAOZHUANG
from tests.identity.texts import Page
from tests.region import OPTIONS, Region
from tests.sites import Site
from tests.store.examples import subscription
from tests.test_account import account_of
from watcher.fetch import Fetcher
from watcher.news import EventKind
from watcher.pipeline import check_source
from watcher.settings import Where

ALL = subscription("all")
OF_PAPER = subscription("of-paper", where=Where(sources=("paper",)))
COPIES = subscription("copies", on=(EventKind.REPOST,))
OTHER_CITY = MEASURES_.swap(("云州", "临江"))


@pytest.fixture
async def region(tmp_path: Path) -> AsyncIterator[Region]:
    """A bureau, a paper and a portal, whose baselines are read."""
    from watcher.store import Store

    store = Store.open(f"sqlite:///{tmp_path}/watcher.db")
    with ExitStack() as stack:
        sites = {name: stack.enter_context(Site()) for name in ("bureau", "paper", "portal")}
        async with Fetcher(OPTIONS) as fetcher:
            made = Region(sites, store, fetcher, tmp_path)
            await made.check()
            yield made
    store.close()


async def test_a_repost_of_what_was_told_is_one_more_place_and_no_alert(region: Region) -> None:
    region.subscribe(ALL)
    region.publish("bureau", 1, NEWS_)
    await region.check("bureau")
    region.publish("paper", 7, NEWS_.led(NOTE).titled("云州出实招助企"), credit="云州市生态环境局")
    region.publish("portal", 9, NEWS_.cut(3), original=region.url("bureau", 1))
    reports = await region.check("paper", "portal")
    assert [(one.matched, one.new, one.reposts, one.deliveries) for one in reports] == [(1, 0, 1, 0)] * 2
    (one,) = region.announcements()
    assert (one.url, one.revision, region.told()) == (region.url("bureau", 1), 1, [("all", "new")])
    assert [(place.source, place.url) for place in one.places] == [
        ("bureau", region.url("bureau", 1)), ("paper", region.url("paper", 7)), ("portal", region.url("portal", 9)),
    ]  # fmt: skip


async def test_who_asks_for_reposts_is_told_of_each_place_once(region: Region) -> None:
    region.subscribe(COPIES)
    region.publish("bureau", 1, NEWS_)
    await region.check("bureau")
    region.publish("paper", 7, NEWS_, credit="云州市生态环境局")
    region.publish("portal", 9, NEWS_, credit="云州市生态环境局")
    await region.check("paper", "portal")
    await region.check("paper", "portal", recheck=True)
    assert region.told() == [("copies", "repost"), ("copies", "repost")]
    batch = region.store.outbox.next_batch("copies", region.now)
    assert batch is not None
    assert batch.event["url"] == region.url("bureau", 1)
    assert batch.event["seen_at"] == [  # both waited
        {"source": source, "name": "某市局", "url": region.url(source, number)}
        for source, number in (("paper", 7), ("portal", 9))
    ]


async def test_the_original_that_is_found_after_its_copy_becomes_the_link(region: Region) -> None:
    region.subscribe(ALL)
    region.publish("paper", 7, NEWS_.cut(4).led(NOTE), credit="云州市生态环境局", original=region.url("bureau", 1))
    await region.check("paper")
    region.publish("bureau", 1, NEWS_)
    await region.check("bureau")
    (one,) = region.announcements()
    assert (one.url, one.extraction.text.splitlines()[0]) == (region.url("bureau", 1), NEWS_.text.split("\n")[0])
    assert region.told() == [("all", "new")]
    assert [place.source for place in one.places] == ["paper", "bureau"]


async def test_without_a_link_the_page_that_credits_nobody_else_is_the_original(region: Region) -> None:
    region.publish("paper", 7, NEWS_, credit="云州发布")
    region.publish("portal", 9, NEWS_)
    await region.check("paper", "portal")
    (one,) = region.announcements()
    assert one.url == region.url("portal", 9)


async def test_readers_of_the_copying_source_alone_are_told_once_that_it_is_new(region: Region) -> None:
    region.subscribe(ALL, OF_PAPER)
    region.publish("bureau", 1, NEWS_)
    await region.check("bureau")
    region.publish("paper", 7, NEWS_, credit="云州市生态环境局")
    await region.check("paper")
    region.publish("portal", 9, NEWS_, credit="云州市生态环境局")
    await region.check("portal", "paper")
    assert region.told() == [("all", "new"), ("of-paper", "new")]
    batch = region.store.outbox.next_batch("of-paper", region.now)
    assert batch is not None
    assert batch.event["url"] == region.url("bureau", 1)


async def test_a_copy_of_what_a_baseline_holds_is_news_to_readers_of_its_source_alone(region: Region) -> None:
    region.publish("bureau", 1, NEWS_)
    await region.check("bureau")  # before anybody subscribed: as silent as a baseline
    region.subscribe(ALL, OF_PAPER, COPIES)
    region.publish("paper", 7, NEWS_, credit="云州市生态环境局")
    await region.check("paper")
    assert region.told() == [("copies", "repost"), ("of-paper", "new")]


async def test_another_citys_measures_are_told_too(region: Region) -> None:
    region.subscribe(ALL)
    region.publish("bureau", 1, MEASURES_)
    region.publish("paper", 7, OTHER_CITY)
    await region.check("bureau", "paper")
    assert (len(region.announcements()), region.told()) == (2, [("all", "new")] * 2)


async def test_a_correction_on_another_page_is_told_as_its_own(region: Region) -> None:
    region.subscribe(ALL)
    region.publish("bureau", 1, NEWS_)
    await region.check("bureau")
    region.publish("bureau", 2, NEWS_.edit("最高300万元", "最高500万元"))
    await region.check("bureau")
    assert (len(region.announcements()), region.told()) == (2, [("all", "new")] * 2)
    first = region.store.outbox.next_batch("all", region.now)
    assert first is not None
    region.store.mark_sent(first, region.now)
    second = region.store.outbox.next_batch("all", region.now)
    assert second is not None
    assert "resembles" not in first.event
    title = first.event["title"]
    other = {"id": 1, "url": region.url("bureau", 1), "title": title, "changed": ["最高300万元 → 最高500万元"]}
    assert second.event["resembles"] == other


async def test_a_paper_may_show_its_copy_again_under_its_own_headline_or_a_third(region: Region) -> None:
    region.subscribe(ALL, COPIES)
    region.publish("bureau", 1, NEWS_)
    await region.check("bureau")
    for number, headline in ((7, "云州出实招助企"), (8, "云州出实招助企"), (9, "云州：十六条实招")):
        region.publish("paper", number, NEWS_.titled(headline), credit="云州市生态环境局")
        await region.check("paper")
    (one,) = region.announcements()
    assert [place.source for place in one.places] == ["bureau", "paper", "paper", "paper"]
    assert region.told() == [("all", "new"), *[("copies", "repost")] * 3]


async def test_a_report_and_its_document_on_the_originals_site_are_two_and_why_says_so(region: Region) -> None:
    region.subscribe(ALL)
    region.publish("bureau", 1, NEWS_)
    await region.check("bureau")
    region.publish("paper", 7, NEWS_.titled("云州出实招助企"), credit="云州市生态环境局")
    region.publish("bureau", 2, NEWS_.titled("十六条措施全文"))
    await region.check("paper", "bureau")
    assert region.told() == [("all", "new")] * 2
    (page,) = account_of(region.store, 2).course.pages
    assert page.compared is not None
    assert (page.compared.announcement, page.compared.relation, page.compared.copied) == (1, "other_headline", 1.0)
    assert page.compared.words == "16条措施全文 / 云州市出台16条措施助企稳增长"


@pytest.mark.parametrize("again", [NEWS_, NEWS_.cut(3), NEWS_.from_paragraph(1)], ids=["whole", "cut", "an excerpt"])
async def test_the_same_words_after_a_misprint_are_a_copy_of_what_was_right(region: Region, again: Page) -> None:
    region.subscribe(ALL)
    region.publish("bureau", 1, NEWS_)
    region.publish("paper", 7, NEWS_.titled("云州出实招助企"), credit="云州市生态环境局")
    await region.check("bureau", "paper")
    region.publish("paper", 8, NEWS_.edit("最高300万元", "最高30万元"), credit="云州市生态环境局")
    await region.check("paper")
    region.publish("paper", 9, again.titled("助企稳增长，云州有十六招"), credit="云州市生态环境局")
    await region.check("paper")
    assert [len(one.places) for one in region.announcements()] == [3, 1]
    assert region.told() == [("all", "new")] * 2


@pytest.mark.parametrize("first", [ROUND_UP, ZAOZHUANG], ids=["the round-up", "the city's own"])
async def test_a_round_up_and_a_city_whose_measures_it_holds_are_two_whichever_is_read_first(
    region: Region, first: Page
) -> None:
    region.subscribe(ALL)
    for number, page in enumerate((first, ZAOZHUANG if first is ROUND_UP else ROUND_UP), 1):
        region.publish("portal" if page is ROUND_UP else "bureau", number, page)
        await region.check("portal", "bureau")
    region.publish("paper", 7, ZAOZHUANG.titled("枣庄出实招助企"), credit="枣庄市生态环境局")
    await region.check("paper")
    assert {one.places[0].source: len(one.places) for one in region.announcements()} == {"portal": 1, "bureau": 2}
    assert region.told() == [("all", "new")] * 2


async def test_an_edit_is_told_when_the_original_makes_it_and_not_when_a_copy_follows(region: Region) -> None:
    region.subscribe(ALL)
    region.publish("bureau", 1, NEWS_)
    region.publish("paper", 7, NEWS_, credit="云州市生态环境局")
    await region.check("bureau", "paper")
    edited = NEWS_.edit("最高300万元", "最高500万元")
    region.publish("bureau", 1, edited)
    await region.check("bureau", recheck=True)
    region.publish("paper", 7, edited, credit="云州市生态环境局")
    await region.check("paper", recheck=True)
    (one,) = region.announcements()
    assert (one.revision, region.told()) == (2, [("all", "changed"), ("all", "new")])


async def test_a_copy_edited_before_the_original_waits_for_it(region: Region) -> None:
    region.subscribe(ALL)
    region.publish("bureau", 1, NEWS_)
    region.publish("paper", 7, NEWS_, credit="云州市生态环境局")
    await region.check("bureau", "paper")
    region.publish("paper", 7, NEWS_.edit("最高300万元", "最高500万元"), credit="云州市生态环境局")
    await region.check("paper", recheck=True)
    (one,) = region.announcements()
    assert (one.revision, region.told()) == (1, [("all", "new")])


async def test_a_copys_page_that_becomes_something_else_is_new(region: Region) -> None:
    region.subscribe(ALL)
    region.publish("bureau", 1, NEWS_)
    region.publish("paper", 7, NEWS_, credit="云州市生态环境局")
    await region.check("bureau", "paper")
    region.publish("paper", 7, REPORT_)
    await region.check("paper", recheck=True)
    assert [one.url for one in region.announcements()] == [region.url("bureau", 1), region.url("paper", 7)]
    assert region.told() == [("all", "new"), ("all", "new")]


async def test_what_was_edited_is_recognised_by_what_it_said_before(region: Region) -> None:
    region.subscribe(ALL)
    region.publish("bureau", 1, NEWS_)
    await region.check("bureau")
    region.publish("bureau", 1, NEWS_.edit("最高300万元", "最高500万元"))
    await region.check("bureau", recheck=True)
    region.publish("paper", 7, NEWS_, credit="云州市生态环境局")
    await region.check("paper")
    assert (len(region.announcements()), region.told()) == (1, [("all", "changed"), ("all", "new")])


async def test_copies_read_at_one_moment_are_one_announcement(region: Region) -> None:
    region.subscribe(ALL)
    for number, name in enumerate(region.sources, 1):
        for place, page in enumerate((NEWS_, REPORT_, MEASURES_.led(LEAD))):
            region.publish(name, number * 10 + place, page)
    await asyncio.gather(*(check_source(one, region.gear) for one in region.sources.values()))
    assert [len(one.places) for one in region.announcements()] == [3, 3, 3]
    assert region.told() == [("all", "new")] * 3


async def test_the_original_that_a_copy_links_is_read_where_a_source_has_its_site(region: Region) -> None:
    region.subscribe(ALL, OF_PAPER)
    region.put("bureau", 5, NEWS_)  # on its site, in no list
    region.publish("paper", 7, NEWS_.cut(3), credit="云州市生态环境局", original=region.url("bureau", 5))
    (report,) = await region.check("paper")
    assert (report.opened, report.new, report.reposts, report.warnings) == (2, 1, 1, ())
    (one,) = region.announcements()
    assert (one.url, one.extraction.text) == (region.url("bureau", 5), NEWS_.text)
    assert {place.url for place in one.places} == {region.url("bureau", 5), region.url("paper", 7)}
    assert region.told() == [("all", "new"), ("of-paper", "new")]
    stories = region.store.stories.of_announcement(one.id).pages
    assert {story.page.url: story.led_by for story in stories} == {
        region.url("bureau", 5): region.url("paper", 7),
        region.url("paper", 7): None,
    }
    region.put("bureau", 5, NEWS_.edit("最高300万元", "最高500万元"))
    await region.check("paper", recheck=True)
    assert region.announcements()[0].revision == 2


async def test_an_original_elsewhere_is_shown_and_never_asked_for(region: Region) -> None:
    with Site() as elsewhere:
        link = elsewhere.url("/art/5.html")
        region.publish("paper", 7, NEWS_, original=link)
        await region.check("paper")
        (one,) = region.announcements()
        assert (one.url, one.extraction.credit.original_url) == (region.url("paper", 7), link)
        assert elsewhere.paths() == []


async def test_an_original_that_cannot_be_read_is_a_warning_and_tried_again(region: Region) -> None:
    region.publish("paper", 7, NEWS_, original=region.url("bureau", 5))
    (report,) = await region.check("paper")
    assert (report.new, len(report.warnings)) == (1, 1)
    region.put("bureau", 5, NEWS_)
    await region.check("paper")
    (one,) = region.announcements()
    assert one.url == region.url("bureau", 5)


async def test_originals_are_not_followed_from_one_to_the_next(region: Region) -> None:
    region.put("portal", 3, REPORT_)
    region.put("bureau", 5, NEWS_, original=region.url("portal", 3))
    region.publish("paper", 7, NEWS_, original=region.url("bureau", 5))
    await region.check("paper")
    assert "/art/3.html" not in region.sites["portal"].paths()
