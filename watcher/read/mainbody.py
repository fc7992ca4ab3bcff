"""Which block of a page is its article: a known container, else the block with the most prose and the least of
anything else.

Every line has a weight (prose counts for, links and buttons count against), and a block's weight is the sum over its
lines: the container of the article alone outweighs both the paragraphs in it and the wrappers that add menus to it.
Holds for table layouts and for bodies of bare <br> lines alike, and costs one pass.
"""

from __future__ import annotations

import re
from itertools import accumulate, pairwise

from watcher.read import chrome
from watcher.read.clean import CELL
from watcher.read.dates import find_date
from watcher.read.lines import Line
from watcher.read.stamps import is_stamp
from watcher.read.tree import Block, Flat

_LINK_LINE = -8.0
_CHROME_LINE = -15.0
_SHORT_LINE = -1.5
_LEAST_PROSE = 45.0  # a page whose best block weighs less has no body of its own
_KNOWN_SHARE = 0.5  # of the best block's weight, from which a known container is believed
_KNOWN_CHARS = 300  # in it, from which it is believed whatever else the page holds
_RUN_FACTOR = 1.3  # by which a run of lines outweighs every block before it is taken instead
_SHORT_ENDS = 6  # lines
_ROW_SHARE = 0.5  # weight of a table row's characters beside running text
_WORDS = re.compile(r"[\u4e00-\u9fff]{4}|\d")


def find_body(flat: Flat) -> Block | None:
    """Return the block that holds the article, or None where the page has no text of its own.

    Hidden lines do not count (pages repeat their text for other devices), nor does a paragraph that stood before.
    """
    for seen_only in (True, False):
        weights = _weights(flat.lines, seen_only)
        best, weight = _heaviest(flat, weights, seen_only)
        if best is not None and best.known:
            return best
        run, run_weight = _heaviest_run(weights)
        if run_weight >= _LEAST_PROSE and run_weight > _RUN_FACTOR * weight:
            return run
        if best is not None and weight >= _LEAST_PROSE:
            return best
    return _below_credit(flat.lines)


def _below_credit(lines: list[Line]) -> Block | None:
    """The paragraphs that follow a line of fields or a stamp: an article, however short.

    A page without them (a column, one that a script fills in) has no text of its own.
    """
    visible = [place for place, line in enumerate(lines) if line.text and not line.hidden]
    for place, following in pairwise(visible):
        if not (_is_credit(lines[place]) and _is_sentence(lines[following])):
            continue
        end = following + 1
        while end < len(lines) and _is_sentence(lines[end]):
            end += 1
        return Block(following, end, False, "")
    return None


def _is_credit(line: Line) -> bool:
    return not line.linked and (is_stamp(line.text) or (chrome.is_label_line(line.text) and bool(find_date(line.text))))


def _is_sentence(line: Line) -> bool:
    return not line.linked and chrome.is_prose(line.text) and not chrome.is_chrome(line.text)


def _heaviest_run(weights: list[float]) -> tuple[Block, float]:
    """The neighbouring lines that together weigh most: an article whose paragraphs have no container of their own.

    Short lines at either end (a salutation, a signature) belong to it.
    """
    best, top, total, begin = (0, 0), 0.0, 0.0, 0
    for place, weight in enumerate(weights):
        if total <= 0:
            total, begin = 0.0, place
        total += weight
        if total > top:
            best, top = (begin, place + 1), total
    start, end = best
    while start and best[0] - start < _SHORT_ENDS and _SHORT_LINE <= weights[start - 1] < 0:
        start -= 1
    while end < len(weights) and end - best[1] < _SHORT_ENDS and _SHORT_LINE <= weights[end] <= 0:
        end += 1
    return Block(start, end, False, ""), top


def _heaviest(flat: Flat, weights: list[float], seen_only: bool) -> tuple[Block | None, float]:
    sums = [0.0, *accumulate(weights)]
    chars = [0, *accumulate(_chars(line, seen_only) for line in flat.lines)]
    best, known = None, None
    top, top_known = _LEAST_PROSE - 0.1, float("-inf")
    for block in flat.blocks:
        weight = sums[block.end] - sums[block.start]
        if weight > top:
            best, top = block, weight
        if block.known and chars[block.end] > chars[block.start] and weight > top_known:
            known, top_known = block, weight
    if known is None:
        return best, top
    solid = chars[known.end] - chars[known.start] >= _KNOWN_CHARS
    return (known, top_known) if best is None or solid or top_known >= _KNOWN_SHARE * top else (best, top)


def _chars(line: Line, seen_only: bool) -> int:
    return 0 if line.hidden and seen_only else len(line.text) - line.link_chars // 2


def _weights(lines: list[Line], seen_only: bool) -> list[float]:
    seen: set[str] = set()
    weights = []
    for line in lines:
        text = line.text
        if not text or (line.hidden and seen_only):
            weights.append(0.0)
            continue
        if len(text) > 30:
            if text in seen:
                weights.append(0.0)
                continue
            seen.add(text)
        weights.append(_weight(line))
    _count_run_on(lines, weights)
    return weights


def _count_run_on(lines: list[Line], weights: list[float]) -> None:
    """Two short lines that a <br> parted in the middle of a sentence count as the prose that they are together."""
    for place, (line, following) in enumerate(pairwise(lines)):
        if not (line.broken and weights[place] == weights[place + 1] == _SHORT_LINE and "，" in line.text):
            continue
        if not chrome.ends_sentence(line.text) and chrome.is_prose(line.text + following.text):
            weights[place], weights[place + 1] = float(len(line.text)), float(len(following.text))


def _weight(line: Line) -> float:
    text = line.text
    if line.linked:
        return _LINK_LINE
    if chrome.is_label_line(text) or is_stamp(text):
        return _SHORT_LINE  # an article's own head
    if chrome.is_chrome(text) or chrome.is_menu(text):
        return _CHROME_LINE
    if chrome.is_prose(text):
        return float(len(text) - line.link_chars)
    if CELL in text and _WORDS.search(text):
        return _ROW_SHARE * len(text)
    return _SHORT_LINE
