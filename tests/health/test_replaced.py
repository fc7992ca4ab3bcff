"""Announcements in whose place their site's home page stands: when they are told, and for how long they are shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.health.test_away import CHECK, HOME, SEEN
from watcher.health.replaced import MOST, after_relooks, as_trouble, news, shown, told, without
from watcher.model import Validators
from watcher.records.pages import PageRecord
from watcher.records.passes import Relook
from watcher.records.problem import Problem
from watcher.records.sources import Health, SourceState
from watcher.records.usual import Replaced

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
DAY = timedelta(days=1)
LIST = Problem("back_to_list", "the address leads back to the list")


def page(number: int) -> PageRecord:
    return replace(SEEN, id=number, key=f"bureau.example/{number}.html", validators=Validators())


@pytest.mark.parametrize(
    ("looks", "result"),
    [
        ("hhh", "..n"),
        ("hhhhhhhhhhhh", "..nsssssss.."),  # shown for a week
        ("hh", ".."),
        ("hhohh", "....."),  # it was the network's weather
        ("hhohhh", ".....n"),
        ("hhhohhhhhh", "..n...ssss"),  # back, and gone again: told once
        ("hhho.......hhh", "..n..........n"),  # a week later it is another matter
        ("lll", "..n"),  # led back to its list
        ("ccccc", "....."),  # a check for browsers says nothing of the article
        ("hhch", "...n"),
    ],
)
def test_one_is_told_at_the_third_look_and_once(looks: str, result: str) -> None:
    """A look a day: `h` home page, `l` list, `c` check, `o` as it was, `.` none. `n` told, `s` shown."""
    problems = {"h": HOME, "l": LIST, "c": CHECK, "o": None}
    known: tuple[Replaced, ...] = ()
    found = ""
    for day, look in enumerate(looks):
        now = NOW + day * DAY
        known = after_relooks(known, [Relook(SEEN, problems[look])] if look in problems else [], now)
        found += "n" if news(known, now) else "s" if shown(known, now) else "."
        known = told(known, now)
    assert found == result


def test_it_is_said_since_when() -> None:
    known: tuple[Replaced, ...] = ()
    for day in range(3):
        known = after_relooks(known, [Relook(SEEN, HOME)], NOW + day * DAY)
    assert as_trouble(news(known, NOW + 2 * DAY), Health()).since == NOW


def test_what_is_no_announcement_is_not_told() -> None:
    other = replace(SEEN, kept=False)
    known: tuple[Replaced, ...] = ()
    for _ in range(5):
        known = after_relooks(known, [Relook(other, HOME)], NOW)
    assert known == ()


def test_what_was_replaced_before_it_could_be_told_is_known() -> None:
    """By an earlier version, which told of none."""
    known: tuple[Replaced, ...] = ()
    for _ in range(5):
        known = after_relooks(known, [Relook(replace(SEEN, problem="home_page", attempts=7), HOME)], NOW)
    assert (news(known, NOW + 9 * DAY), shown(known, NOW)) == ((), known)


def test_a_day_s_are_told_together() -> None:
    known: tuple[Replaced, ...] = ()
    for _ in range(3):
        known = after_relooks(known, [Relook(page(1), HOME)], NOW)
    known = told(known, NOW)
    for number in (2, 3):
        for _ in range(3):
            known = after_relooks(known, [Relook(page(number), HOME)], NOW)
    assert news(known, NOW + DAY / 2) == ()
    assert [one.key for one in news(known, NOW + DAY)] == ["bureau.example/2.html", "bureau.example/3.html"]


def test_what_is_gone_by_its_sites_word_is_no_longer_replaced() -> None:
    known = after_relooks((), [Relook(page(1), HOME), Relook(page(2), HOME)], NOW)
    assert [one.key for one in without(known, ["bureau.example/1.html"])] == ["bureau.example/2.html"]


def test_the_newest_of_very_many_is_told_though_few_are_remembered() -> None:
    known: tuple[Replaced, ...] = ()
    for _ in range(3):
        known = after_relooks(known, [Relook(page(number), HOME) for number in range(30)], NOW)
    known = told(known, NOW)
    for _ in range(3):
        known = after_relooks(known, [Relook(page(99), HOME)], NOW + DAY)
    assert [one.key for one in news(known, NOW + DAY)] == ["bureau.example/99.html"]
    known = after_relooks(known, [Relook(replace(page(0), problem="home_page"), HOME)], NOW + DAY)
    assert [one.key for one in news(known, NOW + DAY)] == ["bureau.example/99.html"]  # not told again


def test_several_are_one_trouble_and_few_are_remembered() -> None:
    known: tuple[Replaced, ...] = ()
    for _ in range(3):
        known = after_relooks(known, [Relook(page(number), HOME) for number in range(30)], NOW)
    assert len(known) == MOST
    health = as_trouble(news(known, NOW), Health(SourceState.OK, last_ok=NOW))
    assert (health.state, health.since) == (SourceState.OK, NOW)
    assert health.problem is not None
    assert health.problem.message == (
        "《文章》 and 19 others are no longer there, http://bureau.example/1.html: "
        "the address leads to the site's home page"
    )
    assert dict(health.problem.facts) == {
        "title": "文章", "url": "http://bureau.example/1.html", "entries": "20", "why": "home_page"
    }  # fmt: skip
