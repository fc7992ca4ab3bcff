"""One message that a channel refuses for what it says stands in nobody's way: real webhooks that refuse by content."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from tests.sites import Answer, Request
from tests.test_outages import ASKED, Office, office
from watcher.news import EventKind
from watcher.records.deliveries import DeliveryReport
from watcher.settings import Subscription

__all__ = ["office"]

DAY = timedelta(days=1)


class Picky:
    """A webhook that refuses what is said of some announcements, by its subscription "hook"."""

    def __init__(self, office: Office) -> None:
        self.got: list[int | None] = []
        self.refused: set[int] = set()
        self.status = 413
        site = office.hooks.site
        site.set("/hook", self._take)
        office.open(Subscription("hook", f"json://127.0.0.1:{site.port}/hook", on=(EventKind.NEW,)))

    def _take(self, request: Request) -> Answer:
        number = json.loads(request.body)["event"]["id"]
        if number in self.refused:
            return Answer(self.status)
        self.got.append(number)
        return Answer(200, b"{}")


def states(office: Office) -> dict[int | None, str]:
    return {one.announcement: one.status for one in office.store.deliveries() if one.subscription == "hook"}


def held(office: Office) -> bool:
    return next(one.held for one in office.store.subscriptions() if one.subscription.id == "hook")


@pytest.mark.parametrize("status", [400, 413, 422])
async def test_one_refused_message_is_kept_and_the_next_ones_go_on(office: Office, status: int) -> None:
    office.reader("ops", *ASKED)
    hook = Picky(office)
    hook.refused, hook.status = {1}, status
    for _ in range(4):
        office.announce("hook")
    first, _ = await office.rounds()
    assert first == DeliveryReport(sent=3, failed=1)
    assert (hook.got, held(office)) == ([2, 3, 4], False)
    assert states(office) == {1: "failed", 2: "sent", 3: "sent", 4: "sent"}
    [event] = office.hooks.got["ops"]
    assert (event["kind"], event["message_only"], event["paused"]) == ("delivery_trouble", True, False)
    assert event["error"] == f"webhook: HTTP {status}"

    hook.refused = set()
    kept = next(one for one in office.store.deliveries() if one.status == "failed")
    office.store.retry_delivery(kept.id, office.now)
    await office.rounds()
    assert hook.got == [2, 3, 4, 1]
    assert office.kinds("ops") == ["delivery_trouble"]


async def test_three_in_a_row_are_the_channel_and_what_is_mended_brings_all_of_them(office: Office) -> None:
    office.reader("ops", *ASKED)
    hook = Picky(office)
    hook.refused = {1, 2, 3, 4, 5}
    for _ in range(5):
        office.announce("hook")
    await office.rounds()
    assert held(office)
    assert states(office) == {1: "failed", 2: "failed", 3: "failed", 4: "waiting", 5: "waiting"}
    assert [event["paused"] for event in office.hooks.got["ops"]].count(True) == 1
    hook.refused = set()
    office.store.resume_subscription("hook")
    await office.rounds(after=DAY)
    assert hook.got == [1, 2, 3, 4, 5]


async def test_one_that_is_accepted_between_ends_the_row(office: Office) -> None:
    hook = Picky(office)
    hook.refused = {1, 2, 4, 5}
    for _ in range(6):
        office.announce("hook")
        await office.rounds(after=DAY)
    assert (hook.got, held(office)) == ([3, 6], False)


async def test_a_busy_moment_days_after_one_was_refused_is_no_long_outage(office: Office) -> None:
    office.reader("ops", *ASKED)
    hook = Picky(office)
    hook.refused = {1, 2}
    office.announce("hook")
    await office.rounds()
    hook.status = 503
    office.now += DAY
    office.announce("hook")
    await office.rounds()
    assert [event["message_only"] for event in office.hooks.got["ops"]] == [True]


async def test_three_that_nobody_will_ever_take_hold_up_the_others_once_only(office: Office) -> None:
    hook = Picky(office)
    hook.refused = {1, 2, 3}
    for _ in range(5):
        office.announce("hook")
    await office.rounds()
    assert held(office)
    office.store.resume_subscription("hook")
    await office.rounds(after=DAY)
    assert (hook.got, held(office)) == ([4, 5], False)
    assert states(office) == {1: "failed", 2: "failed", 3: "failed", 4: "sent", 5: "sent"}


async def test_a_channel_that_refuses_everything_is_held_again_and_loses_nothing(office: Office) -> None:
    hook = Picky(office)
    hook.refused = set(range(1, 9))
    for _ in range(8):
        office.announce("hook")
    await office.rounds()
    office.store.resume_subscription("hook")
    await office.rounds(after=DAY)
    assert held(office)
    assert list(states(office).values()).count("waiting") == 2
    hook.refused = set()
    office.store.resume_subscription("hook")
    await office.rounds(after=DAY)
    assert hook.got == list(range(1, 9))
