"""A document that its own words end: lapsed from the day after its last one on, and told so once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.store.examples import subscription
from tests.test_pipeline import OPTIONS, RECHECK, Bench, bench, site
from tests.test_succession import REPEAL, said_of
from tests.town import BULLETIN, MEASURES, TODAY, days_ago
from watcher.lifecycle.expire import expire
from watcher.lifecycle.lifespan import lifecycle_of
from watcher.news import EventKind
from watcher.records.announcements import Filter
from watcher.records.lifecycle import Fate
from watcher.render.message import render_event

__all__ = ["bench", "site"]

LAST = date(2026, 4, 30)
VALID = (*MEASURES, "本措施自2026年3月1日起施行，有效期至2026年4月30日。")
NUMBERED = (MEASURES[0], "某环发〔2026〕8号", *VALID[1:])


async def known(bench: Bench, text: tuple[str, ...] = VALID) -> None:
    """An announcement that was told as new, and sent."""
    bench.column.publish(1, BULLETIN, days_ago(5))
    await bench.check()
    bench.column.publish(2, text)
    await bench.check(after=timedelta(hours=1))
    sent(bench)
    assert bench.kinds() == ["new"]


def sent(bench: Bench) -> None:
    while batch := bench.store.outbox.next_batch("ops", bench.now):
        bench.store.mark_sent(batch, bench.now)


def expire_on(bench: Bench, day: date) -> int:
    """What the job of that day writes, which begins at the same hour as the bench."""
    bench.now += timedelta(days=(day - bench.now.date()).days)
    return expire(bench.store, bench.now, OPTIONS)


@pytest.mark.parametrize(("day", "state"), [(LAST, None), (LAST + timedelta(days=1), Fate.LAPSED)])
async def test_it_stands_to_its_last_day_and_has_lapsed_from_the_next(
    bench: Bench, day: date, state: Fate | None
) -> None:
    await known(bench)
    (record,) = bench.store.lists.announcements(Filter())
    assert record.extraction.valid_until == LAST
    found = lifecycle_of(record, day)
    assert (found and found.state) == state
    if found is not None:
        assert (found.since, found.by) == (date(2026, 5, 1), None)
        assert found.quote == "本措施自2026年3月1日起施行，有效期至2026年4月30日"


async def test_it_is_told_once_on_the_day_after_to_who_asks_for_changes(bench: Bench) -> None:
    await known(bench)
    bench.store.sync_subscriptions(
        [subscription(on=tuple(set(EventKind) - {EventKind.WORDING})), subscription("new-only", on=(EventKind.NEW,))],
        bench.now,
    )
    assert [expire_on(bench, LAST + timedelta(days=days)) for days in (0, 1, 1, 2, 9)] == [0, 1, 0, 0, 0]
    bench.now = bench.now.replace(month=5, day=1)
    event = bench.told()
    (change,) = event["changes"]
    assert (event["kind"], event["said_by"]) == ("changed", None)
    assert (change["field"], change["note"]) == ("lifecycle", "状态：失效")
    assert change["quote"] == "本措施自2026年3月1日起施行，有效期至2026年4月30日"
    message = render_event(event, key="k", reason=None, timezone="Asia/Shanghai")
    assert message.title.endswith("：状态：失效")
    sent(bench)
    assert [(one.subscription, str(one.kind), one.status) for one in bench.alerts()] == [
        ("ops", "new", "sent"), ("ops", "changed", "sent")
    ]  # fmt: skip


async def test_a_service_that_stood_still_makes_up_for_a_week_and_no_longer(bench: Bench) -> None:
    await known(bench)
    assert expire_on(bench, LAST + timedelta(days=8)) == 0
    bench.now -= timedelta(days=1)
    assert expire_on(bench, LAST + timedelta(days=7)) == 1


async def test_what_lapsed_before_it_was_found_is_no_news(bench: Bench) -> None:
    bench.column.publish(1, BULLETIN, days_ago(5))
    await bench.check()
    bench.now += timedelta(days=(LAST - TODAY).days + 2)
    bench.column.publish(2, VALID)
    await bench.check()
    assert expire_on(bench, bench.now.date()) == 0


async def test_a_longer_validity_is_told_as_a_change_and_ends_on_its_own_day(bench: Bench) -> None:
    await known(bench)
    bench.column.publish(2, (*VALID[:-1], VALID[-1].replace("4月30日", "5月31日")))
    await bench.check(RECHECK, after=timedelta(days=1))
    sent(bench)
    assert bench.kinds() == ["new", "changed"]
    assert [expire_on(bench, date(2026, *day)) for day in ((5, 1), (6, 1))] == [0, 1]


async def test_what_another_document_ended_does_not_end_a_second_time(bench: Bench) -> None:
    await known(bench, NUMBERED)
    (record,) = bench.store.lists.announcements(Filter())
    bench.column.publish(3, REPEAL)
    await bench.check(after=timedelta(hours=1))
    assert [one.statement.fate for one in said_of(bench, record.id)] == [Fate.REPEALED]
    assert expire_on(bench, LAST + timedelta(days=1)) == 0


async def test_an_edit_after_it_lapsed_is_told_as_what_it_is(bench: Bench) -> None:
    """That it lapsed is no revision: what a reader knows of the text stays."""
    await known(bench)
    expire_on(bench, LAST + timedelta(days=1))
    sent(bench)
    bench.column.publish(2, VALID, amount=500)
    await bench.check(RECHECK, after=timedelta(days=1))
    event = bench.told()
    (change,) = event["changes"]
    assert (change["before"], change["after"]) == ("最高300万元", "最高500万元")
