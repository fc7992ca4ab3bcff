"""Announcements as a calendar (RFC 5545): a day's entry for what is due, one for the end of their validity. Pure.

The identity of an entry is the announcement and the day: a calendar that reads the file again changes what it has
instead of adding to it, and a deadline that moved is on its new day only. Entries come one announcement at a time, so
that a calendar of many needs little memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Final

from icalendar import Calendar, Event

from watcher.deadlines.due import Due, dues
from watcher.records import AnnouncementRecord
from watcher.render.card import clean, web_address

NAME: Final = "watcher 期限"
# How often a calendar that has this file's address should read it anew.
REFRESH: Final = timedelta(hours=6)
LONGEST_SUMMARY: Final = 80
_END: Final = b"END:VCALENDAR\r\n"


def calendar(records: Iterable[AnnouncementRecord], timezone: str) -> Iterator[bytes]:
    """The bytes of the file, piece by piece; announcements that were withdrawn are left out."""
    head = Calendar()
    head.add("prodid", "-//watcher//deadlines//ZH")
    head.add("version", "2.0")
    head.add("method", "PUBLISH")
    head.add("name", NAME)
    head.add("x-wr-calname", NAME)
    head.add("x-wr-timezone", timezone)
    head.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    head.add("x-published-ttl", "PT6H")  # the same for older clients
    yield head.to_ical().removesuffix(_END)
    for record in records:
        if record.status == "active":
            yield from (event.to_ical() for event in entries(record))
    yield _END


def entries(record: AnnouncementRecord) -> Iterator[Event]:
    """What an announcement puts into a calendar, in the order of days."""
    for due in dues(record.extraction):
        entry = _entry(record, due.day, "", _what(due), due.sentences)
        entry.add("categories", ["期限", *record.extraction.topics])
        yield entry
    if (until := record.extraction.valid_until) is not None:
        entry = _entry(record, until, "-valid", f"有效期满：{record.extraction.title or ''}", ())
        entry.add("categories", ["有效期", *record.extraction.topics])
        yield entry


def _what(due: Due) -> str:
    more = f" 等{len(due.tasks)}项" if len(due.tasks) > 1 else ""
    return f"{due.tasks[0]}{more}"


def _entry(record: AnnouncementRecord, day: date, part: str, what: str, said: tuple[str, ...]) -> Event:
    found = record.extraction
    entry = Event()
    # An id is of one installation: with the moment it is of no other's.
    entry.add("uid", f"{record.id}-{record.first_seen:%Y%m%dT%H%M%S}-{day:%Y%m%d}{part}@watcher")
    # Of the revision, not of the clock: the same announcements make the same file.
    entry.add("dtstamp", _whole_seconds(record.last_changed))
    entry.add("created", _whole_seconds(record.first_seen))
    entry.add("last-modified", _whole_seconds(record.last_changed))
    entry.add("sequence", record.revision - 1)
    entry.add("dtstart", day)
    if day < date.max:
        entry.add("dtend", day + timedelta(days=1))
    credited = found.credit.name and f"来源：{found.credit.name}"  # no body is known: who told it
    entry.add("summary", clean(" · ".join(filter(None, (what, found.issuer or credited))), LONGEST_SUMMARY))
    entry.add("description", "\n".join(_description(record, said)))
    entry.add("transp", "TRANSPARENT")  # it takes nobody's time
    entry.add("status", "CONFIRMED")
    if address := web_address(record.url):
        entry.add("url", address)
    return entry


def _description(record: AnnouncementRecord, said: tuple[str, ...]) -> Iterator[str]:
    found = record.extraction
    yield clean(found.title)
    if found.document_number:
        yield clean(found.document_number)
    yield from (f"“{clean(sentence)}”" for sentence in said)
    if address := web_address(record.url):
        yield address


def _whole_seconds(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)
