from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from watcher.periods import due_at


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("deliver", "now", "due"),
    [
        ("instant", "2026-03-02 01:02:03", "2026-03-02 01:02:03"),
        ("hourly", "2026-03-02 01:02:03", "2026-03-02 02:00:00"),
        ("hourly", "2026-03-02 02:00:00", "2026-03-02 03:00:00"),
        ("daily 08:30", "2026-03-02 00:29:59", "2026-03-02 00:30:00"),
        ("daily 08:30", "2026-03-02 00:30:00", "2026-03-03 00:30:00"),
        ("daily 00:00", "2026-03-02 15:59:00", "2026-03-02 16:00:00"),
        ("weekly mon 08:30", "2026-03-02 00:29:59", "2026-03-02 00:30:00"),  # a Monday
        ("weekly mon 08:30", "2026-03-02 00:30:00", "2026-03-09 00:30:00"),
        ("weekly sun 23:00", "2026-03-02 00:00:00", "2026-03-08 15:00:00"),
    ],
)
def test_the_end_of_the_period_in_shanghai(deliver: str, now: str, due: str) -> None:
    assert due_at(deliver, at(now), "Asia/Shanghai") == at(due)


@pytest.mark.parametrize(
    ("deliver", "now", "due"),
    [
        ("daily 02:30", "2026-03-08 00:00", "2026-03-08 07:30"),  # skipped: clocks go from 2:00 to 3:00
        ("daily 01:30", "2026-11-01 00:00", "2026-11-01 05:30"),  # comes twice: the first
        ("daily 01:30", "2026-11-01 05:30", "2026-11-02 06:30"),
    ],
)
def test_daylight_saving_neither_doubles_nor_drops_a_digest(deliver: str, now: str, due: str) -> None:
    assert due_at(deliver, at(now), "America/New_York") == at(due)


@pytest.mark.parametrize("deliver", ["hourly", "daily 00:00", "daily 23:59", "weekly sat 12:00"])
def test_there_is_always_a_next_one(deliver: str) -> None:
    now = at("2026-01-01 00:00")
    for _ in range(200):
        due = due_at(deliver, now, "Europe/London")
        assert now < due <= now + timedelta(days=8)
        now = due
