"""Which unknown entries of a listing are older ones that came into view."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.listing.pages import link
from watcher.addresses import canonical
from watcher.listing.order import View, moved_up, turned_round

LAST_READ = datetime(2026, 6, 20, 1, 0, tzinfo=UTC)


def view(page: str, *, undated: bool = False, numbered: bool = True, more_room: bool = False) -> View:
    """A view of entries by the day on which they stood up in June, `k` known or `n` not: "n21 k20 k19".

    `numbered`: the number is in the address too, as sites count their articles; else addresses say nothing.
    """
    words = page.split()
    names = [f"{int(word[1:]):03}" if numbered else "abcdefghijklmnopqrstuvwxyz"[at] for at, word in enumerate(words)]
    links = [
        link(f"{name}.html", f"第{word[1:]}条", None if undated else f"2026-06-{word[1:]}")
        for name, word in zip(names, words, strict=True)
    ]
    known = {canonical(one.url) for one, word in zip(links, words, strict=True) if word[0] == "k"}
    return View(links, known, LAST_READ, more_room)


def shown(made: View, keys: frozenset[str]) -> str:
    return " ".join((one.title or "")[1:-1] for one in made.links if canonical(one.url) in keys)


NEWEST_FIRST = [
    ("k20 k19 k18", ""),
    ("k19 k18 k16 n15 n14", "15 14"),  # taken down, and older ones slid up
    ("k19 k18 k16 n16", "16"),  # of one day
    ("n20 k19 k18 k16 n15", "15"),  # and one new
    ("k12 n11 k10 n09", "09"),  # between known ones: put up late
    ("n12 n11 n10", ""),  # no one known: the walk decides
    ("k20 k19 n18 n17 n16 n15 n14", "16 15 14"),  # within LATE of the last pass
    ("k03 k19 k18 k16 n15", "15"),  # below one that is pinned
    ("k03 n20 k19 k18 k16 n15", "15"),
    ("k03 n16 n15 n14", ""),  # a pinned one alone: what stands below it is new
    ("k03 k02 n16 n15 n14", ""),
]


@pytest.mark.parametrize(("page", "older"), NEWEST_FIRST)
def test_what_stands_below_the_last_known_entry_was_there_before(page: str, older: str) -> None:
    made = view(page, numbered=False)
    assert shown(made, moved_up(made)) == older


@pytest.mark.parametrize(
    ("page", "older"),
    [
        ("k20 k19 k18", ""),
        ("k19 k18 k16 n15", "15"),
        ("n20 k19 k18 k16 n15 n14", "15 14"),
        ("k12 n11 k10 n09", "09"),
        ("k03 k19 k18 k16 n15", "15"),
        ("k03 n16 n15 n14", ""),
        ("k03 k02 n16 n15 n14", ""),
        ("k20 k19 n18 n17 n16", "18 17 16"),  # no day says that they are late
    ],
)
def test_without_days_the_numbers_in_the_addresses_tell(page: str, older: str) -> None:
    made = view(page, undated=True)
    assert shown(made, moved_up(made)) == older


@pytest.mark.parametrize("undated", [False, True])
@pytest.mark.parametrize("page", ["k10 k11 k12 n13", "k10 k11 k12 n13 n20", "k10 n11 k12 n13", "k11 k12 k13 n12 n14"])
def test_at_the_end_of_a_list_that_has_its_oldest_first_stand_news(page: str, undated: bool) -> None:
    assert moved_up(view(page, undated=undated)) == frozenset()


@pytest.mark.parametrize(
    ("page", "more_room", "older"),
    [
        ("k19 k18 k16 n15", True, "15"),
        ("k19 k18 k16 n15", False, ""),  # it grew, and at its end: the oldest may come first
        ("k19 k18 n15", True, ""),  # as a new one below two that are pinned
    ],
)
def test_where_nothing_tells_an_entry_is_news_unless_older_ones_surely_moved_up(
    page: str, more_room: bool, older: str
) -> None:
    made = view(page, undated=True, numbered=False, more_room=more_room)
    assert shown(made, moved_up(made)) == older


@pytest.mark.parametrize(
    ("page", "turned"),
    [
        ("n01 n02 n03 n04 n05 n06", "01 02 03 04 05 06"),
        ("n01 n02 n03 n04 n05 k10 k11", "01 02 03 04 05"),
        ("n01 n02 n03 n04 k10 k11", ""),  # too few to say an order
        ("n01 n02 n03 n04 n12 k10 k11", ""),  # one is not older
        ("n06 n05 n04 n03 n02 k10", ""),  # put up late, the newest first as ever
        ("n01 n02 n03 n04 n05 k12 k11 k10", ""),  # a few put up late on top of a list that is as it was
    ],
)
def test_a_list_turned_round_shows_what_is_older_than_all_that_is_known(page: str, turned: str) -> None:
    made = view(page, numbered=False)
    assert shown(made, turned_round(made, date(2026, 6, 10))) == turned


def test_of_a_list_without_days_nothing_says_that_it_was_turned_round() -> None:
    assert turned_round(view("n01 n02 n03 n04 n05 n06", undated=True), None) == frozenset()
    assert turned_round(view("n01 n02 n03 n04 n05 n06", undated=True), date(2026, 6, 10)) == frozenset()


def test_news_of_today_are_news_in_any_order() -> None:
    assert turned_round(view("n21 n22 n23 n24 n25"), date(2026, 6, 28)) == frozenset()
