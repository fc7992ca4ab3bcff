"""Which hosts rest, and until when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from watcher.rests import LONGEST_ASKED, Rest, Rests

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_a_host_rests_until_the_moment_it_asked_for() -> None:
    rests = Rests()
    rests.note("a.example", 429, 3600, NOW)
    assert rests.of("a.example", NOW + HOUR - timedelta(seconds=1)) == Rest(429, NOW + HOUR)
    assert rests.of("a.example", NOW + HOUR) is None
    assert rests.of("b.example", NOW) is None


def test_of_two_wishes_the_one_for_longest_holds() -> None:
    rests = Rests()
    rests.note("a.example", 503, 7200, NOW)
    rests.note("a.example", 429, 3600, NOW)
    assert rests.of("a.example", NOW) == Rest(503, NOW + 2 * HOUR)
    rests.note("a.example", 429, 9000, NOW)
    assert rests.of("a.example", NOW) == Rest(429, NOW + 2.5 * HOUR)


def test_it_is_a_day_at_most_though_the_clock_is_set_back() -> None:
    rests = Rests()
    rests.note("a.example", 429, 1e300, NOW)
    assert rests.of("a.example", NOW) == Rest(429, NOW + LONGEST_ASKED)
    assert rests.of("a.example", NOW - HOUR) is None
