"""The dates that listings print beside their links, in the many ways they do it.

Full dates are read by `read.dates`. Here are the ways that only lists have: without a year (06-01), in pieces set in
boxes of their own (02 over 2026-06), by the distance from now (3天前, 昨天), and the question whether a text is a date
or merely mentions one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import IntEnum
from typing import TypeVar

from watcher.listing.labels import Label, is_until, own_label, read_label, rest_of_range
from watcher.listing.moments import read_moment
from watcher.listing.western import MONTH, Order, Said, Western, month_of, read_line, read_western
from watcher.read.dates import date_spans, find_date, is_only_date

_Token = TypeVar("_Token")


class Trust(IntEnum):
    """How surely a date is the one of publication."""

    MENTIONED = 1  # a short text with other words
    ANOTHER = 2  # a label says that it is the day of something else: 成文日期
    SET_OFF = 3  # from the other words of a line that is no prose: 2026-06-01 来源：某日报
    PRINTED = 4  # the text is the date
    LABELLED = 5  # 发布日期：


@dataclass(frozen=True, slots=True)
class Printed:
    """A date as a list prints it; `year` is None where it is left out, `ago` what is printed instead of a day.

    `under` is the year that heads the rows around it, for a date that has none; `order` says which
    number is the month of one that is printed 6/18/2026, `is_below` that it stands below older ones of its list.
    """

    year: int | None
    month: int
    day: int
    trust: Trust
    ago: timedelta | None = None
    under: int | None = None
    order: Order | None = None
    is_below: bool = False

    def on(self, now: datetime, hint: int | None = None) -> date | None:
        """The day meant: without a year that of `hint` (seen in the address), of the head, or the last until tomorrow.

        Tomorrow's below older ones is of last year. None of a day that cannot be, or that could be another: a wrong day
        may keep an entry from being told.

        Args:
            now: the moment of the fetch, by the clocks of the site's country.
        """
        if self.ago is not None:
            return (now - self.ago).date()
        if self.order is Order.EITHER:
            return None
        today = now.date()
        latest_day = today + timedelta(days=0 if self.is_below else 1)
        latest = (today.year + 1, today.year, today.year - 1)
        years = (self.year,) if self.year else (hint,) if hint else (self.under, *latest) if self.under else latest
        days = [found for year in years if (found := _valid(year, self.month, self.day))]
        if self.year or hint:
            return days[0] if days else None
        return next((found for found in days if found <= latest_day), None)


# 3天前, 2小时前, 昨天 09:30, 刚刚. Weeks and months ago say no day.
_AGO = re.compile(
    r"[\[(（【]?(?:(?:发布|更新)?(?:日期|时间|于)\s?[:：]?\s?)?(?:([0-9]{1,3}|[一两二三四五六七八九十半])\s?个?(秒钟?|分钟|小时|天|日)\s?[之以]?前"
    r"|(刚刚|刚才|今[天日]|昨[天日]|前[天日])(\s?[0-2]?[0-9][:：][0-5][0-9](?:[:：][0-5][0-9])?)?)[\])）】]?"
)
_UNITS = {"秒": timedelta(seconds=1), "分": timedelta(minutes=1), "小": timedelta(hours=1)}
_DAYS_AGO = {"刚": 0, "今": 0, "昨": 1, "前": 2}
_SMALL = {"半": 0.5, "两": 2.0} | {digit: float(value) for value, digit in enumerate("一二三四五六七八九十", 1)}
_HAS_NUMBER = re.compile("[0-9０-９一二]")
_LONGEST = 48  # characters; a longer text is a summary, and its dates are of what it tells
_OPENING = " [【(（"  # before a date
_PROSE = re.compile("[，。；！？]")
_EDGES = frozenset(" \t\u3000|｜[]【】()（）〔〕")  # a date between two of them, or an end of the text, is set off
_TRUST = {Label.PUBLICATION: Trust.LABELLED, Label.ANOTHER: Trust.ANOTHER}
_SAID = {Said.PUBLICATION: Trust.LABELLED, Said.ANOTHER: Trust.ANOTHER, Said.NOTHING: Trust.SET_OFF}
_WITHOUT_YEAR = re.compile(
    r"[\[(（【]?\s?(?:([01][0-9])[-/.]([0-3][0-9])|([01]?[0-9])-([0-3]?[0-9])|([01]?[0-9])月([0-3]?[0-9])日)"
    r"\s?[\])）】]?(?:\s[0-2]?[0-9]:[0-5][0-9])?"
)
_COMPACT = re.compile(r"[\[(（【]?((?:19|20)[0-9]{2})([01][0-9])([0-3][0-9])[\])）】]?")
_AT_END = re.compile(
    r"(?:[\s\[(（【]|(?<=[一-龥）)》”]))((?:19|20)[0-9]{2}[-/.][01]?[0-9][-/.][0-3]?[0-9])\s?[\])）】]?\s?$"
)
_SHORT_YEAR = re.compile(
    r"[\[(（【]?([0-4][0-9])(?:([-/.])([01][0-9])\2([0-3][0-9])|年([01]?[0-9])月([0-3]?[0-9])日)[\])）】]?"
)
# Also the dashes that editors set instead: 2026—06—01.
_USUAL = str.maketrans("０１２３４５６７８９－—–‐‑−／．", "0123456789------/.")
_AT_START = re.compile(
    r"\s{0,9}(?:[\[(（【]\s?((?:(?:19|20)[0-9]{2}[-/.年])?[01]?[0-9][-/.月][0-3]?[0-9]日?)\s?[\])）】]"
    r"|((?:19|20)[0-9]{2}[-/.][01]?[0-9][-/.][0-3]?[0-9])\s)\s{0,9}"
)
_NO_LAST_WORD = re.compile(r"((?:19|20)[0-9]{2})年([01]?[0-9])月([0-3]?[0-9])")
_DAY_BEFORE_MONTH = re.compile(r"([0-3]?[0-9])[日/]\s?([01]?[0-9])月")
_DAY_FIRST = re.compile(r"([0-3]?[0-9])日?[/|·-]?((?:19|20)[0-9]{2})[-/.年]([01]?[0-9])月?")
_MONTH_ALONE = re.compile(rf"(?:([01]?[0-9])\s?月|{MONTH})", re.IGNORECASE)
_YEAR_MONTH = re.compile(r"((?:19|20)[0-9]{2})\s?[-/.年]\s?([01]?[0-9])\s?月?")
_MONTH_YEAR = re.compile(r"([01]?[0-9])[-/.]((?:19|20)[0-9]{2})")
_YEAR = re.compile(r"((?:19|20)[0-9]{2})年?")
_DAY = re.compile(r"([0-3]?[0-9])日?")
_HALVES = (_YEAR_MONTH, _MONTH_YEAR, _YEAR, _DAY, _WITHOUT_YEAR, _MONTH_ALONE)


def read_text(text: str, before: str = "") -> Printed | None:
    """Return the date that a piece of text prints, `before` being the piece in front of it (a label, perhaps)."""
    if len(text) <= _LONGEST and (match := _AGO.fullmatch(text)):
        return _ago(match, before)
    if len(text) > 4 * _LONGEST or not _HAS_NUMBER.search(text):
        return None
    if moment := read_moment(text):
        return _of(moment)
    text = text.translate(_USUAL)
    if find_date(text):
        return max(_full_dates(text, before), key=lambda printed: printed.trust, default=None)
    if match := _WITHOUT_YEAR.fullmatch(text):
        return _printed(None, *_month_and_day(match))
    if match := _COMPACT.fullmatch(text):
        return _printed(match[1], match[2], match[3])
    if match := _SHORT_YEAR.fullmatch(text):
        return _printed(f"20{match[1]}", match[3] or match[5], match[4] or match[6])
    if match := _NO_LAST_WORD.fullmatch(text):
        return _printed(match[1], match[2], match[3])
    if match := _DAY_BEFORE_MONTH.fullmatch(text):
        return _printed(None, match[2], match[1])
    if found := read_western(text):
        return _western(found)
    line = read_line(text)
    return _western(line[0], _SAID[line[1]]) if line else None


def read_whole(value: str, now: datetime, hint: int | None = None) -> date | None:
    """Return the day that a value of a feed or of data prints, and that alone."""
    printed = read_text(" ".join(value[:200].split()))
    return printed.on(now, hint) if printed else None


def read_value(value: str) -> Printed | None:
    """Return the date that an attribute holds for software: of a moment with its zone, the day in China."""
    moment = read_moment(value.strip()[:_LONGEST])
    return _of(moment) if moment else read_text(value[:19].replace("T", " "))


def _of(day: date) -> Printed:
    return Printed(day.year, day.month, day.day, Trust.PRINTED)


def _western(found: Western, trust: Trust = Trust.PRINTED) -> Printed | None:
    printed = _printed(found.year, found.month, found.day)
    return replace(printed, order=found.order, trust=trust) if printed else None


def _full_dates(text: str, before: str) -> Iterator[Printed]:
    """The dates in a text, each as far as the words at it let it be a day of publication.

    成文日期：2026-02-01 发布日期：2026-02-09 有效期至：2028-02-09 gives the first with less trust, and not the last.
    So does 公示时间：2026-02-09-2026-02-15: what lasts is made known before, or on its first day.
    """
    reached = last = 0
    for start, end, found in date_spans(text):
        head = text[reached:start]
        label = read_label(head) if reached or head.strip(_OPENING) else own_label(before)
        reached = max(reached, end)
        trust = _TRUST[label] if label in _TRUST else _trust(text, start, end)
        lasts = rest_of_range(text[end:])
        if label is not Label.END and start >= last and not is_until(text[end:]) and trust:
            yield Printed(found.year, found.month, found.day, min(trust, Trust.ANOTHER) if lasts else trust)
        last = end + lasts


def _ago(match: re.Match[str], before: str) -> Printed | None:
    number, unit, word, clock = match.groups()
    if word == "今日" and not clock:  # the head of a box, too
        return None
    if own_label(before) in (Label.END, Label.ANOTHER):
        return None
    if word:
        return Printed(None, 0, 0, Trust.PRINTED, timedelta(days=_DAYS_AGO[word[0]]))
    count = _SMALL[number] if number in _SMALL else int(number)
    return Printed(None, 0, 0, Trust.PRINTED, count * _UNITS.get(unit[0], timedelta(days=1)))


def _month_and_day(match: re.Match[str]) -> tuple[str, str]:
    month, day = (part for part in match.groups() if part)
    return month, day


def _trust(text: str, start: int, end: int) -> Trust | None:
    """How far the date from `start` to `end` of `text`, which no label is of, is one of publication."""
    if is_only_date(text):
        return Trust.PRINTED
    edges = {*text[max(0, start - 1) : start], *text[end : end + 1]}
    if edges <= _EDGES and len(text) <= 2 * _LONGEST and not _PROSE.search(text):
        return Trust.SET_OFF
    return Trust.MENTIONED if len(text) <= _LONGEST else None


def believed(tokens: Sequence[_Token]) -> Sequence[_Token]:
    """`tokens` without the dates that are only mentioned, as in a summary, where another is printed."""
    if all(token.trust is Trust.MENTIONED for token in tokens if isinstance(token, Printed)):
        return tokens
    return [token for token in tokens if not (isinstance(token, Printed) and token.trust is Trust.MENTIONED)]


def read_end(title: str) -> Printed | None:
    """Return the date set off at the end of a title, for lists that print it there: "… (2026-06-02)"."""
    match = _AT_END.search(title, max(0, len(title) - 24))
    found = find_date(match[1]) if match else None
    if match is None or read_label(title[: match.start()]) is Label.END:
        return None
    return Printed(found.year, found.month, found.day, Trust.MENTIONED) if found else None


def cut_end(title: str) -> str:
    """Return the title without the date that `read_end` finds in it."""
    title = title.rstrip()
    match = _AT_END.search(title, max(0, len(title) - 24))
    return title[: match.start()] if match else title


def read_start(title: str) -> tuple[Printed, str] | None:
    """Return the date set off at the start of a title, and how it stands there: "[06-02] ", "2026-06-02 "."""
    match = _AT_START.match(title)
    printed = read_text(match[1] or match[2]) if match else None
    return (printed, match[0]) if match and printed else None


def read_pieces(pieces: Sequence[str]) -> Printed | None:
    """Return the date whose parts stand in boxes of their own: 2026 | -06-18, 18 | 日 | 2026年6月, 18 | 06 | 2026."""
    text = "".join(pieces).replace(" ", "")
    if printed := read_text(text):
        return printed
    if match := _DAY_FIRST.fullmatch(text):
        return _printed(match[2], match[3], match[1])
    numbers = [piece for piece in pieces if piece.isascii() and piece.isdecimal()]
    if len(numbers) == 3 and len(numbers[2]) == 4 and text.startswith(numbers[0]):
        return _printed(numbers[2], numbers[1], numbers[0]) or _printed(numbers[2], numbers[0], numbers[1])
    return None


def read_pair(first: str, second: str) -> Printed | None:
    """Return the date whose halves stand in boxes of their own: 02 | 2026-06, 2026 | 06-02, 02 | 6月, also reversed."""
    for one, other in ((first, second), (second, first)):
        if (left := _MONTH_ALONE.fullmatch(one)) and (right := _DAY.fullmatch(other)):
            return _printed(None, left[1] or str(month_of(left[2])), right[1])
        if (left := _YEAR_MONTH.fullmatch(one)) and (right := _DAY.fullmatch(other)):
            return _printed(left[1], left[2], right[1])
        if (left := _MONTH_YEAR.fullmatch(one)) and (right := _DAY.fullmatch(other)):
            return _printed(left[2], left[1], right[1])
        if (left := _YEAR.fullmatch(one)) and (right := _WITHOUT_YEAR.fullmatch(other)):
            return _printed(left[1], *_month_and_day(right))
    return None


def read_year(known: Printed, text: str) -> Printed | None:
    """Return `known`, which has no year, with the one that `text` is: 2026 behind 06-02, or behind 02 | Jun."""
    year = _YEAR.fullmatch(text)
    return _printed(year[1], str(known.month), str(known.day)) if year and known.year is None else None


def is_half(text: str) -> bool:
    """Whether `text` may be one half of a date."""
    return len(text) <= 12 and any(pattern.fullmatch(text) for pattern in _HALVES)


def _printed(year: str | None, month: str, day: str) -> Printed | None:
    if len(month) > 2 or len(day) > 2:
        return None
    # 2024 is a leap year: a 29 February without a year is a date too.
    if _valid(int(year) if year else 2024, int(month), int(day)) is None:
        return None
    return Printed(int(year) if year else None, int(month), int(day), Trust.PRINTED)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
