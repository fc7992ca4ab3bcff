"""文号, the number of an official document, as texts write it: 鲁环发〔2023〕5号, 鲁环发[2023]第5号.

The letters of its issuer, the year in brackets, the number in that year. Running text has no gap before it, so words
may be read as letters: 根据鲁环发〔2023〕5号, 原鲁环发〔2023〕5号.
"""

from __future__ import annotations

import re
from typing import Final

MOST_LETTERS: Final = 9
# Han characters before the year: the letters, and words that touch them.
_MOST_BEFORE: Final = 14

_OPENING: Final = r"[〔\[［﹝(（【]\s?"
_CLOSING: Final = r"\s?[〕\]］﹞)）】]"
# Parts for patterns that put their own around them; YEAR_AND_NUMBER is all that stands behind the letters.
YEAR: Final = rf"{_OPENING}(?:19|20)\d\d{_CLOSING}"
YEAR_AND_NUMBER: Final = rf"\s?{YEAR}\s?第?\s?\d{{1,5}}\s?号"
# What stands before the year, the year, the number.
DOCUMENT_NUMBER: Final = re.compile(
    rf"([\u4e00-\u9fff]{{1,{_MOST_BEFORE}}})\s?{_OPENING}((?:19|20)\d\d){_CLOSING}\s?第?\s?(\d{{1,9}})\s?号"
)
# 原政发 and 将政 are the letters of 原平 and 将乐: before others, the words are no part of them.
_WORDS: Final = re.compile(
    r".*(?:根据|按照|依据|依照|遵照|参照|对照|落实|贯彻|执行|印发|转发|下发|文件|通知|精神|文号|废止|同时|现行|以[下及]?|由|和|与|及"
    r"|的|见|为|即|是|在|了|除|如|因|对|拟|起|建议|[原将](?!政))"
)


def letters_at(before: str) -> int | None:
    """Where the letters begin in what stands before the year of a 文号; None where none are left, or too many."""
    words = _WORDS.match(before)
    start = words.end() if words else 0
    return start if 2 <= len(before) - start <= MOST_LETTERS else None
