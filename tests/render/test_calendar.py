from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from icalendar import Calendar

from tests.store.examples import NOW, TEXT, deadline, extraction, full_extraction
from watcher.model import Credit, Extraction
from watcher.records import AnnouncementRecord
from watcher.render.calendar import calendar


def record(found: Extraction, **changes: Any) -> AnnouncementRecord:
    made = AnnouncementRecord(7, "http://b.example/1.html", "bureau", "active", NOW, NOW, 1, found)
    return replace(made, **changes)


def written(*records: AnnouncementRecord) -> bytes:
    return b"".join(calendar(records, "Asia/Shanghai"))


def events(*records: AnnouncementRecord) -> list[Any]:
    return list(Calendar.from_ical(written(*records)).events)


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


def test_an_entry_keeps_its_identity_when_the_text_around_it_changes() -> None:
    before = record(full_extraction())
    text = "新增一句。2026年3月底前，公布名单和联系方式。" + TEXT
    edited = extraction(
        text,
        deadlines=(
            deadline(text, "2026年3月底前", date(2026, 3, 31)),
            deadline(text, "2026年6月底", date(2026, 6, 30)),
        ),
    )
    after = record(edited, revision=2, last_changed=NOW + timedelta(days=1))
    old, (new, same) = events(before), events(after)
    assert [one["uid"] for one in old] == [same["uid"]]
    assert new["uid"] != same["uid"]
    assert (same["sequence"], same.decoded("last-modified")) == (1, NOW + timedelta(days=1))


def test_a_withdrawn_announcement_has_no_entries() -> None:
    assert events(record(full_extraction(), status="withdrawn")) == []


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
