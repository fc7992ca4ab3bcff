"""Each reader is told the difference from what he was told last: real sites, the real store, a real webhook."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.sites import Answer, Fault, Request, Site
from tests.store.examples import begun, source, subscription
from tests.town import BULLETIN, MEASURES, NOW, Column, article
from watcher import notify
from watcher.archive import Archive
from watcher.deliver import deliver_due
from watcher.fetch import Fetcher
from watcher.news import EventKind
from watcher.pipeline import Asked, Gear, check_source
from watcher.settings import Options
from watcher.store import Store

OPTIONS = Options(allow_private_addresses=True, per_host_delay_s=0, per_host_concurrency=8)
HALF_HOUR = timedelta(minutes=30)
PHONE = "六、联系方式。办理中的问题可以拨打热线{phone}，由{office}负责答复。"


@dataclass
class Hooks:
    """Webhooks by the name of their subscription, and the events that each accepted."""

    site: Site
    got: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)

    def open(self, name: str) -> str:
        self.got[name] = []

        def take(request: Request) -> Answer:
            answer = self.answers.get(name, Answer(200, b"{}"))
            if answer.status == 200:
                self.got[name].append(json.loads(request.body)["event"])
            return answer

        self.site.set(f"/{name}", take)
        return f"json://127.0.0.1:{self.site.port}/{name}"

    def told(self, name: str) -> list[list[tuple[str, str | None, str | None]]]:
        """What each message said: the fields that changed, with before and after."""
        return [
            [(change["field"].partition(":")[0], change["before"], change["after"]) for change in event["changes"]]
            for event in self.got[name]
        ]


class World:
    def __init__(self, site: Site, hooks: Hooks, store: Store, fetcher: Fetcher, folder: Path) -> None:
        self.store, self.hooks, self.column, self.now = store, hooks, Column(site), NOW
        self.source = source(url=site.url("/list/"))
        self.gear = Gear(fetcher.fetch, store, OPTIONS, lambda: self.now, Archive(folder / "archive", store))
        store.sync_sources([self.source], NOW)

    def subscribe(self, name: str, **how: Any) -> None:
        self.store.add_subscription(subscription(name, to=self.hooks.open(name), **how), self.now)

    async def check(self, *, after: timedelta = HALF_HOUR) -> None:
        """A pass that looks at every article."""
        self.now += after
        report = await check_source(self.source, self.gear, Asked(recheck=True))
        assert (report.problem, report.warnings) == (None, ())

    async def deliver(self, *, after: timedelta = timedelta(0)) -> None:
        self.now += after
        await deliver_due(self.store, notify.line, lambda: self.now)

    async def edit(self, *numbers: int, **values: Any) -> None:
        """The site edits articles, a pass finds it, what is due is sent."""
        for number in numbers:
            self.column.publish(number, **values)
        await self.check()
        await self.deliver()

    def statuses(self, name: str) -> list[str]:
        return [one.status for one in reversed(self.store.deliveries(limit=None)) if one.subscription == name]


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    store = Store.open(f"sqlite:///{tmp_path}/watcher.db")
    with Site() as site, Site() as channels:
        async with Fetcher(OPTIONS) as fetcher:
            made = World(site, Hooks(channels), store, fetcher, tmp_path)
            made.column.publish(1)
            await made.check()  # the baseline
            yield made
    store.close()


def money(before: int, after: int) -> list[tuple[str, str, str]]:
    return [("figure", f"最高{before}万元", f"最高{after}万元")]


async def test_what_is_taken_back_is_told_to_those_alone_who_heard_of_it(world: World) -> None:
    world.subscribe("now")
    world.subscribe("digest", deliver="hourly")
    await world.edit(1, amount=500)
    await world.edit(1, amount=300)
    await world.deliver(after=timedelta(hours=2))
    assert world.hooks.told("now") == [money(300, 500), money(500, 300)]
    assert world.hooks.told("digest") == []
    assert world.statuses("digest") == ["settled", "settled"]


async def test_a_digest_tells_the_sum_of_its_period_and_an_item_once(world: World) -> None:
    world.subscribe("digest", deliver="daily 08:30")
    for amount in (400, 500, 600):
        await world.edit(1, amount=amount)
    await world.deliver(after=timedelta(days=1))
    ((item,),) = [event["items"] for event in world.hooks.got["digest"]]
    assert [(one["before"], one["after"]) for one in item["changes"]] == [("最高300万元", "最高600万元")]
    assert (item["revision"], [one["quote"] for one in item["figures"] if one["kind"] == "money"]) == (
        4,
        ["最高600万元"],
    )


async def test_what_is_new_is_told_as_it_stands_when_it_is_told(world: World) -> None:
    world.subscribe("digest", deliver="daily 08:30")
    await world.edit(2, amount=200)
    await world.edit(2, amount=250)
    await world.deliver(after=timedelta(days=1))
    ((item,),) = [event["items"] for event in world.hooks.got["digest"]]
    assert (item["kind"], item["revision"], item["changes"]) == ("new", 2, [])
    assert "最高250万元" in [one["quote"] for one in item["figures"]]


async def test_who_missed_a_revision_while_paused_is_told_from_what_he_knows(world: World) -> None:
    world.subscribe("now")
    await world.edit(2, amount=300)
    world.store.pause_subscription("now", "holiday")
    await world.edit(2, amount=400)
    world.store.resume_subscription("now")
    await world.edit(2, amount=500)
    assert world.hooks.told("now") == [[], money(300, 500)]


async def test_what_was_missed_is_told_with_the_next_edit_even_of_wording_alone(world: World) -> None:
    world.subscribe("now")
    world.store.pause_subscription("now", "holiday")
    await world.edit(1, amount=400)
    world.store.resume_subscription("now")
    await world.edit(1, paragraphs=(*MEASURES, "本措施由市局负责解释。"), amount=400)
    assert world.hooks.told("now") == [money(300, 400)]


async def test_edits_of_wording_before_one_of_substance_add_nothing_to_it(world: World) -> None:
    world.subscribe("now")
    world.subscribe("words", on=(EventKind.CHANGED, EventKind.WORDING))
    for end in ("本措施由市局负责解释。", "本措施由市局负责解释和修订。"):
        await world.edit(1, paragraphs=(*MEASURES, end))
    await world.edit(1, paragraphs=(*MEASURES, end), amount=500)
    assert world.hooks.told("now") == [money(300, 500)]
    assert [event["kind"] for event in world.hooks.got["words"]] == ["wording", "wording", "changed"]


async def test_wording_goes_to_those_alone_who_ask_for_it_and_chrome_to_nobody(world: World) -> None:
    world.subscribe("now")
    world.subscribe("words", on=(EventKind.WORDING,))
    page = article((*MEASURES, "本措施由市局负责解释。"))
    for html in (page, page.replace("</body>", "<div class='footer'>浏览次数：1024</div></body>")):
        world.column.site.set("/art/1.html", html)
        await world.check()
        await world.deliver()
    await world.edit(1, amount=500)  # of substance: not what he asked for
    await world.edit(1, paragraphs=(*MEASURES, "本措施长期有效。"), amount=500)
    await world.deliver()
    assert world.hooks.told("now") == [money(300, 500)]
    assert [[one[0] for one in message] for message in world.hooks.told("words")] == [["text"], ["text"]]


async def test_a_refused_message_that_is_overtaken_is_not_sent(world: World) -> None:
    world.subscribe("now")
    world.hooks.answers["now"] = Answer(503)
    await world.edit(1, amount=500)
    await world.edit(1, amount=300)
    world.hooks.answers.clear()
    await world.deliver(after=timedelta(hours=1))
    assert world.hooks.told("now") == []
    await world.edit(1, amount=700)
    assert world.hooks.told("now") == [money(300, 700)]


async def test_a_message_whose_answer_was_lost_is_sent_again_before_what_came_after_it(world: World) -> None:
    world.subscribe("now")
    world.hooks.answers["now"] = Answer(200, fault=Fault.CLOSE)  # it has the message, and hangs up
    await world.edit(1, amount=500)
    world.hooks.answers.clear()
    world.column.publish(1, amount=300)
    await world.check()
    await world.deliver(after=timedelta(hours=1))
    assert world.hooks.told("now") == [money(300, 500), money(300, 500), money(500, 300)]
    first, again, last = (event["delivery"] for event in world.hooks.got["now"])
    assert first == again != last


async def test_the_same_edit_on_many_pages_is_one_alert(world: World) -> None:
    pages = range(2, 22)
    for number in pages:
        world.column.publish(number, days=number)
    await world.check()
    world.subscribe("now")
    world.subscribe("digest", deliver="hourly")
    for number in pages:
        world.column.publish(number, days=number, amount=500)
    world.column.publish(1, amount=900)  # another edit
    await world.check()
    await world.deliver()
    many, other = sorted(world.hooks.got["now"], key=lambda event: "items" not in event)
    assert other["changes"][0]["after"] == "最高900万元"
    assert (many["kind"], len(many["items"]), many["changes"][0]["after"]) == ("changed", 20, "最高500万元")
    assert {item["url"] for item in many["items"]} == {world.column.site.url(f"/art/{number}.html") for number in pages}
    for item in many["items"]:
        history = world.store.lists.announcement(item["id"])
        assert history is not None
        assert [change.after for change in history.revisions[-1].changes] == ["最高500万元"]
    await world.deliver(after=timedelta(hours=1))
    (digest,) = world.hooks.got["digest"]
    assert len(digest["items"]) == 21


async def test_the_same_number_put_in_place_of_another_is_one_edit_whatever_stands_around_it(world: World) -> None:
    world.subscribe("words", on=(EventKind.WORDING,))
    offices = ("审批科", "项目处", "企业服务中心")
    for phone in ("0531-8000000", "0531-8111111"):
        for number, office in enumerate(offices, 2):
            line = PHONE.format(phone=phone, office=office)
            world.column.publish(number, (*MEASURES, line), days=number)
        await world.check()
        await world.deliver()
    (alert,) = world.hooks.got["words"]
    assert (alert["kind"], len(alert["items"])) == ("wording", 3)


async def test_pages_of_one_edit_that_are_found_later_come_in_one_more_alert(world: World) -> None:
    for number in range(2, 8):
        world.column.publish(number, days=number)
    await world.check()
    world.subscribe("now")
    for numbers in ((2, 3), (4, 5), (6, 7)):
        for number in numbers:
            world.column.publish(number, days=number, amount=500)
        await world.check()
        await world.deliver()
    assert [len(event["items"]) for event in world.hooks.got["now"]] == [2]
    await world.deliver(after=timedelta(hours=6))
    assert [len(event["items"]) for event in world.hooks.got["now"]] == [2, 4]


async def test_a_change_waits_for_the_end_of_the_pass_that_may_find_more_of_its_kind(world: World) -> None:
    world.subscribe("now")
    world.column.publish(1, amount=500)
    await world.check()
    held = begun(world.store, world.source, world.now)
    assert held is not None
    await world.deliver()
    assert world.hooks.got["now"] == []
    world.store.release([held.claim])
    await world.deliver()
    assert world.hooks.told("now") == [money(300, 500)]


async def test_who_subscribes_later_is_told_from_what_stood_there_then(world: World) -> None:
    await world.edit(1, amount=400)
    world.subscribe("now")
    await world.edit(1, amount=500)
    assert world.hooks.told("now") == [money(400, 500)]


async def gone(world: World, number: int) -> None:
    """The site takes an article down, and passes a day apart find that; its page beside others that stand."""
    world.column.site.remove(f"/art/{number}.html")
    for hours in (1, 25):
        world.now += timedelta(hours=hours)
        await check_source(world.source, world.gear, Asked(recheck=True))


def kinds(world: World, name: str) -> list[list[str]]:
    """Of the items of each message."""
    return [[item["kind"] for item in event.get("items", [event])] for event in world.hooks.got[name]]


async def test_what_came_and_went_before_it_was_told_is_told_when_it_is_back(world: World) -> None:
    on = (EventKind.NEW, EventKind.WITHDRAWN)
    world.subscribe("digest", deliver="weekly mon 08:30", on=on)
    world.subscribe("new", deliver="weekly mon 08:30", on=(EventKind.NEW,))
    world.subscribe("refused", on=on)
    world.hooks.answers["refused"] = Answer(503)
    for number in range(3, 8):
        world.column.publish(number, BULLETIN)
    await world.edit(2)
    await gone(world, 2)
    world.hooks.answers.clear()
    await world.deliver(after=timedelta(days=7))
    assert world.hooks.got == {"digest": [], "new": [], "refused": []}
    assert {status for name in world.hooks.got for status in world.statuses(name)} == {"settled"}
    await world.edit(2)
    assert (kinds(world, "refused"), kinds(world, "digest")) == ([["new"]], [])  # it has its hour
    await world.deliver(after=timedelta(days=7))
    assert kinds(world, "digest") == kinds(world, "new") == [["new"]]


async def test_what_is_gone_is_told_alone_and_what_is_back_as_it_was_not_at_all(world: World) -> None:
    on = (EventKind.CHANGED, EventKind.WITHDRAWN)
    world.subscribe("daily", deliver="daily 08:30", on=on)
    world.subscribe("weekly", deliver="weekly mon 08:30", on=on)
    for number in range(3, 8):
        world.column.publish(number, BULLETIN)
    await world.edit(1, amount=500)
    await gone(world, 1)
    await world.deliver(after=timedelta(days=1))
    assert kinds(world, "daily") == [["withdrawn"]]
    await world.edit(1)
    await world.deliver(after=timedelta(days=7))
    assert (kinds(world, "daily"), kinds(world, "weekly")) == ([["withdrawn"], ["restored"]], [])
