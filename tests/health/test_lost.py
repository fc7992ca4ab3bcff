"""Entries that may never be seen: when that is told, and for how long it is shown."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from watcher.health.lost import after_look, as_trouble, is_news, told
from watcher.records.passes import Look
from watcher.records.sources import Health, SourceState
from watcher.records.usual import Lost, Trust

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
DAY = timedelta(days=1)
WHY = "the 15 entries do not reach back to the last pass; no older page is seen"


def said(passes: str) -> str:
    """One letter a day: `x` for a pass that lost entries. `T` where that is told, `s` where it is shown, `.` else."""
    known: Lost | None = None
    result, now = "", NOW
    for one in passes:
        now += DAY
        look = Look(15, 15, Trust(), 0.1, lost=WHY if one == "x" else None)
        known = after_look(known, look, now - DAY, now)
        if known is not None and is_news(known):
            known, result = told(known, now), result + "T"
        else:
            result += "." if known is None else "s"
    return result


@pytest.mark.parametrize(
    ("passes", "result"),
    [
        ("..", ".."),
        ("x.........", "Tsssssss.."),
        ("xx.x.........", "Tssssssssss.."),  # each night: once a week
        ("xxxxxxxxx", "TssssssTs"),
        ("x.........x", "Tsssssss..T"),
    ],
)
def test_it_is_told_once_and_shown_for_a_week(passes: str, result: str) -> None:
    assert said(passes) == result


def test_several_losses_of_a_week_are_one_span() -> None:
    first = after_look(None, Look(15, 15, Trust(), 0.1, lost=WHY), NOW - 9 * DAY, NOW)
    second = after_look(first, Look(15, 15, Trust(), 0.1, lost=WHY), NOW + DAY, NOW + 2 * DAY)
    assert second == Lost(NOW - 9 * DAY, NOW + 2 * DAY, WHY)


def test_it_is_a_problem_of_a_source_that_is_well() -> None:
    as_told = as_trouble(Lost(NOW - DAY, NOW, WHY), Health(SourceState.OK, since=NOW - 30 * DAY))
    assert as_told.problem is not None
    assert (as_told.problem.code, as_told.since, as_told.state) == ("entries_missed", NOW - DAY, SourceState.OK)
    assert as_told.problem.message == f"entries may have been missed: {WHY}"
