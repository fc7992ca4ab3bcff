"""Headings that carry no number: short lines over paragraphs, built alike."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from itertools import pairwise
from typing import Final

from watcher.extract.clauses import Clause, Style, point
from watcher.extract.lines import Line

_LENGTH: Final = range(5, 51)
_SENTENCE_END: Final = "。；;：:，,、）)"
_NO_HEADING: Final = re.compile(
    r"[◆●■]?(?:本报|本网|记者|通讯员|来源|作者|编辑|责任编辑|责编|图[:：]|摄影|发布时间|链接)|[(（【\[].*[)）】\]]$|\d"
)
# Not what opens a byline: ◆本报记者 张三.
_BULLET: Final = re.compile(r"([◆◇●○■□▲△★☆▶►◎•·✔√➤]|——)\s?(?!本报|本网|记者|通讯员)(?=[^\s◆◇●○■□▲△★☆—])")
_RUN_IN: Final = re.compile(r"[^，,。；;：:\d]{4,24}(?=。.{10})")


def heading_lines(lines: Sequence[Line], count: int, numbered: Container[int]) -> Sequence[Clause]:
    """The `count` headings of a report, or none: all it has, or those of one build where it has more.

    Built alike means the same marks in the same order: 监管园区不“一关了之”——投入整改力促转型升级.
    Lines that start at a place in `numbered` are clauses, not headings.
    """
    headings = [line for line in _headings(lines) if line.start not in numbered]
    if len(headings) != count:
        builds: dict[str, list[Line]] = {}
        for line in headings:
            builds.setdefault(_build(line.content), []).append(line)
        headings = next((alike for alike in builds.values() if len(alike) == count), [])
    return [
        Clause(Style.UNNUMBERED, number, line.start, line.content, line.start, bare=True)
        for number, line in enumerate(headings, 1)
    ]


def bulleted_lines(lines: Sequence[Line], count: int) -> Sequence[Clause]:
    """The `count` paragraphs that begin with one and the same bullet (◆, ——), or none."""
    bullets: dict[str, list[tuple[Line, int]]] = {}
    for line in lines:
        if match := _BULLET.match(line.content):
            bullets.setdefault(match[1], []).append((line, match.end()))
    points = next((points for points in bullets.values() if len(points) == count), [])
    return [point(Style.UNNUMBERED, number, line, end) for number, (line, end) in enumerate(points, 1)]


def run_in_headings(lines: Sequence[Line], count: int) -> Sequence[Clause]:
    """The `count` paragraphs that open with a short sentence of one build (问题清单“找得准”。…), or none."""
    builds: dict[str, list[Line]] = {}
    for line in lines:
        if (match := _RUN_IN.match(line.content)) and _build(match[0]):
            builds.setdefault(re.sub(r"\w+", "x", match[0]), []).append(line)
    alike = next((alike for alike in builds.values() if len(alike) == count), [])
    return [point(Style.UNNUMBERED, number, line, 0) for number, line in enumerate(alike, 1)]


def _headings(lines: Sequence[Line]) -> Iterator[Line]:
    """Short lines that end no sentence and stand over a longer paragraph."""
    for line, following in pairwise(lines):
        short = len(line.content) in _LENGTH and line.content[-1] not in _SENTENCE_END
        if short and len(following.content) > len(line.content) and not _NO_HEADING.match(line.content):
            yield line


def _build(content: str) -> str:
    return re.sub(r"\w+", "", content)
