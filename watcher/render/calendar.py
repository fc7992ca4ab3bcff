"""Announcements as a calendar (RFC 5545): a day's entry for what is due, one for the end of their validity. Pure.

The identity of an entry is the announcement and which of its deadlines it is (`deadlines.tracks`), not the day: a
calendar that reads the file again moves what it has to the new day. What is due no more is written as cancelled, since
a calendar keeps what a file only leaves out. Entries come one announcement at a time, so that a calendar of many needs
little memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from icalendar import Calendar, Event

from watcher.deadlines.due import Due
from watcher.deadlines.tracks import tracks
from watcher.lifecycle.lifespan import SAID, Lifecycle, lifecycle_of, validity_quote
from watcher.model import Extraction
from watcher.records.announcements import AnnouncementRecord
from watcher.records.lifecycle import Fate
from watcher.records.reminders import Dated
from watcher.render.card import clean, web_address
from watcher.settings import Language

# How often a calendar that has this file's address should read it anew.
REFRESH: Final = timedelta(hours=6)
LONGEST_SUMMARY: Final = 80
_END: Final = b"END:VCALENDAR\r\n"


@dataclass(frozen=True, slots=True)
class _Words:
    """What we say of entries; what pages say stays in their words. `said`: what became of a document."""

    name: str
    due: str
    validity: str
    valid_until: str
    more: str
    credit: str
    cancelled: str
    withdrawn: str
    dropped: str
    ended: str
    said: Mapping[Fate, str]


_WORDS: Final[Mapping[Language, _Words]] = {
    "zh": _Words(
        "watcher 期限", "期限", "有效期", "有效期满：{title}", " 等{n}项", "来源：{name}", "已取消：{what}",
        "原公告已撤下", "公告已删去此项", "文件已{fate}", SAID,
    ),
    "en": _Words(
        "watcher deadlines", "Deadline", "Validity", "Validity ends: {title}", " and {more} more", "From {name}",
        "Cancelled: {what}", "the announcement was withdrawn", "the announcement names it no more",
        "the document was {fate}",
        {
            Fate.REPEALED: "repealed", Fate.LAPSED: "declared lapsed", Fate.REPLACED: "replaced by a new one",
            Fate.SUPERSEDED: "superseded where a new one differs",
        },
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Day:
    """What stands on a day: `part` names it within its announcement, `dropped`: the current text has it no more."""

    part: str
    day: date
    what: str
    said: tuple[str, ...]
    category: str
    dropped: bool


def calendar(found: Iterable[Dated], timezone: str, today: date, language: Language = "zh") -> Iterator[bytes]:
    """The bytes of the file, piece by piece, as things stand on a day."""
    words = _WORDS[language]
    head = Calendar()
    head.add("prodid", f"-//watcher//deadlines//{language.upper()}")
    head.add("version", "2.0")
    head.add("method", "PUBLISH")
    head.add("name", words.name)
    head.add("x-wr-calname", words.name)
    head.add("x-wr-timezone", timezone)
    head.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    head.add("x-published-ttl", "PT6H")  # the same for older clients
    yield head.to_ical().removesuffix(_END)
    for dated in found:
        yield from (event.to_ical() for event in _entries(dated, today, words))
    yield _END


def _entries(dated: Dated, today: date, words: _Words) -> Iterator[Event]:
    """What an announcement puts into a calendar, in the order of days, the end of its validity last."""
    record, stands = dated.announcement, lifecycle_of(dated.announcement, today)
    # Whatever can change an entry raises the number, so that calendars take the file's.
    sequence = record.revision - 1 + dated.turns + bool(stands and stands.ended)
    for one in _days((*dated.earlier, record.extraction), words):
        entry = _entry(record, one, _why_cancelled(record, one, stands, words), words)
        entry.add("sequence", sequence)
        yield entry


def _days(texts: tuple[Extraction, ...], words: _Words) -> Iterator[_Day]:
    for one in tracks(texts):
        yield _Day(one.name, one.due.day, _what(one.due, words), one.due.sentences, words.due, one.dropped)
    found = next((one for one in reversed(texts) if one.valid_until), None)
    if found is not None and (until := found.valid_until) is not None:
        said = tuple(filter(None, (validity_quote(found, until),)))
        what = words.valid_until.format(title=found.title or "").strip()
        yield _Day("valid", until, what, said, words.validity, found is not texts[-1])


def _why_cancelled(record: AnnouncementRecord, one: _Day, stands: Lifecycle | None, words: _Words) -> str | None:
    """What had its day before the document ended was due, and stays."""
    if record.status != "active":
        return words.withdrawn
    if stands and stands.over_by(one.day):
        return words.ended.format(fate=words.said[stands.state])
    return words.dropped if one.dropped else None


def _what(due: Due, words: _Words) -> str:
    more = words.more.format(n=len(due.tasks), more=len(due.tasks) - 1) if len(due.tasks) > 1 else ""
    return f"{due.tasks[0]}{more}"


def _entry(record: AnnouncementRecord, one: _Day, cancelled: str | None, words: _Words) -> Event:
    found = record.extraction
    entry = Event()
    # An id is of one installation: with the moment it is of no other's.
    entry.add("uid", f"{record.id}-{record.first_seen:%Y%m%dT%H%M%S}-{one.part}@watcher")
    # Of the revision, not of the clock: the same announcements make the same file.
    entry.add("dtstamp", _whole_seconds(record.last_changed))
    entry.add("created", _whole_seconds(record.first_seen))
    entry.add("last-modified", _whole_seconds(record.last_changed))
    entry.add("dtstart", one.day)
    if one.day < date.max:
        entry.add("dtend", one.day + timedelta(days=1))
    credited = found.credit.name and words.credit.format(name=found.credit.name)  # no body is known: who told it
    what = (
        words.cancelled.format(what=one.what) if cancelled else one.what
    )  # not every calendar strikes out what is cancelled
    entry.add("summary", clean(" · ".join(filter(None, (what, found.issuer or credited))), LONGEST_SUMMARY))
    entry.add(
        "description", "\n".join(_description(record, one.said, cancelled and words.cancelled.format(what=cancelled)))
    )
    entry.add("transp", "TRANSPARENT")  # it takes nobody's time
    entry.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    entry.add("categories", [one.category, *found.topics])
    if address := web_address(record.url):
        entry.add("url", address)
    return entry


def _description(record: AnnouncementRecord, said: tuple[str, ...], cancelled: str | None) -> Iterator[str]:
    found = record.extraction
    if cancelled:
        yield cancelled
    yield clean(found.title)
    if found.document_number:
        yield clean(found.document_number)
    yield from (f"“{clean(sentence)}”" for sentence in said)
    if address := web_address(record.url):
        yield address


def _whole_seconds(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)
