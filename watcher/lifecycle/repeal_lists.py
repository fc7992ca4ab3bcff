"""The documents that a notice of repeal lists, one a line or one a row of a table. Pure.

    关于废止部分文件的通知
    现决定废止下列文件：                            the list begins
    一、《甲办法》（云环发〔2022〕8号）              a title in 《》
    2. 乙局关于印发丙措施的通知（云环发〔2019〕3号）   a bare one, with its number behind it or by its last word
    3. 云环发〔2018〕2号                          a number alone
    4 丁办法 云环发〔2017〕5号 2017年6月1日          a row of a table
    乙局                                          the list ends: neither an item, nor numbered

not: under a title that also amends or keeps documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from watcher.extract.lines import ENDS_IN_KIND
from watcher.followups.drafts import TITLE
from watcher.lifecycle.mentions import name_of
from watcher.read.document_numbers import DOCUMENT_NUMBER, letters_at
from watcher.records.lifecycle import Fate
from watcher.records.names import Name

_NOTICE: Final = re.compile(
    r"关于(?!.*(?:修改|修订|继续有效|保留|清理结果|拟))[^《》]{0,24}?(?:废止|失效).*(?:通知|决定|公告|通告)$"
)
_OPENS: Final = re.compile(
    r"(?:废止|失效)[^。；]{0,24}[：:]\s?$|(?:以下|下列)[^。；]{0,24}(?:废止|失效)[^。；]{0,6}[：:。]?\s?$"
    r"|^[^。；，：:]{0,20}(?:废止|失效)[^。；，：:]{0,20}(?:目录|清单|名单|一览表)\s?(?:[（(][^（）()]{1,12}[)）])?[：:]?\s?$"
)
_KEPT: Final = re.compile(r"不予|未|拟|建议|继续|保留|修改|修订")
_ORDINAL: Final = re.compile(r"\s?[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,3})(?:[)）、.．]\s?|\s)")
_COLUMNS: Final = re.compile(r"\s?序号\s|\S*(?:文件名称|文件标题)\s")
_MARKS: Final = " \t；;。，,、"
_VALUES: Final = re.compile(r"(?:\s[\d年月日.\-/]+)+$")  # the day on which it was issued
_ITS_NUMBER_ENDS: Final = re.compile(r"[^（）()]{0,40}?[)）](?=\s|$)|(?:文件?)?(?=\s|$)")
_NOT_IN_TITLE: Final = re.compile("[。；：:]|^[^《]*》|《[^》]*$")
_SHORTEST: Final = 6  # characters of a title without 《》


def listed(title: str, lines: Iterable[str], place: str | None) -> Iterator[tuple[Fate, Name, str]]:
    """Each document with the line that lists it, for a notice of this title; nothing for any other page."""
    if not _NOTICE.search(title.strip()):
        return
    fate: Fate | None = None
    for line in filter(str.strip, lines):
        if _OPENS.search(line):
            fate = None if _KEPT.search(line) else _fate(line, title)
        elif fate and (name := _item(line, place)):
            yield fate, name, line
        elif not _goes_on(line):
            fate = None


def _fate(heading: str, title: str) -> Fate:
    """By the words over the list, or by the title where those say both."""
    by = heading if ("失效" in heading) != ("废止" in heading) else title
    return Fate.LAPSED if "失效" in by else Fate.REPEALED


def _goes_on(line: str) -> bool:
    """Whether a list may go on behind a line that names no document: the names of columns, an item of another form."""
    numbered = _ORDINAL.match(line) is not None and line.strip()[-1] not in "：:。"
    return numbered or _COLUMNS.match(line) is not None


def _item(line: str, place: str | None) -> Name | None:
    ordinal = _ORDINAL.match(line)
    item = line[ordinal.end() if ordinal else 0 :].strip(_MARKS)
    for number in DOCUMENT_NUMBER.finditer(item):
        begins, ends = letters_at(number[1]), _ITS_NUMBER_ENDS.match(item, number.end())
        if begins is None or ends is None:
            continue
        before = item[: number.start() + begins].rstrip()
        title = _title(before.rstrip("（(，,、 "), behind_it=before.endswith(("（", "(")))
        if title is not None:
            return None if _KEPT.search(item, ends.end()) else name_of(title, number[0], place)
    bare = _VALUES.sub("", item)
    title = _title(bare) if ordinal or bare.startswith("《") else None
    return name_of(title, None, place) if title else None


def _title(written: str, *, behind_it: bool = False) -> str | None:
    """The title that a line has before a 文号, "" for none; None where it is something else.

    `behind_it`: the number stands in brackets, which only a title has behind it.
    """
    if quoted := re.fullmatch(TITLE, written):
        return quoted[0][1:-1]
    bare = len(written) >= _SHORTEST and not _NOT_IN_TITLE.search(written)
    named = bare and (behind_it or ENDS_IN_KIND.search(written) is not None)
    return written if named or not written else None
