"""The rows of tables in a cleaned text: one line each, its cells parted by a tab that no number or noun crosses. Pure.

Tells of a cell what its row is about; what stands over its column is told by those who know numbers
(`extract.figures.heads`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

BORDER: Final = "\t"

# A row's own number: 1, 01, 一, （1）, ②.
_NUMBER: Final = re.compile(r"[(（]?(?:\d{1,4}|[一二三四五六七八九十百]{1,4})[)）]?[、.．]?|[①-⑳]")
_WORDS: Final = re.compile(r"[A-Za-z\u4e00-\u9fff]{2}")
_DIGIT: Final = re.compile(r"\d")
# When a row is due or how long it holds: 2027年6月底前, 长期坚持, 每年12月.
_TIME: Final = re.compile(
    r"(?:长期|全年|年底|常态化?|持续|每[年月季]|[上下]半年|即日|[今本明]年|立即|(?:到|至|于)?\d{2,4}[年./-])"
    r".{0,12}(?:前|底|末|内|[年月日]|坚持|推进|实施|起|\d)?"
)
# Who does it (GB/T 9704 names bodies in full): not what the row is about where another cell is there to tell.
_BODY: Final = re.compile(r".{1,40}(?:局|委|办|部|厅|署|行|部门|单位|政府|委员会|管委会|办公室|科室|中心)")
# Of the columns of lists of measures and tasks: those that name the row, and those that never do.
_NAMES: Final = re.compile(
    r".{0,8}(?:名称|事项|项目|措施|举措|政策|任务|指标|内容|条款|对象|企业|类型|奖项|产品|品种|活动)"
)
_BESIDE: Final = re.compile(
    r".{0,6}(?:序号|编号|单位|部门|机构|责任人|责任领导|联系人|电话|时限|时间|期限|日期|进度|节点|依据|备注|说明|标准|方式|渠道"
    r"|条件|材料|流程|类别|来源|地址|目标)"
)
# Cells of one row that are looked at, and characters of each: what names a row stands near its start.
_MOST_CELLS, _MOST_CHARS = 40, 120
_REACH: Final = 600  # characters to each side of a place in which its row is looked at


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, `text[start:end]`: `name` is the cell that tells what its row is about, `head` what is over it."""

    start: int
    end: int
    name: str
    head: str


def row_name(cells: Sequence[str], column: int, head: Sequence[str] = ()) -> str:
    """The cell beside `column` that tells what the row is about, empty where none has words for it.

    A column whose head promises a name comes first, then words before numbers, tasks before bodies and dates, the
    left before the right.
    """
    ranked = [
        (rank, place)
        for place, cell in enumerate(cells[:_MOST_CELLS])
        if place != column and (rank := _rank(cell[:_MOST_CHARS], head[place] if head else "")) is not None
    ]
    return cells[min(ranked)[1]] if ranked else ""


def _rank(cell: str, head: str) -> int | None:
    """How well a cell names its row, 0 best; None for a number, a date and a cell without words."""
    if not _WORDS.search(cell) or _NUMBER.fullmatch(cell) or _TIME.fullmatch(cell):
        return None
    if _BESIDE.fullmatch(head):
        return 3
    if _DIGIT.search(cell):
        return 0 if _NAMES.fullmatch(head) else 4
    if _NAMES.fullmatch(head):
        return 0
    return 2 if _BODY.fullmatch(cell) else 1


def cell_around(text: str, start: int, end: int) -> Cell | None:
    """The cell that holds `text[start:end]`, None outside of a table; nothing is said of its column.

    Looks no further than a row of a list of measures is long, so that it may be asked for each place of a long line.
    """
    line = max(text.rfind("\n", max(0, start - _REACH), start) + 1, start - _REACH, 0)
    stop = text.find("\n", end, end + _REACH)
    row = text[line : stop if stop >= 0 else end + _REACH]
    if BORDER not in row:
        return None
    place = 0
    cells = row.split(BORDER)
    for column, cell in enumerate(cells):
        if line + place + len(cell) >= start:
            return Cell(line + place, line + place + len(cell), row_name(cells, column), "")
        place += len(cell) + 1
    return None
