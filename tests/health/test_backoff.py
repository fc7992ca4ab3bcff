"""When a source that failed is asked again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from watcher.errors import FetchError, ReadError
from watcher.health import retry_at

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def refused(retry_after_s: float | None = None, *, unasked: bool = False) -> FetchError:
    message = "asked too often"
    return FetchError("u", "http_429", message, transient=True, retry_after_s=retry_after_s, unasked=unasked)


@pytest.mark.parametrize(
    ("every", "pauses"),
    [
        (30 * MINUTE, [30 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 4 * HOUR]),
        (None, [30 * MINUTE, 30 * MINUTE, HOUR]),  # a cron line
        (24 * HOUR, [24 * HOUR, 24 * HOUR, 24 * HOUR]),
        (timedelta(seconds=1), [timedelta(seconds=seconds) for seconds in (1, 1, 2, 4, 8, 16)]),
    ],
)
def test_a_source_that_fails_is_asked_ever_more_rarely(every: timedelta | None, pauses: list[timedelta]) -> None:
    waits = [retry_at(failures, every, ReadError("no_links", "no list"), NOW) - NOW for failures in range(1, 99)]
    assert waits[: len(pauses)] == pauses
    assert max(waits) <= max(4 * HOUR, every or HOUR)


@pytest.mark.parametrize(
    ("asked_s", "wait"), [(None, 30 * MINUTE), (60, 30 * MINUTE), (7200, 2 * HOUR), (10.0**10, 24 * HOUR)]
)
def test_what_the_site_asks_for_is_kept_to_for_a_day_at_most(asked_s: float | None, wait: timedelta) -> None:
    assert retry_at(1, 30 * MINUTE, refused(asked_s), NOW) == NOW + wait


def test_who_was_not_let_ask_asks_when_the_host_may_be_asked_again() -> None:
    assert retry_at(8, 30 * MINUTE, refused(7200, unasked=True), NOW) == NOW + 2 * HOUR
    assert retry_at(8, 30 * MINUTE, refused(60, unasked=True), NOW) == NOW + 30 * MINUTE
