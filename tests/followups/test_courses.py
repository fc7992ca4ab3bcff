"""Figures that go on through the documents of a series."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.followups.pages import BUREAU, document
from tests.store.examples import NOW, money
from watcher.followups.beside import Moved, Pair
from watcher.followups.courses import Course, courses
from watcher.followups.series import Member, Step
from watcher.model import Figure, FigureKind
from watcher.records.announcements import AnnouncementRecord

TEXT = "对甲项目奖补100万元，对乙项目奖补100万元。"
FIRST = money(TEXT, "奖补100万元", 1_000_000, "甲")
OTHER = money(TEXT, "奖补100万元", 1_000_000, "乙", occurrence=1)


def raised(figure: Figure, yuan: int) -> Figure:
    return replace(figure, low=figure.low.from_float(float(yuan)), high=figure.high.from_float(float(yuan)))


def member(number: int) -> Member:
    found = document(f"{BUREAU}的{number}条措施", date(2020 + number, 3, 1), measure_count=number)
    record = AnnouncementRecord(number, f"http://a.example/{number}", "bureau", "active", NOW, NOW, 1, found)
    return Member(found.title or "", found.published, None, number, record)


def step(number: int, before: int | None) -> Step:
    return Step(member(number), member(before).stands if before else None, None, None)


def pair(before: Figure | None, after: Figure | None) -> Pair[Figure]:
    return Pair(before, after, Moved.CHANGED)


def told(found: tuple[Course, ...]) -> list[list[tuple[int | None, int]]]:
    return [[(one.measure_count, int(figure.high)) for one, figure in course.points] for course in found]


def test_a_figure_is_followed_through_all_documents_and_what_moved_comes_first() -> None:
    second, third = raised(OTHER, 3_000_000), raised(OTHER, 5_000_000)
    paired = [
        (step(1, None), []),
        (step(2, 1), [pair(FIRST, FIRST), pair(OTHER, second)]),
        (step(3, 2), [pair(FIRST, FIRST), pair(second, third), pair(None, money(TEXT, "甲项目", 1))]),
    ]
    found = courses(paired, 6)
    assert told(found) == [
        [(1, 1_000_000), (2, 3_000_000), (3, 5_000_000)],
        [(1, 1_000_000), (2, 1_000_000), (3, 1_000_000)],
    ]
    assert [one.subject for one in found] == ["乙", "甲"]
    assert told(courses(paired, 1)) == told(found)[:1]


def test_a_figure_in_another_unit_ends_a_course() -> None:
    days = replace(FIRST, kind=FigureKind.DURATION, unit="day")
    paired = [(step(1, None), []), (step(2, 1), [pair(replace(days, unit="workday"), days)])]
    assert courses(paired, 6) == ()


def test_of_two_documents_of_the_same_weeks_each_is_compared_with_the_one_before() -> None:
    more, less = raised(FIRST, 2_000_000), raised(FIRST, 500_000)
    paired = [(step(1, None), []), (step(2, 1), [pair(FIRST, more)]), (step(3, 1), [pair(FIRST, less)])]
    assert told(courses(paired, 6)) == [[(1, 1_000_000), (2, 2_000_000)], [(1, 1_000_000), (3, 500_000)]]
