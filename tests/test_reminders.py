from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.examples import deadline, extraction, money, subscription
from watcher.deadlines.hours import FROM, UNTIL, days, next_hour
from watcher.deadlines.reminders import reminders
from watcher.news import EventKind
from watcher.records.announcements import AnnouncementRecord
from watcher.records.lifecycle import Fate, Saying, Statement
from watcher.records.names import Name, Role
from watcher.records.reminders import Coming, Reminder
from watcher.settings import Subscription, Where

ZONE = "Asia/Shanghai"
TEXT = "对绿色改造项目最高奖补300万元。2026年6月底前，完成申报材料报送，逾期不予受理。"
DAY = date(2026, 6, 30)
FOUND = extraction(
    TEXT, deadlines=(deadline(TEXT, "2026年6月底前", DAY),), figures=(money(TEXT, "最高奖补300万元", 3_000_000),)
)


def morning(days_before: int) -> datetime:
    """08:30 in Shanghai, so many days before the deadline."""
    return datetime(2026, 6, 30, 0, 30, tzinfo=UTC) - timedelta(days=days_before)


def reader(name: str = "ops", remind: tuple[int, ...] = (14, 3), **changes: Any) -> Subscription:
    return subscription(name, on=(EventKind.DEADLINE,), remind=remind, **changes)


def coming(**changes: Any) -> Coming:
    record = AnnouncementRecord(7, "http://b.example/1.html", "bureau", "active", morning(90), morning(90), 2, FOUND)
    made: dict[str, Any] = {"announcement": record, "day": DAY, "region": "320000", "told": {}}
    return Coming(**{**made, **changes})


def sent(at: datetime, *audience: Subscription, of: Coming | None = None) -> list[tuple[int, list[str]]]:
    """The spans of the reminders, and who gets each."""
    made = reminders(of or coming(), audience or (reader(),), at, ZONE)
    return [(one.span, [recipient.subscription for recipient in one.outgoing.recipients]) for one in made]


@pytest.mark.parametrize(
    ("left", "span"),
    [(15, None), (14, 14), (13, 14), (4, 14), (3, 3), (1, 3), (0, 3), (-1, None)],
)
def test_the_nearest_span_that_still_holds_counts(left: int, span: int | None) -> None:
    assert sent(morning(left)) == ([] if span is None else [(span, ["ops"])])


def test_what_was_reminded_under_a_span_is_not_reminded_again() -> None:
    done = coming(reminded=frozenset({("ops", 14)}))
    assert sent(morning(13), of=done) == []
    assert sent(morning(3), of=done) == [(3, ["ops"])]
    assert sent(morning(13), reader("late"), of=done) == [(14, ["late"])]


@pytest.mark.parametrize(
    ("told", "left", "span"),
    [
        (90, 14, 14),  # told long before
        (15, 14, 14),
        (14, 14, None),  # told on the day itself
        (10, 9, None),  # found when the first span had begun: the alert told it
        (10, 3, 3),
        (2, 1, None),  # found when less than the smallest span was left
        (0, 0, None),
    ],
)
def test_who_was_told_since_the_span_began_is_not_reminded(told: int, left: int, span: int | None) -> None:
    known = coming(told={"ops": morning(told)})
    assert sent(morning(left), of=known) == ([] if span is None else [(span, ["ops"])])


def test_who_was_never_told_is_reminded_even_late() -> None:
    assert sent(morning(2), of=coming(told={"other": morning(2)})) == [(3, ["ops"])]


def test_readers_of_several_spans_get_an_event_each() -> None:
    audience = (reader("a"), reader("b", (7,)), reader("c", (3,)), reader("d"))
    assert sent(morning(5), *audience) == [(7, ["b"]), (14, ["a", "d"])]


def test_where_is_asked_as_for_any_alert() -> None:
    audience = (
        reader("there", where=Where(regions=("370000",))),
        reader("elsewhere", where=Where(regions=("110000",))),
        subscription("new-only", remind=()),
    )
    assert sent(morning(3), *audience) == [(3, ["there"])]


def made(at: datetime, of: Subscription) -> Reminder:
    (reminder,) = reminders(coming(), (of,), at, ZONE)
    return reminder


def test_the_event_holds_the_deadline_its_words_and_its_figures() -> None:
    event = made(morning(3), reader()).outgoing.event
    assert event["kind"] == "deadline"
    assert event["deadline"] == {
        "date": "2026-06-30",
        "days_left": 3,
        "tasks": ["完成申报材料报送"],
        "sentences": ["2026年6月底前，完成申报材料报送，逾期不予受理"],
    }
    assert event["figures"] == []  # of another sentence
    assert event["title"] == FOUND.title


def test_a_digest_of_that_hour_takes_it_along() -> None:
    (recipient,) = made(morning(3), reader(deliver="daily 08:30")).outgoing.recipients
    assert (recipient.due_at, recipient.digest) == (morning(3), True)
    (recipient,) = made(morning(3), reader(deliver="weekly mon 08:30")).outgoing.recipients
    assert recipient.due_at == datetime(2026, 6, 29, 0, 30, tzinfo=UTC)


