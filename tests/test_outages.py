"""Others are told when a subscription is not reached, and when it is again: real webhooks, a real mail server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.notify.conftest import MailServer, StartMailServer, start_mail_server  # noqa: F401 (a fixture)
from tests.sites import Answer, Site
from tests.store.examples import NOW, full_extraction, listed, reading, source
from tests.test_told_differences import Hooks
from watcher import notify
from watcher.deliver import deliver_due
from watcher.events import announcement_event
from watcher.news import EventKind
from watcher.records.deliveries import DeliveryReport, Outgoing, Recipient
from watcher.settings import Language, Options, Subscription
from watcher.store import Store

BROKEN, GONE = Answer(503), Answer(410)
ASKED = (EventKind.NEW, EventKind.DELIVERY_TROUBLE)


class Office:
    """Readers with webhooks of their own, and announcements to tell them."""

    def __init__(self, store: Store, hooks: Hooks) -> None:
        self.store, self.hooks, self.now, self.number = store, hooks, NOW, 0
        self.readers: list[Subscription] = []

    def open(self, *readers: Subscription) -> None:
        self.readers += readers
        self.store.sync_subscriptions(self.readers, self.now)

    def reader(self, name: str, *on: EventKind, language: Language = "zh") -> None:
        self.open(Subscription(name, self.hooks.open(name), on=on or (EventKind.NEW,), language=language))

    def announce(self, *names: str) -> None:
        self.number += 1
        page = listed(self.store, self.number)
        event = announcement_event(EventKind.NEW, page.url, page.source, full_extraction())
        recipients = tuple(Recipient(one, "订阅了全部公告", self.now) for one in names)
        assert self.store.announcements.save(
            reading(page, outgoing=Outgoing(EventKind.NEW, event, recipients)), self.now
        )

    async def rounds(self, *, after: timedelta = timedelta(0), count: int = 2) -> list[DeliveryReport]:
        """What is told of one round goes out with the next."""
        self.now += after
        options = Options(public_url="https://watch.example")
        return [await deliver_due(self.store, notify.line, lambda: self.now, options) for _ in range(count)]

    def kinds(self, name: str) -> list[str]:
        return [event["kind"] for event in self.hooks.got[name]]


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    store = Store.open(f"sqlite:///{tmp_path}/watcher.db")
    store.sync_sources([source()], NOW)
    with Site() as site:
        yield Office(store, Hooks(site))
    store.close()


async def test_one_that_refuses_for_good_is_told_at_once_and_its_return_once(office: Office) -> None:
    office.reader("ops", *ASKED)
    office.reader("hook")
    office.hooks.answers["hook"] = GONE
    office.announce("hook")
    await office.rounds()
    [event] = office.hooks.got["ops"]
    assert (event["kind"], event["subscriptions"], event["paused"]) == ("delivery_trouble", ["hook"], True)
    assert (event["error"], event["since"]) == ("webhook: HTTP 410", NOW.isoformat())
    assert "/hook" not in event["channel"]
    assert event["why"] == "订阅了其他订阅的投递状况"

    office.hooks.answers.clear()
    office.store.resume_subscription("hook")
    office.announce("hook")
    await office.rounds(after=timedelta(hours=3))
    assert office.kinds("ops") == ["delivery_trouble", "delivery_recovered"]
    assert office.hooks.got["ops"][-1]["until"] == office.now.isoformat()
    office.announce("hook")
    await office.rounds(after=timedelta(hours=3))
    assert office.kinds("ops") == ["delivery_trouble", "delivery_recovered"]


async def test_one_that_fails_is_told_after_an_hour_once_an_outage(office: Office) -> None:
    office.reader("ops", *ASKED)
    office.reader("hook")
    for outage in range(1, 3):
        office.hooks.answers["hook"] = BROKEN
        office.announce("hook")
        await office.rounds(after=timedelta(minutes=1))
        await office.rounds(after=timedelta(minutes=50))
        assert office.kinds("ops").count("delivery_trouble") == outage - 1
        for _ in range(3):
            await office.rounds(after=timedelta(hours=3))
        assert office.kinds("ops").count("delivery_trouble") == outage
        assert office.hooks.got["ops"][-1]["paused"] is False
        office.hooks.answers.clear()
        await office.rounds(after=timedelta(hours=3))
        assert office.kinds("ops").count("delivery_recovered") == outage


async def test_what_passes_within_the_hour_is_told_to_nobody(office: Office) -> None:
    office.reader("ops", *ASKED)
    office.reader("hook")
    office.hooks.answers["hook"] = BROKEN
    office.announce("hook")
    await office.rounds()
    office.hooks.answers.clear()
    await office.rounds(after=timedelta(minutes=30))
    assert len(office.hooks.got["hook"]) == 1
    assert office.kinds("ops") == []


async def test_nobody_is_told_of_himself_nor_by_the_channel_that_fails(office: Office) -> None:
    office.reader("ops", *ASKED)
    office.open(replace(office.readers[0], id="twin"))
    office.reader("other")
    office.hooks.answers["ops"] = GONE
    office.announce("ops")
    await office.rounds()
    assert office.store.deliveries(status="waiting") == ()
    assert office.kinds("other") == []


async def test_two_that_watch_each_other_come_to_rest(office: Office) -> None:
    office.reader("one", *ASKED)
    office.reader("two", *ASKED)
    office.hooks.answers |= {"one": BROKEN, "two": BROKEN}
    office.announce("one", "two")
    for _ in range(8):
        await office.rounds(after=timedelta(hours=3))
    assert len(office.store.deliveries(status="waiting")) == 4, "an announcement and the other's trouble, each"
    office.hooks.answers.clear()
    for _ in range(4):
        await office.rounds(after=timedelta(hours=3))
    assert office.store.deliveries(status="waiting") == ()
    for name in ("one", "two"):
        assert office.kinds(name) == ["new", "delivery_trouble", "delivery_recovered"]


async def test_a_mailbox_that_its_server_refuses_is_told_once_for_all_its_subscriptions(
    office: Office,
    start_mail_server: StartMailServer,  # noqa: F811
) -> None:
    server: MailServer = await start_mail_server(auth_required=False)
    server.reply = "550 5.1.1 no such user"
    to = f"mailto://127.0.0.1:{server.port}?from=alerts@example.org&to=reader@example.org&mode=insecure"
    office.reader("ops", *ASKED, language="en")
    office.open(Subscription("mail-a", to), Subscription("mail-b", to))
    office.announce("mail-a", "mail-b")
    await office.rounds(count=4)
    [event] = office.hooks.got["ops"]
    assert event["subscriptions"] == ["mail-a", "mail-b"]
    assert (event["paused"], "reader@" in event["channel"]) == (True, False)

    server.reply = "250 OK"
    office.store.resume_subscription("mail-a")
    office.announce("mail-a", "mail-b")
    await office.rounds(after=timedelta(hours=1), count=4)
    assert len(server.mails) == 4  # what was refused, and what came after
    assert office.kinds("ops") == ["delivery_trouble", "delivery_recovered"]
    assert office.hooks.got["ops"][-1]["subscriptions"] == ["mail-a", "mail-b"]


async def test_a_mailbox_that_fails_for_now_is_told_after_an_hour(
    office: Office,
    start_mail_server: StartMailServer,  # noqa: F811
) -> None:
    server: MailServer = await start_mail_server(auth_required=False)
    server.reply = "452 4.2.2 mailbox full"
    to = f"mailto://127.0.0.1:{server.port}?from=alerts@example.org&to=reader@example.org&mode=insecure"
    office.reader("ops", *ASKED)
    office.open(Subscription("mail", to))
    office.announce("mail")
    await office.rounds()
    assert office.kinds("ops") == []
    await office.rounds(after=timedelta(hours=2))
    assert office.kinds("ops") == ["delivery_trouble"]
