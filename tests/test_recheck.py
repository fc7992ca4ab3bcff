"""When a page is looked at again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from watcher.recheck import HORIZON, next_check, next_try

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


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
