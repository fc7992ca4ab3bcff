"""The cells of the tables in a text, each with whether the head of its column promises a day by which to be done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from watcher.extract.figures.heads import head_of
from watcher.extract.lines import Line
from watcher.rows import BORDER

# 时间 alone heads timetables, and 期限 how long a thing holds.
_DUE: Final = re.compile(
    r"(?:拟?(?:完成|办结|落实|推进|整改|销号|实施|建成|竣工|投产|达产|交付|任务|工作|责任)?(?:时限|时间节点)"
    r"|(?:拟|计划|预计)?(?:完成|办结|整改|销号|建成|竣工|投产|达产|交付)(?:时间|日期|期限))(?:要求)?"
)


def cells(lines: Sequence[Line]) -> Iterator[tuple[Line, bool]]:
    """Each cell, or the whole line outside of tables, and whether it stands under 完成时限.

    The first row of a table is its head where it reads as one; a row that lacks cells takes nothing from it.
    """
    head: Sequence[str] = ()
    inside = False
    for line in lines:
        row = line.content.split(BORDER)
        if len(row) == 1:
            inside = False
            yield line, False
            continue
        head, inside = head if inside else head_of(line.content), True
        start = line.start
        for column, cell in enumerate(row):
            due = len(head) == len(row) and _DUE.fullmatch(head[column]) is not None
            yield Line(start, start + len(cell), cell), due
            start += len(cell) + 1
