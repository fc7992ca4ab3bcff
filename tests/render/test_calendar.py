from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from icalendar import Calendar

from tests.store.examples import NOW, TEXT, deadline, extraction, full_extraction
from watcher.model import Credit, Extraction
from watcher.records.announcements import AnnouncementRecord
from watcher.records.lifecycle import Fate, Saying, Statement
from watcher.records.names import Name, Role
from watcher.records.reminders import Dated
from watcher.render.calendar import calendar

TODAY = date(2026, 3, 2)
JUNE, JULY, AUGUST = date(2026, 6, 30), date(2026, 7, 31), date(2026, 8, 31)
APPLY, REPORT = "报送全部申报材料", "完成项目验收工作"


def record(found: Extraction, **changes: Any) -> AnnouncementRecord:
    made = AnnouncementRecord(7, "http://b.example/1.html", "bureau", "active", NOW, NOW, 1, found)
    return replace(made, **changes)


def written(*records: AnnouncementRecord | Dated, today: date = TODAY) -> bytes:
    dated = (one if isinstance(one, Dated) else Dated(one) for one in records)
    return b"".join(calendar(dated, "Asia/Shanghai", today))


def test_what_we_say_of_an_entry_is_in_the_language_asked_for() -> None:
    gone = Dated(record(due((APPLY, JUNE)), status="withdrawn"))
    ended = Dated(record(due((APPLY, JUNE)), sayings=(said(Fate.REPEALED, date(2026, 3, 1)),)))
    file: Any = Calendar.from_ical(b"".join(calendar([gone, ended], "Asia/Shanghai", TODAY, "en")))
    first, second = file.events
    assert first["summary"] == f"Cancelled: {APPLY} · 某市生态环境局"
    assert first["description"].startswith("Cancelled: the announcement was withdrawn\n")
    assert second["description"].startswith("Cancelled: the document was repealed\n")


def events(*records: AnnouncementRecord | Dated, today: date = TODAY) -> list[Any]:
    return list(Calendar.from_ical(written(*records, today=today)).events)


def due(*tasks: tuple[str, date]) -> Extraction:
    """An announcement with these things to do."""
    text = "".join(f"{day.year}年{day.month}月{day.day}日前，{task}。" for task, day in tasks)
    found = [deadline(text, f"{day.year}年{day.month}月{day.day}日前", day) for _, day in tasks]
    return extraction(text, deadlines=tuple(found))


def history(*texts: Extraction, turns: int = 0, **changes: Any) -> Dated:
    """An announcement that had these texts, the last of them now."""
    return Dated(record(texts[-1], revision=len(texts), **changes), texts[:-1], turns)


def said(fate: Fate, published: date | None) -> Saying:
    """What a notice of this day says became of the document."""
    statement = Statement(fate, Name(Role.CITES, ("key",), "某文件"), "《某文件》同时废止")
    return Saying(statement, "http://b.example/2.html", "通知", None, published, None, "bureau", NOW)


def test_a_deadline_is_an_all_day_entry_with_its_words_and_its_link() -> None:
    (event,) = events(record(full_extraction()))
    assert event.decoded("dtstart") == date(2026, 6, 30)
    assert event.decoded("dtend") == date(2026, 7, 1)
    assert event["summary"] == "完成 · 某市生态环境局"
    assert event["description"] == "某市出台8条措施支持企业\n“2026年6月底前完成”\nhttp://b.example/1.html"
    assert event["url"] == "http://b.example/1.html"
    assert [str(one) for one in event["categories"].cats] == ["期限", "环评审批"]
    assert (event["sequence"], event["transp"], event["status"]) == (0, "TRANSPARENT", "CONFIRMED")
    assert event.decoded("last-modified") == event.decoded("dtstamp") == NOW


def test_the_end_of_validity_is_an_entry_of_its_own() -> None:
    (event,) = events(record(extraction(valid_until=date(2028, 12, 31))))
    assert event["summary"] == "有效期满：某市出台8条措施支持企业 · 某市生态环境局"
    assert event.decoded("dtstart") == date(2028, 12, 31)
    assert [str(one) for one in event["categories"].cats] == ["有效期", "环评审批"]


@pytest.mark.parametrize(
    "texts",
    [
        [due((APPLY, JUNE)), due((APPLY, JULY))],
        [due((APPLY, JUNE)), due(("按要求报送申报材料", JULY))],
        [due((APPLY, JUNE), (REPORT, JULY)), due((REPORT, JUNE), (APPLY, JULY))],  # each takes the other's day
        [due((APPLY, JUNE)), due((REPORT, JULY)), due((APPLY, JULY))],  # dropped and there again
        [due((APPLY, JUNE)), due((REPORT, date(2026, 3, 31)), (APPLY, JULY))],
    ],
)
def test_a_deadline_that_moved_is_the_same_entry_on_its_new_day(texts: list[Extraction]) -> None:
    before, after = (
        {one["uid"]: one for one in events(history(*texts[:count])) if APPLY[-4:] in one["summary"]}
        for count in (1, len(texts))
    )
    ((uid, entry),) = after.items()
    assert before.keys() == {uid}
    assert (entry.decoded("dtstart"), entry["status"]) == (JULY, "CONFIRMED")
    assert entry["sequence"] == len(texts) - 1 > before[uid]["sequence"]


def test_a_deadline_in_other_words_is_known_by_its_day() -> None:
    (before,) = events(history(due((APPLY, JUNE))))
    (after,) = events(history(due((APPLY, JUNE)), due((REPORT, JUNE))))
    assert (after["uid"], after["status"]) == (before["uid"], "CONFIRMED")
    assert after["summary"].startswith(REPORT)


