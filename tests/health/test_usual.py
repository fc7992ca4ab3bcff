"""What is usual for a source: learned from its own passes, and learned anew where it lasts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.health import after_success, rhythm, size, speed
from watcher.health.level import NEW_USUAL_AFTER
from watcher.model import Link
from watcher.records.sources import Health, SourceState
from watcher.records.usual import Level, Rhythm

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


# --- entries -------------------------------------------------------------------------------------------------------


def sizes(*counts: int, every: timedelta = HOUR) -> str:
    """One letter a pass: `x` where the list was far shorter than usual."""
    level, said, now = Level(), "", NOW
    for count in counts:
        level, sign = size.after_listing(level, count, now)
        said += "." if sign is None else "x"
        now += every
    return said


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((20, 20, 20, 6, 20), "...x."),
        ((20, 2, 2, 20), ".xx."),  # one reading is enough to know better
        ((20, 7, 7), "..."),  # a third is still a list
        ((20, 2, 20, 2), ".x.x"),
        ((5, 1, 5, 1), "...."),  # a small list may shrink
        ((20, 15, 10, 7, 5, 4), "......"),  # and a long one slowly
        ((20, 200, 20), "..."),
    ],
)
def test_far_fewer_entries_than_usual_are_a_sign(counts: tuple[int, ...], said: str) -> None:
    assert sizes(*counts) == said


def test_what_stays_for_a_week_is_the_new_usual() -> None:
    assert sizes(20, *[3] * 10, 1, every=DAY) == ".xxxxxxx...."
    assert sizes(20, *[3] * 4, every=3 * DAY) == ".xxxx"  # a week and five passes
    assert sizes(20, *[3] * 5, every=3 * DAY) == ".xxxx."


def test_the_sign_says_what_is_usual_and_what_to_do() -> None:
    level, _ = size.after_listing(Level(), 20, NOW)
    _, sign = size.after_listing(level, 2, NOW)
    assert sign is not None
    assert sign.state is SourceState.LAYOUT_CHANGED
    assert sign.problem.message == "the list has 2 entries, usually 20: part of it may not be found any more"
    assert "watcher sources test" in (sign.problem.hint or "")


@pytest.mark.parametrize(
    ("days", "now", "new"),
    [
        ([date(2027, 1, 4), date(2027, 1, 3)], datetime(2027, 1, 5, tzinfo=UTC), True),
        ([date(2027, 1, 1)], datetime(2026, 12, 31, 17, tzinfo=UTC), True),  # the year of China
        ([date(2027, 1, 4), date(2026, 12, 30)], datetime(2027, 1, 5, tzinfo=UTC), False),
        ([date(2027, 1, 4), None], datetime(2027, 1, 5, tzinfo=UTC), False),
        ([date(2027, 5, 4)], datetime(2027, 5, 5, tzinfo=UTC), False),
    ],
)
def test_a_list_of_the_year_that_began_is_known_by_its_dates(days: list[date], now: datetime, new: bool) -> None:
    links = [Link(f"http://a/{number}", "t", day) for number, day in enumerate(days)]
    assert size.is_new_year(links, now) is new


def test_a_list_that_starts_anew_with_the_year_starts_with_a_size_of_its_own() -> None:
    level, sign = size.after_listing(Level((20.0,) * 9), 1, NOW, fresh_year=True)
    assert (level, sign) == (Level((1,)), None)


# --- seconds -------------------------------------------------------------------------------------------------------


def speeds(*seconds: float) -> str:
    """One letter a pass: `x` where the source was said to be slow."""
    level, said = Level(), ""
    for took_s in seconds:
        level, sign = speed.after_answer(level, took_s, NOW)
        said += "." if sign is None else "x"
    return said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        ([0.2] * 5 + [9, 9, 9, 9, 0.2], ".......xx."),
        ([0.2] * 5 + [9, 9, 0.2, 9, 9], ".........."),  # several in a row
        ([0.2] * 5 + [2] * 5, ".........."),  # two seconds hold nobody up
        ([8.0] * 5 + [20] * 5, ".........."),  # a slow one has its own usual
        ([8.0] * 5 + [45] * 3, ".......x"),
        ([0.2, 9, 9, 9, 9], "....."),  # not before it is known
    ],
)
def test_a_source_is_slow_where_several_passes_in_a_row_take_much_longer(seconds: list[float], said: str) -> None:
    assert speeds(*seconds) == said


def test_a_slow_site_is_told_at_the_fifth_slow_pass() -> None:
    """Three in a row are the sign, three passes with the sign the news: docs/sources.md says five."""
    level, health, told = Level((0.5,) * speed.READINGS), Health(), []
    for hour in range(7):
        now = NOW + hour * HOUR
        level, sign = speed.after_answer(level, 9, now)
        health, kind = after_success(health, now, sign)
        told.append(kind)
    assert [kind is not None for kind in told] == [False] * 4 + [True] + [False] * 2


def test_a_source_that_stays_slow_for_a_week_is_a_slow_source() -> None:
    level = Level((0.2,) * 9)
    for day in range(9):
        level, sign = speed.after_answer(level, 9, NOW + day * DAY)
        assert (sign is None) == (day < 2 or day * DAY >= NEW_USUAL_AFTER)


# --- rhythm --------------------------------------------------------------------------------------------------------


def watched(arrivals: Sequence[float]) -> Rhythm:
    """The rhythm after entries came at these days."""
    found = Rhythm()
    for day in arrivals:
        found = rhythm.after_entries(found, 1, NOW + day * DAY)
    return found


def silent_after(found: Rhythm) -> int | None:
    """The first day without entries at which that is a sign, None for never."""
    assert found.last is not None
    return next((day for day in range(1000) if rhythm.silence(found, found.last + day * DAY)), None)


WORKDAYS = [day for day in range(60) if (NOW + day * DAY).weekday() < 5]


@pytest.mark.parametrize(
    ("arrivals", "days"),
    [
        (WORKDAYS, 15),
        (list(range(0, 300, 30)), 91),  # each month
        ([0, 5, 60, 62, 100, 130, 190], 181),  # now and then
        ([0, 1, 2], None),  # too few to know
        ([0, 0.1, 0.2, 0.3, 0.4, 0.5], None),  # one day's entries are one arrival
    ],
)
def test_silence_is_judged_by_the_sources_own_rhythm(arrivals: list[float], days: int | None) -> None:
    assert silent_after(watched(arrivals)) == days


@pytest.mark.parametrize("holiday", [9, 12])  # 8 or 9 days off, and slow ones before and after
def test_the_long_holidays_are_no_silence(holiday: int) -> None:
    found = watched(WORKDAYS)
    assert found.last is not None
    assert rhythm.silence(found, found.last + holiday * DAY) is None


def test_a_holiday_is_forgotten_by_and_by() -> None:
    after_holiday = watched([*WORKDAYS, 71])
    assert silent_after(after_holiday) == 37
    assert silent_after(watched([*WORKDAYS, *range(71, 140)])) == 15


def test_the_sign_says_for_how_long() -> None:
    found = watched(WORKDAYS)
    assert found.last is not None
    sign = rhythm.silence(found, found.last + 20 * DAY)
    assert sign is not None
    assert sign.problem.message == "no new entry for 20 days; the longest pause of late was 3 days"


@given(st.lists(st.tuples(st.integers(0, 3), st.timedeltas(HOUR / 60, 3 * DAY)), max_size=200))
def test_no_source_is_silent_in_its_first_fourteen_days(passes: list[tuple[int, timedelta]]) -> None:
    found, now = Rhythm(), NOW
    for added, pause in passes:
        found = rhythm.after_entries(found, added, now)
        assert rhythm.silence(found, now) is None or now - NOW > timedelta(days=14)
        assert not added or rhythm.silence(found, now) is None
        now += pause