# The deadline is Tuesday, 30 June; `left` days before at 08:30 somebody looks.
@pytest.mark.parametrize(
    ("deliver", "remind", "left", "span", "days_before"),
    [
        ("weekly fri 08:30", (3,), 12, None, 0),  # another digest comes before the day
        ("weekly fri 08:30", (3,), 10, 3, 4),  # Friday's is the last one, a day too early by the span
        ("weekly fri 08:30", (3,), 4, 3, 4),
        ("weekly fri 08:30", (3,), 3, 3, None),  # found after it: by itself, when the span begins
        ("weekly fri 08:30", (1,), 2, None, 0),
        ("weekly fri 08:30", (14, 3), 14, 14, 11),
        ("weekly fri 08:30", (14, 3), 10, 3, 4),
        ("weekly tue 08:30", (3,), 3, 3, 0),  # on the day itself it is not over
        ("daily 08:00", (0,), 1, 0, 0),
        ("daily 09:00", (0,), 0, 0, 0),
        ("daily 08:00", (0,), 0, 0, None),
        ("hourly", (3,), 3, 3, 3),
        ("hourly", (3,), 4, None, 0),
    ],
)
def test_who_reads_a_digest_is_reminded_before_the_day_is_over(
    deliver: str, remind: tuple[int, ...], left: int, span: int | None, days_before: int | None
) -> None:
    made = list(reminders(coming(), (reader(remind=remind, deliver=deliver),), morning(left), ZONE))
    assert [one.span for one in made] == ([] if span is None else [span])
    for one in made:
        (recipient,) = one.outgoing.recipients
        assert recipient.digest is (days_before is not None)
        told_on = recipient.due_at.astimezone(ZoneInfo(ZONE)).date()
        assert (DAY - told_on).days == (left if days_before is None else days_before)


@pytest.mark.parametrize("remind", [(3,), (3, 1), (14, 3, 0)])
@pytest.mark.parametrize("deliver", ["weekly fri 08:30", "weekly mon 18:00", "daily 07:00", "daily 20:30", "hourly"])
def test_a_digest_after_the_day_never_reminds_of_it_and_none_before_does_so_twice(
    deliver: str, remind: tuple[int, ...]
) -> None:
    done: set[tuple[str, int]] = set()
    told_at: list[datetime] = []
    for left in range(20, -1, -1):
        for hour in (0, 5, 11):
            at = morning(left) + timedelta(hours=hour)
            for made in reminders(
                coming(reminded=frozenset(done)), (reader(remind=remind, deliver=deliver),), at, ZONE
            ):
                done.add(("ops", made.span))
                told_at.append(made.outgoing.recipients[0].due_at)
    assert told_at
    assert all(at.astimezone(ZoneInfo(ZONE)).date() <= DAY for at in told_at)
    assert len(set(told_at)) == len(told_at)


def test_an_alert_that_waits_for_a_digest_after_the_day_is_no_reminder() -> None:
    weekly = reader(deliver="weekly fri 08:30")
    assert sent(morning(3), weekly, of=coming(told={"ops": morning(-3)})) == [(3, ["ops"])]
    assert sent(morning(3), weekly, of=coming(told={"ops": morning(3)})) == []


@pytest.mark.parametrize(
    ("now", "at"),
    [
        ("2026-03-01T00:10+08:00", "2026-03-01T08:30+08:00"),
        ("2026-03-01T08:30+08:00", "2026-03-01T08:30+08:00"),
        ("2026-03-01T13:00+08:00", "2026-03-01T13:00+08:00"),
        ("2026-03-01T20:00+08:00", "2026-03-02T08:30+08:00"),
        ("2026-03-01T23:59+08:00", "2026-03-02T08:30+08:00"),
    ],
)
def test_reminders_come_by_day(now: str, at: str) -> None:
    assert next_hour(datetime.fromisoformat(now), ZONE) == datetime.fromisoformat(at)


@given(st.datetimes(timezones=st.just(UTC)).filter(lambda now: 1 < now.year < 9999))
def test_the_next_hour_is_never_past_and_within_a_night(now: datetime) -> None:
    at = next_hour(now, ZONE)
    assert now <= at <= now + timedelta(hours=12, minutes=30)
    assert FROM <= at.astimezone(ZoneInfo(ZONE)).time() < UNTIL


def test_the_days_that_are_looked_at_reach_as_far_as_anybody_asks() -> None:
    assert days([reader(), reader("b", (30,))], morning(40), ZONE) == (date(2026, 5, 21), date(2026, 6, 20))
    assert days([subscription()], morning(40), ZONE) is None
    weekly = reader(remind=(1,), deliver="weekly fri 08:30")  # 26 June and 3 July
    assert days([weekly], morning(10), ZONE) == (date(2026, 6, 20), date(2026, 7, 2))


@pytest.mark.parametrize(
    ("fate", "told"), [(Fate.REPEALED, []), (Fate.REPLACED, []), (Fate.SUPERSEDED, [(14, ["ops"])])]
)
def test_a_document_that_ended_reminds_of_nothing(fate: Fate, told: list[tuple[int, list[str]]]) -> None:
    notice = Saying(
        Statement(fate, Name(Role.CITES, ("key",), "某文件"), "《某文件》同时废止"),
        "http://b.example/2.html", "通知", None, date(2026, 5, 1), None, "bureau", morning(60),
    )  # fmt: skip
    ended = coming()
    ended = replace(ended, announcement=replace(ended.announcement, sayings=(notice,)))
    assert sent(morning(14), of=ended) == told


def test_a_document_that_lapsed_before_its_deadline_reminds_no_more() -> None:
    lapsed = coming()
    lapsed = replace(
        lapsed, announcement=replace(lapsed.announcement, extraction=replace(FOUND, valid_until=date(2026, 6, 20)))
    )
    assert sent(morning(14), of=lapsed) == [(14, ["ops"])]
    assert sent(morning(3), of=lapsed) == []