def test_a_day_that_was_another_deadlines_gives_an_entry_of_its_own() -> None:
    moved, fresh = events(history(due((APPLY, JUNE)), due((APPLY, JULY)), due((APPLY, JULY), (REPORT, JUNE))))[::-1]
    assert moved["uid"] != fresh["uid"]
    assert [one.decoded("dtstart") for one in (fresh, moved)] == [JUNE, JULY]


def test_newer_rules_that_see_more_leave_the_others_their_identity() -> None:
    (known,) = events(history(due((APPLY, JULY))))
    assert known["uid"] in {one["uid"] for one in events(history(due((REPORT, JUNE), (APPLY, JULY))))}


def test_a_deadline_that_was_dropped_is_cancelled() -> None:
    entries = events(history(due((APPLY, JUNE), (REPORT, JULY)), due((REPORT, JULY))))
    assert [(one.decoded("dtstart"), one["status"]) for one in entries] == [(JUNE, "CANCELLED"), (JULY, "CONFIRMED")]
    assert entries[0]["summary"].startswith(f"已取消：{APPLY}")
    assert entries[0]["description"].startswith("已取消：公告已删去此项\n")


def test_the_end_of_validity_moves_and_is_cancelled_as_deadlines_are() -> None:
    short, long = (extraction(valid_until=date(year, 12, 31)) for year in (2027, 2028))
    ((before,), (moved,), (gone,)) = (
        events(history(*texts)) for texts in ((short,), (short, long), (short, long, extraction()))
    )
    assert before["uid"] == moved["uid"] == gone["uid"]
    assert (moved.decoded("dtstart"), moved["status"], gone["status"]) == (date(2028, 12, 31), "CONFIRMED", "CANCELLED")


def test_the_end_of_validity_has_the_sentence_that_says_so() -> None:
    text = "本办法自2026年1月1日起施行，有效期至2028年12月31日。"
    (event,) = events(record(extraction(text, valid_until=date(2028, 12, 31))))
    assert f"“{text.rstrip('。')}" in event["description"]


def test_a_withdrawn_announcement_is_cancelled_until_it_is_there_again() -> None:
    text = due((APPLY, JUNE))
    there, gone, back = (
        *events(history(text)),
        *events(history(text, status="withdrawn", turns=1)),
        *events(history(text, turns=2)),
    )
    assert there["uid"] == gone["uid"] == back["uid"]
    assert [one["status"] for one in (there, gone, back)] == ["CONFIRMED", "CANCELLED", "CONFIRMED"]
    assert [one["sequence"] for one in (there, gone, back)] == [0, 1, 2]


@pytest.mark.parametrize(
    ("fate", "published", "cancelled"),
    [
        (Fate.REPEALED, JULY, [JULY, AUGUST]),
        (Fate.REPLACED, None, [JUNE, JULY, AUGUST]),
        (Fate.SUPERSEDED, JULY, []),  # it holds where the new one says nothing else
    ],
)
def test_what_a_document_that_ended_had_due_since_is_cancelled(
    fate: Fate, published: date | None, cancelled: list[date]
) -> None:
    found = due((APPLY, JUNE), (REPORT, JULY), ("公布名单", AUGUST))
    entries = events(history(found, sayings=(said(fate, published),)))
    assert [one.decoded("dtstart") for one in entries if one["status"] == "CANCELLED"] == cancelled
    assert {one["sequence"] for one in entries} == {1 if cancelled else 0}


def test_what_is_due_after_the_end_of_validity_is_cancelled_when_that_has_come() -> None:
    found = replace(due((APPLY, JULY)), valid_until=JUNE)
    assert [one["status"] for one in events(record(found), today=JUNE)] == ["CONFIRMED", "CONFIRMED"]
    over = events(record(found), today=date(2026, 7, 1))
    assert [one["status"] for one in over] == ["CANCELLED", "CONFIRMED"]


def test_the_calendar_says_what_it_is_and_when_to_read_it_again() -> None:
    head = Calendar.from_ical(written())
    assert (head["version"], head["method"], head["x-wr-calname"]) == ("2.0", "PUBLISH", "watcher 期限")
    assert head["x-wr-timezone"] == "Asia/Shanghai"
    assert b"\r\nREFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n" in written()


def test_lines_end_and_fold_as_the_standard_says() -> None:
    long = record(extraction(TEXT, title="关于" + "支持企业绿色发展" * 12, deadlines=full_extraction().deadlines))
    body = written(long, record(full_extraction(), id=8))
    assert body.startswith(b"BEGIN:VCALENDAR\r\n")
    assert body.endswith(b"END:VEVENT\r\nEND:VCALENDAR\r\n")
    lines = body.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)
    for line in lines:
        line.decode()  # no character is cut in two


def test_an_entry_without_an_issuer_says_whom_its_page_credits() -> None:
    told = replace(full_extraction(), issuer=None, credit=Credit("南湖日报"))
    assert all(event["summary"].endswith(" · 来源：南湖日报") for event in events(record(told)))


def test_what_a_page_says_cannot_end_an_entry() -> None:
    hostile = "标题\r\nEND:VEVENT\r\nBEGIN:VALARM;,\\n\x00"
    (event,) = events(record(replace(full_extraction(), title=hostile, issuer=hostile), url="javascript:1"))
    assert event["description"].splitlines()[0] == "标题 END:VEVENT BEGIN:VALARM;,\\n"
    assert "url" not in event
    assert not event.subcomponents


def test_the_last_day_of_all_is_a_day() -> None:
    (event,) = events(record(extraction(valid_until=date.max)))
    assert event.decoded("dtstart") == date.max


def test_the_same_announcements_make_the_same_file() -> None:
    assert written(record(full_extraction())) == written(record(full_extraction()))
