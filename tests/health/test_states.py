"""What an outcome makes of a source's state, and when that is news."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.errors import FetchError, ReadError
from watcher.health import Sign, after_failure, after_success, state_of
from watcher.health.states import CALM, LASTING, TROUBLE_AFTER
from watcher.news import EventKind
from watcher.records.problem import Problem
from watcher.records.sources import Health, SourceState

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
TROUBLE, RECOVERED = EventKind.SOURCE_TROUBLE, EventKind.SOURCE_RECOVERED
SILENT = Sign(SourceState.SILENT, Problem("silent", "no new entry for 20 days", "open the column"))


def timeout() -> FetchError:
    return FetchError("http://a.example/", "timeout_read", "a.example: stopped sending", transient=True, hint="wait")


def resting() -> FetchError:
    message = "a.example is not asked before 11:00"
    return FetchError("u", "http_429", message, transient=True, status=429, retry_after_s=60, hint="wait", unasked=True)


def step(health: Health, outcome: str, now: datetime) -> tuple[Health, EventKind | None]:
    """`s`: read, `f`: not read, `u`: not asked, since its host wants to be left alone, `q`: read, and silent."""
    if outcome == "u":
        return after_failure(health, resting(), now, now + HOUR)
    if outcome == "f":
        return after_failure(health, timeout(), now, now + HOUR)
    return after_success(health, now, SILENT if outcome == "q" else None)


def told(outcomes: str, every: timedelta = HOUR) -> str:
    """One letter an outcome: `T`rouble, `R`ecovered, or `.` for no news."""
    health, news, now = Health(), "", NOW
    for outcome in outcomes:
        health, kind = step(health, outcome, now)
        news += {None: ".", TROUBLE: "T", RECOVERED: "R"}[kind]
        now += every
    return news


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (timeout(), SourceState.FAILING),
        (FetchError("u", "http_500", "m", transient=True, status=500), SourceState.FAILING),
        (resting(), SourceState.FAILING),
        (FetchError("u", "http_403", "m", transient=False, status=403), SourceState.BLOCKED),
        (FetchError("u", "http_412", "m", transient=False, status=412), SourceState.BLOCKED),
        (ReadError("challenge", "m"), SourceState.BLOCKED),
        (ReadError("maintenance", "m"), SourceState.FAILING),
        (ReadError("not_found", "m"), SourceState.FAILING),
        (ReadError("home_page", "m"), SourceState.MOVED),
        (ReadError("another_page", "m"), SourceState.MOVED),
        (ReadError("elsewhere", "m"), SourceState.MOVED),
        (ReadError("another_list", "m"), SourceState.LAYOUT_CHANGED),
        (ReadError("no_links", "m"), SourceState.LAYOUT_CHANGED),
        (ReadError("javascript_list", "m", hint="h"), SourceState.LAYOUT_CHANGED),
    ],
)
def test_the_state_says_what_kind_of_trouble_it_is(error: FetchError | ReadError, state: SourceState) -> None:
    assert state_of(error) is state


@pytest.mark.parametrize(
    ("outcomes", "news"),
    [
        ("sffs", "...."),
        ("fffffs", "..T..R"),
        ("qqqqs", "..T.R"),
        ("fqfs", "..TR"),  # whatever is wrong, three passes in a row
        ("fsfsfsfs", "........"),
        ("fffsfffsfffsffffs", "..TR............."),  # what comes and goes is known
        ("fffs" + "s" * 24 * 7 + "fffs", "..TR" + "." * 24 * 7 + "..TR"),
        ("uuuuuus", "......."),  # others drew the refusal: this one may be read well
        ("uuffs", "...TR"),
        ("u" * 26 + "s", "." * 24 + "T.R"),  # but a day of it is news, too
        ("fffs" + "f" * 26 + "s", "..TR" + "." * 24 + "T.R"),  # but a day of it is news again
    ],
)
def test_trouble_is_news_once_and_its_end_once(outcomes: str, news: str) -> None:
    assert told(outcomes) == news


def test_a_failure_keeps_what_was_good_and_says_since_when() -> None:
    read, _ = after_success(Health(), NOW)
    failed, _ = after_failure(read, ReadError("no_links", "no list", hint="look"), NOW + HOUR, NOW + 2 * HOUR)
    failed, _ = after_failure(failed, timeout(), NOW + 2 * HOUR, NOW + 4 * HOUR)
    assert failed == Health(
        SourceState.FAILING,
        Problem("timeout_read", "a.example: stopped sending", "wait"),
        since=NOW + HOUR,
        failures=2,
        strikes=2,
        retry_at=NOW + 4 * HOUR,
        first_checked=NOW,
        last_checked=NOW + 2 * HOUR,
        last_ok=NOW,
    )
    again, _ = after_success(failed, NOW + 4 * HOUR)
    assert again == Health(
        SourceState.OK,
        since=NOW + 4 * HOUR,
        first_checked=NOW,
        last_checked=NOW + 4 * HOUR,
        last_ok=NOW + 4 * HOUR,
    )


def test_a_source_that_was_read_is_no_failure_whatever_is_wrong_with_it() -> None:
    health, _ = after_success(Health(), NOW, SILENT)
    assert (health.state, health.failures, health.retry_at, health.last_ok) == (SourceState.SILENT, 0, None, NOW)


@given(
    st.lists(st.sampled_from("ssfq"), max_size=300),
    st.timedeltas(min_value=timedelta(seconds=1), max_value=timedelta(days=2)),
)
def test_between_two_troubles_there_is_a_recovery_and_calm_or_a_day(outcomes: list[str], every: timedelta) -> None:
    health, now, open_trouble, strikes = Health(), NOW, False, 0
    recovered, since = None, NOW
    for outcome in outcomes:
        strikes = 0 if outcome == "s" else strikes + 1
        since = now if strikes == 1 else since
        health, kind = step(health, outcome, now)
        if kind is TROUBLE:
            assert not open_trouble
            assert strikes >= TROUBLE_AFTER
            assert recovered is None or now - recovered >= CALM or now - since >= LASTING
        if kind is RECOVERED:
            assert open_trouble
            assert outcome == "s"
            recovered = now
        open_trouble = health.told
        assert (health.state is SourceState.OK) == (outcome == "s")
        assert health.problem is None or health.problem.hint
        # Whatever lasts for long is told, how often it was told before.
        assert health.told or strikes < TROUBLE_AFTER or now - since < LASTING
        now += every
