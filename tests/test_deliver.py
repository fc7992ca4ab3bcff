from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from tests.store.examples import NOW, full_extraction, listed, reading, source, subscription
from watcher.courier import GIVE_UP_AFTER, retry_after
from watcher.deadlines.due import due_on
from watcher.deliver import Send, deliver_due
from watcher.errors import NotifyError
from watcher.events import announcement_event, deadline_event
from watcher.news import EventKind, Message
from watcher.records.deliveries import DeliveryReport, Outgoing, Recipient
from watcher.records.passes import Claim, PassEnd
from watcher.records.problem import Problem
from watcher.records.reminders import Reminder
from watcher.records.sources import Health, SourceState
from watcher.settings import DEFAULTS, Options
from watcher.store import Store


class Channels:
    """What each address accepted; `down` ones refuse, `gone` ones for good, `slow` ones wait for `release`."""

    def __init__(self) -> None:
        self.accepted: list[tuple[str, Message]] = []
        self.down: set[str] = set()
        self.gone: set[str] = set()
        self.slow: set[str] = set()
        self.broken: set[str] = set()
        self.refusals: dict[str, NotifyError] = {}
        self.release = asyncio.Event()
        self.in_flight: list[str] = []

    async def send(self, to: str, message: Message) -> None:
        assert to not in self.in_flight, "two messages in flight to one subscription"
        self.in_flight.append(to)
        try:
            await (self.release.wait() if to in self.slow else asyncio.sleep(0))
            if to in self.broken:
                raise KeyError(to)
            if to in self.refusals:
                raise self.refusals[to]
            if to in self.down | self.gone:
                raise NotifyError("the channel answered 503", permanent=to in self.gone)
            self.accepted.append((to, message))
        finally:
            self.in_flight.remove(to)

    @asynccontextmanager
    async def line(self) -> AsyncIterator[Send]:
        yield self.send

    def ids(self, to: str) -> list[object]:
        return [message.event["id"] for address, message in self.accepted if address == to]


class Post:
    """A store with announcements to tell, channels, and a clock."""

    def __init__(self, store: Store) -> None:
        self.store, self.channels, self.now, self.number = store, Channels(), NOW, 0

    def announce(self, *subscriptions: str, due_at: datetime = NOW, digest: bool = False) -> None:
        self.number += 1
        page = listed(self.store, self.number)
        event = announcement_event(EventKind.NEW, page.url, page.source, full_extraction())
        recipients = tuple(Recipient(one, "订阅了全部公告", due_at, digest) for one in subscriptions)
        made = reading(page, outgoing=Outgoing(EventKind.NEW, event, recipients))
        assert self.store.announcements.save(made, self.now)

    def remind(self, announcement: int, *subscriptions: str) -> None:
        """One more event of an announcement: that its deadline comes near."""
        history = self.store.lists.announcement(announcement)
        assert history is not None
        record = history.announcement
        day = record.extraction.deadlines[0].date
        event = deadline_event(record, due_on(record.extraction, day), (day - self.now.date()).days)
        recipients = tuple(Recipient(one, "订阅了全部公告", self.now, False) for one in subscriptions)
        reminder = Reminder(
            announcement, 1, "bureau", self.now.date(), 3, Outgoing(EventKind.DEADLINE, event, recipients)
        )
        self.store.reminders.add([reminder], self.now)

    async def deliver(self, *, after: timedelta = timedelta(0), options: Options = DEFAULTS) -> DeliveryReport:
        self.now += after
        return await deliver_due(self.store, self.channels.line, lambda: self.now, options)


