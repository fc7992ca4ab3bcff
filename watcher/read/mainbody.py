"""Which block of a page is its article: a known container, else the block with the most prose and the least of
anything else.

Every line has a weight (prose counts for, links and buttons count against), and a block's weight is the sum over its
lines: the
container of the article alone outweighs both the paragraphs in it and the wrappers that add menus to it. Holds for
table
layouts and for bodies of bare <br> lines alike, and costs one pass.
"""

from __future__ import annotations

import re
from itertools import accumulate

from watcher.read import chrome
from watcher.read.lines import Line
from watcher.read.tree import Block, Flat

_LINK_LINE = -8.0
_CHROME_LINE = -15.0
_SHORT_LINE = -1.5
_LEAST_PROSE = 45.0  # a page whose best block weighs less has no body of its own
_KNOWN_SHARE = 0.5  # of the best block's weight, from which a known container is believed
_KNOWN_CHARS = 300  # in it, from which it is believed whatever else the page holds
_ROW_SHARE = 0.5  # weight of a table row's characters beside running text
_WORDS = re.compile(r"[\u4e00-\u9fff]{4}|\d")


def find_body(flat: Flat) -> Block | None:
    """Return the block that holds the article, or None where the page has no text of its own.

    Hidden lines do not count (pages repeat their text for other devices), nor does a paragraph that stood before.
    """
    best, weight = _heaviest(flat, seen_only=True)
    if best is None:
        best, weight = _heaviest(flat, seen_only=False)
    return best if best is not None and (best.known or weight >= _LEAST_PROSE) else None


def _heaviest(flat: Flat, *, seen_only: bool) -> tuple[Block | None, float]:
    sums = [0.0, *accumulate(_weights(flat.lines, seen_only))]
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
    return weights


def _weight(line: Line) -> float:
    text = line.text
    if line.linked:
        return _LINK_LINE
    if chrome.is_chrome(text) or chrome.is_menu(text):
        return _CHROME_LINE
    if chrome.is_prose(text):
        return float(len(text) - line.link_chars)
    if " | " in text and _WORDS.search(text):
        return _ROW_SHARE * len(text)
    return _SHORT_LINE
