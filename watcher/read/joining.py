"""Joins the lines that a page's width broke: PDFs, and texts that were copied out of PDFs or hard-wrapped.

A line goes on in the next one where it cannot be complete (an open bracket, a hanging comma, half a word after the last
comma) or, in a text known to be typeset, where it fills the measure without ending a sentence. Headings and list items
never join.
"""

from __future__ import annotations

import re
from itertools import pairwise

_ITEM = re.compile(
    r"\s{0,4}(?:[一二三四五六七八九十]{1,3}(?:[、，.．]|是)|[（(][一二三四五六七八九十\d]{1,3}[）)]"
    r"|\d{1,3}\s?[.．、](?:(?!\d)|(?=20\d\d\s?年))|[①-⑳]|第[一二三四五六七八九十百\d]{1,4}[条章节部]|附件|附[:：]|[•●◆■▪·—*-]\s)"
)
_ENDS = re.compile(r"[。！？；：!?;:…”’』」）)】》〉|]\s?$")
_OPEN_END = re.compile(r"[，、,（(《〈“‘—]\s?$")
_LAST_CLAUSE = re.compile(r"[，。；：、！？,;]([^，。；：、！？,;]{0,40})$")
_STRAY = re.compile(r"[\u4e00-\u9fff] \d{1,9} [\u4e00-\u9fff]")
# A number at a line's end whose unit the next line begins with: 奖励 500 / 万元.
_CUT_NUMBER = re.compile(r"[\u4e00-\u9fff] ?\d[\d.,]*\s?$")
_UNIT = re.compile(r"\s{0,4}(?:[万亿千百]|%|个|家|户|项|名|人|元|天|日|月|年|次|件|吨|亩|条|公里|平方)")
_HALF_WORD = 3  # characters: a clause as short as this at a line's end is cut off (…年年底前，完)
_TYPESET_FROM = 3  # "15000 个" and the like from which a text is taken to come from a PDF
_NARROW, _WIDE = 18, 90  # characters a line of a hard-wrapped text holds
_FULL_SHARE = 0.45
_PARAGRAPH_LINES = 100
_SENTENCE_SHARE = 0.12
_HEADING_MAX = 36
_PAGE_NUMBER = re.compile(
    r"\s*(?:[-—–─]{1,2}\s?\d{1,4}\s?[-—–─]{1,2}|第\s?\d{1,4}\s?页(?:\s?[共/，]\s?\d{1,4}\s?页)?"
    r"|\d{1,4}\s?/\s?\d{1,4}|\d{1,4})\s*"
)


def is_page_number(line: str) -> bool:
    return len(line) <= 24 and _PAGE_NUMBER.fullmatch(line) is not None


def join_broken(lines: list[str], *, typeset: bool = False) -> list[list[int]]:
    """Return the groups of indices of `lines` that make one paragraph each, in order.

    Args:
        typeset: the lines come out of a PDF; otherwise they are taken to when stray blanks around numbers say so.
    """
    typeset = typeset or sum(len(_STRAY.findall(line)) for line in lines[:400]) >= _TYPESET_FROM
    measure = _measure(lines)
    groups: list[list[int]] = []
    for place, line in enumerate(lines):
        if groups and len(groups[-1]) < _PARAGRAPH_LINES and _goes_on(lines[place - 1], line, typeset, measure):
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups


def is_cut_off(line: str, following: str) -> bool:
    """Whether a line whose end may mean nothing (a <br>) stops within a sentence that `following` goes on with."""
    return _goes_on(line, following, typeset=True, measure=0)


def glue(pieces: list[str]) -> str:
    """Join the lines of a paragraph; a blank only between Latin words."""
    out = pieces[:1]
    for before, piece in pairwise(pieces):
        latin = re.search(r"[A-Za-z,.]$", before[-1:]) and re.match(r"[A-Za-z]", piece)
        out += [" ", piece] if latin else [piece]
    return "".join(out)


def _measure(lines: list[str]) -> int:
    """The number of characters that a full line holds, 0 where the text is not hard-wrapped."""
    lengths = sorted(len(line) for line in lines if len(line) >= _NARROW)
    if len(lengths) < 6:
        return 0
    widest = lengths[int(len(lengths) * 0.95) - 1]
    if not _NARROW <= widest <= _WIDE:
        return 0
    full = sum(1 for length in lengths if length >= 0.8 * widest)
    sentences = sum(1 for line in lines if "。" in line)
    # Rows of a list or a table fill the measure as well, but hold no sentences.
    return widest if full >= _FULL_SHARE * len(lines) and sentences >= _SENTENCE_SHARE * len(lines) else 0


def _goes_on(line: str, following: str, typeset: bool, measure: int) -> bool:
    if not line or not following or "|" in line or _ITEM.match(following) or following.startswith(("http", "——")):
        return False
    if _opens_bracket(line) or (len(line) >= _NARROW and _CUT_NUMBER.search(line) and _UNIT.match(following)):
        return True
    if _ENDS.search(line) or len(line) < _NARROW:
        return False
    if _OPEN_END.search(line):
        return True
    if measure:
        return len(line) >= 0.8 * measure
    clause = _LAST_CLAUSE.search(line)
    if clause is None:
        return False
    if len(clause[1]) <= _HALF_WORD:
        return True
    return typeset and len(line) > _HEADING_MAX and "。" in line


def _opens_bracket(line: str) -> bool:
    """Whether a 《 or （ is open at the line's end."""
    tail = line[-60:]
    return any(tail.rfind(opening) > tail.rfind(closing) for opening, closing in ("《》", "（）", "()"))
