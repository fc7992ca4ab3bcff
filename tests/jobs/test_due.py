"""Which sources are due, and in what order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from watcher.deadlines.hours import FROM
from watcher.jobs.due import EVER, NEVER, Plan, due_at, in_turns
from watcher.jobs.tasks import beating, day_from
from watcher.settings import Every, Source

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)  # 16:00 in Shanghai, a Monday
HOUR = timedelta(hours=1)
HOURLY, DAILY = Every(interval=HOUR), Every(cron="30 8 * * mon-fri")


def source(every: Every = HOURLY, name: str = "a", host: str = "a.example", *, enabled: bool = True) -> Source:
    return Source(id=name, name="甲", url=f"http://{host}/{name}/", every=every, enabled=enabled)


@pytest.mark.parametrize(
    ("last_checked", "retry_at", "least", "most"),
    [
        (None, None, EVER, EVER),
        (NOW, None, NOW + HOUR, NOW + HOUR * 1.1),
        (NOW, NOW + HOUR * 4, NOW + HOUR * 4, NOW + HOUR * 4),
        (NOW, NOW - HOUR, NOW + HOUR, NOW + HOUR * 1.1),
    ],
)
def test_an_interval_ends_a_little_late_and_not_before_it_may_be_asked_again(
    last_checked: datetime | None, retry_at: datetime | None, least: datetime, most: datetime
) -> None:
    assert least <= due_at(source(), last_checked, retry_at, SHANGHAI) <= most


@pytest.mark.parametrize(
    ("last_checked", "retry_at", "due"),
    [
        (NOW, None, datetime(2026, 3, 3, 8, 30, tzinfo=SHANGHAI)),
        (NOW - timedelta(days=1), None, datetime(2026, 3, 2, 8, 30, tzinfo=SHANGHAI)),  # missed: made up for
        (NOW, NOW + timedelta(hours=20), datetime(2026, 3, 4, 8, 30, tzinfo=SHANGHAI)),
    ],
)
def test_a_cron_line_is_kept_and_a_missed_time_made_up_for(
    last_checked: datetime, retry_at: datetime | None, due: datetime
) -> None:
    assert due_at(source(DAILY), last_checked, retry_at, SHANGHAI) == due


def test_a_cron_line_without_a_time_is_never_due() -> None:
    impossible = source(Every(cron="0 8 30 2 *"))
    assert due_at(impossible, NOW, None, SHANGHAI) == due_at(impossible, NOW, NOW, SHANGHAI) == NEVER


def test_how_late_an_interval_ends_is_the_same_for_all_who_ask_and_another_each_time() -> None:
    found = [due_at(source(), NOW + n * HOUR, None, SHANGHAI) - n * HOUR for n in range(20)]
    assert found == [due_at(source(), NOW + n * HOUR, None, SHANGHAI) - n * HOUR for n in range(20)]
    assert len(set(found)) == 20


def test_a_plan_names_what_is_due_of_what_is_configured() -> None:
    plan = Plan([source(name="a"), source(name="b"), source(name="off", enabled=False)], SHANGHAI)
    rest = [("a", NOW - 2 * HOUR, None), ("b", NOW, None), ("off", None, None), ("of another file", None, None)]
    assert plan.due(rest, NOW) == ["a"]
    assert plan.due([("a", NOW, None), ("b", NOW, None)], NOW) == []
    assert plan.due([("a", NOW, None), ("b", NOW, None)], NOW + 1.1 * HOUR) in (["a", "b"], ["b", "a"])


@pytest.mark.parametrize("ahead", [timedelta(minutes=5), 8 * HOUR, timedelta(days=400)])
def test_a_source_that_was_checked_in_the_future_is_due_at_once_and_then_in_its_rhythm(ahead: timedelta) -> None:
    """The clock was set back; or ours is behind, and others', or theirs is ahead, and they go on to write so."""
    plan = Plan([source()], SHANGHAI)
    assert plan.due([("a", NOW + ahead, NOW + ahead + HOUR)], NOW) == ["a"]
    for minutes in (0, 1, 30, 59):
        now = NOW + timedelta(minutes=minutes)
        assert plan.due([("a", now + ahead, None)], now) == []
    assert plan.due([("a", NOW + ahead + 1.2 * HOUR, None)], NOW + 1.2 * HOUR) == ["a"]
    assert plan.due([("a", NOW + ahead, None)], NOW - 8 * HOUR) == ["a"]  # set back once more


def test_a_moment_that_no_back_off_names_holds_no_source_back() -> None:
    plan = Plan([source()], SHANGHAI)
    assert plan.due([("a", NOW - 2 * HOUR, NOW + timedelta(hours=20))], NOW) == []
    assert plan.due([("a", NOW - 2 * HOUR, NOW + timedelta(days=300))], NOW) == ["a"]


def test_hosts_take_turns() -> None:
    sources = [source(name=f"x{n}", host="x.example") for n in range(3)] + [source(name="y", host="y.example")]
    assert in_turns(sources) == ["x0", "y", "x1", "x2"]


@pytest.mark.parametrize(("hour", "minute", "day"), [(8, 29, 1), (8, 30, 2), (23, 59, 2)])
def test_a_days_work_is_due_from_its_hour_on(hour: int, minute: int, day: int) -> None:
    now = datetime(2026, 3, 2, hour, minute, tzinfo=SHANGHAI)
    assert day_from(FROM, now, SHANGHAI) == datetime(2026, 3, day, tzinfo=SHANGHAI).toordinal()


def test_the_sign_of_life_is_due_once_a_minute() -> None:
    assert {beating(NOW + timedelta(seconds=n)) - beating(NOW) for n in range(120)} == {0, 1}
