"""Lines of the cleaned text with their places, and the numerals that number them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from watcher.extract.numerals import chinese

# A numeral that counts clauses: 十二, 一百零三, 25. Longer ones number nothing.
NUMERAL: Final = r"(?:[〇零一二两三四五六七八九十百]{1,6}|\d{1,3})"
# The kinds of policy document, as the last word of a title, and what may stand behind: 办法(试行), 方案（2023—2025年）.
KIND: Final = (
    r"(?:措施|举措|意见|方案|办法|通知|政策|规定|细则|清单|计划|指南|指引|条例|公告|通告|决定|规则|要点|制度|预案|规程|目录|规划|纲要|汇编|函"
    r"|若干条|[\d一二三四五六七八九十]{1,4}条)"
)
_EDITION: Final = r"[”\"]?(?:\s?[(（][^()（）]{1,20}[)）]){0,2}"
ENDS_IN_KIND: Final = re.compile(rf"{KIND}{_EDITION}$")
KIND_TITLE: Final = rf"[^《》]{{3,120}}?{KIND}{_EDITION}"


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its margins: `text[start:end] == content`."""

    start: int
    end: int
    content: str


def split_lines(text: str) -> tuple[Line, ...]:
    """The lines that hold anything, in order."""
    lines = []
    start = 0
    for raw in text.split("\n"):
        content = raw.strip()
        if content:
            begin = start + len(raw) - len(raw.lstrip())
            lines.append(Line(begin, begin + len(content), content))
        start += len(raw) + 1
    return tuple(lines)


def read_numeral(numeral: str) -> int | None:
    """The number that 27, 二十七 or 一百零三 stands for; None where it is none, or not one only (三五)."""
    if numeral.isascii() and numeral.isdigit():
        return int(numeral)
    span = chinese(numeral)
    return int(span[0]) if span and span[0] == span[1] else None


def squash(title: str) -> str:
    """A title without blanks, quotation marks, brackets and punctuation, to compare with another's."""
    return re.sub(r"[^\w%]|_", "", title)
