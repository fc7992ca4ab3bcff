"""What is made of a clock that is set."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from watcher.clocks import APART, SET_S, Watch, china_day, is_ahead

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
HOURS = 8 * 3600.0


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-03-02T15:59:59+00:00", 2),
        ("2026-03-02T16:00:00+00:00", 3),
        ("2026-03-02T00:00:00+08:00", 2),
        ("2026-03-01T20:00:00-05:00", 2),
    ],
)
def test_a_day_begins_in_china_eight_hours_earlier(moment: str, day: int) -> None:
    assert china_day(datetime.fromisoformat(moment)) == date(2026, 3, day)


@pytest.mark.parametrize(
    ("moment", "ahead"), [(None, False), (NOW, False), (NOW + APART, False), (NOW + 2 * APART, True)]
)
def test_machines_may_differ_by_a_little(moment: datetime | None, ahead: bool) -> None:
    assert is_ahead(moment, NOW) is ahead


@pytest.mark.parametrize("by", [-HOURS, -SET_S, SET_S, HOURS])
def test_a_clock_that_was_set_is_told_once(by: float) -> None:
    watch = Watch(1e9, 100.0)
    assert watch.was_set(1e9 + 60, 160.0) == 0.0
    assert watch.was_set(1e9 + 120 + by, 220.0) == by
    assert watch.was_set(1e9 + 180 + by, 280.0) == 0.0


def test_a_clock_that_drifts_is_left_alone_until_it_adds_up() -> None:
    watch = Watch(1e9, 0.0)
    assert [watch.was_set(1e9, float(second)) for second in (2, 4, 6, 8)] == [0.0, 0.0, -6.0, 0.0]
