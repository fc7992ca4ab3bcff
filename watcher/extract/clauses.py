"""The numbered clauses of a document: which lines carry a number, and how the numbers nest.

Only reads the numbering; which clauses are the measures is `outline`'s decision.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import islice, pairwise
from typing import Final

from watcher.extract.lines import NUMERAL, Line, read_numeral
from watcher.rows import BORDER


class Style(Enum):
    """How a clause is numbered."""

    CHAPTER = "第一章"
    ARTICLE = "第一条"
    NAMED = "措施一"
    MOVE = "第一招"
    COMMA = "一、"
    BRACKET = "(一)"
    DOT = "1."
    DOTTED = "1.1"
    ARABIC_BRACKET = "(1)"
    HALF_BRACKET = "1)"
    CIRCLED = "①"
    FIRST_IS = "一是"
    CELL = "01"
    UNNUMBERED = "no number: a heading line"


@dataclass(frozen=True, slots=True)
class Clause:
    """One numbered clause; `start` is the place of its number, the heading leaves the number out."""

    style: Style
    number: int
    start: int
    heading: str
    heading_start: int
    bare: bool  # nothing follows the heading on its line
    index: int = 0  # place among the clauses
    parent: int | None = None  # index of the clause that it stands under
    depth: int = 0
    run: int = 0  # clauses of one style that are counted through share it; a restart begins another

    @property
    def heading_end(self) -> int:
        return self.heading_start + len(self.heading)


_CHINESE: Final = r"[〇零一二三四五六七八九十百]{1,6}"
# A digit behind the mark makes it a decimal or a list (1.5亿元, 12、13日), which numbers nothing; `read` puts a blank
# before the digits that begin an item's own text.
_MARK: Final = re.compile(
    rf"""第\s?(?P<CHAPTER>{NUMERAL})\s?[章节编](?=\s|[^\s。，,]{{2,20}}$)
    |第\s?(?P<ARTICLE>{NUMERAL})\s?条(?![件款例])[、:：]?
    |(?:措施|举措|政策|做法|亮点|任务|服务|实招|经验|行动)(?P<NAMED>{NUMERAL})\s?[:：、.]
    |第(?P<MOVE>{_CHINESE})(?:[招拳步式]|把火|张牌|板斧|件事|问|项|个)\s?[:：、]
    |(?P<COMMA>{_CHINESE})\s?[、.．](?!\d)
    |[(（]\s?(?P<BRACKET>{_CHINESE})\s?[)）]\s?[、.]?
    |\d{{1,2}}[.．](?P<DOTTED>\d{{1,2}})(?=[.．\s])[.．]?
    |(?P<DOT>\d{{1,3}})\s?[.．、](?!\d)
    |[(（]\s?(?P<ARABIC_BRACKET>\d{{1,3}})\s?[)）]
    |(?P<HALF_BRACKET>\d{{1,3}})[)）]
    |(?P<CIRCLED>[①-⑳])
    |(?P<FIRST_IS>[一二三四五六七八九十]{{1,3}})是(?=[^\s否])
    |(?P<CELL>0?\d{{1,2}})(?:$|\s(?=[\u4e00-\u9fff“]))
    """,
    re.VERBOSE,
)
_INLINE: Final = re.compile(r"(?:^|(?<=[。；;:：，,]))\s?([一二三四五六七八九十]{1,3})是(?=[^\s否])")
# 责任单位 and the like stand behind a heading in brackets; a reader does not quote them.
_DUTY: Final = re.compile(
    r"[(（\[【〔][^()（）\[\]【】〔〕]{0,12}(?:责任|牵头|配合|负责|落实)[^()（）\[\]【】〔〕]{0,200}[)）\]】〕]$"
)
_PAGE_LEADER: Final = re.compile(r"[.…·]{3}[.…·\s]*\d{1,3}$")
# No document has so many; a page that does is an attack or a list of data.
_MOST: Final = 5000
_MARGIN: Final = " 　\t。.；;：:，,、"


def read_clauses(lines: tuple[Line, ...]) -> tuple[Clause, ...]:
    """The clauses whose numbers follow upon each other, nested by style, in order of appearance.

    A number that neither begins a list nor continues one is no clause: 三、四线城市 at the start of a line.
    """
    return tuple(_nested(islice(_marked(lines), _MOST)))


def is_numbered(lines: Sequence[Line]) -> bool:
    """Whether at least two lines carry a number, as all but the shortest official documents do."""
    marks = (line for line in lines if _MARK.match(line.content))
    return next(marks, None) is not None and next(marks, None) is not None


def printed_number(content: str) -> str:
    """The number that a line opens with, as printed (（四）, 4.); empty for the bare number of a table row."""
    match = _MARK.match(content)
    return "" if match is None or match.lastgroup == Style.CELL.name else match[0]


def inline_clauses(line: Line) -> tuple[Clause, ...]:
    """The 一是…二是… of one line where they count from one, wherever in the line they stand."""
    matches = list(_INLINE.finditer(line.content))
    numbers = [read_numeral(match[1]) for match in matches]
    if len(numbers) < 2 or numbers != list(range(1, len(numbers) + 1)):
        return ()
    ends = [match.start() for match in matches[1:]] + [len(line.content)]
    points = enumerate(zip(matches, ends, strict=True), 1)
    return tuple(_point(number, line, match, end) for number, (match, end) in points)


def point(style: Style, number: int, line: Line, begin: int) -> Clause:
    """The clause that a line is whose own text begins at `begin`."""
    return _clause(style, number, line.start, _Text(line.content[begin:], line.start + begin))


def _point(number: int, line: Line, match: re.Match[str], end: int) -> Clause:
    rest = _Text(line.content[match.end() : end], line.start + match.end())
    return _clause(Style.FIRST_IS, number, line.start + match.start(1), rest)


@dataclass(frozen=True, slots=True)
class _Text:
    content: str
    start: int


def _marked(lines: tuple[Line, ...]) -> Iterator[Clause]:
    for line, following in pairwise((*lines, Line(0, 0, ""))):
        match = _MARK.match(line.content)
        if match is None or match.lastgroup is None or _PAGE_LEADER.search(line.content[-40:]):
            continue
        rest = _Text(line.content[match.end() :], line.start + match.end())
        if not rest.content.strip() and not _MARK.match(following.content):
            rest = _Text(following.content, following.start)  # a PDF broke the line behind the number
        numeral = match[match.lastgroup]
        number = ord(numeral) - ord("①") + 1 if match.lastgroup == "CIRCLED" else read_numeral(numeral)
        if BORDER in rest.content:
            rest = _first_cell(rest)
        elif match.lastgroup == "CELL":
            rest = _Text(rest.content.split(" ")[0], rest.start)  # of a table's row, the cell beside the number
        if number and rest.content:
            yield _clause(Style[match.lastgroup], number, line.start, rest)


def _first_cell(row: _Text) -> _Text:
    """The first cell that holds anything."""
    cells = row.content.lstrip(BORDER)
    return _Text(cells.split(BORDER, 1)[0], row.start + len(row.content) - len(cells))


def _clause(style: Style, number: int, start: int, rest: _Text) -> Clause:
    """The heading is the whole line, or up to the first 。 where the text runs on behind it."""
    stop = rest.content.find("。")
    bare = stop < 0 or stop == len(rest.content) - 1
    heading = rest.content if stop < 0 else rest.content[:stop]
    heading = _DUTY.sub("", heading.rstrip(_MARGIN)).rstrip(_MARGIN)
    shift = len(heading) - len(heading.lstrip(_MARGIN))
    return Clause(style, number, start, heading[shift:], rest.start + shift, bare)


def _nested(marked: Iterable[Clause]) -> Iterator[Clause]:
    """Place each clause under the open one, by the order in which the styles were first met."""
    opened: list[Clause] = []  # outermost first, each style once
    last: dict[Style, Clause] = {}
    index = 0
    marks = list(marked)
    for clause, following in zip(marks, _next_of_style(marks), strict=True):
        before = last.get(clause.style)
        continues = before is not None and _continues(before.number, clause.number, following)
        if not continues and clause.number != 1:
            continue
        while any(one.style is clause.style for one in opened):
            opened.pop()
        placed = replace(
            clause,
            index=index,
            parent=opened[-1].index if opened else None,
            depth=len(opened),
            run=before.run if before and continues else index,
        )
        last[clause.style] = placed
        opened.append(placed)
        index += 1
        yield placed


def _continues(before: int, number: int, following: int | None) -> bool:
    """Whether `number` comes next. One may be missing: originals skip one now and then, and a PDF may swallow one."""
    return number == before + 1 or (number == before + 2 and following != before + 1)


def _next_of_style(marks: Sequence[Clause]) -> Sequence[int | None]:
    """For each clause the number of the next one of its style."""
    following: list[int | None] = []
    seen: dict[Style, int] = {}
    for clause in reversed(marks):
        following.append(seen.get(clause.style))
        seen[clause.style] = clause.number
    return following[::-1]
