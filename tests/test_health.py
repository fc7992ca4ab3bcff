from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from watcher.errors import FetchError, ReadError
from watcher.health import after_failure, after_success, state_of
from watcher.model import EventKind
from watcher.recheck import HORIZON, next_check, next_try
from watcher.records import Health, Problem, SourceState

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def timeout() -> FetchError:
    return FetchError("http://a.example/", "timeout_read", "a.example: stopped sending", transient=True)


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (timeout(), SourceState.FAILING),
        (FetchError("u", "http_500", "m", transient=True, status=500), SourceState.FAILING),
        (FetchError("u", "http_403", "m", transient=False, status=403), SourceState.BLOCKED),
        (FetchError("u", "http_412", "m", transient=False, status=412), SourceState.BLOCKED),
        (ReadError("challenge", "m"), SourceState.BLOCKED),
        (ReadError("maintenance", "m"), SourceState.FAILING),
        (ReadError("no_links", "m"), SourceState.LAYOUT_CHANGED),
        (ReadError("javascript_list", "m", hint="h"), SourceState.LAYOUT_CHANGED),
    ],
)
def test_the_state_says_what_kind_of_trouble_it_is(error: FetchError | ReadError, state: SourceState) -> None:
    assert state_of(error) is state


def test_trouble_is_news_once_after_three_failures_and_its_end_once() -> None:
    health, told = Health(), []
    for outcome in "fffffsffsfffs":
        health, kind = after_success(health, NOW) if outcome == "s" else after_failure(health, timeout(), NOW)
        told.append(kind)
    trouble, recovered = EventKind.SOURCE_TROUBLE, EventKind.SOURCE_RECOVERED
    assert told == [
        None, None, trouble, None, None, recovered, None, None, None, None, None, trouble, recovered
    ]  # fmt: skip


def test_a_failure_keeps_what_was_good() -> None:
    read, _ = after_success(Health(), NOW)
    failed, _ = after_failure(read, ReadError("no_links", "no list", hint="look"), NOW + HOUR)
    assert failed == Health(
        SourceState.LAYOUT_CHANGED, Problem("no_links", "no list", "look"), 1, False, NOW, NOW + HOUR, NOW
    )
    again, _ = after_success(failed, NOW + 2 * HOUR)
    assert again == Health(SourceState.OK, None, 0, False, NOW, NOW + 2 * HOUR, NOW + 2 * HOUR)


def test_a_page_is_looked_at_again_ever_more_rarely_and_not_after_ninety_days() -> None:
    moments, now = [], NOW
    while (moment := next_check(NOW, now, kept=True)) is not None:
        moments.append(moment)
        now = moment
    gaps = [later - earlier for earlier, later in pairwise([NOW, *moments])]
    assert gaps[0] == HOUR
    assert all(earlier <= 2 * later for earlier, later in pairwise(gaps))
    assert moments[-1] == NOW + HORIZON


def test_a_page_missed_while_the_service_was_down_is_looked_at_once() -> None:
    assert next_check(NOW, NOW + timedelta(days=5), kept=True) == NOW + timedelta(days=7)


def test_a_page_that_is_nothing_of_ours_is_looked_at_less() -> None:
    assert next_check(NOW, NOW, kept=False) == NOW + timedelta(days=1)
    assert next_check(NOW, NOW + timedelta(days=8), kept=False) is None


@pytest.mark.parametrize(
    ("attempts", "after"), [(1, HOUR / 6), (2, HOUR / 3), (3, 2 * HOUR / 3), (9, 24 * HOUR), (5000, 24 * HOUR)]
)
def test_an_article_is_tried_again_with_growing_waits(attempts: int, after: timedelta) -> None:
    assert next_try(NOW, attempts, NOW) == NOW + after


def test_an_article_is_given_up_after_ninety_days() -> None:
    assert next_try(NOW, 99, NOW + HORIZON + HOUR) is None
