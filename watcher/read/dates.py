"""Dates as pages print them: 2024-09-06, 2021/09/06, 2023年11月14日, 二〇二四年九月六日, 20240906."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | dict.fromkeys("零○O", 0)
_ARABIC = re.compile(
    r"(?<![0-9])((?:19|20)[0-9]{2})\s?(?:([-/.])\s?([01]?[0-9])\s?\2\s?([0-3]?[0-9])(?![0-9])"
    r"|年\s?([01]?[0-9])\s?月\s?([0-3]?[0-9])\s?日)"
)
_CHINESE = re.compile(
    r"([一二][〇零○O一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_COMPACT = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})([01][0-9])([0-3][0-9])(?![0-9])")
_FIRST_YEAR = 1990


def date_spans(text: str) -> Iterator[tuple[int, int, date]]:
    """The valid calendar days written in `text`, year included, each with where it starts and ends; digits first."""
    for match in _ARABIC.finditer(text):
        month, day = (match[3], match[4]) if match[2] else (match[5], match[6])
        if found := _valid(int(match[1]), int(month), int(day)):
            yield match.start(), match.end(), found
    for match in _CHINESE.finditer(text):
        year = int("".join(str(_DIGITS[digit]) for digit in match[1]))
        if found := _valid(year, _small(match[2]), _small(match[3])):
            yield match.start(), match.end(), found


def find_date(text: str) -> date | None:
    """Return the first valid calendar day written in `text`, year included."""
    return next((found for _, _, found in date_spans(text)), None)


def read_date(value: str) -> date | None:
    """Return the day that a metadata value names; the compact 20240906 counts here, where nothing else can be meant."""
    if found := find_date(value):
        return found
    match = _COMPACT.search(value)
    return _valid(int(match[1]), int(match[2]), int(match[3])) if match else None


def without_date(text: str) -> str:
    """Cut `text` at the first date in it."""
    starts = [match.start() for pattern in (_ARABIC, _CHINESE) if (match := pattern.search(text))]
    return text[: min(starts)] if starts else text


def beside_date(text: str) -> str:
    """Return `text` without the first date in it."""
    return _CHINESE.sub("", _ARABIC.sub("", text, count=1), count=1)


def is_only_date(text: str) -> bool:
    """Whether a line is a date, perhaps with a weekday and a clock, and nothing else."""
    rest = beside_date(text)
    return rest != text and not re.search(r"[^\s0-9:：∶时分秒星期周一二三四五六日天|()（）\[\]【】/-]", rest)


def _small(text: str) -> int:
    """一 .. 三十一."""
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS.get(text, 0)
    return 10 * (_DIGITS.get(tens, 1) if tens else 1) + (_DIGITS.get(ones, 0) if ones else 0)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year >= _FIRST_YEAR else None
    except ValueError:
        return None
