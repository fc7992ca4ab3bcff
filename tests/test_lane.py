"""When the next request to a host may start."""

from __future__ import annotations

from watcher.lane import FULL_S, LEASE_S, Answer, Ask, Lane, enter, leave

NOW = 1_000_000.0


def ask(token: str, delay_s: float = 1.0, most: int = 2) -> Ask:
    return Ask("a.example", token, delay_s, most)


def test_each_starts_so_long_after_the_one_before() -> None:
    lane, first = enter(Lane(), ask("a"), NOW)
    lane, second = enter(lane, ask("b"), NOW + 0.25)
    assert (first, second) == (Answer(True, 0.0), Answer(True, 0.75))
    lane = leave(leave(lane, "a"), "b")
    assert enter(lane, ask("c"), NOW + 5)[1] == Answer(True, 0.0)


def test_a_full_host_is_asked_again_and_keeps_its_delay() -> None:
    lane, _ = enter(Lane(), ask("a"), NOW)
    lane, _ = enter(lane, ask("b"), NOW)
    lane, answer = enter(lane, ask("c"), NOW + 3)
    assert answer == Answer(False, FULL_S)
    lane, answer = enter(leave(lane, "a"), ask("c"), NOW + 3.5)
    assert (answer, sorted(lane.under_way or ())) == (Answer(True, 0.0), ["b", "c"])


def test_the_place_of_a_process_that_died_is_free_after_its_lease() -> None:
    lane, _ = enter(Lane(), ask("a", most=1), NOW)
    assert not enter(lane, ask("b", most=1), NOW + LEASE_S - 1)[1].granted
    assert enter(lane, ask("b", most=1), NOW + LEASE_S)[1].granted


def test_who_asks_twice_has_one_place() -> None:
    lane, _ = enter(Lane(), ask("a"), NOW)
    lane, answer = enter(lane, ask("a"), NOW)
    assert (answer, list(lane.under_way or ())) == (Answer(True, 1.0), ["a"])


def test_a_clock_that_is_set_back_holds_no_host_back() -> None:
    lane, _ = enter(Lane(), ask("a"), NOW + 8 * 3600)
    lane, _ = enter(lane, ask("b"), NOW + 8 * 3600)
    lane, first = enter(lane, ask("c"), NOW)
    lane, second = enter(lane, ask("d"), NOW)
    assert (first, second) == (Answer(True, 0.0), Answer(True, 1.0))
    assert enter(lane, ask("e"), NOW) == (lane, Answer(False, FULL_S))
