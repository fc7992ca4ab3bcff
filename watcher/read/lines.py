"""A document on its way to being text: lines with what is known of each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from watcher.read.limits import check_lines
from watcher.rows import BORDER

_MARKDOWN_LINK = re.compile(r"(!?)\[([^\[\]\n]{0,300})\]\(\s{0,3}<?([^()\s<>]{1,1000})>?(?:\s[^()\n]{0,200})?\)")
_BARE_LINK = re.compile(r"<?(https?://[^\s<>\"'，。；、（）《》“”\u4e00-\u9fff]{4,1000})>?")
_MARKDOWN_MARKS = re.compile(r"^\s{0,3}(#{1,6})\s+|^\s{0,3}>\s?|\*\*|__")
_RULE_LINE = re.compile(r"^\s*(?:[-=*_~—─━·.#]\s?){3,}$")
_CELL_EDGE = re.compile(r"\s\|(?=\s|$)")
_CODE = re.compile(r"[0-9A-Z]{12,}")  # a firm's code, a telephone list
_VALUE = re.compile(r"[0-9.,%:：/年月日-]+|[A-Z]")
_COLUMN_NAME = re.compile(
    r"序号|编号|.{0,10}(?:名称|代码|地址|电话|备注|日期|时间|类别|类型|单位|姓名|金额|数量|单价|合计|注册地|法人|联系人)"
)


def is_row(text: str) -> bool:
    """Whether a line is a row of a table: cells, values among its words, or the names of columns."""
    cells = len(_CELL_EDGE.findall(text)) + text.count(BORDER)
    words = text.split()
    values = sum(_VALUE.fullmatch(word) is not None for word in words)
    if cells >= 2 or (cells and values) or _CODE.search(text):  # one bar parts a rubric from a headline, too
        return True
    names = sum(_COLUMN_NAME.fullmatch(word) is not None for word in words)
    return len(words) >= 3 and (values >= 2 or names >= 2)


@dataclass(slots=True)
class Line:
    """One visible line.

    `links` are (address, words) pairs, `link_chars` the characters inside them; `level` is 1-6 for a heading tag, 7
    for an element that calls itself a title, 0 otherwise; `broken` says that a <br> ended it and not its paragraph;
    `page` is that of the file which it stands on, from 1, where it has pages.
    """

    text: str
    links: tuple[tuple[str, str], ...] = ()
    link_chars: int = 0
    level: int = 0
    hidden: bool = False
    broken: bool = False
    page: int | None = None

    @property
    def linked(self) -> bool:
        """Whether most of the line is link: navigation, or a list of other articles."""
        return self.link_chars * 2 > len(self.text)


def from_text(text: str) -> list[Line]:
    """Return the non-empty lines of a plain or Markdown text; its rules (-----) are dropped."""
    if "&" in text:
        text = unescape(text)
    lines = []
    for raw in text.split("\n"):
        if raw.strip() and not _RULE_LINE.match(raw[:200]) and (line := _line(raw)).text:
            lines.append(line)
            check_lines(len(lines))
    return lines


def _line(raw: str) -> Line:
    links: list[tuple[str, str]] = []
    level = 0
    if "](" in raw:
        raw = _MARKDOWN_LINK.sub(lambda match: _keep(match, links), raw)
    link_chars = sum(len(words) for _, words in links)
    if "://" in raw:
        for match in _BARE_LINK.finditer(raw):
            links.append((match[1], match[1]))
            link_chars += len(match[1])
    if marks := _MARKDOWN_MARKS.search(raw):
        level = len(marks[1]) if marks[1] else 0
        raw = _MARKDOWN_MARKS.sub("", raw)
    return Line(" ".join(raw.split()), tuple(links), link_chars, level)


def _keep(match: re.Match[str], links: list[tuple[str, str]]) -> str:
    """A Markdown link's words stay in the line, its address beside it; images go."""
    if match[1]:
        return ""
    links.append((match[3], match[2]))
    return match[2]
