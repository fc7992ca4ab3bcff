"""Until when the measures hold: 有效期至…, or a term counted from the day on which they come into force."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from watcher.extract.lines import Line, read_numeral
from watcher.extract.periods import month_end

_DAY: Final = r"(20\d\d)\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日"
_KEYWORD: Final = re.compile(r"有效期|施行|试行|实施期|执行期|执行至|执行到|实施至|政策期|暂行|有效至")
_UNTIL: Final = re.compile(rf"(?:至|到)\s?{_DAY}(?!\s?[—–起])")
_YEAR_END: Final = re.compile(r"(?:至|到)\s?(20\d\d)\s?年\s?年?底")
_TERM: Final = re.compile(
    r"(?:有效期|施行期|试行期|实施期|执行期|政策期|期限|试行|暂行|施行)[^。；\d一二两三四五六七八九十]{0,6}"
    r"(\d{1,2}|[一二两三四五六七八九十])\s?(年|个月)(?!\s?\d)"
)
_FROM: Final = re.compile(rf"[自从]\s?{_DAY}|[自从][^。；，]{{0,12}}(?:发布|印发|公布|颁布|下发|发文)之?日|即日起")
# A permit, a contract and another's rule have terms too.
_OTHERS: Final = re.compile(
    r"许可证|证书|资质|合同|执照|申报|公示|《[^》]{4,80}》[^。；，]{0,4}(?:有效|自|执行|施行|废止)"
)
_IN_FORCE: Final = re.compile(rf"[自从]\s?{_DAY}\s?(?:[零0]时)?起(?:正式|开始|试)*(?:施行|实施|执行|生效|行)")
_REACH: Final = 60


@dataclass(frozen=True, slots=True)
class Validity:
    """The last day, and the sentence that names it."""

    until: date
    quote: str


def find_valid_until(lines: Sequence[Line], published: date | None) -> date | None:
    """The day on which the measures of these lines end, None where they do not say so."""
    found = find_validity(lines, published)
    return found.until if found else None


def find_validity(lines: Sequence[Line], published: date | None) -> Validity | None:
    """The day on which the measures of these lines end, with its words; None where they do not say so.

    `published` is the day from which 自发布之日起 counts.
    """
    for line in reversed(lines):  # the rule on validity stands at the end
        read_to = 0
        for keyword in _KEYWORD.finditer(line.content):
            if keyword.start() < read_to:
                continue
            read_to = keyword.start() + len(_rest_of_sentence(line.content, keyword))
            around = _lead(line.content, keyword) + line.content[keyword.start() : read_to]
            day = None if _OTHERS.search(around) else _end(around, published)
            if day:
                return Validity(day, around.removeprefix(around[: around.rfind("。", 0, -1) + 1]).strip())
    return None


def find_in_force(lines: Sequence[Line]) -> date | None:
    """The day from which the measures of these lines hold, where they name it: 自2026年4月1日起施行."""
    for line in reversed(lines):
        for found in _IN_FORCE.finditer(line.content):
            around = _lead(line.content, found) + found[0]
            if _OTHERS.search(around.rpartition("。")[2]) is None and (day := _day(found)):
                return day
    return None


def _rest_of_sentence(content: str, keyword: re.Match[str]) -> str:
    return content[keyword.start() : keyword.end() + _REACH].split("。")[0]


def _lead(content: str, keyword: re.Match[str]) -> str:
    """The sentence up to the keyword and the one before it: 自1月1日起施行。有效期3年。"""
    return "。".join(content[max(0, keyword.start() - _REACH) : keyword.start()].split("。")[-2:])


def _end(around: str, published: date | None) -> date | None:
    if match := _UNTIL.search(around):
        return _day(match)
    if match := _YEAR_END.search(around):
        return date(int(match[1]), 12, 31)
    term, start = _TERM.search(around), _start(around, published)
    if term is None or start is None:
        return None
    length = read_numeral(term[1]) or 0
    return _months_later(start, length * 12 if term[2] == "年" else length) - timedelta(days=1)


def _start(around: str, published: date | None) -> date | None:
    match = _FROM.search(around)
    if match is None:
        return None
    return _day(match) if match[1] else published


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def _months_later(start: date, months: int) -> date:
    year, month = divmod(start.month - 1 + months, 12)
    last = month_end(start.year + year, month + 1)
    return last.replace(day=min(start.day, last.day))
