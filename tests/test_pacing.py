from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.examples import subscription
from watcher.pacing import FREE, Pace, pace, quiet_end

ZONE = "Asia/Shanghai"
NIGHT = "22:00-07:30"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("quiet", "zone", "now", "end"),
    [
        (NIGHT, ZONE, "2026-03-02 13:59:59", None),
        (NIGHT, ZONE, "2026-03-02 14:00", "2026-03-02 23:30"),
        (NIGHT, ZONE, "2026-03-02 20:00", "2026-03-02 23:30"),
        (NIGHT, ZONE, "2026-03-02 23:29:59", "2026-03-02 23:30"),
        (NIGHT, ZONE, "2026-03-02 23:30", None),
        ("12:00-14:00", ZONE, "2026-03-02 05:00", "2026-03-02 06:00"),
        ("12:00-14:00", ZONE, "2026-03-02 06:00", None),
        ("00:00-06:00", ZONE, "2026-03-02 16:00", "2026-03-02 22:00"),
        # Clocks go from 2:00 to 3:00: the end is skipped, and taken an hour later.
        ("22:00-02:30", "America/New_York", "2026-03-08 05:00", "2026-03-08 07:30"),
        # From 2:00 back to 1:00: the end that is still to come.
        ("22:00-01:30", "America/New_York", "2026-11-01 05:10", "2026-11-01 05:30"),
        ("22:00-01:30", "America/New_York", "2026-11-01 06:10", "2026-11-01 06:30"),
    ],
)
def test_quiet_hours_end_at_their_local_time(quiet: str, zone: str, now: str, end: str | None) -> None:
    assert quiet_end(quiet, at(now), zone) == (at(end) if end else None)


@given(
    st.integers(0, 4 * 366 * 24 * 60).map(lambda minutes: at("2024-01-01") + timedelta(minutes=minutes)),
    st.times(),
    st.times(),
    st.sampled_from([ZONE, "America/New_York", "Europe/London", "Australia/Lord_Howe", "Asia/Kolkata"]),
)
def test_quiet_hours_always_end_within_a_day_and_a_half(now: datetime, start: object, end: object, zone: str) -> None:
    quiet = f"{start:%H:%M}-{end:%H:%M}"
    over = quiet_end(quiet, now, zone)
    assert over is None or now < over <= now + timedelta(hours=36)


NOW = at("2026-03-02 04:00")  # noon


def minutes_ago(*minutes: int) -> list[datetime]:
    return [NOW - timedelta(minutes=one) for one in minutes]


@pytest.mark.parametrize(
    ("waiting", "sent", "decided"),
    [
        ([0], [], FREE),
        ([0, 0], [], FREE),  # three may go
        ([0, 0, 0, 0], [], FREE),  # the first, and then the next two turns decide
        ([0, 0, 0], [5, 10], Pace(together=True)),  # the last one that may go takes the rest along
        ([0], [5, 10], FREE),
        ([0], [5, 10, 40], Pace(until=NOW + timedelta(minutes=20))),
        ([0], [5, 10, 40, 50], Pace(until=NOW + timedelta(minutes=20))),  # one more than the cap: it was raised
        ([0], [5, 10, 60], FREE),
        ([0, 0], [5, -10, -20], FREE),  # the clock was set back: what lies ahead counts for nothing
    ],
)
def test_the_cap_of_an_hour(waiting: list[int], sent: list[int], decided: Pace) -> None:
    asked = subscription(max_per_hour=3)
    assert pace(asked, NOW, ZONE, minutes_ago(*waiting), minutes_ago(*sent)) == decided


@pytest.mark.parametrize(
    ("now", "waiting", "decided"),
    [
        ("2026-03-02 15:00", ["2026-03-02 15:00"], Pace(until=at("2026-03-02 23:30"))),
        ("2026-03-02 23:30", ["2026-03-02 15:00"], FREE),
        ("2026-03-02 23:31", ["2026-03-02 15:00", "2026-03-02 20:00"], Pace(together=True)),
        ("2026-03-02 23:31", ["2026-03-02 15:00", "2026-03-02 23:30"], Pace(together=True)),
        ("2026-03-03 01:00", ["2026-03-03 00:59", "2026-03-03 01:00"], FREE),
    ],
)
def test_what_waited_over_quiet_hours_comes_in_one_digest(now: str, waiting: list[str], decided: Pace) -> None:
    assert pace(subscription(quiet=NIGHT), at(now), ZONE, [at(one) for one in waiting], []) == decided


def test_who_asked_for_no_pace_is_sent_everything_at_once() -> None:
    assert pace(subscription(), NOW, ZONE, minutes_ago(*range(500)), minutes_ago(*range(59))) == FREE