async def until(reached: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not reached():
            await asyncio.sleep(0.01)


OPS, MINE = subscription("ops"), subscription("mine")


@pytest.fixture
def post(address: str) -> Iterator[Post]:
    store = Store.open(address)
    store.sync_sources([source()], NOW)
    store.sync_subscriptions([OPS, MINE], NOW)
    yield Post(store)
    store.close()


async def test_what_is_due_is_sent_once_and_in_order(post: Post) -> None:
    for _ in range(3):
        post.announce("ops", "mine")
    assert await post.deliver() == DeliveryReport(sent=6)
    assert post.channels.ids(OPS.to) == post.channels.ids(MINE.to) == [1, 2, 3]
    assert await post.deliver(after=timedelta(days=1)) == DeliveryReport()


async def test_the_time_from_first_sight_to_acceptance_is_logged_and_stored(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    post.announce("ops")
    post.announce("mine", digest=True)  # waits for its hour, which is no delay
    with caplog.at_level("INFO", "watcher.deliver"):
        await post.deliver(after=timedelta(seconds=3))
    assert "accepted subscription=ops attempt=1 seen_to_accepted_s=3.0" in caplog.messages
    assert [one.seen_to_accepted_s for one in post.store.deliveries()] == [3.0, 3.0]
    assert post.store.delays.since(NOW) == (3.0,)
    assert post.store.delays.since(post.now + timedelta(seconds=1)) == ()


async def test_a_message_carries_the_key_the_figures_and_the_reason(post: Post) -> None:
    post.announce("ops")
    await post.deliver()
    ((_, message),) = post.channels.accepted
    (record,) = post.store.deliveries()
    assert message.key == message.event["delivery"] == record.key
    assert "最高奖补300万元" in message.text
    assert "订阅了全部公告" in message.text


async def test_with_a_public_address_each_message_says_where_its_reader_ends_it(post: Post) -> None:
    post.announce("ops", "mine")
    await post.deliver(options=Options(public_url="https://watch.example/w/"))
    told = {to: message.event["unsubscribe_url"] for to, message in post.channels.accepted}
    for record in post.store.subscriptions():
        assert told[record.subscription.to] == f"https://watch.example/w/unsubscribe/{record.token}"
    post.announce("ops")
    await post.deliver()
    assert "unsubscribe_url" not in post.channels.accepted[-1][1].event


async def test_a_webhook_gets_the_whole_item(post: Post) -> None:
    post.announce("ops")
    await post.deliver(options=Options(public_url="https://watch.example"))
    ((_, message),) = post.channels.accepted
    event = message.event
    assert event["item_url"] == "https://watch.example/announcements/1"
    assert [one["source"] for one in told(event, "places")] == ["bureau"]
    assert (event["status"], event["lifecycle"]) == ("active", None)
    for part in ("measures", "deadlines", "cited_documents", "document_title", "score"):
        assert part in event
    assert "text" not in event


def told(event: dict[str, object], part: str) -> list[dict[str, object]]:
    listed = event[part]
    assert isinstance(listed, list)
    return listed


POSTBOX = subscription("mail", to="mailto://smtp.example.org?from=a@example.org&to=b@example.org")


async def test_later_mails_of_an_announcement_follow_its_first(post: Post) -> None:
    post.store.sync_subscriptions([OPS, MINE, POSTBOX], NOW)
    post.announce("mail", "ops")
    post.announce("mail")
    await post.deliver()
    mails = [message for to, message in post.channels.accepted if to == POSTBOX.to]
    assert [(one.follows, one.subscription) for one in mails] == [(None, "mail"), (None, "mail")]
    post.remind(1, "mail", "ops")
    await post.deliver(after=timedelta(days=1))
    by_channel = dict(post.channels.accepted[3:])
    assert by_channel[POSTBOX.to].follows == mails[0].key
    assert by_channel[OPS.to].follows is None  # nothing is shown under another one there


async def test_what_was_first_told_in_a_digest_has_no_mail_of_its_own(post: Post) -> None:
    post.store.sync_subscriptions([OPS, MINE, POSTBOX], NOW)
    post.announce("mail", digest=True)
    await post.deliver()
    post.remind(1, "mail")
    await post.deliver(after=timedelta(days=1))
    post.remind(1, "mail")
    await post.deliver(after=timedelta(days=1))
    digest, first, second = (message for _, message in post.channels.accepted)
    assert digest.event["kind"] == "digest"
    assert first.follows is None
    assert second.follows == first.key


async def test_who_ended_his_subscription_is_sent_nothing_more(post: Post) -> None:
    post.announce("ops", "mine")
    (record,) = [one for one in post.store.subscriptions() if one.subscription.id == "ops"]
    post.store.subscribers.end_by_token(record.token, NOW, "unsubscribed")
    assert await post.deliver() == DeliveryReport(sent=1)
    assert [to for to, _ in post.channels.accepted] == [MINE.to]


async def test_a_refused_message_comes_again_under_its_key_and_in_its_place(post: Post) -> None:
    post.announce("ops")
    post.announce("ops")
    post.channels.down = {OPS.to}
    assert await post.deliver() == DeliveryReport(put_off=1)
    assert await post.deliver(after=timedelta(seconds=5)) == DeliveryReport()
    post.channels.down = set()
    assert await post.deliver(after=timedelta(seconds=5)) == DeliveryReport(sent=2)
    assert post.channels.ids(OPS.to) == [1, 2]


async def test_a_channel_that_is_down_for_a_day_loses_nothing(post: Post) -> None:
    post.channels.down = {OPS.to}
    for _ in range(5):
        post.announce("ops", "mine")
    for _ in range(24 * 4):
        await post.deliver(after=timedelta(minutes=15))
    assert post.channels.ids(MINE.to) == [1, 2, 3, 4, 5]
    post.channels.down = set()
    await post.deliver(after=timedelta(hours=2, minutes=30))
    assert post.channels.ids(OPS.to) == [1, 2, 3, 4, 5]


async def test_a_slow_channel_holds_up_no_other_not_even_a_later_round(post: Post) -> None:
    post.channels.slow = {OPS.to}
    post.announce("ops", "mine")
    first = asyncio.create_task(post.deliver())
    await until(lambda: bool(post.channels.in_flight and post.channels.accepted))
    post.announce("ops", "mine")
    await post.deliver()
    await until(lambda: post.channels.ids(MINE.to) == [1, 2])  # by this round, or by the first if still at it
    assert post.channels.ids(OPS.to) == []
    post.channels.release.set()
    await first
    assert post.channels.ids(OPS.to) == [1, 2]


async def test_a_channel_that_refuses_for_good_pauses_its_subscription(post: Post) -> None:
    post.channels.gone = {OPS.to}
    post.announce("ops")
    post.announce("ops")
    assert await post.deliver() == DeliveryReport(failed=1)
    assert [one.status for one in post.store.deliveries()] == ["waiting", "failed"]
    paused = {one.subscription.id: (one.status, one.reason) for one in post.store.subscriptions()}
    assert paused == {"mine": ("active", None), "ops": ("paused", "the channel answered 503")}
    assert await post.deliver(after=timedelta(days=1)) == DeliveryReport()
    post.channels.gone = set()
    post.store.resume_subscription("ops")
    assert await post.deliver() == DeliveryReport(sent=2)
    assert post.channels.ids(OPS.to) == [1, 2]


async def test_an_outage_that_is_mended_cost_its_reader_nothing(post: Post) -> None:
    post.announce("ops")
    assert await post.deliver() == DeliveryReport(sent=1)
    post.channels.down = {OPS.to}
    post.announce("ops")
    assert await post.deliver() == DeliveryReport(put_off=1)
    post.channels.down, post.channels.gone = set(), {OPS.to}
    assert await post.deliver(after=timedelta(minutes=1)) == DeliveryReport(failed=1)
    assert {one.id for one in post.store.audience()} == {"mine", "ops"}
    for _ in range(3):
        post.announce("ops", "mine")
    assert await post.deliver(after=timedelta(days=30)) == DeliveryReport(sent=3)
    assert post.channels.ids(OPS.to) == [1]
    post.store.resume_subscription("ops")
    assert await post.deliver() == DeliveryReport(failed=1)  # not mended yet
    post.channels.gone = set()
    post.store.resume_subscription("ops")
    assert await post.deliver() == DeliveryReport(sent=4)
    assert post.channels.ids(OPS.to) == [1, 2, 3, 4, 5]


async def test_another_address_gets_what_the_one_before_refused(post: Post) -> None:
    post.channels.gone = {OPS.to}
    post.announce("ops")
    assert await post.deliver() == DeliveryReport(failed=1)
    post.store.sync_subscriptions([subscription(to="json://moved.example/"), MINE], post.now)
    assert await post.deliver() == DeliveryReport(sent=1)
    assert post.channels.ids("json://moved.example/") == [1]


async def test_what_failed_in_an_earlier_outage_stays_with_it(post: Post) -> None:
    post.channels.down = {OPS.to}
    post.announce("ops")
    assert await post.deliver() == DeliveryReport(put_off=1)
    assert await post.deliver(after=GIVE_UP_AFTER + timedelta(hours=1)) == DeliveryReport(failed=1)
    post.channels.down = set()
    post.announce("ops")
    assert await post.deliver(after=timedelta(hours=3)) == DeliveryReport(sent=1)
    post.channels.gone = {OPS.to}
    post.announce("ops")
    assert await post.deliver(after=timedelta(hours=3)) == DeliveryReport(failed=1)
    post.channels.gone = set()
    post.store.resume_subscription("ops")
    assert await post.deliver() == DeliveryReport(sent=1)
    assert post.channels.ids(OPS.to) == [2, 3]


MAIL = [subscription(name, to=f"mailto://{name}.example.org?to=reader@example.org") for name in ("ops", "mine")]
REFUSED = NotifyError("mail: the recipient was refused", recipient="reader@example.org")
GONE = NotifyError("mail: the recipient was refused", recipient="reader@example.org", permanent=True)


async def test_a_mailbox_that_refuses_for_good_is_sent_nothing_more_by_anybody(post: Post) -> None:
    post.store.sync_subscriptions(MAIL, NOW)
    post.channels.refusals = {MAIL[0].to: GONE}
    post.announce("ops")
    assert await post.deliver() == DeliveryReport(failed=1)
    assert [one.held for one in post.store.subscriptions()] == [True, True]
    post.announce("mine")
    assert await post.deliver(after=timedelta(days=30)) == DeliveryReport()
    post.channels.refusals = {}
    assert post.store.resume_subscription("mine") == ("mine", "ops")
    assert await post.deliver() == DeliveryReport(sent=2)


async def test_a_mailbox_that_is_full_is_asked_ever_more_rarely_and_given_up_after_days(post: Post) -> None:
    post.store.sync_subscriptions(MAIL, NOW)
    post.channels.refusals = {one.to: REFUSED for one in MAIL}
    post.announce("ops", "mine")
    asked = []
    while not post.store.suppressions.all():
        report = await post.deliver(after=timedelta(minutes=30))
        asked += [post.now - NOW] * (report.put_off + report.failed)
    assert timedelta(days=5) < asked[-1] < timedelta(days=8)
    assert len(asked) < 40
    gaps = [later - before for before, later in pairwise(asked)]
    assert timedelta(hours=27) <= max(gaps) <= timedelta(hours=46)
    assert [one.held for one in post.store.subscriptions()] == [True, True]


async def test_an_accepted_mail_ends_the_count_of_refusals(post: Post) -> None:
    post.store.sync_subscriptions(MAIL, NOW)
    for _ in range(4):  # a grey list, again and again: no reason to give up
        post.channels.refusals = {MAIL[0].to: REFUSED}
        post.announce("ops")
        assert await post.deliver() == DeliveryReport(put_off=1)
        post.channels.refusals = {}
        assert await post.deliver(after=timedelta(days=2)) == DeliveryReport(sent=1)
    assert post.store.suppressions.all() == ()


async def test_a_mistake_in_a_channel_is_told_and_put_off_like_a_refusal(post: Post) -> None:
    post.channels.broken = {OPS.to}
    post.announce("ops", "mine")
    with pytest.raises(KeyError):
        await post.deliver()
    assert post.channels.ids(MINE.to) == [1]
    (waiting,) = post.store.deliveries("waiting")
    assert (waiting.attempts, waiting.last_error) == (1, "watcher failed on it: KeyError")
    assert await post.deliver(after=timedelta(seconds=5)) == DeliveryReport()
    post.channels.broken = set()
    assert await post.deliver(after=timedelta(seconds=5)) == DeliveryReport(sent=1)


async def test_a_message_is_given_up_after_a_week_and_kept(post: Post) -> None:
    post.channels.down = {OPS.to}
    post.announce("ops")
    await post.deliver()
    assert await post.deliver(after=GIVE_UP_AFTER) == DeliveryReport(put_off=1)
    assert await post.deliver(after=timedelta(hours=3)) == DeliveryReport(failed=1)
    assert [(one.status, one.attempts) for one in post.store.deliveries()] == [("failed", 3)]
    assert {one.status for one in post.store.subscriptions()} == {"active"}


async def test_what_waited_for_long_is_not_given_up_when_its_channel_refuses_for_the_first_time(post: Post) -> None:
    for _ in range(2):
        post.announce("ops")
    post.channels.down = {OPS.to}
    assert await post.deliver(after=GIVE_UP_AFTER + timedelta(days=1)) == DeliveryReport(put_off=1)
    post.channels.down = set()
    assert await post.deliver(after=timedelta(hours=3)) == DeliveryReport(sent=2)
    post.announce("ops")
    post.channels.down = {OPS.to}
    assert await post.deliver(after=GIVE_UP_AFTER + timedelta(days=1)) == DeliveryReport(put_off=1), (
        "it was well between"
    )


async def test_what_came_late_to_a_channel_that_is_down_has_its_own_time(post: Post) -> None:
    post.channels.down = {OPS.to}
    post.announce("ops")
    await post.deliver()
    post.now += timedelta(days=5)
    post.announce("ops", due_at=post.now)
    assert await post.deliver(after=timedelta(days=3)) == DeliveryReport(failed=1, put_off=1)


async def test_a_digest_is_one_message_at_the_end_of_its_period(post: Post) -> None:
    for _ in range(3):
        post.announce("ops", due_at=NOW + timedelta(hours=1), digest=True)
    assert await post.deliver() == DeliveryReport()
    assert await post.deliver(after=timedelta(hours=1)) == DeliveryReport(sent=1)
    ((_, message),) = post.channels.accepted
    assert (message.event["kind"], [item["id"] for item in message.event["items"]]) == ("digest", [1, 2, 3])  # type: ignore[attr-defined]
    assert {one.status for one in post.store.deliveries()} == {"sent"}


def items(message: Message) -> list[object]:
    found = message.event["items"]
    assert isinstance(found, list)
    return [item["id"] for item in found]


async def test_above_the_cap_of_an_hour_the_rest_is_one_digest(post: Post) -> None:
    post.store.sync_subscriptions([subscription("ops", max_per_hour=3), MINE], NOW)
    for _ in range(10):
        post.announce("ops")
    assert await post.deliver() == DeliveryReport(sent=3)
    assert post.channels.ids(OPS.to) == [1, 2, None]
    assert items(post.channels.accepted[-1][1]) == [3, 4, 5, 6, 7, 8, 9, 10]
    for _ in range(2):  # found in the same hour: together, when it is over
        post.announce("ops")
        assert await post.deliver(after=timedelta(minutes=20)) == DeliveryReport()
    assert await post.deliver(after=timedelta(minutes=20)) == DeliveryReport(sent=2)
    assert post.channels.ids(OPS.to)[3:] == [11, 12]
    post.announce("ops")
    post.announce("ops")
    assert await post.deliver() == DeliveryReport(sent=1)
    assert items(post.channels.accepted[-1][1]) == [13, 14]


async def test_in_quiet_hours_nothing_is_sent_and_then_one_digest(post: Post) -> None:
    post.store.sync_subscriptions([subscription("ops", quiet="09:00-11:00"), MINE], NOW)  # it is nine o'clock
    for _ in range(3):
        post.announce("ops", "mine")
        assert await post.deliver(after=timedelta(minutes=20)) == DeliveryReport(sent=1)
    post.channels.down = {OPS.to}
    assert await post.deliver(after=timedelta(minutes=60)) == DeliveryReport(put_off=1)
    post.announce("ops")
    post.channels.down = set()
    assert await post.deliver(after=timedelta(minutes=1)) == DeliveryReport(sent=2)
    assert post.channels.ids(OPS.to) == [None, 4]
    assert items(post.channels.accepted[-2][1]) == [1, 2, 3]


async def test_a_retry_waits_for_the_end_of_quiet_hours_as_well(post: Post) -> None:
    post.announce("ops")
    post.channels.down = {OPS.to}
    await post.deliver()
    post.channels.down = set()
    post.store.sync_subscriptions([subscription("ops", quiet="09:00-11:00"), MINE], NOW)
    assert await post.deliver(after=timedelta(minutes=30)) == DeliveryReport()
    post.announce("ops")
    assert await post.deliver(after=timedelta(minutes=90)) == DeliveryReport(sent=2)
    assert post.channels.ids(OPS.to) == [1, 2]  # what was tried goes as it was


async def test_a_digest_that_was_put_together_is_that_of_its_period(post: Post) -> None:
    post.store.sync_subscriptions([subscription("ops", deliver="hourly"), MINE], NOW)
    due = NOW + timedelta(hours=1)
    post.announce("ops", due_at=due, digest=True)
    assert await post.deliver(after=timedelta(hours=1)) == DeliveryReport(sent=1)
    post.announce("ops", due_at=due, digest=True)  # written a moment too late
    assert await post.deliver(after=timedelta(minutes=1)) == DeliveryReport()
    assert await post.deliver(after=timedelta(minutes=59)) == DeliveryReport(sent=1)
    assert [items(message) for _, message in post.channels.accepted] == [[1], [2]]


async def test_what_was_written_while_the_clock_was_years_ahead_is_sent(post: Post) -> None:
    post.announce("ops", due_at=NOW + timedelta(days=400))
    assert await post.deliver() == DeliveryReport(sent=1)


async def test_a_retry_that_a_clock_ahead_put_off_comes_when_it_is_set_back(post: Post) -> None:
    post.now = NOW + timedelta(hours=8)
    post.channels.down = {OPS.to}
    post.announce("ops", due_at=post.now)
    assert await post.deliver() == DeliveryReport(put_off=1)
    post.now, post.channels.down = NOW, set()
    post.store.ahead.forget(post.now, "Asia/Shanghai")
    assert await post.deliver() == DeliveryReport(sent=1)
    post.store.ahead.forget(post.now, "Asia/Shanghai")
    assert await post.deliver(after=timedelta(hours=9)) == DeliveryReport()
    assert post.channels.ids(OPS.to) == [1]


async def test_a_digest_of_a_clock_that_was_ahead_comes_with_the_next_period_and_once(post: Post) -> None:
    post.store.sync_subscriptions([subscription("ops", deliver="hourly"), MINE], NOW)
    post.announce("ops", due_at=NOW + timedelta(days=3), digest=True)
    assert post.store.ahead.forget(NOW, "Asia/Shanghai") == 1
    assert await post.deliver() == DeliveryReport()
    assert await post.deliver(after=timedelta(hours=1)) == DeliveryReport(sent=1)
    post.now = NOW  # set back once more, over the digest that was sent
    assert post.store.ahead.forget(NOW, "Asia/Shanghai") == 0
    assert await post.deliver(after=timedelta(days=4)) == DeliveryReport()
    assert [items(message) for _, message in post.channels.accepted] == [[1]]


async def test_a_message_is_in_the_language_of_its_reader(post: Post) -> None:
    post.store.sync_subscriptions([subscription("ops", language="en"), MINE], NOW)
    post.announce("ops", "mine")
    await post.deliver()
    titles = {to: message.title.split(maxsplit=1)[0][:5] for to, message in post.channels.accepted}
    assert titles == {OPS.to: "[New]", MINE.to: "【新措施】"}


async def test_silence_is_explained_with_the_next_alert(post: Post) -> None:
    post.announce("ops")
    assert await post.deliver() == DeliveryReport(sent=1)
    trouble = Health(SourceState.FAILING, Problem("http_503", "HTTP 503"), since=NOW, failures=3, told=True)
    event: dict[str, object] = {"kind": "source_trouble", "source": "bureau", "title": "某市局"}
    held = post.store.passes.begin([(source(), post.now)])[0]
    assert held is not None
    post.now += timedelta(minutes=5)
    end = PassEnd(trouble, None, None, Outgoing(EventKind.SOURCE_TROUBLE, event), held.source.usual)
    assert post.store.passes.finish([(held, end, post.now)]) == [True]
    for _ in range(2):
        post.announce("ops")
        await post.deliver(after=timedelta(minutes=5))
    told = [message.event.get("unreadable") for _, message in post.channels.accepted]
    assert told == [
        None,
        [{"source": "bureau", "title": "某市局", "url": source().url, "since": NOW.isoformat()}],
        None,
    ]
    assert "没有消息不等于没有发布：某市局" in post.channels.accepted[1][1].text


async def test_rounds_side_by_side_send_nothing_twice(post: Post) -> None:
    for _ in range(10):
        post.announce("ops", "mine")
    reports = await asyncio.gather(*(post.deliver() for _ in range(4)))
    assert sum(report.sent for report in reports) == 20
    assert post.channels.ids(OPS.to) == list(range(1, 11))


async def test_what_is_written_while_a_round_ends_is_not_left_behind(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = post.store.release

    def write_then_release(claims: Sequence[Claim]) -> list[None]:
        # The last look found nothing more, the claim still stands: a round for this one would be turned away.
        if post.number == 1 and [claim.key for claim in claims] == ["subscription:ops"]:
            post.announce("ops")
            assert post.store.claim_subscription("ops", post.now) is None
        return release(claims)

    monkeypatch.setattr(post.store, "release", write_then_release)
    post.announce("ops")
    assert await post.deliver() == DeliveryReport(sent=2)


def test_retries_begin_within_ten_seconds_and_grow_to_hours() -> None:
    chances = [0.0, 0.5, 0.999, random.random()]
    assert all(timedelta(seconds=5) <= retry_after(1, chance) <= timedelta(seconds=10) for chance in chances)
    assert [retry_after(attempt, 0.5).total_seconds() for attempt in (1, 2, 3, 10, 11, 999)] == [
        8,
        16,
        32,
        4096,
        7200,
        7200,
    ]
    assert retry_after(4, 0.0) < retry_after(4, 0.9)
