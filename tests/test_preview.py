from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.store.examples import NOW, deadline, extraction, subscription
from watcher.news import EventKind, FieldChange
from watcher.preview import not_foretold, preview
from watcher.records.announcements import AnnouncementRecord, History, RevisionRecord, Turn
from watcher.settings import Keywords, Where

FIGURE = FieldChange("figure:奖补", "最高300万元", "最高500万元", "最高500万元")
WORDS = FieldChange("text", None, None, "")


def history(number: int, days_ago: float, *changes: FieldChange, published: date | None = None) -> History:
    seen = NOW - timedelta(days=days_ago)
    found = extraction("为企业办实事。", title=f"第{number}号", published=published, region=None)
    record = AnnouncementRecord(number, f"http://a/{number}", "bureau", "active", seen, seen, 1 + len(changes), found)
    later = [RevisionRecord(2 + n, seen + timedelta(days=1), found, (one,)) for n, one in enumerate(changes)]
    return History(record, (RevisionRecord(1, seen, found), *later))


def told(where: Where, *on: EventKind, stored: list[History]) -> list[object]:
    asked = subscription(where=where, on=on or (EventKind.NEW, EventKind.CHANGED))
    return [(one.kind.value, one.announcement) for one in preview(asked, stored, {}, NOW, "Asia/Shanghai").alerts]


STORED = [history(1, 80), history(2, 10, FIGURE), history(3, 5, WORDS), history(4, 100)]


@pytest.mark.parametrize(
    ("where", "on", "expected"),
    [
        (Where(), (), [("new", 3), ("changed", 2), ("new", 2), ("new", 1)]),
        (Where(), (EventKind.CHANGED,), [("changed", 2)]),
        (Where(), (EventKind.WORDING,), [("wording", 3)]),
        (Where(changes="figures"), (EventKind.WORDING, EventKind.CHANGED), [("changed", 2)]),
        (Where(keywords=Keywords(any=("第3号",))), (), [("new", 3)]),
        (Where(sources=("another",)), (), []),
        (Where(deadlines=True), (), []),
    ],
)
def test_what_is_new_and_what_changed_is_held_to_the_filters(
    where: Where, on: tuple[EventKind, ...], expected: list[object]
) -> None:
    assert told(where, *on, stored=STORED) == expected


def test_what_a_first_pass_found_counts_on_the_day_it_was_published() -> None:
    old = history(1, 1, published=NOW.date() - timedelta(days=400))
    lately = history(2, 1, published=NOW.date() - timedelta(days=20))
    assert told(Where(), stored=[old, lately]) == [("new", 2)]


def due_in(days: int) -> History:
    """Found two days ago, with something due so many days from now."""
    made = history(1, 2)
    text = "2026年6月底前完成申报。"
    dated = (deadline(text, "2026年6月底前", NOW.date() + timedelta(days=days)),)
    record = replace(made.announcement, extraction=replace(made.announcement.extraction, text=text, deadlines=dated))
    return replace(made, announcement=record)


@pytest.mark.parametrize(
    ("on", "days", "reminders"),
    [
        ((EventKind.DEADLINE,), 2, 2),  # late under the span of 14 days, then at three
        ((EventKind.DEADLINE,), 13, 1),
        ((EventKind.DEADLINE,), 30, 0),
        ((EventKind.DEADLINE, EventKind.NEW), 2, 1),  # told as new, which named the day
        ((EventKind.DEADLINE, EventKind.NEW), 13, 1),
        ((EventKind.DEADLINE,), -5, 0),
        ((EventKind.NEW,), 2, 0),
    ],
)
def test_reminders_are_counted_as_they_would_have_come(on: tuple[EventKind, ...], days: int, reminders: int) -> None:
    remind = (14, 3) if EventKind.DEADLINE in on else ()
    found = preview(subscription(on=on, remind=remind), [due_in(days)], {}, NOW, "Asia/Shanghai")
    assert [one.kind for one in found.alerts].count(EventKind.DEADLINE) == reminders


def test_what_was_gone_and_came_back_is_counted() -> None:
    turns = (Turn(EventKind.WITHDRAWN, NOW - timedelta(days=1)), Turn(EventKind.RESTORED, NOW - timedelta(hours=1)))
    gone = replace(history(1, 5), turns=turns)
    assert told(Where(), EventKind.WITHDRAWN, stored=[gone]) == [("restored", 1), ("withdrawn", 1)]
    assert told(Where(), EventKind.NEW, stored=[gone]) == [("new", 1)]


def test_what_nobody_can_foretell_is_named() -> None:
    assert not_foretold(subscription(on=(EventKind.NEW, EventKind.REPOST, EventKind.SOURCE_TROUBLE))) == (
        EventKind.REPOST,
        EventKind.SOURCE_TROUBLE,
    )


@pytest.mark.parametrize(
    ("deliver", "messages", "a_week"),
    [("instant", 12, 12 * 7 / 11), ("daily 08:30", 6, 6 * 7 / 11), ("weekly mon 08:30", 2, 1)],
)
def test_how_many_messages_a_week_to_expect(deliver: str, messages: int, a_week: float) -> None:
    stored = [history(number, 1.0 + number // 2 * 2) for number in range(12)]
    found = preview(subscription(deliver=deliver), stored, {}, NOW, "Asia/Shanghai")
    assert (found.messages, found.days) == (messages, 11)
    assert found.a_week == pytest.approx(a_week)


def test_the_region_of_its_source_counts_for_what_names_none() -> None:
    asked = subscription(where=Where(regions=("370000",)))
    for regions, count in (({"bureau": "370700"}, 1), ({"bureau": "320000"}, 0), ({}, 0)):
        assert len(preview(asked, [history(1, 1)], regions, NOW, "Asia/Shanghai").alerts) == count


def test_where_nothing_is_stored_nothing_is_expected() -> None:
    assert preview(subscription(), [], {}, NOW, "Asia/Shanghai").a_week == 0.0
