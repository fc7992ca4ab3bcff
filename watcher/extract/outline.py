"""Which numbered clauses or headings of a document are the measures that a reader would list.

A document that lays down measures is read by its own numbering; a report only where it states how many there are and
its headings agree, so that the sections of a press release are not mistaken for measures.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from watcher.extract.clauses import Clause, Style, inline_clauses, read_clauses
from watcher.extract.counts import Stated
from watcher.extract.headings import bulleted_lines, heading_lines, run_in_headings
from watcher.extract.lines import Line, squash
from watcher.model import Measure

# Sections that frame the measures; their clauses are aims and principles.
_FRAME: Final = re.compile(
    r"总体要求|指导思想|基本原则|总体思路|总体目标|工作目标|主要目标|培育目标|发展目标|目标任务|适用范围|适用对象|附则$|名词解释|"
    r"^(?:工作|有关|相关|申报)要求$"
)
_CLOSING: Final = re.compile(
    r"(?:本|以上|上述|此)(?:若干)?(?:措施|意见|通知|办法|政策|方案|规定|细则|公告|文件|条款|件)|下一步|接下来|今后|附\s?件|附[:：]|[(（]此件"
)
_ATTACHMENT: Final = re.compile(r"附\s?件\s?(?:[\d一二三四五六七八九十]{0,3}\s?(?:$|[:：.、])|\d)|附[:：]")
# A section stands directly above its clauses, at most a remark in between.
_REMARK_CHARS: Final = 40


@dataclass(frozen=True, slots=True)
class Outline:
    """The measures in order, and the stretch of text that belongs to each."""

    measures: tuple[Measure, ...] = ()
    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()

    def measure_at(self, offset: int) -> int | None:
        """The number of the measure that `offset` stands in."""
        index = bisect_right(self.starts, offset) - 1
        return self.measures[index].number if index >= 0 and offset < self.ends[index] else None


def find_outline(
    lines: Sequence[Line], stated: Stated, *, lays_down: bool, files: Container[int] = frozenset()
) -> Outline:
    """The measures of a document of these lines.

    Args:
        lines: the body, from the title of the measures on.
        stated: how many there are by the document's own words.
        lays_down: it is the text of the measures itself, not a report about them.
        files: the places at which the text of another file begins.
    """
    body, clauses = _main_part(lines, files)
    chosen = _counted(clauses, stated.measures) or (_natural(clauses) if lays_down else ())
    if chosen:
        return _outline(chosen, body, clauses)
    for count in (stated.measures,) if stated.measures else stated.rhetorical:
        if chosen := _agreeing(body, clauses, count):
            return _outline(chosen, body, clauses)
    return Outline()


# --- the part that holds the measures ---


def _main_part(lines: Sequence[Line], files: Container[int]) -> tuple[Sequence[Line], Sequence[Clause]]:
    """The first part between attachments that is numbered, without its table of contents."""
    for part in _parts(lines, files):
        clauses = read_clauses(part)
        if len(clauses) > 1 and not _is_listing(part, clauses):
            return _behind_contents(part, clauses)
    return tuple(lines), ()


def _is_listing(part: Sequence[Line], clauses: Sequence[Clause]) -> bool:
    """Whether an attachment is a list of names or a form to fill in: it has hardly a sentence."""
    sentences = sum("。" in line.content for line in part)
    return _ATTACHMENT.match(part[0].content) is not None and sentences * 2 < len(clauses)


def _parts(lines: Sequence[Line], files: Container[int]) -> Iterator[tuple[Line, ...]]:
    begin = 0
    for index, line in enumerate(lines):
        if line.start in files or _ATTACHMENT.match(line.content):
            yield tuple(lines[begin:index])
            begin = index
    yield tuple(lines[begin:])


def _behind_contents(part: Sequence[Line], clauses: Sequence[Clause]) -> tuple[Sequence[Line], Sequence[Clause]]:
    """A first clause that comes again word for word was the first entry of a table of contents."""
    first = clauses[0]
    heading = squash(first.heading)
    same = (clause for clause in clauses[1:] if (clause.style, clause.number) == (first.style, first.number))
    again = [clause.start for clause in same if squash(clause.heading) == heading]
    if not again:
        return part, clauses
    rest = tuple(line for line in part if line.start >= again[-1])
    return rest, read_clauses(rest)


# --- the level that holds the measures ---


def _counted(clauses: Sequence[Clause], count: int | None) -> Sequence[Clause]:
    """The clauses of one style of which there are `count`: counted through, else over all sections."""
    if count is None:
        return ()
    runs: dict[int, list[Clause]] = {}
    styles: dict[Style, list[Clause]] = {}
    for clause in clauses:
        runs.setdefault(clause.run, []).append(clause)
        styles.setdefault(clause.style, []).append(clause)
    framed = [_without_frame(group, clauses) for group in styles.values()]
    return next((group for group in (*runs.values(), *styles.values(), *framed) if len(group) == count), ())


def _natural(clauses: Sequence[Clause]) -> Sequence[Clause]:
    """The level of a document that lays down measures, where it does not say how many there are.

    Numbers that run on through the sections count the measures; otherwise they are the outermost clauses, or those
    directly below where these are mere section headings.
    """
    articles = [clause for clause in clauses if clause.style is Style.ARTICLE]
    if len(articles) > 2:
        return articles
    if running := _running(clauses):
        return running
    level = _outermost(clauses)
    if level and level[0].style is Style.CHAPTER:
        level = _below(level, clauses) or level
    return _below(_without_frame(level, clauses), clauses) or (level if len(level) > 1 else ())


def _running(clauses: Sequence[Clause]) -> Sequence[Clause]:
    """The innermost list that is counted through at least two sections."""
    above: dict[int, set[int | None]] = {}
    depth: dict[int, int] = {}
    for clause in clauses:
        above.setdefault(clause.run, set()).add(clause.parent)
        depth[clause.run] = clause.depth
    running = [run for run, parents in above.items() if len(parents) > 1]
    if not running:
        return ()
    innermost = max(running, key=lambda run: depth[run])
    return [clause for clause in clauses if clause.run == innermost]


def _outermost(clauses: Sequence[Clause]) -> Sequence[Clause]:
    outer = [clause for clause in clauses if clause.parent is None]
    if not outer:
        return ()
    style, _ = Counter(clause.style for clause in outer).most_common(1)[0]
    return [clause for clause in outer if clause.style is style]


def _below(sections: Sequence[Clause], clauses: Sequence[Clause]) -> Sequence[Clause]:
    """The clauses directly under `sections`, where most of these are headings with nothing but clauses under them."""
    headed = sum(
        section.bare and following.parent == section.index and following.start - section.heading_end <= _REMARK_CHARS
        for section in sections
        for following in clauses[section.index + 1 : section.index + 2]
    )
    if not sections or headed < len(sections) / 2:
        return ()
    places = {section.index for section in sections}
    children = [clause for clause in clauses if clause.parent in places]
    style, _ = Counter(clause.style for clause in children).most_common(1)[0]
    return [clause for clause in children if clause.style is style]


def _without_frame(group: Sequence[Clause], clauses: Sequence[Clause]) -> Sequence[Clause]:
    """`group` without the sections that state aims and scope, and without what stands under these."""
    return [
        clause
        for clause in group
        if not _FRAME.search(clause.heading[:20])
        and (clause.parent is None or not _FRAME.search(clauses[clause.parent].heading[:20]))
    ]


# --- reports ---


def _agreeing(body: Sequence[Line], clauses: Sequence[Clause], count: int) -> Sequence[Clause]:
    """Exactly `count` outermost clauses, headings built alike, or points counted 一是…二是… within a paragraph."""
    outer = _outermost(clauses)
    if len(outer) == count:
        return outer
    if headings := heading_lines(body, count, {clause.start for clause in clauses}):
        return headings
    if alike := bulleted_lines(body, count) or run_in_headings(body, count):
        return alike
    points = (inline_clauses(line) for line in body)
    return next((group for group in points if len(group) == count), ())


# --- from clauses to measures ---


def _outline(chosen: Sequence[Clause], body: Sequence[Line], clauses: Sequence[Clause]) -> Outline:
    """Clauses that are counted through keep their numbers; those of several lists are numbered in sequence."""
    counted_through = chosen[0].run == chosen[-1].run and chosen[0].style is not Style.UNNUMBERED
    measures = tuple(
        Measure(clause.number if counted_through else place, clause.heading, clause.heading_start, clause.heading_end)
        for place, clause in enumerate(chosen, 1)
    )
    starts = [clause.start for clause in chosen]
    breaks = sorted({*starts, *_breaks(chosen, body, clauses), body[-1].end + 1})
    return Outline(measures, tuple(starts), tuple(breaks[bisect_right(breaks, start)] for start in starts))


def _breaks(chosen: Sequence[Clause], body: Sequence[Line], clauses: Sequence[Clause]) -> Iterator[int]:
    """Where a measure ends besides at the next one: a clause that is none of its own, a closing line, its paragraph."""
    own = {clause.start for clause in chosen}
    inside: set[int] = set()
    numbered = () if chosen[0].style is Style.UNNUMBERED else clauses
    for clause in numbered:
        if clause.start in own or clause.parent in inside:
            inside.add(clause.index)
        elif clause.style is not Style.FIRST_IS:
            yield clause.start
    yield from (line.start for line in body if _CLOSING.match(line.content))
    last = chosen[-1]
    alone = last.style is Style.UNNUMBERED and not last.bare
    if alone or last.style is Style.CELL:  # a paragraph, or a row of a table, is all there is of it
        yield from (line.end + 1 for line in body if line.start == last.start and last.heading_start < line.end)
